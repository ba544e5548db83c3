"""The pages of papers: one officer enters what binds nobody else, two enter an order; all is answered."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.actions.keep_log import keep_log
from locutorio.actions.prove import whom_to_believe
from locutorio.actions.take_docket import take_docket
from locutorio.actions.watch_docket import Watching, watch_docket
from locutorio.dockets.watching import Watched
from locutorio.store.actor import PROGRAM
from locutorio.store.models import Account, Docketed, Establishment, Notice, Paper, Proposal
from locutorio.web import sending
from locutorio.web.seats import actor_of
from locutorio.web.words import words
from tests.databases import Store
from tests.dockets.files import CASE, feed, needs_parser
from tests.establishment import Oak, founded
from tests.log.bare import verify_proof
from tests.web.seated import HIDDEN, Seated, account
from tests.web.test_gate import text
from tests.web.test_receipts import unpacked

LANGUAGES = ("en", "es")
HOLDERS = {"sorrel": Role.VISITS, "tansy": Role.GOVERNOR, "reed": Role.RECORDS}
FORM = "order_no_visits"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody have shown a moment ago, with a passkey, that it is them."""
    monkeypatch.setattr(
        sending,
        "actor_of",
        lambda seat: replace(actor_of(seat), factor="passkey", authenticated_at=clock.now()),
    )


@pytest.fixture
def oak(store: Store, quick_passwords: None, shown: None) -> Oak:
    """Give the establishment with two officers and a governor."""
    made = founded()
    for number, (name, role) in enumerate(HOLDERS.items()):
        account(made, name, role)
        Account.objects.filter(name=name).update(holder=f"{name}, staff {number}")
    return made


def page_of(oak: Oak) -> str:
    """Give the address of the form."""
    return f"staff/person/{oak.people['linden']}/paper"


def fields(oak: Oak, **more: str) -> dict[str, str]:
    """Give an order as an officer fills it in."""
    today = clock.today().isoformat()
    said = {
        "form": FORM,
        "contact": str(oak.contacts["laurel"]),
        "since": today,
        "fact:decider": "court",
        "fact:signed_on": today,
        "fact:later_order": "no",
        "number": "17/2026",
        "office": "Court of Arcadia",
        "quote": "No visits shall take place.",
        "quote_page": "2",
        "confirmed": "the clerk of the court, by telephone",
    }
    return {**said, **more}


def filled(one: Seated, oak: Oak, **more: str) -> Any:
    """Send the form of an order."""
    return one.post(page_of(oak), fields(oak, **more), seen=f"{page_of(oak)}?form={FORM}")


def proposed(one: Seated, oak: Oak, **more: str) -> str:
    """Fill in an order and propose it as it is shown; give the address of the proposal."""
    seen = filled(one, oak, **more)
    assert seen.status_code == 200, text(seen)
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(seen.content.decode())}
    sent = one.post("staff/proposals/new", {**hidden, "why": "it came by post"}, seen="account")
    assert sent.status_code == 303, text(sent)
    return str(sent.headers["Location"]).partition("?")[0].removeprefix(f"/{one.lang}/")


def approved(one: Seated, address: str) -> Any:
    """Approve a proposal as it is shown."""
    found = re.search(r'name="digest" value="([^"]*)"', one.page(address))
    assert found is not None
    return one.post(address, {"do": "approve", "digest": found[1]}, seen=address)


