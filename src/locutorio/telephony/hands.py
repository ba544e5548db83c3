"""A bounded number of things that are done at once, each for a bounded time."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TypeVar

Done = TypeVar("Done")


class TooMuch(Exception):
    """It is not done, or was not done in time: too much is in hand."""


class Hands:
    """Threads that do things; what finds none free waits in a short line, and what finds that full is told.

    Args:
        number: of threads.
        waiting: how many may wait.
    """

    def __init__(self, number: int, waiting: int) -> None:
        self._room = threading.Semaphore(number + waiting)
        self._threads = ThreadPoolExecutor(number)

    def within(self, seconds: float, does: Callable[[], Done]) -> Done:
        """Do something, and give what it gives.

        Raises:
            TooMuch: nobody was free, or it took longer. What was begun is ended nonetheless.
            Exception: what it raises.
        """
        if not self._room.acquire(blocking=False):
            raise TooMuch
        doing = self._threads.submit(does)
        doing.add_done_callback(self._over)
        try:
            return doing.result(seconds)
        except TimeoutError as error:
            if doing.done():
                return doing.result()
            doing.cancel()
            raise TooMuch from error
        except CancelledError as error:
            raise TooMuch from error

    def later(self, does: Callable[[], None]) -> bool:
        """Do something when a hand is free; tell whether it will be. A defect in it is told here."""

        def told() -> None:
            try:
                does()
            except Exception:  # noqa: BLE001 - nobody waits for it
                traceback.print_exc()

        if not self._room.acquire(blocking=False):
            return False
        self._threads.submit(told).add_done_callback(self._over)
        return True

    def _over(self, _doing: Future[Done]) -> None:
        self._room.release()
