"""Two people at their browsers enter an order: the visit goes, both sides read why, its receipt holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.keep_log import keep_log
from locutorio.actions.prove import whom_to_believe
from locutorio.store.actor import PROGRAM
from locutorio.store.models import Establishment, Paper, Proposal
from tests.databases import fresh as database
from tests.establishment import Oak
from tests.log.bare import verify_proof
from tests.replay.booked import Visit, booked, founded
from tests.web.pages import LANGUAGES
from tests.web.test_receipts import unpacked
from tests.web.test_two_people_browser import PASSWORD, Officer, officer

__all__ = ["officer"]

pytestmark = pytest.mark.browser

FORM, COURT, NUMBER = "order_no_visits", "Court of Arcadia", "26-117"
SIDES = {"en": ("rowan", "alder"), "es": ("linden", "laurel")}
AHEAD, BEFORE = timedelta(days=8), timedelta(hours=1)


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """Give an establishment whose staff need a second factor, with two officers and two of each side."""
    with database("sqlite"):
        made = founded()
        Establishment.objects.update(factor_needed=True)
        for name, role in (("sorrel", Role.RECORDS), ("tansy", Role.GOVERNOR)):
            create_account(NewAccount(name, PASSWORD, role, holder=f"{name}, staff"), made.sent(name))
        for person, contact in SIDES.values():
            create_account(
                NewAccount(person, PASSWORD, Role.PERSON, person=made.people[person]), made.sent(person)
            )
            create_account(
                NewAccount(contact, PASSWORD, Role.FAMILY, contact=made.contacts[contact]), made.sent(contact)
            )
        yield made


def propose(first: Officer, oak: Oak, person: str, contact: str) -> None:
    """Fill in the order on its page, see it as it would be proposed, and propose it."""
    page = first.page
    page.goto(f"/{first.lang}/staff/person/{oak.people[person]}/paper?form={FORM}")
    if "/staff/why" in page.url:
        page.locator('label[for="why-paper"]').click()
        first.press("why_go")
    first.look()
    page.locator("#number").fill(NUMBER)
    page.locator("#office").fill(COURT)
    page.locator("#confirmed").fill("The clerk of the court, by telephone.")
    page.locator("#contact").select_option(str(oak.contacts[contact]))
    page.locator('[name="fact:decider"]').select_option("court")
    page.locator('[name="fact:signed_on"]').fill(page.locator("#since").input_value())
    page.locator('[name="fact:later_order"]').select_option("no")
    page.locator("#quote").fill("No visits shall take place.")
    page.locator("#quote_page").fill("2")
    first.press("paper_two_go")
    shown = first.look()
    assert NUMBER in shown
    assert first.says("proposal_word_paper_stands") in shown
    page.locator("#why").fill("It came from the court by post.")
    first.press("proposal_new_go")
    assert first.says("proposal_own") in first.look()


def reads(one: Officer, address: str) -> str:
    """Sign in as one side of the visit, and open the notice about the paper."""
    one.sign_in()
    one.go(address)
    one.page.locator('main a[href*="/notice/"]', has_text=PAPER[one.lang]).first.click()
    return one.look()


PAPER = {"en": "isits to ", "es": "isitas a "}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_order_entered_by_two_reaches_whom_it_affects(
    oak: Oak, officer: Callable[..., Officer], lang: str, tmp_path: Path
) -> None:
    """
    One officer fills in an order of a court and proposes it; nothing changes. A governor sees the same lines
    and approves them: in that transaction the visit is withdrawn, and the person and the contact find a
    notice in their language with the reason, the way to contest it and the last day. What the page of the
    paper gives to be saved verifies with one file on a machine without the program.
    """
    person, contact = SIDES[lang]
    now = clock.now()
    visit: Visit = booked(oak, person, contact, on=(now + AHEAD).date(), at=now - BEFORE)
    first, second = officer("sorrel", lang), officer("tansy", lang)
    first.sign_in()
    first.enrol_passkey()
    propose(first, oak, person, contact)
    assert visit.standing == "booked"

    second.sign_in()
    second.enrol_app()
    second.go(f"staff/proposals/{Proposal.objects.get().id}")
    second.press("proposal_approve_go")
    assert second.says("proposal_state_approved") in second.look()
    assert visit.standing == "withdrawn"

    told = reads(officer(contact, lang, 320), "visits/notices")
    for said in (
        COURT,
        NUMBER,
        "Arcadia Custody Act, section 7(1)",
        {"en": "How to contest", "es": "impugnar"}[lang],
    ):
        assert said in told, said
    own = officer(person, lang, 320)
    own.sign_in()
    own.go("visits/notices")
    assert own.page.locator('main a[href*="/notice/"]').count() >= 2

    keep_log(PROGRAM, oak.id, clock.now())
    paper = Paper.objects.get().id
    first.page.goto(f"/{lang}/staff/paper/{paper}")
    if "/staff/why" in first.page.url:
        first.page.locator('label[for="why-paper"]').click()
        first.press("why_go")
    assert first.says("paper_state_stands") in first.look()
    with first.page.expect_download() as saving:
        first.page.locator("main a", has_text=first.says("receipt_proof")).click()
    unpacked(saving.value.path().read_bytes(), tmp_path)
    (tmp_path / "policy").write_text(whom_to_believe(PROGRAM, oak.id).text())
    files = [tmp_path / f"paper.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
    checked = verify_proof(tmp_path / "policy", *files[:2], "--content", *files[2:])
    assert checked.returncode == 0, checked.stdout
