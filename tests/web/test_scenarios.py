"""Attacks by name that no other test tries: docs/reference/attacks.md says which scenario each is."""

from __future__ import annotations

import json
import logging
import time
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from locutorio.actions import clock
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.kernel.faults import Fault
from locutorio.store.models import Booking, Contact, Entry, Establishment, Person, Request
from locutorio.web.logs import WithoutWords
from tests.databases import Store
from tests.gate.at_oak import MINUTE, SCHEDULE, TEN, Gate, at_the_gate, booked
from tests.web.api.programs import Program, token_of
from tests.web.seated import PASSWORD, Seated, account
from tests.web.test_hostile import Seen

SECONDS_MAX = 3.0
SLOW = ("a" * 30_000, "a " * 15_000, "-" * 30_000, "(" * 20_000, "é\u0301" * 8_000, "0" * 30_000 + "x")


@pytest.fixture
def gate(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Give an establishment four days before a visit, with a family, an officer and their tokens."""
    monkeypatch.setattr(clock, "now", lambda: TEN - 4 * 24 * 60 * MINUTE)
    made = at_the_gate()
    Establishment.objects.update(schedule=SCHEDULE)
    account(made.oak, "of family", Role.FAMILY, contact=made.oak.contacts["alder"])
    account(made.oak, "of visits", Role.VISITS)
    return made


def asking(gate: Gate, **more: Any) -> dict[str, Any]:
    """Give what a family's program sends to ask for a visit."""
    oak = gate.oak
    party = [{"contact": str(oak.contacts["alder"])}]
    return {"person": str(oak.people["rowan"]), "party": party, "on": "2026-12-05", **more}


def test_a_session_set_before_signing_in_is_not_the_one_after(gate: Gate) -> None:
    """Whoever put a key of a session into a browser holds another one than who then signs in there."""
    seated = Seated()
    seated.client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32
    assert seated.sign_in("of family").status_code == 303
    mine = seated.client.cookies[settings.SESSION_COOKIE_NAME].value
    other = Client(HTTP_HOST="127.0.0.1")
    other.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32

    assert mine != "k" * 32
    assert other.get("/en/visits").status_code == 302


def test_no_two_accounts_look_alike(gate: Gate) -> None:
    """Another case, another form of the same letters, or letters that look alike make no second account."""
    alder = gate.oak.contacts["alder"]
    for number, name in enumerate(
        ("OF FAMILY", " of family ", "of \uff46amily", "of f\u0430mily", "of fam\u200bily")
    ):
        with pytest.raises(Fault):
            create_account(
                NewAccount(name, PASSWORD, Role.FAMILY, contact=alder), gate.oak.sent(f"again {number}")
            )
    assert Seated().sign_in("OF FAMILY").status_code == 303


@pytest.mark.parametrize(
    "address", ["admin", "admin/", "en/admin", "admin/login/", "static/admin/x.js", "accounts/"]
)
def test_there_is_no_other_way_in(address: str) -> None:
    """The framework's own pages of administration and sign-in are not there."""
    assert Client(HTTP_HOST="127.0.0.1").get(f"/{address}").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"X-HTTP-Method-Override": "DELETE"}, {"X-HTTP-Method": "PUT"}, {"X-Method-Override": "POST"}],
)
def test_a_method_is_what_it_is(gate: Gate, headers: dict[str, str]) -> None:
    """No header and no field turns one method into another: a look stays a look."""
    request = Booking.objects.get(id=booked(gate)).request_id
    family = Seated("of family")
    before = Entry.objects.count()
    page = f"/en/visits/request/{request}/cancel"

    assert family.client.get(f"{page}?_method=POST&why=x", headers=headers).status_code == 200
    assert family.client.get(f"/api/requests/{request}/booking", headers=headers).status_code == 405
    assert (Booking.objects.get().standing, Entry.objects.count()) == ("booked", before)


def test_a_field_that_is_added_is_refused_and_one_of_another_kind_too(gate: Gate) -> None:
    """By a program: a role, an approval, a list where one value belongs; nothing is asked or changed."""
    family = Program(token_of(gate.oak, "of family"))
    alder = asking(gate)["party"]
    tries: tuple[dict[str, Any], ...] = (
        *({name: "yes"} for name in ("role", "approved", "is_counsel", "by", "establishment", "outcome")),
        {"person": [asking(gate)["person"]]},
        {"on": {"day": "2026-12-05"}},
        {"note": ["a"]},
        {"party": alder[0]},
        {"party": [[alder[0]]]},
        {"party": [{**alder[0], "role": "counsel"}]},
        {"party": [{**alder[0], "lap": "yes"}]},
    )
    for more in tries:
        family.send("requests", asking(gate, **more), 422)
    assert not Request.objects.exists()


def test_a_party_of_nobody_of_a_million_and_of_one_twice_is_refused(gate: Gate) -> None:
    """By a program and by a page."""
    family = Program(token_of(gate.oak, "of family"))
    one = asking(gate)["party"][0]
    family.send("requests", asking(gate, party=[]), 422)
    family.send("requests", asking(gate, party=[one] * 51), 422)
    family.send("requests", asking(gate, party=[one] * 1_000_000), 413)
    assert family.send("requests", asking(gate, party=[one, one]), 409)["faults"][0]["what"]
    page = f"visits/ask/{gate.oak.people['rowan']}"
    seated, twice = Seated("of family"), [one["contact"]] * 2
    assert seated.post(page, {"with": [], "slot": "hall@2026-12-05T10:00"}).status_code == 200
    assert seated.post(page, {"with": twice, "slot": "hall@2026-12-05T10:00"}).status_code == 303
    assert len(Request.objects.get().members.all()) == 1


