"""Which database, and how it is set: one file by SQLite, or a PostgreSQL server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from locutorio.kernel.faults import Fault
from locutorio.store import sqlite

VARIABLE, KEYS, OWNER = "LOCUTORIO_DATABASE", "LOCUTORIO_KEYS", "LOCUTORIO_OWNER"
BACKUP_ROLE = "LOCUTORIO_BACKUP_ROLE"
ISOLATION = "LOCUTORIO_ISOLATION"
SCHEMES = ("postgresql", "postgres")
WAL_SAFE_SINCE = (3, 51, 3)
BUSY_SECONDS, IDLE = 30, "10s"
OTHER_ROLE = "OTHER_ROLE"  # in the settings of a database: that it is not opened as the program's role
POOLED = "pooled"
_NONE = "unknown"  # what Django calls the vendor of no database
ISOLATIONS = ("read committed", "serializable")
POSTGRESQL_SINCE = 15
# How long an answer of a server is waited for, in seconds (the last one in milliseconds).
_UNANSWERED = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_ROLE = """
    SELECT rolname, current_setting('synchronous_commit'), rolsuper OR rolbypassrls, EXISTS (
            SELECT 1 FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND pg_has_role(c.relowner, 'MEMBER')),
        current_setting('idle_in_transaction_session_timeout'),
        current_setting('default_transaction_isolation')
    FROM pg_roles WHERE rolname = current_user"""
_ADDRESS = "name a file, or postgresql://user@host:port/name"
_ROLLBACK = "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA"
_WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
STATEMENTS_KEPT = 2_000
"""More than the program has: where their room is full, what is asked most often is compiled each time."""
_SYNCHRONOUS_LEAST = {"truncate": 3, "delete": 3, "wal": 2}  # 2 is FULL, 3 is EXTRA

Settings = dict[str, object]


def database(where: str, *, isolation: str | None = None) -> Settings:
    """Give Django's settings of one database.

    Args:
        where: the path of a file, or ``postgresql://user:password@host:port/name``, after which may stand
            ``?host=`` with a directory of sockets, ``pooled=1`` where many take a connection in turn, and
            ``sslmode``, ``sslrootcert`` and so on as libpq says.
        isolation: of a PostgreSQL server: read committed or serializable; the environment says it otherwise.

    Raises:
        Fault: it is neither, or the isolation has another name, or psycopg is not installed.
    """
    if "://" not in where:
        return _sqlite(Path(where))
    isolation = isolation or os.environ.get(ISOLATION, ISOLATIONS[0])
    if isolation not in ISOLATIONS:
        raise Fault(f'"{isolation}" is no isolation', remedy=f"write {' or '.join(ISOLATIONS)}")
    return _postgresql(where, isolation)


def _postgresql(where: str, isolation: str) -> Settings:
    """Give the settings of a server. One that is gone is noticed within half a minute, not after many."""
    try:
        import psycopg
    except ImportError as error:
        raise Fault(
            "this installation cannot speak with a PostgreSQL server",
            why=str(error),
            remedy='install it with pip install "locutorio[service]"',
        ) from error
    try:
        parts = urlsplit(where)
        port, more = parts.port, dict(parse_qsl(parts.query))
    except ValueError as error:
        raise Fault(
            "this is no address of a database",
            why="its parts cannot be told apart; in a password / is written %2F, : is %3A and @ is %40",
            remedy=_ADDRESS,
        ) from error
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in SCHEMES or not name:
        raise Fault(
            f'"{parts.scheme}://" with the name "{name}" is no database that can be used', remedy=_ADDRESS
        )
    pooled = more.pop(POOLED, "") not in {"", "0"}
    unknown = [one for one in more if one != "host" and not one.startswith("ssl")]
    if unknown:
        raise Fault(
            f'"{unknown[0]}" cannot be said in the address of a database',
            why="after the question mark stand host, for sockets, pooled=1, and what begins with ssl",
            remedy="leave it out, or set it on the server",
        )
    level = psycopg.IsolationLevel[isolation.replace(" ", "_").upper()]
    said = {
        "idle_in_transaction_session_timeout": IDLE,
        "default_transaction_isolation": isolation.replace(" ", r"\ "),
    }
    options = " ".join(f"-c {setting}={value}" for setting, value in said.items())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": more.pop("host", parts.hostname or ""),
        "PORT": port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "OPTIONS": {
            "isolation_level": level,
            "prepare_threshold": None if pooled else 0,
            **({} if pooled else {"options": options}),
            **_UNANSWERED,
            **more,
        },
    }


def from_environment() -> Settings:
    """Give the settings of the database that the environment names; none where it names none."""
    where = os.environ.get(VARIABLE)
    return database(where) if where else {}


def with_keys(settings: Settings) -> dict[str, Settings]:
    """Give the settings of a database and of the keys to what it holds.

    The environment names the database of the keys. Otherwise it is the file ``…-keys`` beside the other one,
    or the database ``…_keys`` of the same server. Another role than the program's is so in both.
    """
    if not settings:
        return {"default": settings}
    where = os.environ.get(KEYS)
    if where:
        other = {name: settings[name] for name in ("USER", "PASSWORD", OTHER_ROLE) if OTHER_ROLE in settings}
        return {"default": settings, "keys": {**database(where, isolation=ISOLATIONS[0]), **other}}
    between = "-" if "sqlite" in str(settings["ENGINE"]) else "_"
    options = {**settings, "NAME": f"{settings['NAME']}{between}keys"}
    return {"default": settings, "keys": options}


def owners_database() -> Settings:
    """Give the settings of the database as the role that owns the tables, which the environment may name."""
    where = os.environ.get(OWNER)
    return {**database(where), OTHER_ROLE: True} if where else {}


def lacking(connection: Any) -> Fault | None:
    """Say why an open connection of Django's could lose what its database keeps, or show it to others."""
    if connection.vendor == "sqlite":
        return _lacking_sqlite(connection)
    if connection.vendor == "postgresql":
        return _lacking_postgresql(connection)
    return Fault(
        f"{connection.display_name} is no database that can be used", remedy="use SQLite or PostgreSQL"
    )


