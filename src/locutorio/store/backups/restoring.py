"""Puts a backup back where nothing is yet. Whether it may be used is for its record to prove."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from locutorio.kernel.faults import Fault
from locutorio.record.unproved import Unproved
from locutorio.store.backups.programs import filling
from locutorio.store.backups.sealing import PIECE, opened
from locutorio.store.backups.servers import asked, is_server
from locutorio.store.backups.taking import FORMAT, KEYRING, KEYS, MAIN, MANIFEST, OPENING, Kept
from locutorio.store.databases import Settings

_ELSEWHERE = "name a database that does not exist yet, or one without tables"
_EMPTYING = (
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
    "GRANT USAGE ON SCHEMA public TO PUBLIC",
)


def put_back(backup: Path, place_of_keys: Path, kept: Kept) -> None:
    """Fill databases and keyring that are not there yet from a backup.

    Args:
        backup: the folder of one backup.
        place_of_keys: the folder in which the folder of its name holds what opens it.
        kept: where it is put.

    Raises:
        Fault: something is there already; the backup is damaged or closed for good; nothing was put back.
    """
    said = _manifest(backup)
    closed = place_of_keys / backup.name
    if not (closed / OPENING).is_file():
        raise Fault(
            f"nothing in {place_of_keys} opens the backup {backup.name}",
            why="what opens a backup is removed when its time is over, so that what was erased stays so",
            remedy="name the folder that was given with --keys when it was taken, or restore a later backup",
        )
    if said["kind"] != kept.kind:
        raise Fault(
            f"the backup is of {said['kind']}, and the database is of {kept.kind}",
            remedy=f"name a database of {said['kind']}",
        )
    for settings in (kept.main, kept.keys):
        _see_that_it_is_empty(settings)
    _see_that_it_is_the_same(closed / KEYRING, kept.keyring)
    key = bytes.fromhex((closed / OPENING).read_text("ascii").strip())
    try:
        with (backup / MAIN).open("rb") as sealed:
            _fill(kept.main, opened(sealed, key))
        with (closed / KEYS).open("rb") as plain:
            _fill(kept.keys, iter(lambda: plain.read(PIECE), b""))
        if not kept.keyring.exists():
            shutil.copytree(closed / KEYRING, kept.keyring)
    except Unproved as fault:
        take_away(kept)
        raise Fault(
            f"the backup {backup.name} is damaged",
            why=str(fault),
            remedy="restore another copy of it, or an earlier one",
        ) from fault
    except BaseException:
        take_away(kept)
        raise


def take_away(kept: Kept) -> None:
    """Take away what was put back and may not be used."""
    for settings in (kept.main, kept.keys):
        if is_server(settings):
            asked(settings, *_EMPTYING)
        else:
            for path in _files(settings):
                path.unlink(missing_ok=True)


def _manifest(backup: Path) -> dict[str, Any]:
    try:
        said = json.loads((backup / MANIFEST).read_text("ascii"))
    except (OSError, ValueError) as error:
        raise Fault(
            f"{backup} is no backup",
            why=str(error),
            remedy="name the folder of one, such as 20261101T020000Z",
        ) from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Fault(f"the backup {backup.name} is of another form", remedy="restore it with its own program")
    return said


def _see_that_it_is_empty(settings: Settings) -> None:
    if is_server(settings):
        ((count,),) = asked(
            settings, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        )
        if count:
            raise Fault(f"the database {settings['NAME']} is not empty", remedy=_ELSEWHERE)
        return
    for path in _files(settings):
        if path.exists():
            raise Fault(f"there is a file {path} already", remedy=_ELSEWHERE)


def _see_that_it_is_the_same(backed_up: Path, keyring: Path) -> None:
    """Let a keyring that is there stay, where it holds what the backup's does."""
    for path in (one for one in backed_up.rglob("*") if one.is_file() and keyring.exists()):
        there = keyring / path.relative_to(backed_up)
        if not there.is_file() or there.read_bytes() != path.read_bytes():
            raise Fault(
                f"the keyring {keyring} is not that of the backup",
                why=f"{there.name} differs",
                remedy="move it away, or name another with LOCUTORIO_KEYRING; keep both",
            )


def _fill(settings: Settings, pieces: Iterator[bytes]) -> None:
    with _target(settings) as target:
        for piece in pieces:
            target.write(piece)


@contextmanager
def _target(settings: Settings) -> Iterator[Any]:
    if is_server(settings):
        with filling(settings) as stream:
            yield stream
        return
    path = Path(str(settings["NAME"]))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _files(settings: Settings) -> list[Path]:
    return [Path(str(settings["NAME"]) + more) for more in ("", "-journal", "-wal", "-shm")]
