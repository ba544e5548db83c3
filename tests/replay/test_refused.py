"""Whoever asks and is refused is told so in writing, and no more than is theirs to know."""

from __future__ import annotations

from datetime import timedelta

from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.notices.text import letter_as_text
from locutorio.store import notices
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.replay.booked import DAY, founded
from tests.replay.test_house import NO_CONTACT, SANCTION, TODAY

LATER = FOUNDED + timedelta(days=1)


def test_a_refused_request_brings_a_notice_with_reason_and_route(store: Store, house: str) -> None:
    """The contact and the person each get one notice; the order that names the contact is cited to both."""
    oak = founded(law=house)
    order = NewPaper(
        oak.people["rowan"],
        "court_no_contact",
        oak.contacts["alder"],
        NO_CONTACT,
        since=TODAY,
        source="26-117",
    )
    enter_paper(order, oak.sent("order", LATER))
    asked = VisitRequest(oak.people["rowan"], (PartyMember(oak.contacts["alder"]),), DAY, way="telephone")
    answer = request_visit(asked, oak.sent("asked", LATER))
    again = request_visit(asked, oak.sent("asked", LATER))

    assert answer.outcome == "refuse"
    assert again == answer
    to_contact = notices.notices_of(oak.id, contacts=[oak.contacts["alder"]])
    to_person = notices.notices_of(oak.id, person=oak.people["rowan"])
    for both in (to_contact, to_person):
        assert {one.kind for one in both} == {"paper", "refused"}
        (one,) = (each for each in both if each.kind == "refused")
        assert one.request == answer.request
        assert any(section.name == "contest" for section in one.letter.sections)


def test_a_contact_is_not_told_of_a_sanction(store: Store, house: str) -> None:
    """A sanction of the person refuses the visit: the person reads why, the contact that it is refused."""
    oak = founded(law=house)
    sanction = NewPaper(
        oak.people["rowan"],
        "sanction",
        None,
        SANCTION,
        since=TODAY,
        until=DAY + timedelta(days=9),
        source="S-9",
    )
    enter_paper(sanction, oak.sent("sanction", LATER))
    asked = VisitRequest(oak.people["rowan"], (PartyMember(oak.contacts["alder"]),), DAY)
    answer = request_visit(asked, oak.sent("asked", LATER))

    assert answer.outcome == "refuse"
    to_contact = notices.notices_of(oak.id, contacts=[oak.contacts["alder"]])
    to_person = notices.notices_of(oak.id, person=oak.people["rowan"])
    assert {one.kind for one in to_contact} == {one.kind for one in to_person} == {"refused", "paper"}
    assert all("S-9" in letter_as_text(one.letter) for one in to_person)
    for one in to_contact:
        assert "S-9" not in letter_as_text(one.letter)
        assert "anction" not in letter_as_text(one.letter)


def test_an_order_that_names_a_contact_is_told_to_them(store: Store, house: str) -> None:
    """Whom an order names reads what it says of them, and not that somebody else is told."""
    oak = founded(law=house)
    order = NewPaper(
        oak.people["rowan"],
        "court_no_contact",
        oak.contacts["alder"],
        NO_CONTACT,
        since=TODAY,
        source="26-117",
    )
    enter_paper(order, oak.sent("order", LATER))
    asked = VisitRequest(oak.people["rowan"], (PartyMember(oak.contacts["alder"]),), DAY)
    request_visit(asked, oak.sent("asked", LATER))

    for to_contact in notices.notices_of(oak.id, contacts=[oak.contacts["alder"]]):
        told = letter_as_text(to_contact.letter)
        assert "in our words" in told.partition("Papers about")[0]
        assert "is told to the person in custody" not in told
