"""A database that could lose what it said it kept is refused, with what to do."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection
from django.db.transaction import atomic

from locutorio.kernel.faults import Fault
from locutorio.store import databases
from locutorio.store.databases import Settings, database, lacking
from locutorio.store.models import Establishment
from locutorio.store.start import migrate, start, use
from tests.databases import Lacking, Store, fresh


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    yield
    use({})


def settings(path: Path, **options: str) -> Settings:
    """Give the shipped settings of a file, some of them changed."""
    shipped = database(str(path))
    assert isinstance(shipped["OPTIONS"], dict)
    return {**shipped, "OPTIONS": {**shipped["OPTIONS"], **options}}


def test_the_shipped_settings_are_those_of_the_design(tmp_path: Path) -> None:
    """One file, the writer's lock taken at once, every change on disk before it is said to be."""
    start(str(tmp_path / "oak.db"))
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
    safe = sqlite3.sqlite_version_info >= databases.WAL_SAFE_SINCE
    assert (journal, synchronous) == (("wal", 2) if safe else ("truncate", 3))
    assert keys == 1
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"transaction_mode": "DEFERRED"}, "writer's lock"),
        ({"transaction_mode": "EXCLUSIVE"}, "writer's lock"),
        ({"init_command": "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL"}, "power cut"),
        ({"init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL"}, "power cut"),
        ({"init_command": "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=NORMAL"}, "power cut"),
        ({"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=EXTRA"}, "power cut"),
        ({"init_command": "PRAGMA journal_mode=OFF; PRAGMA synchronous=EXTRA"}, "power cut"),
    ],
)
def test_a_file_with_other_settings_is_refused(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    """Not one change can be made with settings that lose changes, and each time the reason is said."""
    use(settings(tmp_path / "oak.db", **changed))
    for _ in range(2):
        with pytest.raises(Fault) as fault:
            Establishment.objects.exists()
        assert said in str(fault.value)
        assert "What to do" in str(fault.value)


@pytest.mark.parametrize(
    ("version", "synchronous", "refused"),
    [
        ((3, 40, 1), "FULL", True),
        ((3, 51, 2), "FULL", True),
        ((3, 51, 3), "FULL", False),
        ((3, 51, 3), "EXTRA", False),
        ((3, 51, 3), "NORMAL", True),
    ],
)
def test_a_log_beside_the_file_needs_a_sqlite_without_the_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], synchronous: str, refused: bool
) -> None:
    """WAL is used only from SQLite 3.51.3 on, and never without a full sync."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    said = f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}"
    use(settings(tmp_path / "oak.db", init_command=said))
    if refused:
        with pytest.raises(Fault):
            connection.ensure_connection()
    else:
        connection.ensure_connection()


def test_a_file_left_with_a_log_is_set_back(tmp_path: Path) -> None:
    """A file that another program set to WAL is read and set back, where this SQLite should not use WAL."""
    path = tmp_path / "oak.db"
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE kept (number)")
        other.execute("INSERT INTO kept VALUES (7)")
    other.close()
    start(str(path))
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT number FROM kept").fetchone()[0] == 7
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    assert journal == ("wal" if sqlite3.sqlite_version_info >= databases.WAL_SAFE_SINCE else "truncate")


@pytest.mark.parametrize(("version", "refused"), [(140_021, True), (150_000, False), (180_004, False)])
def test_postgresql_before_15_is_refused(version: int, refused: bool) -> None:
    """The oldest PostgreSQL that is known to work is 15."""
    assert bool(lacking(_postgresql(version, "on"))) is refused


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_server_that_does_not_wait_for_its_disk_is_refused(store: Store) -> None:
    """With synchronous_commit off a server says that it kept what it may yet lose."""
    with psycopg.connect(store.where, autocommit=True) as owner:
        owner.execute("ALTER USER CURRENT_USER SET synchronous_commit = off")
        try:
            with pytest.raises(Fault, match="synchronous_commit"):
                start(store.where)
        finally:
            owner.execute("ALTER USER CURRENT_USER RESET synchronous_commit")
    start(store.where)


def test_what_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that is not there, a server that does not run, a file that is something else, no name at all."""
    (tmp_path / "text.db").write_text("no database, but longer than a hundred bytes. " * 20)
    for where in (
        str(tmp_path / "none" / "oak.db"),
        "postgresql://oak@127.0.0.1:1/oak",
        str(tmp_path / "text.db"),
    ):
        with pytest.raises(Fault, match="cannot be opened"):
            start(where)
    monkeypatch.delenv(databases.VARIABLE, raising=False)
    with pytest.raises(Fault, match="no database is named"):
        start()
    for where in (
        "mysql://oak@127.0.0.1/oak",
        "postgresql://oak@127.0.0.1/",
        "postgresql://oak@127.0.0.1:port/oak",
        "postgresql://oak@127.0.0.1/oak?options=-c%20fsync=off",
    ):
        with pytest.raises(Fault, match="database"):
            start(where)
    with pytest.raises(Fault, match="no isolation"):
        start("postgresql://oak@127.0.0.1/oak", isolation="snapshot")


def test_the_environment_can_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command line does not name, the environment does."""
    monkeypatch.setenv(databases.VARIABLE, str(tmp_path / "oak.db"))
    start()
    migrate()
    assert (tmp_path / "oak.db").stat().st_size


def _postgresql(version: int, commit: str) -> SimpleNamespace:
    cursor = SimpleNamespace(
        execute=lambda _: None, fetchone=lambda: ("locutorio", commit, False, False, "10s", "read committed")
    )

    class Cursor:
        def __enter__(self) -> SimpleNamespace:
            return cursor

        def __exit__(self, *_: object) -> None: ...

    return SimpleNamespace(
        vendor="postgresql",
        pg_version=version,
        cursor=Cursor,
        settings_dict={},
        isolation_level=psycopg.IsolationLevel.READ_COMMITTED,
    )


def test_the_address_of_a_server_says_where_and_how(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password with signs in it, a directory of sockets and the certificate of the server can be said."""
    said = database(
        "postgresql://o%40k:p%2Fw@db.example:5433/visits?sslmode=verify-full", isolation="serializable"
    )
    assert (said["USER"], said["PASSWORD"], said["HOST"], said["PORT"]) == ("o@k", "p/w", "db.example", 5433)
    assert isinstance(said["OPTIONS"], dict)
    assert said["OPTIONS"]["sslmode"] == "verify-full"
    assert database("postgresql:///visits?host=/run/postgresql")["HOST"] == "/run/postgresql"
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Fault, match="cannot speak") as fault:
        database("postgresql://oak@db.example/visits")
    assert "locutorio[service]" in str(fault.value)


@pytest.mark.parametrize("isolation", databases.ISOLATIONS)
def test_each_statement_has_the_isolation_that_was_said(isolation: str) -> None:
    """In a transaction and outside of one."""
    try:
        with fresh("postgresql", isolation), connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == (isolation,)
            with atomic():
                cursor.execute("SHOW transaction_isolation")
                assert cursor.fetchone() == (isolation,)
    except Lacking as lacking:
        pytest.skip(str(lacking))
