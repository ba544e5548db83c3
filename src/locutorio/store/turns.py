"""Lets those who write to one file go one by one."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from django.db import connection

try:
    import fcntl
except ImportError:  # on Windows, where one process writes
    fcntl = None  # type: ignore[assignment]


class _Turns:
    """Lets the threads of this process go one by one, in the order in which they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        try:
            mine.wait()
        except BaseException:
            with self._guard:
                if not mine.is_set():
                    self._waiting.remove(mine)
            if mine.is_set():
                self.give()
            raise

    def give(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_turns = _Turns()


@contextmanager
def one_by_one() -> Iterator[None]:
    """Let writers go one by one on SQLite, in the order in which they came: it would let some wait for ever.

    The threads of this process stand in line for a file beside the database, with the other processes.
    """
    if connection.vendor != "sqlite":
        yield
        return
    _turns.take()
    try:
        with ExitStack() as line:
            with suppress(OSError):  # where no file can be made, nor can a change: the database says so
                _join(line, f"{connection.settings_dict['NAME']}-queue")
            yield
    finally:
        _turns.give()


def _join(line: ExitStack, path: str) -> None:
    if fcntl is None:
        return
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    line.callback(os.close, file)
    fcntl.flock(file, fcntl.LOCK_EX)