def test_one_officer_enters_what_binds_nobody_else(oak: Oak) -> None:
    """An emergency suspension is entered by one officer at once, as it always was."""
    Establishment.objects.update(law="us-federal")
    one = Seated("sorrel")
    address = f"{page_of(oak)}?form=emergency_suspension"
    said = {"form": "emergency_suspension", "since": clock.today().isoformat(), "fact:covers_visits": "yes"}
    assert "28 CFR 501.1" in text(one.get(address))

    assert "?did=paper" in one.post(page_of(oak), said, seen=address).headers["Location"]
    assert Paper.objects.get().form == "emergency_suspension"
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_enter_an_order_and_its_page_shows_it(oak: Oak, lang: str, tmp_path: Path) -> None:
    """The second sees the same lines; then both find their notices, and the receipt verifies."""
    first, second = Seated("sorrel", lang), Seated("tansy", lang)
    address = proposed(first, oak)
    assert not Paper.objects.exists()
    lines = second.page(address)
    for said in ("17/2026", "Court of Arcadia", "No visits shall take place.", "Laurel Birch"):
        assert said in lines
    assert approved(second, address).status_code == 303

    paper = Paper.objects.get()
    assert {(one.person_id, one.contact_id, one.kind) for one in Notice.objects.all()} == {
        (oak.people["linden"], None, "paper"),
        (None, oak.contacts["laurel"], "paper"),
    }
    person = first.page(f"staff/person/{oak.people['linden']}")
    assert f"staff/paper/{paper.id}" in person
    one = first.page(f"staff/paper/{paper.id}")
    assert words(lang)["paper_state_stands"] in one
    assert words(lang)["receipt_waits"] in one

    keep_log(PROGRAM, oak.id, clock.now())
    assert f"staff/paper/{paper.id}.zip" not in first.page(f"staff/paper/{paper.id}")
    assert first.get(f"staff/paper/{paper.id}.zip").status_code == 403
    records = Seated("reed", lang)
    assert f"staff/paper/{paper.id}.zip" in records.page(f"staff/paper/{paper.id}")
    unpacked(records.get(f"staff/paper/{paper.id}.zip").content, tmp_path)
    (tmp_path / "policy").write_text(whom_to_believe(PROGRAM, oak.id).text())
    files = [tmp_path / f"paper.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
    checked = verify_proof(tmp_path / "policy", *files[:2], "--content", *files[2:])
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("undated", {"fact:signed_on": ""}),
        ("unnumbered", {"number": " "}),
        ("backwards", {"until": "2020-01-01"}),
        ("signed_later", {"fact:signed_on": "2199-01-01"}),
    ],
)
def test_an_order_that_cannot_be_is_said_over_the_form(
    oak: Oak, lang: str, name: str, more: dict[str, str]
) -> None:
    """The answer is in the reader's language, what was filled in still stands there, and nothing is kept."""
    sent = filled(Seated("sorrel", lang), oak, **more)
    assert sent.status_code == 409
    assert words(lang)[f"paper_fault_{name}"] in text(sent)
    assert "No visits shall take place." in text(sent)
    assert not Paper.objects.exists()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_order_that_is_entered_for_a_lead_answers_it(oak: Oak, lang: str) -> None:
    """Its page leads to the form; once the second person approves, and not before, it is answered."""
    needs_parser()
    watch_docket(Watching(oak.people["linden"], Watched("zzd", CASE)), oak.sent("watch"))
    take_docket(feed(("Order", "Mon, 05 Jan 2026 10:00:00 GMT")), "feed.xml", None, oak.sent("take"))
    reed, lead = Seated("reed", lang), Docketed.objects.get()
    assert f'paper?lead={lead.id}"' in reed.page(f"staff/person/{oak.people['linden']}/courts")
    form = text(reed.get(f"{page_of(oak)}?form={FORM}&lead={lead.id}"))
    assert words(lang)["paper_for_lead"] in form

    address = proposed(reed, oak, lead=str(lead.id))
    assert f"zzd, {CASE}" in reed.page(address)
    assert Docketed.objects.get().standing == "open"
    assert approved(Seated("tansy", lang), address).status_code == 303
    answered = Docketed.objects.get()
    assert (answered.standing, answered.paper_id) == ("answered", Paper.objects.get().id)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_order_that_came_twice_is_entered_once(oak: Oak, lang: str) -> None:
    """Filled in again it is told to hold already; approved again as well."""
    first, second = Seated("sorrel", lang), Seated("tansy", lang)
    one, other = proposed(first, oak), proposed(first, oak)
    assert approved(second, one).status_code == 303
    again = approved(second, other)
    assert again.status_code == 409
    assert words(lang)["paper_fault_duplicate"] in text(again)
    assert words(lang)["paper_fault_duplicate"] in text(filled(first, oak))
    assert Paper.objects.count() == 1


def test_a_governor_approves_and_does_not_propose(oak: Oak) -> None:
    """Whoever approves is offered only what one officer enters alone, and cannot enter an order."""
    one = Seated("tansy")
    shown = one.page(page_of(oak))
    assert words("en")["paper_not_yours"] in shown
    assert f'value="{FORM}"' not in shown
    assert filled(one, oak).status_code == 409
    assert not Paper.objects.exists()


def test_the_event_that_an_order_waits_for_is_entered_by_two(oak: Oak) -> None:
    """Its page says that it waits, and leads to the proposal that enters the event; then it holds."""
    first, second = Seated("sorrel"), Seated("tansy")
    approved(second, proposed(first, oak, awaits="the appeal is over"))
    paper = Paper.objects.get()
    page = first.page(f"staff/paper/{paper.id}")
    assert words("en")["paper_state_waits"] in page
    assert "the appeal is over" in page

    address = f"staff/proposals/new?act=enter_event&paper={paper.id}&on={clock.today()}"
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(first.page(address))}
    sent = first.post("staff/proposals/new", {**hidden, "why": "the clerk called"}, seen=address)
    approved(second, sent.headers["Location"].partition("?")[0].removeprefix("/en/"))
    assert words("en")["paper_state_stands"] in first.page(f"staff/paper/{paper.id}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_past_decisions_says_what_was_looked_at(oak: Oak, lang: str) -> None:
    """It is reached from the paper's page; what is no page is the first."""
    first, second = Seated("sorrel", lang), Seated("tansy", lang)
    approved(second, proposed(first, oak))
    address = f"staff/paper/{Paper.objects.get().id}/decisions"
    assert address in first.page(address.removesuffix("/decisions"))
    for said in ("", "?page=x", "?page=99999"):
        assert words(lang)["otherwise_none_made"] in first.page(f"{address}{said}")
