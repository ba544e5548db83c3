"""Takes a backup: everything sealed in one place, and in another what opens it, for a limited time.

The two places are apart, so that neither alone tells anybody anything. What lies in the place of keys is
removed after WINDOW_DAYS: from then on every copy of that backup, wherever it is, is closed for good. So what
was erased today cannot be brought back after that.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any

from locutorio.kernel.faults import Fault
from locutorio.store import sqlite
from locutorio.store.backups.programs import dumping
from locutorio.store.backups.sealing import seal
from locutorio.store.backups.servers import (
    filled_by_owner,
    is_server,
    read_for_backup,
    see_that_all_is_read,
)
from locutorio.store.databases import BACKUP_ROLE, Settings, with_keys
from locutorio.store.databases import VARIABLE as DATABASE
from locutorio.store.keyring import VARIABLE as KEYRING_VARIABLE

WINDOW_DAYS = 28  # a run every other night leaves none older than 30 days
FORMAT = 1
MAIN, KEYS, KEYRING, OPENING, MANIFEST = "main.sealed", "keys", "keyring", "backup.key", "manifest.json"
_NAME = "%Y%m%dT%H%M%SZ"
_PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class Kept:
    """What an installation keeps: its database, that of its keys, and the folder of the key above them."""

    main: Settings
    keys: Settings
    keyring: Path

    @property
    def kind(self) -> str:
        """Tell which database it is: sqlite or postgresql."""
        return "postgresql" if is_server(self.main) else "sqlite"


def installation(where: str | None = None) -> Kept:
    """Give what an installation keeps, to be copied, without opening any of it.

    Args:
        where: its database, on a server in the role that copies; the environment says it otherwise.

    Raises:
        Fault: no database is named, or the folder of its keys is not.
    """
    settings = read_for_backup(where)
    if not settings:
        raise Fault(
            "no database is named",
            remedy=f"name it with --database, or set {DATABASE} to it; on a server, {BACKUP_ROLE}",
        )
    return _kept(settings)


def new_installation(where: str) -> Kept:
    """Give what an installation that is not there yet is to keep, to be filled.

    Args:
        where: its database, as the program is to know it.

    Raises:
        Fault: the folder of its keys is not named, or on a server the owner of its tables is not.
    """
    return _kept(filled_by_owner(where))


def _kept(settings: Settings) -> Kept:
    named = with_keys(settings)
    folder = os.environ.get(KEYRING_VARIABLE)
    if is_server(settings) and not folder:
        raise Fault(
            "no directory for the keys is named",
            why="keys do not stand in the database that they protect",
            remedy=f"set {KEYRING_VARIABLE} to the directory that the program uses",
        )
    return Kept(named["default"], named["keys"], Path(folder or f"{settings['NAME']}-keyring"))


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken: its name, its length, and the names of those whose time was over."""

    name: str
    length: int
    removed: tuple[str, ...]


def take(kept: Kept, place: Path, place_of_keys: Path, at: datetime) -> Taken:
    """Take a backup of everything, and remove those whose time is over.

    Args:
        kept: what is copied. The database is copied before its keys: what was sealed can then be opened.
        place: a folder for the sealed copies; they can be copied on from there.
        place_of_keys: another folder, best on another machine, for what opens them.
        at: the moment, by which the backup is named.

    Raises:
        Fault: the places are not apart, a role is not shown every row, or something could not be copied. Then
            there is no backup.
    """
    _see_that_they_are_apart(place, place_of_keys)
    see_that_all_is_read(kept.main, "store_establishment")
    see_that_all_is_read(kept.keys, "store_key")
    name = at.astimezone(UTC).strftime(_NAME)
    if (place / name).exists():
        raise Fault(f"there is a backup {name} already", remedy="take the next one a second later")
    with _being_made(place_of_keys / name) as closed, _being_made(place / name) as open_:
        key = secrets.token_bytes(32)
        with _copied(kept.main, closed) as source, (open_ / MAIN).open("xb") as target:
            seal(source, target, key)
        with _copied(kept.keys, closed) as source, (closed / KEYS).open("xb") as target:
            shutil.copyfileobj(source, target)
        (closed / OPENING).write_text(key.hex() + "\n", "ascii")
        shutil.copytree(kept.keyring, closed / KEYRING)
        with (open_ / MAIN).open("rb") as sealed:
            digest = file_digest(sealed, "sha256").hexdigest()
        said = {"format": FORMAT, "kind": kept.kind, "made_at": at.isoformat(), "sha256": digest}
        (open_ / MANIFEST).write_text(json.dumps(said, indent=2) + "\n", "ascii")
    removed = [old for folder in (place, place_of_keys) for old in _over(folder, at)]
    for old in removed:
        shutil.rmtree(old)
    return Taken(name, (place / name / MAIN).stat().st_size, tuple(sorted({old.name for old in removed})))


def moments(place: Path) -> list[datetime]:
    """Give when the backups that lie in a place were taken, the earliest first."""
    return sorted(taken for taken in map(_moment, _folders(place)) if taken)


def _see_that_they_are_apart(place: Path, place_of_keys: Path) -> None:
    one, other = place.resolve(), place_of_keys.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise Fault(
            "a backup and what opens it would lie in one place",
            why="whoever got at that place could read everything",
            remedy="name two folders, none within the other, best on two machines",
        )


@contextmanager
def _being_made(folder: Path) -> Iterator[Path]:
    """Give a folder that only its owner can enter; it has its name once all of it is on disk."""
    unfinished = folder.with_name(folder.name + _PARTIAL)
    try:
        unfinished.mkdir(mode=0o700, parents=True)
        yield unfinished
        for path in (*unfinished.rglob("*"), unfinished):
            _sync(path)
        unfinished.rename(folder)
        _sync(folder.parent)
    except OSError as error:
        raise Fault(
            f"the backup could not be written to {folder.parent}",
            why=error.strerror or str(error),
            remedy="make room, or name another folder; there is no new backup",
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _sync(path: Path) -> None:
    """See that a file, or what a folder lists, is on disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _copied(settings: Settings, beside: Path) -> Iterator[Any]:
    """Give a stream of one database as of one moment. A file is copied whole first, beside what opens it."""
    if is_server(settings):
        with dumping(settings) as stream:
            yield stream
        return
    copy = beside / "copy"
    try:
        _copy(str(settings["NAME"]), copy)
        with copy.open("rb") as stream:
            yield stream
    finally:
        copy.unlink(missing_ok=True)


def _copy(where: str, copy: Path) -> None:
    """Copy a file that others write to, by SQLite's own means, and see that the copy is sound."""
    copy.touch(mode=0o600)
    try:
        with (
            closing(sqlite.library.connect(f"{Path(where).resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite.library.connect(copy)) as target,
        ):
            source.backup(target)
            (said,) = target.execute("PRAGMA integrity_check").fetchone()
    except sqlite.library.Error as error:
        raise Fault(
            f"the file {where} could not be copied",
            why=str(error),
            remedy="see that it is there and can be read; there is no new backup",
        ) from error
    if said != "ok":
        raise Fault(
            f"the file {where} is damaged",
            why=said,
            remedy="keep it and all earlier backups, and restore from the last sound one",
        )


def _over(place: Path, at: datetime) -> list[Path]:
    """Give the folders in a place whose time is over."""
    window = timedelta(days=WINDOW_DAYS)
    return [path for path in _folders(place) if (taken := _moment(path)) and at - taken > window]


def _folders(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []


def _moment(folder: Path) -> datetime | None:
    try:
        return datetime.strptime(folder.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
