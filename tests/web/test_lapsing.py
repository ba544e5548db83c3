"""While the pages are served, a hold that runs out lapses by itself."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import UUID

import pytest

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.store import bookings
from locutorio.store.knowledge import PartyMember
from locutorio.web import lapsing
from tests.booking.test_bookings import NINE, ON, oak_with
from tests.databases import Store
from tests.establishment import FOUNDED

PATIENCE_SECONDS = 20


def test_a_hold_lapses_without_anybody_acting(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks for anything, and the place of a hold that ran out is free."""
    oak = oak_with()
    asked = VisitRequest(oak.people["rowan"], (PartyMember(oak.contacts["alder"]),), ON)
    request = request_visit(asked, oak.sent("asked")).request
    held = book_visit(VisitBooking(request, NINE, hold=True), oak.sent("held"))
    monkeypatch.setattr(lapsing, "now", lambda: FOUNDED + timedelta(hours=1))
    assert held.outcome == "held"

    with lapsing.lapsing(0.05):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while standing(oak.id, request) == "held" and time.monotonic() < deadline:
            time.sleep(0.05)

    assert standing(oak.id, request) == "lapsed"


def standing(establishment: UUID, request: UUID) -> str:
    """Give what became of the booking of a request."""
    found = bookings.booking_of(establishment, request)
    assert found is not None
    return found.standing
