"""Who signs the register of privileged numbers, and what was signed last: files beside the database.

The signer has a memory of its own. A number that it signed once stays in the register until the database says
that it was ended: rows that are lost, or put back from an older copy, take nobody's privilege away.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.record.notes import Kind, Signer
from locutorio.record.register import (
    FILE,
    PUBLIC_KEY,
    Register,
    RegisterLine,
    parsed_register,
    register_of,
    written_register,
)
from locutorio.record.unproved import Unproved
from locutorio.store.keyring import folder, kept, locked, secret
from locutorio.store.log.succeeding import origin_of

_FOR_ALL = 0o644  # the telephone's processes are other users; who gets at the directory is its own affair


@dataclass(frozen=True, slots=True)
class SignedRegister:
    """A register, and the bytes of its file."""

    register: Register
    data: bytes


def signed_last(establishment: UUID) -> SignedRegister | None:
    """Give the register that was signed last, if one was.

    Raises:
        Fault: it cannot be read.
    """
    return RegisterSigner(establishment).last() if _file(establishment, "signed").exists() else None


class RegisterSigner:
    """The key of one establishment's register, and what it signed last. See `signing`."""

    def __init__(self, establishment: UUID) -> None:
        self._signed = _file(establishment, "signed")
        seed = secret(_file(establishment, "ed25519"), make=not self._signed.exists())
        self._signer = Signer(f"{origin_of(establishment)}/register", Kind.ED25519, seed)
        self.key = self._signer.key

    def last(self) -> SignedRegister | None:
        """Give what was signed last, if anything was.

        Raises:
            Fault: it cannot be read, so that nobody knows whose number it held.
        """
        try:
            data = self._signed.read_bytes()
            return SignedRegister(parsed_register(data, self.key), data)
        except FileNotFoundError:
            return None
        except (OSError, Unproved) as error:
            raise Fault(
                "the register that was signed last cannot be read",
                why="nobody knows which numbers it held, so none could be signed without losing some",
                remedy=f"put {self._signed.name} back into the directory of the keys, or a register that the"
                " telephone still holds",
            ) from error

    def sign(self, lines: Iterable[RegisterLine], region: str, moment: datetime) -> SignedRegister:
        """Sign a register of these lines, with a version above every one before. It is on disk then."""
        before, second = self.last(), int(moment.timestamp())
        version = max(second, before.register.version + 1 if before else 0)
        made = register_of(self.key.name, region, version, second, lines)
        data = written_register(made, self._signer)
        kept(self._signed, data)
        return SignedRegister(made, data)


@contextmanager
def signing(establishment: UUID) -> Iterator[RegisterSigner]:
    """Give the signer of a register; one process at a time has it.

    Raises:
        Fault: its key is missing or cannot be used.
    """
    with locked(folder() / f"register-{establishment}.lock"):
        yield RegisterSigner(establishment)


def carried(last: SignedRegister | None, now: Container[str], over: Container[str]) -> list[RegisterLine]:
    """Give the lines of the last register that the database neither holds nor knows to be over."""
    if last is None:
        return []
    return [line for line in last.register.lines if line.number not in now and line.number not in over]


def put(directory: Path, signer: RegisterSigner, data: bytes) -> bool:
    """Put a register and its key where the telephone reads them; tell whether anything stood there otherwise.

    Raises:
        Fault: it cannot be written.
    """
    wanted = {PUBLIC_KEY: f"{signer.key.text()}\n".encode(), FILE: data}
    differing = [name for name, content in wanted.items() if _read(directory / name) != content]
    for name in differing:
        kept(directory / name, wanted[name], mode=_FOR_ALL)
    return bool(differing)


def _file(establishment: UUID, ending: str) -> Path:
    return folder() / f"{quote(f'{origin_of(establishment)}/register', safe='')}.{ending}"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
