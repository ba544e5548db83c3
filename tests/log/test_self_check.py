"""Every night an establishment checks itself; what is not well is an entry, a page and an exit code."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from locutorio.actions.enter_privileged import NewPrivileged, enter_privileged
from locutorio.actions.self_check import (
    PLACE,
    PLACE_OF_KEYS,
    Checked,
    SelfCheck,
    check_tonight,
    last_self_check,
    self_check,
)
from locutorio.actions.write_register import write_register
from locutorio.command.main import app
from locutorio.store.actor import PROGRAM
from locutorio.store.backups.taking import WINDOW_DAYS, installation, take
from locutorio.store.identifiers import new_id
from locutorio.store.log.asking import FILE
from locutorio.store.models import Entry, Listed, Person, PrivilegedNumber, Signed
from locutorio.store.transaction import Sent
from tests.log import tampering
from tests.log.insider import insider
from tests.log.served import Served, witness
from tests.log.world import DATABASE, NAMES, RING, copied, using, world


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
    assert len(last.checked) == 10


@pytest.mark.usefixtures("home")
def test_each_thing_that_is_not_well_is_found() -> None:
    """A changed row, a changed register, old backups and old keys, a log that nobody signs."""
    assert found() == {}
    Listed.objects.filter(id=Listed.objects.earliest("id").id).update(role="attorney", status="approved")
    assert found(world().now + timedelta(minutes=1)).keys() == {"log", "register"}
    late = world().now + timedelta(days=WINDOW_DAYS + 3)
    assert {"log", "signed", "backups"} <= found(late).keys()


def test_registered_numbers_that_vanish_are_found(home: Path) -> None:
    """A number that two people did not end and that is gone is named, until it is registered again."""
    here, later = world().establishment, world().now + timedelta(minutes=1)
    new = NewPrivileged("+12025550190", "court", "District Court")
    enter_privileged(new, Sent(new_id(later), here, later))
    write_register(PROGRAM, here, home, later)
    assert found(later) == {}
    PrivilegedNumber.objects.all().delete()
    seen = found(later + timedelta(minutes=1))
    assert seen.keys() == {"log", "numbers"}
    assert "+12025550190" in seen["numbers"][0]
    enter_privileged(new, Sent(new_id(later), here, later + timedelta(minutes=2)))
    assert "numbers" not in found(later + timedelta(minutes=3))


@pytest.mark.usefixtures("home")
def test_a_quiet_night_is_no_alarm() -> None:
    """Where nothing was written for days, all that stands in the log is signed, and nothing waits."""
    assert found(world().now + timedelta(days=3)).keys() == {"backups"}


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


AGAIN = ("self-check", "--establishment", "oak", "--database")


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """Let one of the two witnesses of this log answer on this machine, and be the only one that is asked."""
    theirs, mine = world().home.parent / "witness-0", home.parent / "witness-0"
    shutil.copytree(theirs, mine)
    with witness(mine, NAMES[0], world().policy) as one:
        (home / RING / FILE).write_text("\n".join([*one.lines, "quorum 1", ""]))
        yield one


def of_witnesses(at: datetime | None = None) -> Checked:
    """Check, and give what was found of the witnesses."""
    done = self_check(world().establishment, at or world().now)
    return next(one for one in done.checked if one.name == "witnesses")


def test_a_witness_that_shows_the_same_is_told(home: Path) -> None:
    """It is asked over HTTP; how far it signed, and when, is said."""
    with served(home):
        found = of_witnesses()
    assert found.faults == ()
    assert "shows the same history" in found.told[0]
    assert f"over {world().found(home).signed} entries" in found.told[0]


def test_a_silent_witness_is_a_fault_only_after_a_day(home: Path) -> None:
    """Told while it is new, a fault once entries have waited 24 hours for it; the quorum after one hour."""
    with served(home):
        assert of_witnesses().faults == ()
    soon, later, late = (world().now + timedelta(hours=hours) for hours in (0.5, 2, 26))
    assert of_witnesses(soon).faults == ()
    assert "does not answer now" in of_witnesses(soon).told[0]
    assert [one for one in of_witnesses(later).faults if "fewer witnesses than 1" in one]
    assert not [one for one in of_witnesses(later).faults if "24 hours" in one]
    assert [one for one in of_witnesses(late).faults if "has not signed" in one and "24 hours" in one]


def test_what_a_witness_saw_and_is_gone_is_a_fault_at_once(home: Path) -> None:
    """An old copy that was put back, beside a witness that goes on answering."""
    with served(home):
        asked = (home / RING / FILE).read_bytes()
        tampering.old_backup(world(), home, random.Random(0))
        (home / RING / FILE).write_bytes(asked)
        using(home)
        found = of_witnesses()
    assert [one for one in found.faults if "some are gone" in one], found


def test_another_history_is_a_fault_at_once(home: Path) -> None:
    """The log was rewritten and signed again with its own keys."""
    with served(home):
        with insider(world(), home, random.Random(3)) as one:
            tampering.TAMPERED["rewrite_with_the_key"](one)
        using(home)
        found = of_witnesses()
    assert [one for one in found.faults if "another history" in one or "some are gone" in one], found


def test_a_witness_that_forgot_is_a_fault_at_once(home: Path) -> None:
    """Its directory was lost: it shows fewer entries than it has signed, or nothing under other keys."""
    with served(home):
        for one in (home.parent / "witness-0").glob("*.checkpoint"):
            old = Signed.objects.filter(establishment=world().establishment).order_by("size").first()
            assert old is not None
            one.write_bytes(bytes(old.note))
        found = of_witnesses()
    assert [one for one in found.faults if "has signed" in one and "before" in one], found


def test_no_witness_is_told(home: Path) -> None:
    """Where nobody outside is named, that is said, and is no fault of itself."""
    (home / RING / FILE).unlink()
    found = of_witnesses()
    assert found.faults == ()
    assert "nobody outside" in found.told[0]


def test_the_command_says_what_the_witnesses_say(home: Path) -> None:
    """On the command line, below the name of the check."""
    with served(home):
        done = CliRunner().invoke(app, [*AGAIN, str(home / DATABASE)])
    assert "oak: witnesses:" in done.stdout
    assert "the witness ombudsman.example/witness signed last over" in done.stdout
