"""Each act that needs two people: nobody does it alone, two do, and what fails changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from locutorio.actions import change_rules as changing
from locutorio.actions import house_rules, shelf
from locutorio.actions.acts import acts
from locutorio.actions.approve_proposal import approve_proposal
from locutorio.actions.change_rules import change_rules
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.four_eyes import ACTS
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.release_person import release_person
from locutorio.actions.replay import Touched
from locutorio.actions.transfer_person import Leaving, transfer_person
from locutorio.actions.two_people import NotByTwo
from locutorio.kernel.faults import Fault
from locutorio.rules.packs import proved_hash
from locutorio.store import people, proposals
from locutorio.store.models import Account
from locutorio.store.transaction import Sent
from locutorio.web.words import words
from tests.databases import Store
from tests.establishment import Oak
from tests.replay.booked import booked, founded
from tests.two_people.officers import NOW, SOON, Officers, officers

EXAMPLE = Path(__file__).parents[2] / "examples" / "house" / "oak-county.yaml"
LAWYER = {"role": "attorney", "status": "approved"}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_act_has_its_words_and_two_kinds_of_people(lang: str) -> None:
    """Each act says on its pages what it is and does; no role proposes and approves it, but of one's own."""
    assert {one.name for one in acts().values() if one.four_eyes} == ACTS.keys()
    for act, kind in ACTS.items():
        assert words(lang)[f"proposal_act_{act}"]
        assert words(lang)[f"proposal_does_{act}"]
        assert kind.proposing
        assert kind.approving
        assert kind.own or not kind.proposing & kind.approving, act


def counsel(oak: Oak, contact: str = "laurel", **more: str) -> dict[str, str]:
    """Give the arguments of making a contact the lawyer of somebody."""
    return {"person": str(oak.people["rowan"]), "contact": str(oak.contacts[contact]), **LAWYER, **more}


def role_of(oak: Oak, contact: str = "laurel") -> str:
    """Give the role of a contact on the list of a person, empty where they are not on it."""
    rows = people.listed_of(oak.id, oak.people["rowan"])
    return next((row.role for row in rows if row.contact == oak.contacts[contact]), "")


def test_counsel_is_added_by_two(store: Store) -> None:
    """One officer alone makes nobody a lawyer, whom nobody listens to; two do."""
    oak = founded()
    staff = officers(oak)
    listing = Listing(oak.people["rowan"], oak.contacts["laurel"], role="attorney")
    with pytest.raises(NotByTwo, match="two people"):
        list_contact(listing, staff.sent("sorrel", "alone"))
    assert role_of(oak) == ""
    row = staff.proposed(counsel(oak), "list_contact")
    staff.approve(row)

    assert role_of(oak) == "attorney"


def test_counsel_is_taken_away_by_two(store: Store) -> None:
    """Whom a list says to be a lawyer, one officer alone cannot make anything else; others they can."""
    oak = founded()
    staff = officers(oak)
    listing = Listing(oak.people["rowan"], oak.contacts["laurel"], role="attorney")
    list_contact(listing, oak.sent("set up"))
    for change in (
        replace(listing, role="social"),
        replace(listing, status="removed"),
        replace(listing, until=date(2026, 11, 5)),
    ):
        with pytest.raises(NotByTwo):
            list_contact(change, staff.sent("sorrel", str(change)))
    assert list_contact(
        Listing(oak.people["rowan"], oak.contacts["myrtle"]), staff.sent("sorrel", "a friend")
    )
    staff.approve(staff.proposed(counsel(oak, status="removed"), "list_contact"))

    places = {one.contact: one.status for one in people.listed_of(oak.id, oak.people["rowan"])}
    assert places[oak.contacts["laurel"]] == "removed"


@pytest.mark.parametrize(
    "wrong", [{"role": "king"}, {"status": "liked"}, {"person": "x"}, {"since": "soon"}, {"relation": "foe"}]
)
def test_a_listing_that_cannot_be_is_not_proposed(store: Store, wrong: dict[str, str]) -> None:
    """What the list cannot hold is refused before anybody has to look at it."""
    oak = founded()
    with pytest.raises(Fault):
        officers(oak).proposed({**counsel(oak), **wrong}, "list_contact")


def given(name: str = "Aspen", role: str = "governor", **more: str) -> dict[str, str]:
    """Give the arguments of giving somebody a role."""
    return {"name": name, "role": role, "holder": "Aspen, staff 31", **more}


def test_staff_accounts_and_roles_are_given_by_two(store: Store) -> None:
    """One administrator alone makes no account of staff; two people do, and it says who holds it."""
    oak = founded()
    staff = governed(oak)
    with pytest.raises(NotByTwo):
        create_account(NewAccount("aspen", "a long enough one", Role.GOVERNOR), staff.sent("fennel", "alone"))
    assert not Account.objects.filter(name="aspen").exists()
    row = staff.proposed(given(), "give_role", "fennel")
    staff.approve(row)
    second = staff.proposed(given(role="records"), "give_role", "fennel", "second")
    staff.approve(second)

    made = Account.objects.get(name="aspen")
    found = proposals.holding(oak.id, made.id)
    assert found is not None
    assert found.holder == "Aspen, staff 31"
    assert found.roles == frozenset({"governor", "records"})
    assert not made.has_usable_password()


