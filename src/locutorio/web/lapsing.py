"""Does what time alone brings, once a minute while the pages are served.

Holds of places and recordings of calls end; calls that are owed and late are put before the governor.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connections

from locutorio.actions.clock import now
from locutorio.actions.destroy_recordings import destroy_everywhere
from locutorio.actions.lapse_holds import lapse_everywhere
from locutorio.actions.open_recording import folder_of_recordings
from locutorio.actions.put_before_governor import put_before_governors
from locutorio.actions.seal_recordings import seal_everywhere
from locutorio.kernel.faults import Fault
from locutorio.store.databases import configured

SECONDS = 60.0
_log = logging.getLogger("django.lapsing")


@contextmanager
def lapsing(seconds: float = SECONDS) -> Iterator[None]:
    """Do it for as long as the block runs, where there is a database."""
    if not configured():
        yield
        return
    ended = threading.Event()
    turning = threading.Thread(target=_turn, args=(ended, seconds), daemon=True)
    turning.start()
    try:
        yield
    finally:
        ended.set()
        turning.join()


def _turn(ended: threading.Event, seconds: float) -> None:
    while not ended.wait(seconds):
        for end in (lapse_everywhere, seal_everywhere, put_before_governors, _destroy_everywhere):
            try:
                end(now())
            except Fault as fault:
                _log.error("%s", fault)
            finally:
                connections.close_all()


def _destroy_everywhere(at: datetime) -> None:
    destroy_everywhere(folder_of_recordings(), at)
