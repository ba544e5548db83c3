"""What every verb of the gate begins with: hold the person, read the booking, refuse what does not stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.actions import deciding
from locutorio.arrangements.gate_clock import moment_near
from locutorio.arrangements.schedule.values import Schedule
from locutorio.arrangements.standings import BOOKED
from locutorio.kernel.faults import Fault
from locutorio.store import gate
from locutorio.store.gate import AtGate
from locutorio.store.locks import hold_person
from locutorio.store.people import establishment
from locutorio.store.transaction import Command, Sent, Transaction

_MINUTE = 60


def about(booking: UUID, action: str, arguments: Mapping[str, Any], sent: Sent) -> Command:
    """Give the command of work at the gate, which is about the person of a booking.

    Raises:
        Fault: there is no such booking.
    """
    person = gate.at_gate(sent.establishment, booking).person
    return sent.command(action, arguments, person=person)


def held(tx: Transaction, booking: UUID) -> AtGate:
    """Give a booking as it is once everybody else who changes anything about its person has finished.

    Raises:
        Fault: there is no such booking.
    """
    hold_person(tx, gate.at_gate(tx.establishment, booking).person)
    return gate.at_gate(tx.establishment, booking)


def refuse_unless_booked(booking: AtGate) -> None:
    """Refuse work at the gate on a booking that does not stand, and say what became of it.

    Raises:
        Fault: it was withdrawn, cancelled, lapsed or closed, or was never confirmed.
    """
    if booking.standing == BOOKED:
        return
    if booking.standing == "held":
        raise Fault(
            "this place is only held",
            why="nobody has confirmed the booking",
            remedy="confirm it first, then record who comes",
        )
    raise Fault(
        f"this booking is {booking.standing.replace('_', ' ')}: nothing was recorded",
        why=booking.ground or f"it ended so by {booking.ended_by or 'the program'}",
        remedy="open the booking to see why, and tell those who came; they can ask for another visit",
    )


def moment_of(text: str, booking: AtGate, zone: str, now: datetime) -> datetime:
    """Read a time an officer wrote for this booking, empty for now.

    Raises:
        Fault: it is no time, or not one of this visit's day.
    """
    at = moment_near(text, booking.starts, zone, now)
    if abs((at - booking.starts).total_seconds()) > 24 * _MINUTE * _MINUTE:
        raise Fault(
            f"the visit of this booking is on {booking.on.isoformat()}",
            remedy="open the booking of today, or write the time of day at which it happened then",
        )
    return at


def schedule_here(at: UUID) -> Schedule | None:
    """Give the schedule of an establishment; None where it has none."""
    return deciding.read(establishment(at).schedule)


def due_minutes(schedule: Schedule | None, booking: AtGate) -> int:
    """Give how long the visit of a booking is to last: what its session says, at most the slot."""
    whole = int((booking.ends - booking.starts).total_seconds()) // _MINUTE
    session = (
        next((one for one in schedule.sessions if one.code == booking.session), None) if schedule else None
    )
    return min(whole, session.visit_minutes or whole) if session else whole
