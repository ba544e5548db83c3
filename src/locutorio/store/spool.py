"""Where the standby keeps what it answered until the decision point takes it into the record.

Each answer is one line of JSON, on disk before it is given. A file is written by one process alone, named
``*.open`` while it is, and ``*.closed`` once nobody writes it any more: then it can be taken and removed.
A last line without its end was never answered.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

OPEN, CLOSED, RESERVE = ".open", ".closed", "reserve"
RESERVE_BYTES = 1_000_000
REFUSALS_BYTES_MAX = 64_000_000
LINES_MAX = 1_000
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}

Line = Mapping[str, Any]


class Spool:
    """The spool in a directory, as the one process that writes it.

    A part of the disk is held in reserve: where there is no room any more, it is given up for the next lines.

    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = Lock()
        self._file: int | None = None
        self._name = directory / "none"
        self._lines = 0
        self._number = 0
        self.refusals_left_out = 0
        with suppress(OSError):  # whatever is kept later says so
            directory.mkdir(mode=0o750, parents=True, exist_ok=True)
            for left in sorted(directory.glob(f"*{OPEN}")):
                left.rename(left.with_suffix(CLOSED))
        self._reserve()

    def add(self, line: Line) -> None:
        """Keep a line; it is on disk when this returns.

        Raises:
            OSError: it cannot be kept.
        """
        data = json.dumps(dict(line), ensure_ascii=True, sort_keys=True).encode() + b"\n"
        with self._lock:
            try:
                self._write(data)
            except OSError as error:
                self._close()
                if error.errno not in _NO_ROOM or not self._give_up_reserve():
                    raise
                self._write(data)

    def add_refusal(self, line: Line) -> None:
        """Keep a refusal, as long as refusals have not filled their share; then they are counted alone.

        Raises:
            OSError: it cannot be kept.
        """
        if self._size() > REFUSALS_BYTES_MAX:
            self.refusals_left_out += 1
            return
        self.add(line)

    def close(self) -> None:
        """Let what was written be taken; say how many refusals were left out, and hold the reserve again."""
        with self._lock:
            self._close()
        if self.refusals_left_out:
            self.add({"refusals_left_out": self.refusals_left_out})
            self.refusals_left_out = 0
        self._reserve()

    def _write(self, data: bytes) -> None:
        if self._file is None:
            self._number += 1
            self._name = self._directory / f"{os.getpid()}-{os.urandom(6).hex()}-{self._number:06}{OPEN}"
            self._file = os.open(self._name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
            self._lines = 0
            _synced(self._directory)
        before = os.lseek(self._file, 0, os.SEEK_CUR)
        try:
            _wholly(self._file, data)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file, before)
            raise
        self._lines += 1
        if self._lines >= LINES_MAX:
            self._close()

    def _close(self) -> None:
        if self._file is None:
            return
        os.close(self._file)
        self._file = None
        self._name.rename(self._name.with_suffix(CLOSED))

    def _size(self) -> int:
        with os.scandir(self._directory) as entries:
            return sum(one.stat().st_size for one in entries if one.name != RESERVE)

    def _reserve(self) -> None:
        path = self._directory / RESERVE
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return
        try:
            os.posix_fallocate(file, 0, RESERVE_BYTES)
        except OSError:
            path.unlink(missing_ok=True)
        finally:
            os.close(file)

    def _give_up_reserve(self) -> bool:
        path = self._directory / RESERVE
        held = path.exists()
        path.unlink(missing_ok=True)
        return held


def closed(directory: Path) -> list[Path]:
    """Give the files that can be taken, in any order."""
    return sorted(directory.glob(f"*{CLOSED}"))


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """Give the whole lines of a file that was closed. What cannot be read is given as ``{"torn": text}``."""
    for line in path.read_bytes().split(b"\n")[:-1]:
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        yield found if isinstance(found, dict) else {"torn": line.decode("ascii", "backslashreplace")}


def _wholly(file: int, data: bytes) -> None:
    if os.write(file, data) != len(data):
        raise OSError(errno.ENOSPC, "no room for a whole line")
    os.fsync(file)


def _synced(directory: Path) -> None:
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
