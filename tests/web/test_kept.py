"""The page of what is kept: holds, what is due to be erased and when, the forms that begin what takes two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from locutorio.actions.change_retention import change_retention
from locutorio.actions.create_account import Role
from locutorio.actions.export_person import Exporting, export_person
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.transfer_person import Leaving, transfer_person
from locutorio.store import keeping
from locutorio.store.models import Hold
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.seated import Seated, account

PAGE, PROPOSE = "staff/kept", "staff/proposals/new"
LEFT = date(2026, 1, 7)
HELD = {"kind": "person", "number": "1001", "why": "an inquest", "source": "letter 7 of 2026"}


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment with those who keep its files, and one who only looks."""
    with fresh("sqlite"):
        made = founded()
        for name in ("records", "liaison", "governor", "ombudsman", "gate"):
            account(made, name, Role(name))
        yield made


def test_a_hold_is_placed_by_one_and_its_end_is_proposed(oak: Oak) -> None:
    """With its reason and its paper; the list says whom it is on, and leads records to propose its end."""
    records = Seated("records")
    assert words("en")["kept_holds_none"] in records.page(PAGE)
    assert records.post(PAGE, HELD, seen=PAGE).status_code == 303
    (row,) = keeping.holds(oak.id)
    seen = records.page(PAGE)
    assert "an inquest. letter 7 of 2026" in seen
    address = f"{PROPOSE}?act=end_hold&hold={row.id}"
    assert address in seen
    shown = records.page(address)
    assert "letter 7 of 2026" in shown
    assert "1001" in shown
    assert "act=end_hold" not in Seated("liaison").page(PAGE)


def test_a_hold_can_be_on_a_contact(oak: Oak) -> None:
    """By the number under which the contact is written; the same page in Spanish."""
    number = "C-17"
    register_contact(NewContact("Fir", "Ana", date(1980, 3, 9), number=number), oak.sent("a contact"))
    liaison = Seated("liaison", "es")
    assert liaison.post(PAGE, {**HELD, "kind": "contact", "number": number}, seen=PAGE).status_code == 303
    assert f"contacto, número {number}" in liaison.page(PAGE)


@pytest.mark.parametrize("wrong", [{"number": "9999"}, {"why": " "}, {"source": ""}, {"kind": "account"}])
def test_a_hold_without_its_parts_is_not_placed(oak: Oak, wrong: dict[str, str]) -> None:
    """Nobody of that number, no reason, no paper, no such kind: it says what to look at, and keeps it."""
    done = Seated("records").post(PAGE, {**HELD, **wrong}, seen=PAGE)
    assert done.status_code == 409
    assert words("en")["kept_wrong"] in done.content.decode()
    assert not keeping.holds(oak.id)


def test_who_may_only_look_sees_no_form_and_places_nothing(oak: Oak) -> None:
    """The ombudsman and the governor read; a gate officer is shown nothing."""
    for name in ("ombudsman", "governor"):
        one = Seated(name)
        assert '<form class="narrow' not in one.page(PAGE)
        assert one.post(PAGE, HELD, seen=PAGE).status_code in (404, 409)
    assert Seated("gate").get(PAGE).status_code in (403, 404)
    assert not Hold.objects.filter(establishment=oak.id).exists()


def test_what_is_due_is_listed_with_its_day(oak: Oak) -> None:
    """Without a rule there is no day; by a class that two adopted there is one; a hold comes before both."""
    rowan = oak.people["rowan"]
    transfer_person(Leaving(rowan, LEFT, "ask the court"), oak.sent("leave"))
    records = Seated("records")
    assert words("en")["kept_state_off"] in records.page(PAGE)
    change_retention("person_file", 40_000, "schedule 3 of 2026", oak.sent("adopt"))
    on = LEFT + timedelta(days=40_000)
    assert f"{on:%Y}" in records.page(PAGE)
    assert "For 40000 days, by schedule 3 of 2026" in records.page(PAGE)
    change_retention("person_file", 30, "schedule 4 of 2026", oak.sent("again"))
    assert words("en")["kept_state_due"] in records.page(PAGE)
    copies = words("en")["kept_copies"].partition("{")[0]
    assert copies not in records.page(PAGE)
    export_person(Exporting(rowan, "the county court", "order 7"), oak.sent("export"))
    assert f"{copies}1" in records.page(PAGE)
    records.post(PAGE, HELD, seen=PAGE)
    assert words("en")["kept_state_held"] in records.page(PAGE)


def test_an_erasure_and_a_period_are_proposed_from_the_page(oak: Oak) -> None:
    """Each form shows what would be proposed, with all of it."""
    rowan = oak.people["rowan"]
    transfer_person(Leaving(rowan, date(2026, 11, 1), "ask the court"), oak.sent("leave"))
    records = Seated("records")
    said = {"act": "order_erasure", "arg:person": str(rowan), "arg:ground": "schedule 3", "look": "1"}
    assert "schedule 3" in records.post(PROPOSE, said, seen=PAGE).content.decode()
    said = {"act": "change_retention", "arg:class": "person_file", "arg:days": "90", "look": "1"}
    shown = records.post(PROPOSE, {**said, "arg:source": "schedule 4"}, seen=PAGE).content.decode()
    assert "schedule 4" in shown
