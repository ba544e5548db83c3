"""An order is entered by two people: what is booked follows, each is told, and its receipt proves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from locutorio.actions.decided_otherwise import decided_otherwise
from locutorio.actions.end_paper import end_paper
from locutorio.actions.enter_event import enter_event
from locutorio.actions.enter_paper import enter_paper
from locutorio.actions.keep_log import keep_log
from locutorio.actions.paper_checks import NotEntered
from locutorio.actions.prove import prove_paper, receipt_of_paper, whom_to_believe
from locutorio.actions.ready_paper import ready_paper
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.two_people import NotByTwo
from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM
from locutorio.store.knowledge import PartyMember
from locutorio.store.log.reading import content_of
from locutorio.store.models import Entry, Paper
from tests.databases import Store
from tests.log.bare import verify_proof
from tests.replay.booked import DAY, booked, everything, founded
from tests.two_people.officers import NOW, SOON, officers
from tests.two_people.orders import COURT, NUMBER, by_two, order, told


def test_an_order_takes_effect_when_the_second_person_approves(store: Store) -> None:
    """Alone nobody enters it; approved, it withdraws what it reaches, and each is told in their language."""
    oak = founded()
    staff = officers(oak)
    visit, other = booked(oak, "linden", "laurel"), booked(oak, "rowan", "alder")
    untouched = everything(other)
    with pytest.raises(NotByTwo, match="two people"):
        enter_paper(order(oak), staff.sent("sorrel", "alone"))
    assert visit.standing == "booked"

    paper = by_two(staff, order(oak))

    assert (visit.standing, visit.row.ended_by) == ("withdrawn", "law")
    assert everything(other) == untouched
    entry = Entry.objects.get(action="approve_proposal")
    content = content_of(oak.id, entry.id)
    assert content is not None
    both = content["noted"]["two_people"]
    assert both["proposed_by"]["holder"] != both["approved_by"]["holder"]
    assert content["answer"]["done"]["paper"] == str(paper.id)
    for name in ("linden", "laurel"):
        letter = told(oak, name)
        assert "Arcadia Custody Act" in letter
        assert COURT in letter
        assert NUMBER in letter
        assert "Cómo impugnarlo" in letter
        assert "Se pidió" not in letter
    assert "la jueza o el juez de visitas" in told(oak, "linden")
    assert "noviembre de 2026" in told(oak, "linden")
    assert told(oak, "myrtle") == ""
    assert visit.told("laurel")


def test_each_contact_whom_an_order_about_everybody_affects_is_told_without_the_order(store: Store) -> None:
    """Whoever is on the list learns what they may do now; the order's number and words stay the person's."""
    oak = founded()
    by_two(officers(oak), order(oak, contact=None))

    assert NUMBER in told(oak, "linden")
    for contact in ("laurel", "myrtle"):
        letter = told(oak, contact)
        assert "Arcadia Custody Act, section 7(1)" in letter
        assert NUMBER not in letter
        assert COURT not in letter
    assert told(oak, "alder") == ""


@pytest.mark.parametrize("how", ["supersedes", "vacates"])
def test_a_later_order_ends_the_one_that_it_supersedes_or_vacates(store: Store, how: str) -> None:
    """From its first day the later one holds in its place; both say so, and what was known before stays."""
    oak = founded()
    staff = officers(oak)
    first = by_two(staff, order(oak, contact=None))
    narrower = order(
        oak, contact="myrtle", number="26-201", earlier=first.id, earlier_how=how, since=NOW.date()
    )
    by_two(staff, narrower, " again")

    first.refresh_from_db()
    assert (first.ended_on, first.ended_how) == (NOW.date(), f"{how.removesuffix('s')}d")
    assert booked(oak, "linden", "laurel", at=SOON + timedelta(hours=1)).standing == "booked"
    assert "26-201" in told(oak, "myrtle")
    with pytest.raises(NotEntered) as refused:
        ready_paper(staff.by("sorrel"), oak.id, replace(narrower, number="26-202"), NOW)
    assert refused.value.name == "earlier_ended"


def test_an_extension_says_on_what_it_rests(store: Store) -> None:
    """A paper is made longer by one of its form that quotes its reasons; both hold."""
    oak = founded()
    staff = officers(oak)
    first = by_two(staff, order(oak, until=date(2026, 12, 1)))
    longer = order(oak, number="26-300", since=date(2026, 12, 1), earlier=first.id, earlier_how="extends")
    for wrong, name in (
        (replace(longer, quote=""), "extension_unproved"),
        (replace(longer, form="sanction", contact=None, facts={}), "extends_another"),
    ):
        with pytest.raises(NotEntered) as refused:
            ready_paper(staff.by("sorrel"), oak.id, wrong, NOW)
        assert refused.value.name == name
    by_two(staff, longer, " again")
    first.refresh_from_db()
    assert first.ended_on is None


def test_an_order_that_waits_for_an_event_changes_nothing_until_it_is_entered(store: Store) -> None:
    """It is kept and told; two people enter that the event came; then it reaches what is booked."""
    oak = founded()
    staff = officers(oak)
    visit = booked(oak, "linden", "laurel")
    paper = by_two(staff, order(oak, awaits="the court of appeal affirms it"))
    assert visit.standing == "booked"
    assert "the court of appeal affirms it" in told(oak, "linden")
    assert told(oak, "laurel") == ""
    with pytest.raises(NotByTwo):
        enter_event(paper.id, NOW.date(), staff.sent("sorrel", "alone"))

    event = {"paper": str(paper.id), "on": NOW.date().isoformat()}
    staff.approve(staff.proposed(event, "enter_event"))

    assert visit.standing == "withdrawn"
    assert NUMBER in told(oak, "laurel")
    with pytest.raises(Fault, match="waits for no event"):
        enter_event(paper.id, NOW.date() - timedelta(days=1), oak.sent("another day", SOON))


def test_an_event_still_to_come_is_not_entered(store: Store) -> None:
    """An event is entered when it came: of a day to come nobody knows it."""
    oak = founded()
    paper = by_two(officers(oak), order(oak, awaits="the trial is over"))
    with pytest.raises(Fault, match="still to come"):
        enter_event(paper.id, NOW.date() + timedelta(days=30), oak.sent("early", SOON))
    assert Paper.objects.get().came_on is None


def test_the_receipt_of_an_order_verifies_on_a_machine_without_the_program(
    store: Store, tmp_path: Path
) -> None:
    """Entry, proof, content and key of the paper hold by the file of the verifier; changed they do not."""
    oak = founded()
    paper = by_two(officers(oak), order(oak))
    waiting = receipt_of_paper(PROGRAM, oak.id, paper.id)
    assert waiting is None or waiting.index is None
    keep_log(PROGRAM, oak.id, SOON)

    receipt = receipt_of_paper(PROGRAM, oak.id, paper.id)
    assert receipt is not None
    assert receipt.proved
    for name, data in prove_paper(PROGRAM, oak.id, paper.id).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "policy").write_text(whom_to_believe(PROGRAM, oak.id).text())
    files = [tmp_path / f"paper.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
    checked = verify_proof(tmp_path / "policy", *files[:2], "--content", *files[2:])
    assert checked.returncode == 0, checked.stdout
    assert NUMBER in checked.stdout
    files[1].write_bytes(files[1].read_bytes().replace(b"approve_proposal", b"refuse_proposal!"))
    assert verify_proof(tmp_path / "policy", *files[:2]).returncode != 0


def test_what_was_decided_before_an_order_was_known_is_decided_again_with_it(store: Store) -> None:
    """Decisions of days that the order covers are listed, others not; nothing of them is changed."""
    oak = founded()
    staff = officers(oak)
    reached = booked(oak, "linden", "laurel")
    booked(oak, "linden", "laurel", on=NOW.date())
    other = booked(oak, "linden", "myrtle", starts=16)
    since = DAY - timedelta(days=2)
    paper = by_two(staff, order(oak, since=since))
    before = [everything(visit) for visit in (reached, other)]

    found = decided_otherwise(PROGRAM, oak.id, paper.id)

    assert {(one.request, one.was, one.would) for one in found.found} == {
        (reached.request, "permit", "refuse")
    }
    assert (found.first, found.total, found.unread, found.without) == (1, found.last, 0, False)
    assert all(one.on >= since for one in found.found)
    assert [everything(visit) for visit in (reached, other)] == before
    assert decided_otherwise(PROGRAM, oak.id, paper.id, 2).found == ()


def test_what_was_decided_by_an_order_that_was_vacated_is_decided_again_without_it(store: Store) -> None:
    """Who was refused because of it is found; of an order that was lifted, only what came before."""
    oak = founded()
    staff = officers(oak)
    paper = by_two(staff, order(oak))
    asked = VisitRequest(oak.people["linden"], (PartyMember(oak.contacts["laurel"]),), DAY)
    refused = request_visit(asked, oak.sent("asked", SOON + timedelta(minutes=1)))
    assert refused.outcome == "refuse"
    assert decided_otherwise(PROGRAM, oak.id, paper.id).found == ()
    end_paper(paper.id, NOW.date(), oak.sent("vacated", SOON + timedelta(minutes=2)), "vacated")

    found = decided_otherwise(PROGRAM, oak.id, paper.id)

    assert found.without
    assert {(one.request, one.was, one.would) for one in found.found} == {
        (refused.request, "refuse", "permit")
    }
