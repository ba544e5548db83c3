"""The store can use a current SQLite beside the machine's own: the same program, its log beside the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from locutorio.store.databases import WAL_SAFE_SINCE
from locutorio.store.sqlite import CURRENT, SYSTEM, VARIABLE

_ROOT = Path(__file__).parents[2]
_SAID = """
import sys
from django.db import connection
from locutorio.store.start import migrate, start
start(sys.argv[1])
migrate()
with connection.cursor() as cursor:
    journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
print(version, journal, synchronous)
"""

_COMPILED = """
import sys
from django.db import connection
from locutorio.store.start import migrate, start
start(sys.argv[1])
migrate()
connection.ensure_connection()
session, compiled = connection.connection, []
session.set_authorizer(lambda action, table, *_: compiled.append(table) or 0)
for other in range(1_000):
    session.execute(f"SELECT {other}, code FROM store_establishment").fetchall()
often = ["SELECT id FROM store_person WHERE number = ?", "SELECT id FROM store_contact WHERE surname = ?"]
for one in often:
    session.execute(one, ["1001"]).fetchall()
compiled.clear()
for one in often * 10:
    session.execute(one, ["1001"]).fetchall()
print(len(compiled))
"""


def run(library: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process that is told which SQLite to use."""
    environment = {**os.environ, VARIABLE: library}
    return subprocess.run(
        [sys.executable, *command],
        env=environment,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_current_one_keeps_its_log_beside_the_file(tmp_path: Path) -> None:
    """A version without the fault, WAL, and each change brought to disk before it is said to be."""
    done = run(CURRENT, "-c", _SAID, str(tmp_path / "oak.db"))

    assert done.returncode == 0, done.stderr
    version, journal, synchronous = done.stdout.split()
    assert tuple(map(int, version.split("."))) >= WAL_SAFE_SINCE
    assert (journal, synchronous) == ("wal", "2")


def test_a_file_of_a_current_one_is_set_back_by_the_other(tmp_path: Path) -> None:
    """Whoever begins without the current one, and alone, uses the file as the machine's own can."""
    run(CURRENT, "-c", _SAID, str(tmp_path / "oak.db"))
    done = run("system", "-c", _SAID, str(tmp_path / "oak.db"))

    assert done.returncode == 0, done.stderr
    version, journal, _ = done.stdout.split()
    assert journal == ("wal" if tuple(map(int, version.split("."))) >= WAL_SAFE_SINCE else "truncate")


def test_one_that_is_not_there_is_said() -> None:
    """What the variable may be is told, and nothing is done."""
    done = run("newest", "-c", "from locutorio.command.main import app; app(['demo'])")

    assert done.returncode != 0
    assert f"{VARIABLE} is newest" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("library", [SYSTEM, CURRENT])
def test_what_is_asked_often_is_compiled_once(tmp_path: Path, library: str) -> None:
    """However many other statements a process has asked before."""
    done = run(library, "-c", _COMPILED, str(tmp_path / "oak.db"))

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "0"
