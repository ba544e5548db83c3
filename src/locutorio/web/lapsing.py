"""Gives up the holds that ran out, once a minute while the pages are served: others wait for the places."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from locutorio.actions.clock import now
from locutorio.actions.lapse_holds import lapse_everywhere
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
        try:
            lapse_everywhere(now())
        except Fault as fault:
            _log.error("%s", fault)
        finally:
            connections.close_all()
