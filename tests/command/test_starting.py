"""Pages are not served where something is not safe: the reason is told, and what to do."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.test import override_settings

from locutorio.kernel.faults import Fault
from locutorio.store.databases import database
from locutorio.store.start import use
from locutorio.store.transaction import perform
from locutorio.web.starting import safely
from tests.command.test_serving import SCHEDULE, run
from tests.databases import Store, fresh
from tests.store.plain import AT, change, founded

LONG = "a-secret-of-tests-that-is-as-long-as-is-asked-for"  # pragma: allowlist secret


def refused(why: str) -> None:
    """See that nothing is served, and that it is said why and what to do."""
    with pytest.raises(Fault, match=why) as caught, safely():
        pytest.fail("it was served")
    assert caught.value.remedy


def make_private(store: Store) -> None:
    """Let the files of a database be its user's alone, as the program makes them."""
    for path in Path(store.where).parent.glob(f"{Path(store.where).name}*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.fixture
def at_work(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An establishment in which something was done at AT, and whose clock says AT."""
    founded()
    perform(*change("first"))
    if store.kind == "sqlite":
        make_private(store)
    monkeypatch.setattr("locutorio.web.starting.now", lambda: AT)
    monkeypatch.delenv("LOCUTORIO_SECRET", raising=False)
    return store


def test_what_is_safe_is_served(at_work: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """By itself, and behind https with a secret of its own; and again when it was served before."""
    with safely():
        pass
    monkeypatch.setenv("LOCUTORIO_SECRET", LONG)
    with override_settings(SESSION_COOKIE_SECURE=True), safely():
        pass


@pytest.mark.usefixtures("at_work")
def test_settings_that_are_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debugging, no assertions, a secret that is missing or short: each is refused with its reason."""
    with override_settings(DEBUG=True):
        refused("DEBUG is on")
    with override_settings(SESSION_COOKIE_SECURE=True):
        refused("LOCUTORIO_SECRET is not set")
    with patch.object(sys, "flags", SimpleNamespace(optimize=1)):
        refused("without its assertions")
    monkeypatch.setenv("LOCUTORIO_SECRET", "short")
    refused("LOCUTORIO_SECRET has 5 characters")


def test_tables_that_are_not_there(tmp_path: Path) -> None:
    """Pages make no tables: without them nothing is served, and it is said what to do."""
    path = tmp_path / "empty.db"
    path.touch(0o600)
    use(database(str(path)))
    try:
        refused("tables of the database are not there")
    finally:
        use({})


@pytest.mark.usefixtures("at_work")
def test_a_clock_that_is_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is behind what was written last is not gone by; a minute is let pass."""
    monkeypatch.setattr("locutorio.web.starting.now", lambda: AT - timedelta(minutes=1))
    with safely():
        pass
    for behind in (timedelta(hours=1), timedelta(days=365)):  # or it was a year ahead when that was written
        monkeypatch.setattr("locutorio.web.starting.now", lambda behind=behind: AT - behind)
        refused("this machine's clock says")


def test_two_servers_of_one_file() -> None:
    """A second server of a file is refused while the first one serves; a server's database may have many."""
    with fresh("sqlite") as store:
        make_private(store)
        with safely():
            refused("is served already")
        with safely():
            pass


def test_a_file_that_others_can_read(tmp_path: Path) -> None:
    """The program's files are its user's alone; where others can read one, it is told how to mend it."""
    database = tmp_path / "oak.db"
    opening = ["open", "oak", "--name", "Oak", "--law", "arcadia", "--schedule", str(SCHEDULE)]
    assert run(tmp_path, *opening, "--database", str(database)).returncode == 0
    assert database.stat().st_mode & 0o077 == 0
    database.chmod(0o640)
    ended = run(tmp_path, "serve", "--database", str(database))
    assert ended.returncode != 0
    assert f"chmod 600 {database}" in ended.stderr
    assert "Traceback" not in ended.stderr
