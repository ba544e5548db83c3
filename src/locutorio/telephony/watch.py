"""The watch over calls under way: ends and silences what was asked, warns, cuts, compares with the engine.

Each of its duties is done in its turn and by itself: one that fails is told and tried again, and keeps no
other from being done.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from locutorio.actions.claim_privilege import Claiming, claim_privilege
from locutorio.actions.note_call import ENDINGS, CallEvent, note_call
from locutorio.kernel.faults import Fault
from locutorio.store import calls
from locutorio.store.calls import MONITORED, CallRow
from locutorio.store.transaction import Sent, answering
from locutorio.telephony.deadlines import Deadlines
from locutorio.telephony.ending import ENDED, Ending
from locutorio.telephony.matching import Matching
from locutorio.telephony.monitoring import PRIVILEGED
from locutorio.telephony.prompts import prompt
from locutorio.telephony.recording import NotMonitored, Recordings, Standing
from locutorio.telephony.sip import EngineGone, EngineRefused

PAUSE_SECONDS = 0.1
PRIVILEGE = "privilege"
ENGINE_LOST, RECORDING_LOST, TIME_UP, ONE_MINUTE = "engine-lost", "recording-lost", "time-up", "one-minute"
CLAIMED = {
    "person": "The person in custody pressed five: the call is privileged.",
    "called": "The party who was called pressed five: the call is privileged.",
}
BEGIN_SECONDS = 20.0
"""How long after its answer a monitored call may be in nobody's hands: it is announced to both meanwhile."""
RECORDER_SECONDS = 2.0
"""How long the recorder may not answer: it is started again within a second, and holds its calls."""


@dataclass
class _Duty:
    """Something that is done again and again. ``next`` is when, by the machine's own counter."""

    every: float
    does: Callable[[], object]
    next: float = 0.0


class Watch:
    """The watch of one establishment, in one process.

    Args:
        at: the establishment.
        ending: who ends its calls.
        recordings: the recorder.
        clock: tells the time.
        more: further duties, by how many seconds lie between.
    """

    def __init__(
        self,
        at: UUID,
        ending: Ending,
        recordings: Recordings,
        clock: Callable[[], datetime],
        more: tuple[tuple[float, Callable[[], object]], ...] = (),
    ) -> None:
        self._at, self._ending, self._recordings, self._clock = at, ending, recordings, clock
        self._deadlines, self._matching = Deadlines(time.monotonic), Matching(time.monotonic)
        self._rows: dict[UUID, CallRow] = {}
        self._seen: dict[str, datetime] = {}
        self._unheard: set[UUID] = set()
        self._recorder_since = time.monotonic()
        own = ((0.3, self.asked), (0.2, self.due), (0.5, self.rows), (0.5, self.monitored), (1.0, self.match))
        self._duties = [_Duty(every, does) for every, does in (*own, *more)]

    def turn(self) -> None:
        """Do what is due, and wait a little."""
        for duty in self._duties:
            if time.monotonic() >= duty.next:
                duty.next = time.monotonic() + duty.every
                self._done(duty)
        time.sleep(PAUSE_SECONDS)

    def asked(self) -> None:
        """End each call that was asked to end or is not permitted any more, and silence the privileged."""
        wanted = {row.id: row for row in calls.to_end(self._at)}
        privileged = [row for row in wanted.values() if row.ending == PRIVILEGE]
        self._unheard &= wanted.keys()
        failed = [row.id for row in privileged if not self._silenced(row)]
        self._ending.fail(failed, PRIVILEGED)
        others = [row for row in wanted.values() if row.ending != PRIVILEGE]
        self._ending.end({row.id: ENDINGS.get(row.ending, row.ending) for row in others})

    def rows(self) -> None:
        """See which calls are under way."""
        found = calls.under_way(self._at)
        self._rows = {row.id: row for row in found}
        self._deadlines.keep(found, self._clock())

    def due(self) -> None:
        """Warn who has a minute left, and end what has reached its limit."""
        for id_ in self._deadlines.to_warn():
            self._say(self._rows.get(id_), ONE_MINUTE)
        self._ending.end(dict.fromkeys(self._deadlines.ended(), TIME_UP))

    def monitored(self) -> None:
        """End each monitored call that is not monitored as it must be; hear who claims privilege."""
        rows = {
            row.id: row
            for row in self._rows.values()
            if row.plane == MONITORED and row.answered_at is not None
        }
        if not rows:
            self._recorder_since = time.monotonic()
            return
        try:
            standing = self._recordings.watch()
        except NotMonitored:
            if time.monotonic() - self._recorder_since > RECORDER_SECONDS:
                self._ending.fail(rows, RECORDING_LOST)
            return
        self._recorder_since = time.monotonic()
        self._ending.fail([id_ for id_, row in rows.items() if self._lost(row, standing)], RECORDING_LOST)

    def match(self) -> None:
        """End what the engine carries on and we do not know, and close what it does not know any more."""
        rows = calls.under_way(self._at)
        try:
            dialogs = self._ending.dialogs()
        except (EngineGone, EngineRefused):
            self._matching.forget()
            return
        moment = self._clock()
        ours = [str(row.id) for row in rows]
        self._seen = dict.fromkeys(dialogs, moment) | {
            one: at for one, at in self._seen.items() if one in ours and one not in dialogs
        }
        persons = {attempt: each["variables"].get("person", "") for attempt, each in dialogs.items()}
        strangers = self._matching.strangers(ours, persons)
        self._ending.end(dict.fromkeys(map(UUID, strangers), ENGINE_LOST), dialogs=dialogs)
        for attempt in self._matching.missing(ours, dialogs):
            last = self._seen.get(attempt, moment)
            lost = CallEvent(UUID(attempt), ENDED, last, ENGINE_LOST)
            note_call(lost, Sent(lost.attempt, self._at, moment))

    def _silenced(self, row: CallRow) -> bool:
        """Have a privileged call recorded and heard by nobody from now on; tell whether that can be said."""
        if row.id in self._unheard:
            return True
        try:
            self._recordings.stop(str(row.id), PRIVILEGE)
        except NotMonitored:
            return False
        self._unheard.add(row.id)
        self._say(row, PRIVILEGED)
        return True

    def _lost(self, row: CallRow, standing: Mapping[str, Standing]) -> bool:
        """Tell whether a call is not monitored as it must be; hear who says that it is privileged."""
        known = standing.get(str(row.id))
        if known is None:
            assert row.answered_at is not None
            return (self._clock() - row.answered_at).total_seconds() > BEGIN_SECONDS
        if known.claimed and not row.ending:
            sent = Sent(uuid5(row.id, "claimed"), self._at, self._clock())
            claim_privilege(Claiming(row.id, CLAIMED[known.claimed]), sent)
        return known.failed

    def _say(self, row: CallRow | None, slug: str) -> None:
        """Say something to the person in a call, in their language; where it cannot be, the call goes on."""
        if row is None:
            return
        sound = prompt(slug, str(row.engine.get("language", ""))).name
        try:
            self._ending.engine.play(row.plane, str(row.id), str(row.engine.get("from_tag", "")), sound)
        except (EngineGone, EngineRefused) as error:
            sys.stderr.write(f"{slug} could not be said in {row.id}: {error}\n")

    def _done(self, duty: _Duty) -> None:
        try:
            with answering():
                duty.does()
        except Fault as fault:
            sys.stderr.write(f"{fault}\n")
        except Exception:  # noqa: BLE001 - a defect is told, and the watch goes on
            traceback.print_exc()
