"""Moves a booking, or changes who comes. What it had is lost only when the new place is had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.book_visit import told
from locutorio.actions.booked import Booked, answered, read, refuse_begun
from locutorio.actions.deciding_again import decided_anew, keep_outcome
from locutorio.actions.offer_places import offer_places
from locutorio.actions.plain import as_plain
from locutorio.arrangements.standings import STANDING
from locutorio.decisions.decision import Outcome
from locutorio.kernel.faults import Fault
from locutorio.store import bookings, requests
from locutorio.store.knowledge import PartyMember
from locutorio.store.slots import house_of
from locutorio.store.taking import Keeps, Obstacle, Wanted
from locutorio.store.transaction import Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class Changing:
    """Which booking, and what it becomes: another slot, other people, or both; None leaves it as it is."""

    booking: UUID
    slot: str | None = None
    party: tuple[PartyMember, ...] | None = None
    kind: str | None = None
    by: str = "public"


def change_booking(what: Changing, sent: Sent) -> Booked:
    """Change it. The booking keeps its identifier and the moment of its first decision.

    Returns:
        the answer as of booking: where the new place is not had, everything is as it was.

    Raises:
        Fault: there is no such booking or slot, the booking does not stand or its time has begun, or nobody
            is left to come.
    """
    authorize(
        sent.by,
        "change_booking",
        About(
            sent.establishment,
            "booking",
            what.booking,
            [one.contact for one in what.party or ()],
            as_staff=what.by != "public",
        ),
    )
    done = read(perform(sent.command("change_booking", as_plain(what)), lambda tx: _work(what, tx)))
    if done.had:
        offer_places(sent)
    return done


def _work(what: Changing, tx: Transaction) -> dict[str, Any]:
    request = bookings.one_booking(tx.establishment, what.booking).request
    tx.about = bookings.hold_request(tx, request, [member.contact for member in what.party or ()])
    before = bookings.hold_booking(tx, what.booking)
    if before.standing not in STANDING:
        raise Fault(f"this booking is {before.standing}", remedy="book again for the same request")
    refuse_begun(tx, before)
    if what.party is not None and not what.party:
        raise Fault("nobody is left to come", remedy="name who comes, or cancel the booking")
    house = house_of(tx.establishment)
    known = house.known(what.slot or before.key)
    asked = requests.request(tx.establishment, request)
    asked = asked if what.party is None else replace(asked, party=what.party)
    first = (before.decided_at, before.id)
    found = decided_anew(tx, house, asked, known, cause="change", before=first)
    if found.outcome is not Outcome.PERMIT:
        return answered(request, known.slot.key, found.outcome.value)
    keeps = Keeps(before.id, before.decided_at, before.standing, before.hold_until)
    with bookings.attempt() as undo:
        bookings.give_back(tx, before.id)
        requests.keep_party(tx, request, asked.party)
        keep_outcome(tx, house, asked, known, found)
        seen, taken = bookings.take(tx, house, request, Wanted(known, what.kind, what.by, keeps=keeps))
        if isinstance(taken, Obstacle):
            undo()
    return told(tx, house, seen, known, taken, what.by)
