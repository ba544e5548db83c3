"""A visit starts: those let in go to the room, and the law is asked once more about exactly them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.actions.at_gate import about, due_minutes, held, moment_of, refuse_unless_booked, schedule_here
from locutorio.actions.authority import About, authorize
from locutorio.actions.break_glass import allowed_now
from locutorio.actions.entry import Barred, barred
from locutorio.actions.plain import as_plain
from locutorio.arrangements.lost_time import LATE_CAUSES
from locutorio.arrangements.standings import ADMITTED
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import gate
from locutorio.store.people import establishment
from locutorio.store.transaction import Sent, Transaction, perform

STARTED, ALREADY, NOT_STARTED = "started", "already", "not_started"


@dataclass(frozen=True, slots=True)
class Starting:
    """``at`` is the time of day on the establishment's clock, empty for now; ``late_by`` who made it late."""

    booking: UUID
    at: str = ""
    late_by: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """``outcome`` is started, already, or not_started with those who may not go in."""

    outcome: str
    started_at: datetime | None
    late_minutes: int
    barred: tuple[Barred, ...] = ()


def start_visit(what: Starting, sent: Sent) -> Started:
    """Record that a visit started.

    Nothing starts while somebody who was let in may not be there with those who were: a child whose adult was
    sent away, or somebody whom an order now keeps out.

    Raises:
        Fault: the booking does not stand, nobody was let in, or a late start has no cause.
    """
    authorize(sent.by, "start_visit", About(sent.establishment, "booking", what.booking))
    command = about(what.booking, "start_visit", as_plain(what), sent)
    return _read(perform(command, lambda tx: as_plain(_start(tx, what))))


def _start(tx: Transaction, what: Starting) -> Started:
    booking = held(tx, what.booking)
    if booking.took is not None:
        return Started(ALREADY, booking.took.started_at, _late(booking.starts, booking.took.started_at))
    refuse_unless_booked(booking)
    inside = {one.contact: one for one in booking.arrived.values() if one.outcome == ADMITTED}
    if not inside:
        raise Fault(
            "nobody of this party was let in yet",
            remedy="record who arrived, then start the visit",
        )
    here = establishment(tx.establishment)
    at = moment_of(what.at, booking, here.zone, tx.at)
    first = min(one.at for one in inside.values())
    if at < first:
        raise Fault(
            f"the visit cannot start before anybody arrived, at {first.astimezone(at.tzinfo):%H:%M}",
            remedy="check both times",
        )
    due = due_minutes(schedule_here(tx.establishment), booking)
    late = max(0, _late(booking.starts, at) - (_late(booking.starts, booking.ends) - due))
    _refuse_cause(what.late_by, late)
    allowed = allowed_now(tx, booking.person, inside)
    kept_out = barred(tx.establishment, booking, [*inside], tx.at, allowed=allowed)
    if kept_out:
        return Started(NOT_STARTED, None, late, kept_out)
    gate.begin(tx, booking.id, at, what.late_by if late else "")
    return Started(STARTED, at, late)


def _refuse_cause(late_by: str, late: int) -> None:
    if late_by and late_by not in LATE_CAUSES:
        raise Fault(f'"{late_by}" is no cause of a late start', remedy=suggestion(late_by, LATE_CAUSES))
    if late and not late_by:
        raise Fault(
            f"the visit starts {late} minutes late, and nobody said why",
            why="time lost through the establishment is owed to the person",
            remedy=f"say who made it late: {', '.join(LATE_CAUSES)}",
        )


def _late(starts: datetime, at: datetime) -> int:
    return max(0, int((at - starts).total_seconds()) // 60)


def _read(answer: Mapping[str, Any]) -> Started:
    return Started(
        answer["outcome"],
        datetime.fromisoformat(answer["started_at"]) if answer["started_at"] else None,
        answer["late_minutes"],
        tuple(Barred.read(one) for one in answer["barred"]),
    )
