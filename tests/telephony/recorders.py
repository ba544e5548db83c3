"""A recorder's places, and grants for it."""

from __future__ import annotations

import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest

from locutorio.actions.clock import now
from locutorio.record.grants import Grant
from locutorio.record.notes import Kind, Signer
from locutorio.record.voices import opened_voice, public_of
from locutorio.telephony.monitored import Places

SIGNER = Signer("locutorio/grants", Kind.ED25519, b"\x07" * 32)
PRIVATE = b"\x09" * 32
_MEMORY = Path("/dev/shm")


def grant(attempt: str, **changed: object) -> Grant:
    """Give a grant to record one call, issued now."""
    issued = int(now().timestamp())
    one = Grant(
        attempt=attempt,
        telephone="north-2",
        called="+12025550123",
        person="p-31",
        establishment="oak",
        law="f00d",
        may="record",
        seal_to=b64encode(public_of(PRIVATE)).decode(),
        issued=issued,
        expires=issued + 30,
        nonce=uuid4().hex,
    )
    return replace(one, **changed)  # type: ignore[arg-type]


@contextmanager
def spool_in_memory() -> Iterator[Path]:
    """Give a new directory for a relay's plain files, in memory where there is such a place."""
    folder = Path(mkdtemp(prefix="locutorio-test-", dir=_MEMORY if _MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def places(folder: Path, spool: Path, relay_port: int, floor: int = 1_000_000) -> Places:
    """Give where a recorder works, under one directory but for the spool."""
    recordings = folder / "recordings"
    recordings.mkdir(exist_ok=True)
    key = folder / "grants.pub"
    key.write_text(SIGNER.key.text())
    state = folder / "state"
    return Places(relay_port, spool, state, recordings, folder / "nonces", key, floor)


@dataclass(frozen=True)
class Opened:
    """A sealed recording, opened: the WAV file, and each side's samples."""

    wav: bytes

    @property
    def left(self) -> bytes:
        """The person's."""
        return self.wav[58:][0::2]

    @property
    def right(self) -> bytes:
        """The called party's."""
        return self.wav[58:][1::2]


def opened(path: Path, attempt: str) -> Opened:
    """Open a sealed recording."""
    return Opened(b"".join(opened_voice([path.read_bytes()], PRIVATE, attempt)))


@contextmanager
def small_disk(folder: Path, megabytes: int = 1) -> Iterator[None]:
    """Put a small file system over a directory, with the same directories in it, of the same owner."""
    inner = [path.relative_to(folder) for path in folder.iterdir() if path.is_dir()]
    owner = folder.stat()
    options = f"size={megabytes}m,mode=700,uid={owner.st_uid},gid={owner.st_gid}"
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("needs a small disk")
    try:
        for path in inner:
            (folder / path).mkdir()
            os.chown(folder / path, owner.st_uid, owner.st_gid)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