@pytest.mark.parametrize(
    "wrong", [{"role": "family"}, {"role": "king"}, {"name": " "}, {"holder": " "}, {"language": "xx"}]
)
def test_a_role_that_cannot_be_given_is_not_proposed(store: Store, wrong: dict[str, str]) -> None:
    """No role but one of staff, no account without a name, and none of which nobody says who holds it."""
    with pytest.raises(Fault):
        governed(founded()).proposed({**given(), **wrong}, "give_role", "fennel")


@pytest.mark.parametrize(
    ("act", "alone"), [("transfer_person", transfer_person), ("release_person", release_person)]
)
def test_a_person_leaves_by_two(store: Store, act: str, alone: Callable[[Leaving, Sent], Touched]) -> None:
    """One officer alone cannot note that somebody is held here no more, which ends their visits; two can."""
    oak = founded()
    staff = officers(oak)
    staff.add("reed", "intake", "Reed, staff 23")
    visit = booked(oak, "rowan", "alder")
    with pytest.raises(NotByTwo):
        alone(Leaving(oak.people["rowan"], NOW.date()), staff.sent("reed", "alone"))
    assert visit.standing == "booked"
    leaving = {"person": str(oak.people["rowan"]), "on": NOW.date().isoformat(), "where_to_ask": "Elm House"}
    staff.approve(staff.proposed(leaving, act, "reed"))

    assert visit.standing == "withdrawn"
    assert people.person(oak.id, oak.people["rowan"]).left_on == NOW.date()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """Give a folder with the rules of the establishment, adopted."""
    before = [*shelf._known]
    shelf.known(tmp_path)
    house_rules.adopt(house_rules.read_rules(EXAMPLE.read_bytes(), EXAMPLE.name), tmp_path)
    yield tmp_path
    shelf._known[:] = before


def memo(folder: Path, number: str = "2026-20", visits: str = "2") -> dict[str, str]:
    """Give the arguments of the next memo, which lets so many visits be in a week."""
    said = {
        "number": number,
        "signed_on": NOW.date().isoformat(),
        "from": NOW.date().isoformat(),
        "entered_on": NOW.date().isoformat(),
        "visits_a_week": visits,
        "visits_a_week.item": "1",
    }
    return {"form": house_rules.form_text(house_rules.entered(said, house_rules.adopted_in(folder, "oak")))}


def governed(oak: Oak) -> Officers:
    """Give officers, of whom one may propose rules."""
    staff = officers(oak)
    staff.add("fennel", "administrator", "Fennel, staff 20")
    return staff


def test_rules_come_into_force_by_two(house: Path, store: Store) -> None:
    """A memo that one proposed is in no pack until another approves it; then the establishment goes by it."""
    oak = founded(law="house-oak")
    staff, before = governed(oak), proved_hash(house / "house-oak")
    with pytest.raises(NotByTwo):
        change_rules("house-oak", staff.sent("fennel", "alone"))
    row = staff.proposed(memo(house), "change_rules", "fennel")
    assert proved_hash(house / "house-oak") == before

    staff.approve(row)

    assert proved_hash(house / "house-oak") != before
    adopted = house_rules.adopted_in(house, "oak")
    assert adopted is not None
    assert adopted.memos[-1].number == "2026-20"
    assert [*house.glob(".adopting-*")] == []


def test_rules_that_others_changed_meanwhile_are_not_approved(house: Path, store: Store) -> None:
    """Two memos proposed beside each other: once one is in force, the other is not what was shown."""
    oak = founded(law="house-oak")
    staff = governed(oak)
    first = staff.proposed(memo(house), "change_rules", "fennel", "first")
    second = staff.proposed(memo(house, "2026-21", "3"), "change_rules", "fennel", "second")
    staff.approve(first)
    after = proved_hash(house / "house-oak")
    with pytest.raises(Fault):
        staff.approve(second)

    assert proved_hash(house / "house-oak") == after
    assert proposals.proposal(oak.id, second.id).standing == "waiting"


def test_rules_whose_approval_fails_are_not_in_force(
    house: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where anything fails after the pack was put there, the pack and the form before stand there again."""
    oak = founded(law="house-oak")
    staff = governed(oak)
    booked(oak, "rowan", "alder")
    row = staff.proposed(memo(house), "change_rules", "fennel")
    before = {
        path.relative_to(house): path.read_bytes() for path in sorted(house.rglob("*")) if path.is_file()
    }

    def fail(*_: object) -> None:
        raise Fault("no more")

    monkeypatch.setattr(changing, "replay", fail)
    with pytest.raises(Fault, match="no more"):
        approve_proposal(row.id, row.digest, staff.sent("tansy", "approves", SOON))

    assert {
        path.relative_to(house): path.read_bytes() for path in sorted(house.rglob("*")) if path.is_file()
    } == before
    assert proposals.proposal(oak.id, row.id).standing == "waiting"
