"""The nonces of the grants that were used, on disk before anything is done by the grant."""

from __future__ import annotations

import os
import threading
from pathlib import Path

KEPT_SECONDS = 86_400
"""How long after its grant ends a nonce is kept, so that setting a clock back brings nothing back."""
_LINES_MAX = 10_000


class Nonces:
    """Used nonces, each with the second at which its grant ends; ``in`` tells whether one was used.

    A line that was cut off by a crash is read as far as it goes, and then no grant that begins so is of use.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._until: dict[str, int] = {}
        if path.exists():
            for line in path.read_text(encoding="ascii", errors="replace").splitlines():
                nonce, _, until = line.partition(" ")
                self._until[nonce] = int(until) if until.isdigit() else 0

    def __contains__(self, nonce: object) -> bool:
        return nonce in self._until

    def spend(self, nonce: str, *, until: int, at: int) -> bool:
        """Keep a nonce, on disk when this returns; give whether it was not used before.

        Raises:
            OSError: it could not be kept: then nothing may be done by its grant.
        """
        with self._lock:
            if nonce in self._until:
                return False
            self._until[nonce] = until
            if len(self._until) > _LINES_MAX:
                self._until = {one: end for one, end in self._until.items() if end + KEPT_SECONDS > at}
                self._write("".join(f"{one} {end}\n" for one, end in self._until.items()), whole=True)
            else:
                self._write(f"{nonce} {until}\n", whole=False)
            return True

    def _write(self, text: str, *, whole: bool) -> None:
        path = self._path.with_name(f"{self._path.name}.new") if whole else self._path
        file = os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if whole else os.O_APPEND), 0o600)
        with os.fdopen(file, "w", encoding="ascii") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(file)
        if whole:
            path.replace(self._path)
