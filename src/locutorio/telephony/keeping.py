"""Has recordings sealed once their calls are over, and keeps them; again until it is done."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from locutorio.actions.keep_recording import MadeRecording, keep_recording
from locutorio.kernel.faults import Fault
from locutorio.store import calls
from locutorio.store.calls import CallRow
from locutorio.store.transaction import Sent, answering
from locutorio.telephony.recording import NotMonitored, Recordings

AT_ONCE = 2
LOOKED_BACK = timedelta(days=1)
_KEEP = "keep the recording"


class Keeping:
    """What was recorded of the calls of an establishment, until it is kept."""

    def __init__(self, at: UUID, recordings: Recordings, clock: Callable[[], datetime]) -> None:
        self._at, self._recordings, self._clock = at, recordings, clock
        self._threads = ThreadPoolExecutor(AT_ONCE)
        self._in_hand: dict[UUID, Future[bool]] = {}

    def all(self) -> None:
        """Begin to keep what lies unkept."""
        unkept = calls.monitored_since(self._at, self._clock() - LOOKED_BACK)
        before, self._in_hand = self._in_hand, {}
        for row in unkept:
            if "grant" in row.engine:
                doing = before.get(row.id)
                if doing is None or (doing.done() and not doing.result()):
                    doing = self._threads.submit(self._kept, row)
                self._in_hand[row.id] = doing

    def _kept(self, row: CallRow) -> bool:
        """Keep one; tell whether it is over with. What recorded nothing is, and so is what met a defect."""
        try:
            with answering():
                self._finished(row)
        except (NotMonitored, Fault) as error:
            sys.stderr.write(f"the recording of {row.id} is not kept yet: {error}\n")
            return False
        except Exception:  # noqa: BLE001 - nobody waits for it: a defect is told here
            traceback.print_exc()
        return True

    def _finished(self, row: CallRow) -> None:
        kept = self._recordings.finish(str(row.id))
        if kept is None:
            return
        made = MadeRecording(
            row.id,
            kept.file,
            kept.size,
            kept.sha256,
            str(row.engine["grant"]),
            row.talk_from or row.answered_at or row.started_at,
            row.ended_at or self._clock(),
        )
        keep_recording(made, Sent(uuid5(row.id, _KEEP), self._at, self._clock()))
