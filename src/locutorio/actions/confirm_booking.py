"""Confirms a hold, as long as it lasts: the places are booked."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.arrangements.standings import BOOKED, LAPSED, refuse_move
from locutorio.store import bookings
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def confirm_booking(booking: UUID, sent: Sent) -> str:
    """Confirm it.

    Returns:
        booked; or lapsed, where the hold ran out before: the places may have gone to somebody else.

    Raises:
        Fault: there is no such booking, or it is neither held nor booked.
    """
    authorize(sent.by, "confirm_booking", About(sent.establishment, "booking", booking))

    def work(tx: Transaction) -> Answer:
        hold_person(tx, bookings.one_booking(tx.establishment, booking).person)
        held = bookings.hold_booking(tx, booking)
        if held.standing in {BOOKED, LAPSED}:
            return {"standing": held.standing}
        refuse_move(held.standing, BOOKED)
        if held.hold_until is None or held.hold_until > tx.at:
            bookings.confirm(tx, held)
            return {"standing": BOOKED}
        bookings.release(tx, booking, LAPSED, by="time", ground="")
        return {"standing": LAPSED}

    done = perform(sent.command("confirm_booking", {"booking": str(booking)}), work)
    return str(done["standing"])
