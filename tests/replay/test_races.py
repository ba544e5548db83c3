"""A change and a booking at the same moment: whichever is first, nothing stands that may not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.store import models
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.replay.booked import DAY, founded

ROUNDS = 3
LATER = FOUNDED + timedelta(days=1)
ORDER = {"decider": "court", "signed_on": "2026-11-03", "later_order": "no"}


def at_once(*doing: Callable[[], object]) -> None:
    """Do things at the same moment, each on a connection of its own."""
    barrier = Barrier(len(doing))

    def one(do: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doing)) as pool:
        for done in [pool.submit(one, do) for do in doing]:
            done.result()


def permitted(oak: Oak, person: str, contact: str) -> VisitBooking:
    answer = request_visit(
        VisitRequest(oak.people[person], (PartyMember(oak.contacts[contact]),), DAY), oak.sent(person)
    )
    assert answer.outcome == "permit"
    return VisitBooking(answer.request, f"hall@{DAY}T14:00", by="staff")


def stands(*bookings: VisitBooking) -> bool:
    """Tell whether anything stands, or holds a place, of some requests."""
    mine = models.Booking.objects.filter(request__in=[one.request for one in bookings])
    places = models.Place.objects.filter(booking__in=mine)
    return mine.exclude(standing="withdrawn").exists() or places.exists()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_an_order_and_a_booking_at_once(store: Store, turn: int) -> None:
    """Either the booking is made and withdrawn by the order, or it is refused: it never stands beside it."""
    oak = founded()
    booking = permitted(oak, "rowan", "alder")
    since = LATER.date()
    order = NewPaper(oak.people["rowan"], "order_no_visits", oak.contacts["alder"], ORDER, since)
    at_once(
        lambda: book_visit(booking, oak.sent("book", LATER)),
        lambda: enter_paper(order, oak.sent("order", LATER)),
    )
    assert not stands(booking)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_fact_and_a_new_listing_at_once(store: Store, turn: int) -> None:
    """What is learned of a contact reaches also the person who lists and books them at that very moment."""
    oak = founded()
    listing = Listing(oak.people["linden"], oak.contacts["alder"])
    fact = NewFact("arcadia.worked_here", "yes", contact=oak.contacts["alder"])

    def list_and_book() -> None:
        list_contact(listing, oak.sent("list", LATER))
        party = (PartyMember(oak.contacts["alder"]),)
        asked = request_visit(VisitRequest(oak.people["linden"], party, DAY), oak.sent("ask", LATER))
        if asked.outcome == "permit":
            book_visit(VisitBooking(asked.request, f"hall@{DAY}T14:00", by="staff"), oak.sent("book", LATER))

    at_once(list_and_book, lambda: enter_fact(fact, oak.sent("fact", LATER)))
    assert all(row.risk for row in models.Booking.objects.filter(standing="booked"))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_closure_and_bookings_at_once(store: Store, turn: int) -> None:
    """No booking stands on a day that is closed, whoever came first."""
    oak = founded()
    one, other = permitted(oak, "rowan", "alder"), permitted(oak, "linden", "laurel")
    at_once(
        lambda: book_visit(one, oak.sent("one", LATER)),
        lambda: book_visit(other, oak.sent("other", LATER)),
        lambda: close_date(Closing(DAY, "painting"), oak.sent("close", LATER)),
    )
    assert not stands(one, other)
