"""The pages of emergencies: an officer acts alone, every page of staff says so, somebody else reviews it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.store.models import Account, BreakGlass
from locutorio.web import sending
from locutorio.web.seats import actor_of
from locutorio.web.words import words
from tests.databases import Store
from tests.establishment import Oak, founded
from tests.two_people.officers import order
from tests.web.seated import Seated, account
from tests.web.test_gate import text

LANGUAGES = ("en", "es")
HOLDERS = {"clover": Role.GATE, "tansy": Role.GOVERNOR, "briar": Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody have shown a moment ago, with a passkey, that it is them."""
    monkeypatch.setattr(
        sending,
        "actor_of",
        lambda seat: replace(actor_of(seat), factor="passkey", authenticated_at=clock.now()),
    )


@pytest.fixture
def oak(store: Store, quick_passwords: None) -> Oak:
    """Give the establishment with its officers."""
    made = founded()
    for number, (name, role) in enumerate(HOLDERS.items()):
        account(made, name, role)
        Account.objects.filter(name=name).update(holder=f"{name}, staff {number}")
    account(made, "alder", Role.FAMILY, contact=made.contacts["alder"])
    return made


def acting(one: Seated, oak: Oak, kind: str = "stop") -> int:
    """Send the form of an emergency; give the status of the answer."""
    address = f"staff/person/{oak.people['rowan']}/emergency"
    fields = {"kind": kind, "contact": str(oak.contacts["alder"]), "reason": "he threatened her"}
    return int(one.post(address, fields, seen=address).status_code)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_officer_acts_and_a_governor_reviews(oak: Oak, lang: str) -> None:
    """
    The measure stands on every page of those on duty; a governor's page asks for its review, once;
    a family sees how often it was done, and nothing of whom it was about.
    """
    officer, governor = Seated("clover", lang), Seated("tansy", lang)
    told = words(lang)
    assert acting(officer, oak) == 303
    assert told["emergency_banner_look"] in governor.page("staff")
    assert told["emergency_banner_look"] not in Seated("briar", lang).page("account")
    page = governor.page("staff/emergencies")
    assert "he threatened her" in page
    assert told["emergency_review_go"] not in officer.page("staff/emergencies")
    row = BreakGlass.objects.get()
    review = {"measure": str(row.id), "finding": "right", "review": "there was no time"}
    assert governor.post("staff/emergencies", review, seen="staff/emergencies").status_code == 303
    again = governor.post("staff/emergencies", review, seen="staff/emergencies")

    assert again.status_code == 409
    assert told["proposal_fault_reviewed"] in text(again)
    counts = Seated("alder", lang).page("emergencies")
    assert told["emergency_kind_stop"] in counts
    assert "Rowan" not in counts


def test_what_is_not_reviewed_in_time_stands_on_every_page(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """A review that is late is told on every page of those who see it, until somebody has written it."""
    assert acting(Seated("clover"), oak) == 303
    late = clock.now() + timedelta(hours=25)
    assert words("en")["emergency_banner_late"] not in Seated("tansy").page("staff")
    monkeypatch.setattr(clock, "now", lambda: late)

    assert words("en")["emergency_banner_late"] in Seated("tansy").page("staff")
    assert words("en")["emergency_overdue"] in Seated("tansy").page("staff/emergencies")


def test_an_order_is_not_crossed_on_the_page(oak: Oak) -> None:
    """Where an order is in force the form is refused, and says why."""
    order(oak)
    one = Seated("clover")
    assert acting(one, oak, "allow") == 409
    assert not BreakGlass.objects.exists()