def _lacking_sqlite(connection: Any) -> Fault | None:
    if connection.transaction_mode != "IMMEDIATE":
        return Fault(
            "the database is set so that it waits to take the writer's lock",
            why="two changes that both began by reading would then fail",
            remedy='set its "transaction_mode" to IMMEDIATE',
        )
    with connection.cursor() as cursor:
        journal = str(cursor.execute("PRAGMA journal_mode").fetchone()[0])
        synchronous = int(cursor.execute("PRAGMA synchronous").fetchone()[0])
    if journal == "wal" and sqlite.library.sqlite_version_info < WAL_SAFE_SINCE:
        return Fault(
            f"SQLite {sqlite.library.sqlite_version} would write this file with its log beside it",
            why="before 3.51.3 that can corrupt a file",
            remedy="let no other program open the file, then start again: it is set back by itself",
        )
    if journal not in _SYNCHRONOUS_LEAST or synchronous < _SYNCHRONOUS_LEAST[journal]:
        return Fault(
            f"the database is set to journal_mode {journal} and synchronous {synchronous}",
            why="a power cut could take away what was said to be kept",
            remedy="set journal_mode to TRUNCATE and synchronous to EXTRA",
        )
    return None


def _lacking_postgresql(connection: Any) -> Fault | None:
    version = connection.pg_version // 10_000
    if version < POSTGRESQL_SINCE:
        return Fault(
            f"this is PostgreSQL {version}", remedy=f"use PostgreSQL {POSTGRESQL_SINCE} or a later one"
        )
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        role, commit, everything, owns, idle, isolation = cursor.fetchone()
    if (everything or owns) and not connection.settings_dict.get(OTHER_ROLE):
        return Fault(
            f'the program may not work as the role "{role}"',
            why=f"it {'is bound by no policy' if everything else 'owns tables'}: it sees the rows of every "
            "establishment at once",
            remedy=f"name a role that owns nothing in {VARIABLE}, and the owner of the tables in {OWNER}",
        )
    if commit == "off":
        return Fault(
            "the database is set to synchronous_commit off",
            why="a failure of the server could take away what was said to be kept",
            remedy="set synchronous_commit to on, for the server and for the user",
        )
    wanted = connection.isolation_level.name.replace("_", " ").lower()
    if (idle, isolation) != (IDLE, wanted):
        return Fault(
            "connections that many take in turn are not set as the program needs them",
            why="a pooler takes no settings from the program: the role of the database has them",
            remedy=f"say ALTER ROLE {role} SET idle_in_transaction_session_timeout = '{IDLE}' and "
            f"ALTER ROLE {role} SET default_transaction_isolation = '{wanted}', and connect anew",
        )
    return None


def _sqlite(path: Path) -> Settings:
    """Give the settings of a file: each transaction takes the lock at once, and outlives a power cut.

    WAL is used only where SQLite has no fault that can corrupt it (3.51.3 or later).
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "cached_statements": STATEMENTS_KEPT,
            "timeout": BUSY_SECONDS,
            "init_command": _WAL if sqlite.library.sqlite_version_info >= WAL_SAFE_SINCE else _ROLLBACK,
        },
    }


def configured() -> bool:
    """Tell whether this process has a database: without one it answers the open questions only."""
    from django.db import connections

    return connections["default"].vendor != _NONE
