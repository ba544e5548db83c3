"""Notices on their way, on pages: what happened is written down with its proof, and read by its reader."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.store.models import Entry, Notice, Service
from locutorio.web.words import words
from tests.databases import Store
from tests.gate.at_oak import MINUTE, TEN, Gate, at_the_gate, booked
from tests.web.seated import Seated, account

NOW = TEN + 90 * MINUTE
TODAY = "2026-12-05"


@pytest.fixture
def gate(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A visit that was withdrawn: the person and the contact have a notice each; the contact signs in."""
    seconds = count()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=next(seconds) / 10))
    made = at_the_gate()
    made.misses(booked(made), TEN + 65 * MINUTE, by="establishment", note="a flood")
    account(made.oak, "alder", Role.FAMILY, contact=made.oak.contacts["alder"])
    account(made.oak, "laurel", Role.FAMILY, contact=made.oak.contacts["laurel"])
    for role in (Role.VISITS, Role.RECORDS, Role.GOVERNOR, Role.AUDITOR):
        account(made.oak, f"of {role}", role)
    return made


def notice(gate: Gate, **of: Any) -> Notice:
    return Notice.objects.get(**of or {"contact": gate.oak.contacts["alder"]})


def said(fact: str = "sent", **other: str) -> dict[str, str]:
    return {"fact": fact, "way": "registered", "on": TODAY, "proof": "RR 123 US", **other}


def test_each_thing_that_happened_stands_with_its_proof(gate: Gate) -> None:
    """Sent, then returned, then handed over: staff and the reader see all three, in their own language."""
    at = f"staff/notice/{notice(gate).id}"
    officer, list_ = Seated("of visits"), "staff/notices"
    assert words("en")["service_standing_waiting"] in officer.page(list_)
    for fact in ("sent", "returned"):
        assert officer.post(f"{at}/service", said(fact), seen=f"{at}/service").status_code == 303
    assert words("en")["service_standing_returned"] in officer.page(list_)
    more = said("delivered", way="hand", proof="signed by Alder Ash")
    officer.post(f"{at}/service", more, seen=f"{at}/service")

    assert "Alder" not in officer.page(list_)
    for reader, lang, page in (("of visits", "en", at), ("alder", "es", f"visits/notice/{notice(gate).id}")):
        shown = Seated(reader, lang).page(page)
        places = [
            shown.index(words(lang)[f"service_fact_{one}"]) for one in ("sent", "returned", "delivered")
        ]
        assert places == sorted(places)
        assert "signed by Alder Ash" in shown
    entries = Entry.objects.filter(action="record_service")
    assert {one.actor is None for one in entries} == {False}
    assert entries.count() == Service.objects.count() == 3


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"fact": "lost"}, "value"),
        ({"way": ""}, "value"),
        ({"on": "soon"}, "value"),
        ({"proof": " "}, "proof"),
        ({"proof": "x" * 201}, "proof"),
        ({"on": "2026-12-04"}, "before"),
        ({"on": "2026-12-06"}, "future"),
    ],
)
def test_what_cannot_be_is_not_written_down(gate: Gate, other: dict[str, str], why: str) -> None:
    """The page says why, keeps what was written into it, and nothing is recorded."""
    at = f"staff/notice/{notice(gate).id}/service"
    answer = Seated("of records").post(at, {**said(), **other}, seen=at)
    assert answer.status_code == 409
    assert words("en")[f"service_wrong_{why}"] in answer.content.decode()
    assert not Service.objects.exists()


def test_who_may_write_it_down_and_who_may_read_it(gate: Gate) -> None:
    """A governor reads and does not write; an auditor, another family, a stranger do neither."""
    id_ = notice(gate).id
    at = f"staff/notice/{id_}/service"
    governor = Seated("of governor")
    governor.page("staff/notices")
    assert words("en")["service_title"] not in governor.page(f"staff/notice/{id_}")
    for name in ("of governor", "of auditor", "alder"):
        assert Seated(name).post(at, said(), seen="account").status_code == 403
    assert Seated("laurel").get(f"visits/notice/{id_}").status_code == 404
    assert Seated("of auditor").get("staff/notices").status_code == 403
    assert not Service.objects.exists()


def test_the_list_holds_what_reached_nobody(gate: Gate) -> None:
    """What was read by its reader, or handed over, is not in it; who cannot sign in is named as such."""
    officer, told = Seated("of visits"), words("en")
    page = officer.page("staff/notices")
    assert page.count(told["service_standing_waiting"]) == 2
    assert told["unreached_signs_in"] in page
    assert f"{told['unreached_in_custody']}, {told['unreached_by_hand']}" in page

    address = f"visits/notice/{notice(gate).id}"
    Seated("alder").post(address, {}, seen=address)
    rowan = notice(gate, person=gate.oak.people["rowan"])
    at = f"staff/notice/{rowan.id}/service"
    officer = Seated("of visits")  # whoever signs in under a clock that is ahead ends the others' sessions
    officer.post(at, said("acknowledged", way="hand"), seen=at)
    assert told["unreached_none"] in officer.page("staff/notices")
