"""What is kept of a recorded call: one sealed file, and beside it what may be told of it without a key."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from locutorio.record.sealing import KEY_LENGTH
from locutorio.record.voices import sealed_voice
from locutorio.telephony.stereo import Side, seconds_of, stereo

SEALED = ".voice"


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed recording: its call's attempt, its file's name, size in bytes and SHA-256, and its length."""

    attempt: str
    file: str
    size: int
    sha256: str
    seconds: int


def kept_of(recordings: Path, attempt: str) -> Kept | None:
    """Give what is kept of a call, if it was sealed."""
    try:
        return Kept(**json.loads((recordings / f"{attempt}.json").read_bytes()))
    except FileNotFoundError:
        return None


def sealed_call(
    spooled: Path, recordings: Path, attempt: str, seal_to: str, sides: tuple[Side, Side]
) -> Kept:
    """Seal what a relay wrote of a call; it is on disk, sealed, when this returns.

    Args:
        spooled: what the relay wrote (pcap).
        recordings: where sealed recordings lie.
        attempt: the call's; the seal opens for no other.
        seal_to: the public half of the recording's key, in Base 64.
        sides: where the person's voice came from, and the called party's.

    Raises:
        OSError: it could not be read or written.
        ValueError: it is no recording of a relay.
    """
    wav = stereo(spooled.read_bytes(), *sides)
    parts = sealed_voice(wav, b64decode(seal_to), secrets.token_bytes(KEY_LENGTH), attempt)
    size, digest = _written(recordings / f"{attempt}{SEALED}", parts)
    kept = Kept(attempt, f"{attempt}{SEALED}", size, digest, seconds_of(wav))
    _written(recordings / f"{attempt}.json", [json.dumps(asdict(kept)).encode()])
    return kept


def _written(path: Path, parts: Iterable[bytes]) -> tuple[int, str]:
    """Write a file whole or not at all; give its size and hash once it is on disk."""
    beside, size, digest = path.with_name(f".{path.name}.new"), 0, sha256()
    with beside.open("wb") as file:
        for part in parts:
            file.write(part)
            digest.update(part)
            size += len(part)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return size, digest.hexdigest()
