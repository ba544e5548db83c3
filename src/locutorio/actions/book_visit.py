"""Books a place for a request that the law permits, or says what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.booked import Booked, answered, read
from locutorio.actions.deciding_again import decided_for
from locutorio.actions.offer_places import offer_places
from locutorio.actions.plain import as_plain
from locutorio.actions.slots_shown import next_free
from locutorio.arrangements.schedule.parties import ONLY_OPEN
from locutorio.decisions.decision import Outcome
from locutorio.kernel.faults import Fault
from locutorio.store import bookings, requests, waiting
from locutorio.store.at_once import Planned, at_once
from locutorio.store.slots import House, Known, house_last_seen, house_of
from locutorio.store.taking import FULL, OTHERS_WAIT, Obstacle, Taken, Wanted
from locutorio.store.transaction import Sent, Transaction, perform
from locutorio.store.view import View


@dataclass(frozen=True, slots=True)
class VisitBooking:
    """What is asked: places for a request in the slot of a key.

    ``hold`` keeps them for the minutes that the schedule says. ``kind`` is the kind of place, None for the
    usual one; ``by`` is "public", "person" or "staff".
    """

    request: UUID
    slot: str
    hold: bool = False
    kind: str | None = None
    by: str = "public"


def book_visit(what: VisitBooking, sent: Sent) -> Booked:
    """Book it. What the decision rests on is looked at again, and decided again where it was changed.

    A place that was found free only because a hold ran out is offered to those who wait for one.

    Raises:
        Fault: there is no such request or slot, or the request has a booking.
    """
    authorize(
        sent.by,
        "book_visit",
        About(sent.establishment, "request", what.request, as_staff=what.by != "public"),
    )
    command = sent.command("book_visit", as_plain(what))
    done = at_once(command, partial(_plan, what=what)) or perform(command, partial(_work, what=what))
    answer = read(done)
    if any(hindrance.rule == OTHERS_WAIT for hindrance in answer.hindrances):
        offer_places(sent)
    return answer


def _plan(tx: Transaction, what: VisitBooking) -> Planned | None:
    """Plan a booking that nothing stands against: the decision holds, and there is a place."""
    house = house_last_seen(tx.establishment)
    known = house.known(what.slot)
    planned = bookings.planned(tx, house, what.request, _wanted(tx, house, known, what))
    if planned is None:
        return None
    seen, taken, statements = planned
    tx.about = seen.person
    return Planned(told(tx, house, seen, known, taken, what.by), statements)


def _wanted(tx: Transaction, house: House, known: Known, what: VisitBooking) -> Wanted:
    until = tx.at + timedelta(minutes=house.schedule.hold_minutes) if what.hold else None
    return Wanted(known, what.kind, what.by, until)


def _work(tx: Transaction, what: VisitBooking) -> dict[str, Any]:
    tx.about = bookings.hold_request(tx, what.request)
    house = house_of(tx.establishment)
    known = house.known(what.slot)
    before = bookings.booking_of(tx.establishment, what.request)
    if before is not None and before.standing not in bookings.OVER:
        raise Fault("this request has a booking", remedy="change that booking, or cancel it first")
    asked = requests.request(tx.establishment, what.request)
    outcome = decided_for(tx, house, asked, known)
    if outcome != Outcome.PERMIT.value:
        return answered(what.request, what.slot, outcome)
    seen, taken = bookings.take(tx, house, what.request, _wanted(tx, house, known, what))
    if isinstance(taken, Taken):
        waiting.turn(tx, what.request, waiting.TAKEN)
    return told(tx, house, seen, known, taken, what.by)


def told(
    tx: Transaction, house: House, seen: View, known: Known, taken: Taken | Obstacle, by: str
) -> dict[str, Any]:
    """Give the answer; where the slot has no place that fits, with the next one that has."""
    following = None
    rules = [why.rule for why in taken.hindrances] if isinstance(taken, Obstacle) else []
    if isinstance(taken, Obstacle) and (taken.outcome == FULL or ONLY_OPEN in rules):
        following = next_free(house, seen, known.slot, asked_at=tx.at, by=by)
    return answered(seen.request, known.slot.key, taken, next_slot=following)
