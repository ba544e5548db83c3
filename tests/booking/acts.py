"""What one client does. Each is given plain values and gives plain values, as it runs in another process."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.confirm_booking import confirm_booking
from locutorio.actions.lapse_holds import lapse_holds
from locutorio.kernel.faults import Fault
from locutorio.store import bookings
from locutorio.store.slots import house_of
from locutorio.store.taking import Taken, Wanted
from locutorio.store.transaction import Sent, Transaction, perform


def sent(given: dict[str, Any]) -> Sent:
    """Give what a door would say."""
    return Sent(given.get("id") or uuid4(), given["establishment"], given["at"])


def book(given: dict[str, Any]) -> tuple[str, UUID | None]:
    """Book through the action."""
    done = book_visit(VisitBooking(given["request"], given["slot"], given.get("hold", False)), sent(given))
    return done.outcome, done.booking


def book_and_roll_back(given: dict[str, Any]) -> tuple[str, UUID | None]:
    """Take a place, keep everybody waiting for a while, and give up before the end."""

    def work(tx: Transaction) -> dict[str, Any]:
        bookings.hold_request(tx, given["request"])
        house = house_of(tx.establishment)
        _, taken = bookings.take(
            tx, house, given["request"], Wanted(house.known(given["slot"]), None, "public")
        )
        if isinstance(taken, Taken):
            time.sleep(given["seconds"])
            raise Fault("given up")
        return {}

    try:
        perform(sent(given).command("give_up", {}), work)
    except Fault:
        return "rolled_back", None
    return "full", None


def count_then_insert(given: dict[str, Any]) -> tuple[str, UUID | None]:
    """Book as many programs do: count the places that are taken, then take one. It sells too many."""
    from locutorio.store.models import Place, Slot

    slot = Slot.objects.get(establishment=given["establishment"], key=given["slot"])
    taken = Place.objects.filter(establishment=given["establishment"], slot=slot).count()
    if taken >= given["places"]:
        return "full", None
    booking = uuid4()
    Place.objects.create(
        establishment_id=given["establishment"],
        slot=slot,
        kind="open",
        number=booking.int % 1_000_000_000,
        booking_id=booking,
    )
    return "booked", booking


def confirm(given: dict[str, Any]) -> str:
    """Confirm a hold."""
    return confirm_booking(given["booking"], sent(given))


def lapse(given: dict[str, Any]) -> int:
    """Give up what ran out."""
    return len(lapse_holds(sent(given)))


def cancel(given: dict[str, Any]) -> str:
    """Cancel a booking."""
    try:
        cancel_booking(Cancelling(given["booking"], "contact"), sent(given))
    except Fault as fault:
        return str(fault)
    return "cancelled"


def change(given: dict[str, Any]) -> str:
    """Move a booking."""
    try:
        return change_booking(Changing(given["booking"], given["slot"]), sent(given)).outcome
    except Fault as fault:
        return str(fault)


def close(given: dict[str, Any]) -> int:
    """Close a day."""
    closed = close_date(Closing(given["on"], "The hall is painted"), sent(given))
    return len(closed.touched.withdrawn)


def later(at: datetime, minutes: int) -> datetime:
    """Give a moment so many minutes later."""
    return at + timedelta(minutes=minutes)