def test_a_filter_of_the_database_in_a_question_is_no_filter(gate: Gate) -> None:
    """Names of columns, orders and joins in an address change nothing of what is answered."""
    family = Program(token_of(gate.oak, "of family"))
    plain = family.read("people")
    for query in (
        "person__surname__startswith=B",
        "order_by=-id",
        "establishment__isnull=1",
        "fields=*",
        "limit=-1",
    ):
        assert family.read(f"people?{query}") == plain


def test_a_name_that_is_markup_is_shown_to_staff_as_it_is_written(gate: Gate) -> None:
    """Names, notes and reasons with markup run nowhere: pages show them as text."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    Contact.objects.filter(id=gate.oak.contacts["alder"]).update(surname=evil)
    Person.objects.filter(id=gate.oak.people["rowan"]).update(surname=evil, unit=evil[:50])
    id_ = booked(gate)
    request = Booking.objects.get(id=id_).request_id
    officer = Seated("of visits")
    officer.post(f"staff/request/{request}/cancel", {"by": "establishment", "why": evil})
    for address in ("staff/people?word=%3Cscript", f"staff/booking/{id_}", f"staff/request/{request}"):
        content = officer.get(address).content.decode()
        seen = Seen()
        seen.feed(content)
        assert seen.wrong == []
        assert "alert(1)" in unescape(content)


def test_a_name_with_hidden_signs_or_look_alike_letters_dodges_no_bar(gate: Gate) -> None:
    """A contact cannot be registered again under a name that only looks the same."""
    for number, surname in enumerate(("As\u200bh", "A\u202esh", "\u0410sh", "Ash\u2066\u2069", "As\u00adh")):
        with pytest.raises(Fault, match="name"):
            register_contact(NewContact(surname, "Alder"), gate.oak.sent(f"contact {number}"))


def test_no_name_keeps_the_program_busy(gate: Gate) -> None:
    """Long names of the shapes that slow a pattern down are answered in moments."""
    officer, program = Seated("of visits"), Program()
    for text in SLOW:
        began = time.perf_counter()
        officer.get(f"staff/people?word={text[:2_000]}")
        program.get(f"laws/us-federal/provisions?word={text[:200]}")
        officer.post("staff/closed", {"on": "2026-12-24", "reason": text, "session": text})
        Seated().sign_in(text, text)
        body = json.dumps({"law": "us-federal", "question": {"about": text}})
        program.client.post("/api/decisions", body, content_type="application/json")
        assert time.perf_counter() - began < SECONDS_MAX * 5


def test_a_line_of_the_log_stays_one_line() -> None:
    """Line ends and signs that speak to a terminal, in what was asked for, are written out."""
    record = logging.LogRecord(
        "django.request", logging.ERROR, "x.py", 1, "failed: %s", ("/a\r\nERROR forged\x1b[2J\u202e",), None
    )
    told = WithoutWords().format(record)

    assert told == "failed: /a<U+000D><U+000A>ERROR forged<U+001B>[2J<U+202E>"


def test_what_was_read_is_not_kept_after_signing_out(gate: Gate) -> None:
    """On a browser that others use next: no page may be stored, and signing out clears what there is."""
    family = Seated("of family")
    for address in ("visits", "account", "visits/notices", f"visits/ask/{gate.oak.people['rowan']}"):
        assert family.get(address).headers["Cache-Control"] == "no-store"
    out = family.post("sign-out", {})
    assert out.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert family.get("visits").status_code == 302


def test_behind_https_a_browser_is_told_to_use_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a server in front speaks https; on one's own machine it is not said."""
    client = Client(HTTP_HOST="127.0.0.1")
    assert "Strict-Transport-Security" not in client.get("/en/").headers
    monkeypatch.setattr(settings, "BEHIND_HTTPS", True, raising=False)
    assert client.get("/en/").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_number_of_somebody_elses_thing_is_nobodys(gate: Gate) -> None:
    """Numbers next to one's own, and any other, are answered as what is not there."""
    family = Program(token_of(gate.oak, "of family"))
    mine = Booking.objects.get(id=booked(gate)).request_id
    nobody = family.read(f"requests/{uuid4()}", 404)
    for step in (-1, 1, 2**64):
        near = type(mine)(int=mine.int + step)
        assert family.read(f"requests/{near}", 404) == nobody


def test_a_password_is_any_text_of_its_length_and_no_more(gate: Gate) -> None:
    """Signs of any kind count; NUL is no text, and what is far too long is not even read."""
    password = "tres faroles \U0001f3ee tranquilos \u00f1\u00f1"
    alder = gate.oak.contacts["alder"]
    create_account(NewAccount("emoji", password, Role.FAMILY, contact=alder), gate.oak.sent("emoji"))
    assert Seated().sign_in("emoji", password).status_code == 303
    assert Seated().sign_in("emoji", password + "\x00").status_code == 400
    assert Seated().sign_in("emoji", "x" * 5_000).status_code == 403
    assert Seated().sign_in("emoji", "x" * 1_000_000).status_code == 413
