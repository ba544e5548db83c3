"""A register of privileged numbers for tests, and every way in which its file can come to be none."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from locutorio.record.notes import Kind, Signer
from locutorio.record.register import Register, RegisterLine, register_of, written_register

ORIGIN = "locutorio.example/arcadia/register"
AT = 1_800_000_000
VERSION = AT
SIGNER = Signer(ORIGIN, Kind.ED25519, b"\x07" * 32)
OTHER = Signer("locutorio.example/other/register", Kind.ED25519, b"\x08" * 32)
COUNSEL, COURT, EMERGENCY = "+12025550101", "+12025550102", "112"
LINES = (
    RegisterLine(COUNSEL, "counsel", "Ana Ibáñez, counsel"),
    RegisterLine(COURT, "court", "District Court of Arcadia"),
    RegisterLine(EMERGENCY, "emergency", "Emergencies"),
)


def register(*, version: int = VERSION, at: int = AT, origin: str = ORIGIN) -> Register:
    """Give a register of three lines."""
    return register_of(origin, "US", version, at, LINES)


def signed(found: Register, signer: Signer = SIGNER) -> bytes:
    """Give its file."""
    return written_register(found, signer)


def _changed(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ rng.randrange(1, 256)]) + data[at + 1 :]


def _without_a_line(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    del lines[rng.randrange(7, lines.index(b""))]
    return b"\n".join(lines)


def _signed_by_another(_data: bytes, _rng: random.Random) -> bytes:
    return signed(register(origin=OTHER.key.name), OTHER)


def _signed_empty(_data: bytes, _rng: random.Random) -> bytes:
    return signed(replace(register(version=VERSION + 1), lines=()))


HARM: Mapping[str, Callable[[bytes, random.Random], bytes | None]] = {
    "emptied": lambda _data, _rng: b"",
    "emptied and signed": _signed_empty,
    "truncated": lambda data, rng: data[: rng.randrange(1, len(data))],
    "a byte changed": _changed,
    "a line taken out": _without_a_line,
    "filled with other bytes": lambda data, rng: rng.randbytes(len(data)),
    "replaced by an older one": lambda _data, rng: signed(
        register(version=VERSION - rng.randrange(1, 9_999))
    ),
    "replaced by another's": _signed_by_another,
    "stale": lambda _data, rng: signed(register(at=AT - 86_401 - rng.randrange(10**6), version=VERSION + 1)),
    "of a day to come": lambda _data, rng: signed(register(at=AT + 301 + rng.randrange(10**6))),
    "gone": lambda _data, _rng: None,
}
"""Each way to harm the file: given its bytes, what stands there afterwards; None where nothing does."""
