"""A bounded number of things that are done at once, each for a bounded time."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

Done = TypeVar("Done")


class TooMuch(Exception):
    """It is not done, or was not done in time: too much is in hand."""


class _Task(Generic[Done]):
    """Something to do, and what became of it. ``over`` is locked until it was done.

    Whoever is first says whether it is begun or given up: both take ``turn``, which is given once.
    """

    __slots__ = ("does", "error", "found", "over", "turn")

    def __init__(self, does: Callable[[], Done]) -> None:
        self.does = does
        self.found: list[Done] = []
        self.error: BaseException | None = None
        self.over, self.turn = threading.Lock(), threading.Lock()
        self.over.acquire()

    def done(self) -> bool:
        """Do it, unless nobody waits for it any more; tell whether it was done."""
        if not self.turn.acquire(blocking=False):
            return False
        try:
            self.found.append(self.does())
        except BaseException as error:  # noqa: BLE001 - whoever waits is told
            self.error = error
        return True

    def given_up(self) -> bool:
        """Have it not begun any more; tell whether it was not."""
        return self.turn.acquire(blocking=False)


class Hands:
    """Threads that do things; what finds none free waits in a short line, and what finds that full is told.

    Args:
        number: of threads.
        waiting: how many may wait.
    """

    def __init__(self, number: int, waiting: int) -> None:
        self._room, self._lock = number + waiting, threading.Lock()
        self._tasks: SimpleQueue[_Task[Any]] = SimpleQueue()
        for _ in range(number):
            threading.Thread(target=self._work, daemon=True).start()

    def within(self, seconds: float, does: Callable[[], Done]) -> Done:
        """Do something, and give what it gives.

        Raises:
            TooMuch: nobody was free, or it took longer. What was begun is ended nonetheless.
            Exception: what it raises.
        """
        task = _Task(does)
        if not self._taken(task):
            raise TooMuch
        if not task.over.acquire(timeout=max(0.0, seconds)):
            if task.given_up():
                self._over()
            raise TooMuch
        if task.error is not None:
            raise task.error
        return task.found[0]

    def later(self, does: Callable[[], None]) -> bool:
        """Do something when a hand is free; tell whether it will be."""

        def told() -> None:
            try:
                does()
            except Exception:  # noqa: BLE001 - nobody waits for it: a defect is told here
                traceback.print_exc()

        return self._taken(_Task(told))

    def _taken(self, task: _Task[Done]) -> bool:
        with self._lock:
            if not self._room:
                return False
            self._room -= 1
        self._tasks.put(task)
        return True

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            if task.done():
                self._over()
                task.over.release()
            del task

    def _over(self) -> None:
        with self._lock:
            self._room += 1
