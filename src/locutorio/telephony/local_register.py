"""The register of privileged numbers as a process of the telephone sees it: read each time, believed or not.

A process keeps beside the register the highest version that it saw and by which key, so that no older one and
no other establishment's is believed after a restart. The age of a register that is held in memory is counted
by a clock that nobody can set.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import number_of
from locutorio.record.notes import Key
from locutorio.record.register import (
    AGE_MAX_SECONDS,
    FILE,
    PUBLIC_KEY,
    Register,
    Untrusted,
    read_register,
)
from locutorio.record.unproved import Unproved
from locutorio.store.keyring import kept

LENGTH_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class _Believed:
    """A register, the bytes it was read from, and until when by the clock that only goes on."""

    files: tuple[bytes, bytes]
    register: Register
    until: float


class LocalRegister:
    """The register in a directory.

    Args:
        directory: holds the register and the public key that checks it, both written by the decision point.
        floor: the file in which this process keeps what it saw.
    """

    def __init__(self, directory: Path, floor: Path) -> None:
        self._directory = directory
        self._floor_file = floor
        self._seen: tuple[Key, int] | None = None
        self._on_disk: tuple[Key, int] | None = None
        self._believed: _Believed | None = None
        self._lock = Lock()

    def trusted(self, now: float, elapsed: float) -> Register:
        """Give the register as it stands there now.

        Args:
            now: the second since 1970, UTC.
            elapsed: seconds by a clock that only goes on.

        Raises:
            Untrusted: it cannot be believed now. ``word`` says in which way.
        """
        with self._lock:  # who read it before another did would take it for one put back
            files = (self._bytes(PUBLIC_KEY), self._bytes(FILE))
            if self._believed is None or self._believed.files != files:
                self._believed = self._believing(files, now, elapsed)
            found = self._believed
            if elapsed >= found.until or now - found.register.issued_at > AGE_MAX_SECONDS:
                raise Untrusted("stale", "the register of privileged numbers has grown too old")
            return found.register

    def last(self, elapsed: float) -> Register | None:
        """Give the last register that was believed, from memory, as long as it is not too old."""
        found = self._believed
        return found.register if found is not None and elapsed < found.until else None

    def _believing(self, files: tuple[bytes, bytes], now: float, elapsed: float) -> _Believed:
        key = _key(files[0])
        found = read_register(files[1], key, floor=self._floor(key), now=int(now))
        self._keep(key, found.version)
        return _Believed(files, found, elapsed + AGE_MAX_SECONDS - max(0.0, now - found.issued_at))

    def _bytes(self, name: str) -> bytes:
        try:
            with (self._directory / name).open("rb") as file:
                data = file.read(LENGTH_MAX + 1)
        except OSError as error:
            raise Untrusted("unreadable", f"{name} cannot be read", error.strerror or str(error)) from error
        if len(data) > LENGTH_MAX:
            raise Untrusted("corrupted", f"{name} is longer than any register")
        return data

    def _floor(self, key: Key) -> int:
        """Give the highest version seen of this key's register."""
        if self._seen is None:
            self._seen = self._on_disk = self._kept_before()
        if self._seen is None:
            return 0
        if self._seen[0] != key:
            raise Untrusted(
                "replaced",
                "another key stands beside the register than before",
                f"if it was changed on purpose, remove {self._floor_file.name} and start again",
            )
        return self._seen[1]

    def _kept_before(self) -> tuple[Key, int] | None:
        try:
            lines = self._floor_file.read_text("utf-8").split("\n")
            return Key.parse(lines[0]), number_of(lines[1], 2**63 - 1)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, IndexError, Unproved) as error:
            raise Untrusted(
                "unreadable",
                f"{self._floor_file.name} cannot be read",
                "it says which register was seen last",
            ) from error

    def _keep(self, key: Key, version: int) -> None:
        """Keep what was seen on disk. Where that is full, it stands in memory until the next time."""
        self._seen = (key, version)
        if self._seen == self._on_disk:
            return
        with suppress(Fault):
            kept(self._floor_file, f"{key.text()}\n{version}\n".encode())
            self._on_disk = self._seen


def _key(line: bytes) -> Key:
    try:
        return Key.parse(line.decode("utf-8").removesuffix("\n"))
    except (UnicodeDecodeError, Unproved) as error:
        raise Untrusted("corrupted", "the key of the register cannot be read") from error
