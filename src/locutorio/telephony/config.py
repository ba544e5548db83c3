"""`locutorio telephony config`: write what the processes of a plane read, and say what was written."""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from locutorio.kernel.faults import Fault
from locutorio.telephony.plane import LOOPBACK, Plane, read
from locutorio.telephony.prompts import FOLDER

USERS = {"kamailio": "kamailio", "monitored": "rtpengine", "private": "nobody"}
_TABLES = Path("/usr/share/kamailio/db_sqlite")
_SIGNALLING_WORKERS, _ASKING_WORKERS = 8, 64
_HASHES = """
create table if not exists version (table_name varchar(32) primary key, table_version integer not null);
create table if not exists {0} (id integer primary key, key_name varchar(64) unique not null,
  key_type integer not null default 0, value_type integer not null default 0,
  key_value varchar(128) not null, expires integer not null default 0);
insert or replace into version values ('{0}', 2);
"""


def new_secret() -> str:
    return secrets.token_urlsafe(24)


def kept_secret(home: Path) -> str:
    """Give the secret of a plane that was written before, or nothing: its processes may be running."""
    try:
        return read(home / "plane.json").secret
    except Fault:
        return ""


def write(plane: Plane, telephones: Mapping[str, str]) -> list[Path]:
    """Write a plane's directories, files and tables; calls that the engine keeps stay. Give the files.

    Args:
        plane: what to write.
        telephones: by name, what the secret of each is checked with (MD5 of name:realm:secret).

    Raises:
        Fault: a program is missing, or something cannot be written.
    """
    for program in ("kamailio", "rtpengine"):
        if found(program) is None:
            raise Fault(
                f"{program} is not on this machine",
                remedy="install it: docs/reference/telephone.md names the packages",
            )
    try:
        prepare(plane)
        plane.file.write_text(plane.written())
        plane.file.chmod(0o600)
        plane.configuration.write_text(configuration(plane))
        write_telephones(plane, telephones)
    except OSError as error:
        raise Fault(
            f"{error.filename} cannot be written ({error.strerror})",
            remedy="name a folder that is yours with --home",
        ) from error
    for path in (plane.engine, *plane.engine.iterdir()):
        _given(path, "kamailio")
    return [plane.file, plane.configuration, plane.telephones]


def found(program: str) -> str | None:
    """Give where a program of the plane is; system programs stand where the path of a user may not lead."""
    return shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def configuration(plane: Plane) -> str:
    """Give the whole configuration of the signalling engine: this plane's own, and what never changes."""
    local = f"engine:{plane.secret}@{LOOPBACK}"
    said = {
        "WORKERS": _SIGNALLING_WORKERS,
        "ASYNC_WORKERS": _ASKING_WORKERS,
        "REALM": plane.realm,
        "TRUNK": plane.trunk,
        "POINT": f"point=>http://{local}:{plane.point}",
        "STANDBY": f"standby=>http://{local}:{plane.standby}",
        "BEARER": f"Bearer {plane.secret}",
        "MONITORED_RELAY": f"1 == udp:{LOOPBACK}:{plane.monitored_control}",
        "PRIVATE_RELAY": f"2 == udp:{LOOPBACK}:{plane.private_control}",
        "TELEPHONES_URL": f"sqlite:///{plane.telephones}",
        "DIALOGS_URL": f"sqlite:///{plane.dialogs}",
        "DIALOGS_TABLES": f"dialogs=>sqlite:///{plane.dialogs}",
        "JOURNAL_URL": f"flatstore:{plane.journal}",
    }
    lines = [
        "#!KAMAILIO",
        "# Written by `locutorio telephony config`; what is changed here is lost with the next.",
    ]
    lines += [f"#!define {name} {json.dumps(value)}" for name, value in said.items()]
    lines += [f"listen=udp:{plane.address}:{plane.sip}", f"listen=tcp:{LOOPBACK}:{plane.rpc}", ""]
    return "\n".join(lines) + files("locutorio.telephony").joinpath("engine/kamailio.cfg").read_text()


def write_telephones(plane: Plane, telephones: Mapping[str, str]) -> None:
    """Write which telephones there are; a running engine is told by `sip.Engine.reload_telephones`."""
    with _changed(plane) as base:
        _fill(base, "telephones", telephones.items())
        _fill(base, "emergency", ((number, "private") for number in plane.emergency))
        _fill(base, "under_way", ())


def write_under_way(plane: Plane, parties: Iterable[tuple[str, str]]) -> None:
    """Write from where the parties of calls that outlived the engine speak: the next one reads it."""
    with _changed(plane) as base:
        _fill(base, "under_way", parties)


def renew_telephones(plane: Plane, telephones: Mapping[str, str]) -> bool:
    """Write which telephones there are, where that has changed, and say whether the engine must be told."""
    with closing(sqlite3.connect(plane.telephones)) as base:
        kept = dict(base.execute("select key_name, key_value from telephones"))
    if kept == dict(telephones):
        return False
    write_telephones(plane, telephones)
    return True


@contextmanager
def _changed(plane: Plane) -> Iterator[sqlite3.Connection]:
    """Give a copy of the tables that the engine reads, and put it in their place: none is ever locked."""
    fresh = plane.telephones.with_suffix(".new")
    if plane.telephones.exists():
        shutil.copyfile(plane.telephones, fresh)
    with closing(sqlite3.connect(fresh)) as base:
        yield base
    fresh.chmod(0o600)
    _given(fresh, "kamailio")
    fresh.replace(plane.telephones)


def _fill(base: sqlite3.Connection, table: str, rows: Iterable[tuple[str, str]]) -> None:
    base.executescript(_HASHES.format(table))
    with base:
        base.execute(f"delete from {table}")  # noqa: S608 - the name is ours
        base.executemany(f"insert into {table} (key_name, key_value) values (?, ?)", rows)  # noqa: S608 - as above


def prepare(plane: Plane) -> None:
    """Make the directories of a plane that are not there yet, and the table of calls under way."""
    for path in (plane.home, plane.run, plane.spool.parent):
        path.mkdir(mode=0o711, parents=True, exist_ok=True)
    for path in (plane.nonces, plane.recordings, plane.register, plane.standby_spool, plane.logs):
        path.mkdir(mode=0o700, exist_ok=True)
    for path, part in (
        (plane.engine, "kamailio"),
        (plane.journal, "kamailio"),
        (plane.dialogs.parent, "kamailio"),
        (plane.spool, "monitored"),
    ):
        path.mkdir(mode=0o700, exist_ok=True)
        _given(path, part)
    shutil.copytree(
        FOLDER, plane.prompts, ignore=shutil.ignore_patterns("*.py", "__pycache__"), dirs_exist_ok=True
    )
    for path in (plane.prompts, *plane.prompts.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if not plane.dialogs.exists():
        with closing(sqlite3.connect(plane.dialogs)) as base:
            base.execute("pragma journal_mode=wal")
            for name in ("standard-create.sql", "dialog-create.sql"):
                base.executescript((_TABLES / name).read_text())
        _given(plane.dialogs, "kamailio")


def _given(path: Path, part: str) -> None:
    """Make a path the property of the user that a part runs as, where this process may."""
    user = user_of(part)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def user_of(part: str) -> pwd.struct_passwd | None:
    """Give the user of its own that a part runs as when root starts it, or None for whoever starts it."""
    if os.geteuid() or part not in USERS:
        return None
    return pwd.getpwnam(USERS[part])
