"""How far a call has come, told from what the engine says of it: in any order, late or twice.

What the engine says is added up field by field, so that the same things said in another order, or again, make
the same call. Of several ends the earliest is the end; what ended did not fail.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

UNDER_WAY, ANSWERED, LOST, BLOCKED = "under_way", "answered", "lost", "blocked"
NO_ANSWER, BUSY, FAILED = "no_answer", "busy", "failed"
CALLER, CALLED, ENGINE = "caller", "called", "engine"
TIME_UP, FAULT, CALLED_OFF = "time-up", "fault", "called-off"
FAULTS = frozenset({FAULT, "recording-lost", "could-not-record", "relay-lost", "engine-lost"})
"""Why a call ended that no party, officer or order ended: what was left of it is given back."""

AT_LIMIT = timedelta(seconds=2)
_NOT_ANSWERED = {408: NO_ANSWER, 480: NO_ANSWER, 486: BUSY, 487: NO_ANSWER, 600: BUSY, 603: NO_ANSWER}
_CANCELLED = 487

Happening = Literal["answered", "talking", "ended", "failed"]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of a call.

    Args:
        what: answered, talking (what a party says is heard from then on), ended or failed.
        at: when it happened.
        why: of an end: caller, called, engine, or the slug of a cause that is known.
        code: of a failure: the SIP code.
        began: of an end: when it was answered, where the one who says it knows.
    """

    what: Happening
    at: datetime
    why: str = ""
    code: int = 0
    began: datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A call as far as it is known.

    Args:
        limit_seconds: how long may be talked.
        ending: what somebody asked of it, as a slug; empty for nothing.
    """

    limit_seconds: int
    ending: str = ""
    answered_at: datetime | None = None
    talk_from: datetime | None = None
    ended_at: datetime | None = None
    ended_why: str = ""
    failed_code: int = 0

    def after(self, said: Said) -> Course:
        """Give the call with one more thing said of it."""
        match said.what:
            case "answered":
                return replace(self, answered_at=_earliest(self.answered_at, said.at))
            case "talking":
                return replace(self, talk_from=_earliest(self.talk_from, said.at))
            case "failed":
                known = (self.ended_at, self.failed_code)
                if self.ended_at is not None and (not self.failed_code or known <= (said.at, said.code)):
                    return self
                return replace(self, ended_at=said.at, failed_code=said.code)
            case "ended":
                answered = _earliest(self.answered_at, said.began)
                if self.ended_at is not None and not self._sooner(said):
                    return replace(self, answered_at=answered)
                return replace(
                    self, answered_at=answered, ended_at=said.at, ended_why=said.why, failed_code=0
                )

    @property
    def disposition(self) -> str:
        """What became of it: under_way, answered, lost, no_answer, busy or failed."""
        if self.ended_at is None:
            return UNDER_WAY
        if self.failed_code:
            return _NOT_ANSWERED.get(self.failed_code, FAILED)
        if self.answered_at is None:
            return NO_ANSWER
        return LOST if self.cause in FAULTS else ANSWERED

    @property
    def cause(self) -> str:
        """Why it ended, as a slug; empty while it is under way."""
        if self.ended_at is None:
            return ""
        if self.failed_code:
            return self.ending or (
                CALLED_OFF if self.failed_code == _CANCELLED else f"sip-{self.failed_code}"
            )
        if self.ended_why != ENGINE:
            return self.ended_why
        if self.ending:
            return self.ending
        return TIME_UP if self._reached_limit() else FAULT

    @property
    def talk_seconds(self) -> int:
        """For how long was talked, whole seconds, never more than its limit."""
        since = self.talk_from or self.answered_at
        if since is None or self.ended_at is None or self.failed_code:
            return 0
        return min(self.limit_seconds, max(0, int((self.ended_at - since).total_seconds())))

    @property
    def returned_seconds(self) -> int:
        """What is given back of it: what was left of a call that a fault ended."""
        return self.limit_seconds - self.talk_seconds if self.disposition == LOST else 0

    def _reached_limit(self) -> bool:
        since = self.talk_from or self.answered_at
        if since is None or self.ended_at is None:
            return False
        return self.ended_at - since >= timedelta(seconds=self.limit_seconds) - AT_LIMIT

    def _sooner(self, said: Said) -> bool:
        """Tell whether another end came before the one that is known; of two at once, one and the same."""
        assert self.ended_at is not None
        if self.failed_code:
            return True
        return (said.at, said.why) < (self.ended_at, self.ended_why)


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    known = [at for at in (one, other) if at is not None]
    return min(known, default=None)
