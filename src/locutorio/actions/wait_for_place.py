"""Lets a permitted request wait for a place on one of some days. One that is free is offered at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.offer_places import offer_places
from locutorio.actions.plain import as_plain
from locutorio.decisions.decision import Outcome
from locutorio.kernel.faults import Fault
from locutorio.store import bookings, requests, waiting
from locutorio.store.transaction import Answer, Sent, Transaction, perform

DAYS_MAX = 60


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """Which request waits, for the days from one to another, both included."""

    request: UUID
    first_on: date
    last_on: date


def wait_for_place(what: WaitingFor, sent: Sent) -> UUID:
    """Let it wait; one that waits already keeps its turn, for the new days.

    Returns:
        what names its turn.

    Raises:
        Fault: there is no such request, it is not permitted, it has a booking, or the days are in disorder
            or more than 60.
    """
    authorize(sent.by, "wait_for_place", About(sent.establishment, "request", what.request))
    if what.last_on < what.first_on:
        raise Fault("the last day is before the first", remedy="give the first day and then the last")
    if (what.last_on - what.first_on).days >= DAYS_MAX:
        raise Fault(
            f"a place is waited for on at most {DAYS_MAX} days",
            why="each of them is looked at whenever a place comes free",
            remedy="give days that are closer together",
        )
    done = perform(sent.command("wait_for_place", as_plain(what)), lambda tx: _work(what, tx))
    offer_places(sent)
    return UUID(done["waiting"])


def stop_waiting(request: UUID, sent: Sent) -> None:
    """Let a request wait no longer."""
    authorize(sent.by, "stop_waiting", About(sent.establishment, "request", request))

    def work(tx: Transaction) -> Answer:
        tx.about = bookings.hold_request(tx, request)
        waiting.turn(tx, request, waiting.ENDED)
        return {}

    perform(sent.command("stop_waiting", {"request": str(request)}), work)


def _work(what: WaitingFor, tx: Transaction) -> Answer:
    tx.about = bookings.hold_request(tx, what.request)
    asked = requests.request(tx.establishment, what.request)
    if asked.outcome != Outcome.PERMIT.value:
        raise Fault(
            "this request is not permitted, so it waits for no place",
            why=f"it was decided: {asked.outcome}",
            remedy="read the decision: it says what could change it",
        )
    booking = bookings.booking_of(tx.establishment, what.request)
    if booking is not None and booking.standing not in bookings.OVER:
        raise Fault("this request has a booking", remedy="change that booking, or cancel it first")
    return {"waiting": str(waiting.wait(tx, what.request, what.first_on, what.last_on))}
