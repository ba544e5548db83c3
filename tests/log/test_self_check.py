"""Every night an establishment checks itself; what is not well is an entry, a page and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from locutorio.actions.self_check import (
    PLACE,
    PLACE_OF_KEYS,
    SelfCheck,
    check_tonight,
    last_self_check,
    self_check,
)
from locutorio.command.main import app
from locutorio.store.actor import PROGRAM
from locutorio.store.backups.taking import WINDOW_DAYS, installation, take
from locutorio.store.models import Entry, Listed, Person
from tests.log.world import DATABASE, copied, using, world


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A copy of an establishment whose log is signed and witnessed, with a backup of just now."""
    monkeypatch.setenv(PLACE, str(tmp_path / "backups"))
    monkeypatch.setenv(PLACE_OF_KEYS, str(tmp_path / "keys"))
    with copied(world().home) as copy:
        using(copy)
        take(installation(str(copy / DATABASE)), tmp_path / "backups", tmp_path / "keys", world().now)
        yield copy


def found(at: datetime | None = None) -> dict[str, tuple[str, ...]]:
    """Check, and give what is not well, by check."""
    done = self_check(world().establishment, at or world().now)
    return {one.name: one.faults for one in done.checked if one.faults}


@pytest.mark.usefixtures("home")
def test_where_all_is_well_nothing_is_found() -> None:
    """Again and again; it is kept in the log, and read back as it was."""
    assert found() == {}
    assert found(world().now + timedelta(minutes=1)) == {}
    last = last_self_check(PROGRAM, world().establishment)
    assert isinstance(last, SelfCheck)
    assert last.well
    assert len(last.checked) == 7


@pytest.mark.usefixtures("home")
def test_each_thing_that_is_not_well_is_found() -> None:
    """A changed row, a changed register, old backups and old keys, a log that nobody signs."""
    assert found() == {}
    Listed.objects.filter(id=Listed.objects.earliest("id").id).update(role="attorney", status="approved")
    assert found(world().now + timedelta(minutes=1)).keys() == {"log", "register"}
    late = world().now + timedelta(days=WINDOW_DAYS + 3)
    assert {"log", "signed", "backups"} <= found(late).keys()


@pytest.mark.usefixtures("home")
def test_it_is_done_once_a_day() -> None:
    """The timer of the pages checks each establishment once on each day, and says what it found."""
    assert check_tonight(world().now) == []
    count = Entry.objects.filter(action="self_check").count()
    assert check_tonight(world().now + timedelta(seconds=5)) == []
    assert Entry.objects.filter(action="self_check").count() == count == 1
    Person.objects.filter(id=Person.objects.earliest("id").id).update(surname="Other")
    assert any("log" in str(fault) for fault in check_tonight(world().now + timedelta(days=1)))


def test_the_command_says_it_by_its_exit_code(home: Path) -> None:
    """Exit code 0 where all is well, 4 where something is not, with what it is."""
    said = ["self-check", "--database", str(home / DATABASE)]
    done = CliRunner().invoke(app, said)
    assert done.exit_code == 4  # the clock of this machine is not that of the invented establishment
    assert "signed" in done.stdout
    assert "backups" in done.stdout
