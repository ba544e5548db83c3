"""The same changes under an establishment's own rules, and whom they do not reach."""

from __future__ import annotations

from datetime import timedelta

from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.notices.pdf import pdf
from locutorio.store import notices
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.replay.booked import DAY, booked, everything, founded

LATER = FOUNDED + timedelta(days=1)
TODAY = LATER.date()
NO_CONTACT = {
    "decider": "court",
    "signed_on": "2026-11-03",
    "covers_visits": "yes",
    "covers_calls": "yes",
    "later_order": "no",
}
SANCTION = {
    "decider": "hearing_board",
    "signed_on": "2026-11-03",
    "covers_visits": "yes",
    "covers_calls": "no",
    "notice_to_person": "yes",
}


def test_a_court_order_reaches_the_visits_of_one_contact(store: Store, house: str) -> None:
    """An order against contact with one withdraws what that one has booked, and says how to contest it."""
    oak = founded(law=house)
    visit, other = booked(oak, "rowan", "alder"), booked(oak, "rowan", "holly", on=DAY + timedelta(days=7))
    before = everything(other)
    order = NewPaper(
        oak.people["rowan"],
        "court_no_contact",
        oak.contacts["alder"],
        NO_CONTACT,
        since=TODAY,
        source="26-117",
    )
    done = enter_paper(order, oak.sent("order", LATER))

    assert (done.standing, done.touched.withdrawn) == ("stands", (visit.id,))
    assert everything(other) == before
    assert "What you can do" in visit.told("alder") or "How to contest it" in visit.told("alder")
    assert "3 November 2026" in visit.told("rowan")


def test_a_sanction_takes_visits_and_not_the_lawyer(store: Store, house: str) -> None:
    """A sanction withdraws family visits until its last day; the lawyer's visit and later ones stand."""
    oak = founded(law=house)
    lawyer = Listing(oak.people["rowan"], oak.contacts["laurel"], role="attorney")
    list_contact(lawyer, oak.sent("lawyer"))
    visit = booked(oak, "rowan", "alder")
    later = booked(oak, "rowan", "alder", on=DAY + timedelta(days=28))
    counsel = booked(oak, "rowan", "laurel", on=DAY + timedelta(days=1))
    before = [everything(one) for one in (later, counsel)]
    sanction = NewPaper(
        oak.people["rowan"],
        "sanction",
        facts=SANCTION,
        since=TODAY,
        until=TODAY + timedelta(days=20),
        source="case 44",
    )
    done = enter_paper(sanction, oak.sent("sanction", LATER))

    assert done.touched.withdrawn == (visit.id,)
    assert [everything(one) for one in (later, counsel)] == before
    assert "case 44" in visit.told("rowan")
    assert "case 44" not in visit.told("alder")
    assert "told to the person in custody" in visit.told("alder")


def test_a_place_freed_by_law_counts_again_for_who_is_next(store: Store, house: str) -> None:
    """What is withdrawn is not used: the visits a week that the rules allow can be booked again."""
    oak = founded(law=house)
    week = [booked(oak, "rowan", "alder", on=DAY + timedelta(days=day)) for day in range(3)]
    holly = VisitRequest(oak.people["rowan"], (PartyMember(oak.contacts["holly"]),), DAY + timedelta(days=3))
    assert request_visit(holly, oak.sent("holly")).outcome == "refuse"
    order = NewPaper(oak.people["rowan"], "court_no_contact", oak.contacts["alder"], NO_CONTACT, since=TODAY)
    enter_paper(order, oak.sent("order", LATER))

    assert [visit.standing for visit in week] == ["withdrawn"] * 3
    assert request_visit(holly, oak.sent("holly again", LATER)).outcome == "permit"


def test_a_notice_prints(store: Store, house: str) -> None:
    """The kept letter prints as it is shown, in the language of its reader."""
    oak = founded(law=house)
    booked(oak, "linden", "laurel")
    order = NewPaper(
        oak.people["linden"], "court_no_contact", oak.contacts["laurel"], NO_CONTACT, since=TODAY
    )
    enter_paper(order, oak.sent("order", LATER))

    for found in (
        notices.notices_of(oak.id, contacts=[oak.contacts["laurel"]]),
        notices.notices_of(oak.id, person=oak.people["linden"]),
    ):
        assert {notice.kind for notice in found} == {"withdrawn", "paper"}
        for notice in found:
            assert notice.language == "es"
            assert pdf(notice.letter, "es", notice.at.date()).startswith(b"%PDF")
