"""What one person at the machine may do while an establishment is set up, and not once two people can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from typer.testing import CliRunner

from locutorio.actions.change_retention import change_retention
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.end_privileged import end_privileged
from locutorio.actions.enter_privileged import NewPrivileged, enter_privileged
from locutorio.actions.two_people import NotByTwo
from locutorio.command.main import app
from locutorio.store import factors
from locutorio.store.models import Establishment
from locutorio.store.transaction import Transaction, perform
from tests.databases import fresh
from tests.establishment import Oak, founded

EXAMPLE = Path(__file__).parents[2] / "examples" / "house" / "oak-county.yaml"


@pytest.fixture
def oak() -> Iterator[Oak]:
    """An establishment before it has anybody."""
    with fresh("sqlite"):
        yield founded()


def officer(oak: Oak, name: str, role: Role, *, holder: str = "", app_of_codes: bool = True) -> None:
    """Make an account of staff, with an app of codes."""
    new = NewAccount(name, "", role, holder=holder or f"{name}, staff")
    account = create_account(new, oak.sent(f"account {name}"))

    def work(tx: Transaction) -> dict[str, str]:
        factors.add_totp(tx, account, factors.new_secret(), 0)
        return {}

    if app_of_codes:
        perform(oak.sent(f"app {name}").command("enrol_totp", {}), work)


def test_retention_is_changed_by_one_until_two_can(oak: Oak) -> None:
    """Two can once one of records and a governor each have an app with codes, and are not one person."""
    officer(oak, "tansy", Role.GOVERNOR)
    change_retention("person_file", 90, "schedule 4", oak.sent("one"))
    officer(oak, "tansy-too", Role.RECORDS, holder="Tansy,  STAFF")
    change_retention("person_file", 91, "schedule 4", oak.sent("one person with two accounts"))
    officer(oak, "sorrel", Role.RECORDS, app_of_codes=False)
    change_retention("person_file", 92, "schedule 4", oak.sent("another who has a password alone"))
    officer(oak, "yarrow", Role.RECORDS)
    with pytest.raises(NotByTwo, match="two who can"):
        change_retention("person_file", 30, "schedule 5", oak.sent("adopt again"))


def test_a_number_is_registered_by_one_until_two_can(oak: Oak) -> None:
    """One of records and a governor do it on the pages from then on; the same to end one."""
    court = NewPrivileged("+12025550190", "court", "District Court")
    registered = enter_privileged(court, oak.sent("court"))
    officer(oak, "tansy", Role.GOVERNOR)
    officer(oak, "sorrel", Role.RECORDS)
    with pytest.raises(NotByTwo, match="two who can"):
        enter_privileged(NewPrivileged("+12025550191", "counsel", "Ana"), oak.sent("counsel"))
    with pytest.raises(NotByTwo, match="two who can"):
        end_privileged(registered, "no court any more", oak.sent("end"))


def test_staff_are_made_by_one_until_two_can(oak: Oak) -> None:
    """An administrator and a governor give out roles from then on; families can still be let in."""
    officer(oak, "tansy", Role.GOVERNOR)
    officer(oak, "clover", Role.ADMINISTRATOR)
    with pytest.raises(NotByTwo, match="two who can"):
        officer(oak, "yarrow", Role.RECORDS)
    family = NewAccount("alder", "", Role.FAMILY, contact=oak.contacts["alder"])
    create_account(family, oak.sent("account alder"))


def test_rules_are_adopted_by_one_until_two_can(oak: Oak, tmp_path: Path) -> None:
    """The command looks who could do it in the establishments that go by these rules."""
    said = ["import", "rules", str(EXAMPLE), "--into", str(tmp_path / "rules"), "--database", _file()]
    done = CliRunner().invoke(app, said)
    assert done.exit_code == 0, done.output
    officer(oak, "tansy", Role.GOVERNOR)
    officer(oak, "clover", Role.ADMINISTRATOR)
    done = CliRunner().invoke(app, said)
    assert done.exit_code == 0, done.output
    Establishment.objects.update(law="house-oak")
    done = CliRunner().invoke(app, said)
    assert done.exit_code == 3
    assert "two who can" in done.output
    assert CliRunner().invoke(app, [*said, "--dry-run"]).exit_code == 0


def _file() -> str:
    return str(connection.settings_dict["NAME"])
