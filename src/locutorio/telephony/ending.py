"""Ends calls at the engine, whether they ring or are answered, by their attempts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.actions.note_call import CallEvent, note_call
from locutorio.kernel.faults import Fault
from locutorio.store.transaction import Sent, answering
from locutorio.telephony.sip import Engine, EngineGone, EngineRefused

ENDED = "ended"
_ANSWERED, _OVER = 3, 5
"""From which state on a call of the engine is answered, and from which it is over."""

Dialogs = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Ending:
    """Who ends calls of an establishment."""

    at: UUID
    engine: Engine
    clock: Callable[[], datetime]

    def dialogs(self) -> dict[str, dict[str, Any]]:
        """Give the calls that the engine knows and that are not over, by attempt; "" is one without.

        Raises:
            EngineGone: it does not answer.
        """
        found = self.engine.calls()
        return {each["variables"].get("attempt", ""): each for each in found if each["state"] < _OVER}

    def end(self, why: Mapping[UUID, str], *, dialogs: Dialogs | None = None) -> list[UUID]:
        """End calls, each for a reason in one word, which the parties' telephones are told. Give which were.

        One that the engine does not know, or is just about to connect, is not ended: ask again.
        """
        if not why:
            return []
        try:
            known = self.dialogs() if dialogs is None else dialogs
        except (EngineGone, EngineRefused):
            return []
        return [attempt for attempt, word in why.items() if self._end(known.get(str(attempt)), word)]

    def fail(self, attempts: Iterable[UUID], why: str, *, dialogs: Dialogs | None = None) -> None:
        """End calls for a fault of ours: the record says which, and what was left of them is given back.

        It is at the engine first: where the record cannot be written, nobody talks on for that.
        """
        moment = self.clock()
        wanted = dict.fromkeys(attempts, why)
        self.end(wanted, dialogs=dialogs)
        for attempt in wanted:
            try:
                with answering():
                    note_call(CallEvent(attempt, ENDED, moment, why), Sent(attempt, self.at, self.clock()))
            except Fault as fault:
                sys.stderr.write(f"the end of {attempt} ({why}) is not in the record yet: {fault.what}\n")

    def _end(self, dialog: Mapping[str, Any] | None, why: str) -> bool:
        if dialog is None:
            return False
        try:
            if dialog["state"] >= _ANSWERED:
                self.engine.end(dialog["h_entry"], dialog["h_id"], f"X-Locutorio-Reason: {why}")
            else:
                self.engine.cancel(dialog["call-id"], int(dialog["variables"]["cseq"]))
        except (EngineGone, EngineRefused, KeyError, ValueError):
            return False
        return True
