"""Monitored calls: announced to both, monitored by a grant, and ended where that cannot be had."""

from __future__ import annotations

import math
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from locutorio.actions.issue_grant import LISTEN, RECORD, issue_grant
from locutorio.actions.note_call import CallEvent, note_call
from locutorio.kernel.faults import Fault
from locutorio.store.calls import CallRow
from locutorio.store.people import contacts
from locutorio.store.start import let_go
from locutorio.store.transaction import Sent, answering
from locutorio.telephony.ending import Ending
from locutorio.telephony.numbers_known import NumbersKnown
from locutorio.telephony.prompts import LANGUAGES, prompt
from locutorio.telephony.recording import NotMonitored, Recordings

READY_SECONDS, STALE_SECONDS = 0.5, 2.0
COULD_NOT, PRIVILEGED, TALKING = "could-not-record", "privilege-claimed", "talking"
_ANOTHER_HAS_IT = "call_known"
_AFTERWARDS_SECONDS = 1
_PROMPTS = {LISTEN: ("monitored", "monitored-called"), RECORD: ("recorded", "recorded-called")}


class Monitoring:
    """What one process does of the monitored calls of an establishment. Safe for threads."""

    def __init__(
        self,
        at: UUID,
        recordings: Recordings,
        numbers: NumbersKnown,
        ending: Ending,
        sounds: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._at, self._recordings, self._numbers = at, recordings, numbers
        self._ending, self._sounds, self._clock = ending, sounds, clock
        self._ready: tuple[float, bool] = (-math.inf, False)
        self._begun: set[UUID] = set()
        self._lock = threading.Lock()

    def ready(self) -> bool:
        """Tell whether a monitored call can begin now, as of a moment ago; it never waits for that."""
        asked, found = self._ready
        return found and time.monotonic() - asked < STALE_SECONDS

    def keep_asking(self) -> None:
        """Ask the recorder whether it is ready, again and again, in a thread of its own."""
        threading.Thread(target=self._ask, daemon=True).start()

    def seconds(self, may: str) -> int:
        """Give how long it takes after an answer until the parties can talk, at most, in whole seconds."""
        said = [prompt(slug, language) for slug in _PROMPTS[may] for language in LANGUAGES]
        return math.ceil(max(one.seconds for one in said)) + _AFTERWARDS_SECONDS

    def begin(self, call: CallRow) -> None:
        """Have a call that was just answered announced and monitored, in a thread of its own; once."""
        with self._lock:
            if call.id in self._begun:
                return
            self._begun.add(call.id)
        threading.Thread(target=self._begin, args=(call,), daemon=True).start()

    def over(self, attempt: UUID) -> None:
        """Forget a call that is over."""
        self._begun.discard(attempt)

    def _ask(self) -> None:
        while True:
            found = not self._recordings.ready()
            self._ready = time.monotonic(), found
            time.sleep(READY_SECONDS)

    def _begin(self, call: CallRow) -> None:
        """Begin, or end the call: nobody hears anybody before the recorder says that both were told."""
        try:
            with answering():
                self._granted(call)
        except NotMonitored as error:
            if error.why != _ANOTHER_HAS_IT:
                self._failed(call, error.why)
        except Fault as fault:
            self._failed(call, fault.what)
        except Exception:  # noqa: BLE001 - whatever it is, a call that is not monitored as it must be ends
            self._failed(call, traceback.format_exc())
        finally:
            let_go()

    def _granted(self, call: CallRow) -> None:
        moment, may = self._clock(), str(call.engine.get("may", ""))
        if call.ending or self._numbers.kind(call.called, moment):
            self._ending.fail([call.id], PRIVILEGED)
            return
        if may not in _PROMPTS:
            raise NotMonitored("not_decided")
        grant = issue_grant(self._at, call.id, call.line, may, moment)
        self._recordings.begin(grant, str(call.id), self._tags(call), self._files(call, may))
        talking = CallEvent(call.id, TALKING, self._clock(), engine={"grant": grant.decode()})
        note_call(talking, Sent(call.id, self._at, self._clock()))

    def _failed(self, call: CallRow, why: str) -> None:
        sys.stderr.write(f"{call.id} cannot be monitored and is ended: {why}\n")
        self._ending.fail([call.id], COULD_NOT)

    def _files(self, call: CallRow, may: str) -> tuple[str, str]:
        """Give what each of the two is told, in their own language where it is known."""
        language = str(call.engine.get("language", ""))
        whose = contacts(self._at, [call.contact]) if call.contact else {}
        theirs = [one.language for one in whose.values()] or [language]
        person, called = _PROMPTS[may]
        said = prompt(person, language), prompt(called, theirs[0])
        return str(self._sounds / said[0].name), str(self._sounds / said[1].name)

    def _tags(self, call: CallRow) -> tuple[str, str]:
        return str(call.engine.get("from_tag", "")), str(call.engine.get("to_tag", ""))
