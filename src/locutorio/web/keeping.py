"""Keeps the logs while the pages are served: what waits is put into them; they are signed and witnessed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from locutorio.actions.clock import now
from locutorio.actions.keep_log import keep_logs
from locutorio.kernel.faults import Fault
from locutorio.store.databases import configured

SECONDS = 2.0
_log = logging.getLogger("django.keeping")


@contextmanager
def keeping(seconds: float = SECONDS) -> Iterator[None]:
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
            for fault in keep_logs(now()):
                _log.error("%s", fault)
        except Fault as fault:
            _log.error("%s", fault)
        except Exception:  # noqa: BLE001 - a defect is told, and the log goes on
            _log.exception("the logs could not be kept")
        finally:
            connections.close_all()
