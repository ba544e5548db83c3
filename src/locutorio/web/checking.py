"""Erases what is due and checks itself, once a day while the pages are served."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from locutorio.actions.clock import now
from locutorio.actions.self_check import check_tonight
from locutorio.kernel.faults import Fault
from locutorio.store.databases import configured

SECONDS = 600.0
_log = logging.getLogger("django.checking")


@contextmanager
def checking(seconds: float = SECONDS) -> Iterator[None]:
    """Do it for as long as the block runs, where there is a database: soon after the start, then each day."""
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
        try:
            for fault in check_tonight(now()):
                _log.error("%s", fault)
        except Fault as fault:
            _log.error("%s", fault)
        finally:
            connections.close_all()
