"""The decision point: answers what the engine asks, by the one decision, and keeps what it tells."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from locutorio.actions.authorize_call import Attempt, CallAnswer, authorize_call
from locutorio.actions.issue_grant import LISTEN, RECORD
from locutorio.actions.note_call import CallEvent, note_call
from locutorio.arrangements.call_course import UNDER_WAY
from locutorio.store.calls import MONITORED, PRIVATE
from locutorio.store.transaction import Sent
from locutorio.telephony.announcing import Announcer
from locutorio.telephony.monitoring import Monitoring
from locutorio.telephony.numbers_known import NumbersKnown
from locutorio.telephony.questions import VERSION, Happened, Question

VALID_SECONDS = 30
ENGINE_SECONDS_MAX = 7200
ENGINE_LATER_SECONDS = 1
"""The engine counts whole seconds and may cut one early: it is told one more, and the watch ends in time."""
WAITED_FOR = timedelta(minutes=1)
"""How long an event waits for the call that it is of: what the standby connected is on its way to us."""
ANSWERED = "answered"
ANNOUNCING_SECONDS = 0.45
"""How long it may take to begin an announcement, where its relay hangs."""
_PHRASES = {
    403: "Forbidden",
    480: "Temporarily Unavailable",
    484: "Address Incomplete",
    486: "Busy Here",
    488: "Not Acceptable Here",
    503: "Service Unavailable",
}

Answer = dict[str, Any]


class Unknown(Exception):
    """Nobody knows the call of which the engine tells: not yet, where the standby connected it."""


@dataclass(frozen=True)
class DecisionPoint:
    """What one process of the decision point needs to answer for an establishment."""

    at: UUID
    numbers: NumbersKnown
    announcer: Announcer
    monitoring: Monitoring
    clock: Callable[[], datetime]

    def authorize(self, question: Question, until: float) -> Answer:
        """Decide an attempt, keep it, and give what the engine reads.

        Args:
            question: of the engine.
            until: when the engine waits no longer, by the machine's own counter.

        Raises:
            Fault: the database does not answer or cannot write.
        """
        moment = self.clock()
        asked = Attempt(
            question.attempt,
            question.telephone,
            question.person,
            question.pin,
            question.called,
            question.engine,
        )
        sent = Sent(question.attempt, self.at, moment)
        known = self.numbers.privileged(moment)
        found = authorize_call(asked, known, sent, recorder=self.monitoring.ready())
        if found.allowed:
            return self._allowed(question, found, moment)
        return self._refused(question, found, moment, until)

    def happened(self, event: Happened) -> None:
        """Keep what the engine tells of a call, and do what follows from it.

        Raises:
            Fault: it cannot be kept now.
            Unknown: the engine is to tell it again.
        """
        moment = self.clock()
        said = _said(event, moment)
        late = moment - said.at >= WAITED_FOR
        row = note_call(said, Sent(event.attempt, self.at, moment), late=late)
        if row is None:
            if not late:
                raise Unknown
            sys.stderr.write(f"{event.event} of {event.attempt}, which nobody knows: it is left out\n")
        elif row.plane == MONITORED and event.event == ANSWERED and row.disposition == UNDER_WAY:
            self.monitoring.begin(row)
        elif row.disposition != UNDER_WAY:
            self.monitoring.over(row.id)

    def _allowed(self, question: Question, found: CallAnswer, moment: datetime) -> Answer:
        limit = found.limit_seconds + ENGINE_LATER_SECONDS
        if found.plane == MONITORED:
            may = RECORD if found.record else LISTEN
            limit += self.monitoring.seconds(may)
        answer = _answer(question, found, moment)
        media = MONITORED if found.plane == MONITORED else PRIVATE
        return answer | {"decision": "allow", "media": media, "limit_seconds": min(limit, ENGINE_SECONDS_MAX)}

    def _refused(self, question: Question, found: CallAnswer, moment: datetime, until: float) -> Answer:
        answer = _answer(question, found, moment)
        answer |= {"decision": "refuse", "code": found.code, "phrase": _PHRASES.get(found.code, "Forbidden")}
        if not question.sdp or time.monotonic() > until - ANNOUNCING_SECONDS:
            return answer
        said = self.announcer.announce(
            question.telephone, str(question.attempt), question.sdp, found.reason, found.language
        )
        return answer | {"announce": {"sdp": said.sdp, "seconds": said.seconds} if said else None}


def _answer(question: Question, found: CallAnswer, moment: datetime) -> Answer:
    """Give what every answer says."""
    return {
        "v": VERSION,
        "attempt": str(question.attempt),
        "person": str(found.person) if found.person else f"telephone:{question.telephone}",
        "media": PRIVATE,
        "limit_seconds": 0,
        "expires_at": int(moment.timestamp()) + VALID_SECONDS,
        "called": found.called,
        "code": 200,
        "phrase": "OK",
        "reason": found.reason or "permitted",
        "language": found.language,
        "announce": None,
    }


def _said(event: Happened, moment: datetime) -> CallEvent:
    return CallEvent(
        event.attempt,
        event.event,
        event.at or moment,
        event.why,
        event.code,
        event.began,
        event.engine,
        event.telephone,
        event.called,
    )
