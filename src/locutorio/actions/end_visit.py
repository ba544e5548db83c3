"""A visit ends: it took place, and what the establishment caused to be lost of it is owed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.at_gate import about, due_minutes, held, moment_of, refuse_unless_booked, schedule_here
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.arrangements.lost_time import END_CAUSES, LOST_IN_VISIT, TIME, Held, Lost, lost
from locutorio.arrangements.standings import ABSENT, ADMITTED, HAPPENED
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import gate
from locutorio.store.gate import Arrived, AtGate, Took
from locutorio.store.people import establishment
from locutorio.store.transaction import Sent, Transaction, perform

ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Ending:
    """``at`` is the time of day on the establishment's clock, empty for now. ``ended_by`` is time,
    establishment, family, person or order; ``reason`` in the officer's words, needed for all but time.
    """

    booking: UUID
    at: str = ""
    ended_by: str = TIME
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """``outcome`` is happened, or already. Minutes are whole; ``owed_in_all`` is what is owed now."""

    outcome: str
    started_at: str
    ended_at: str
    late_minutes: int
    early_minutes: int
    missing_minutes: int
    owed_minutes: int
    owed_in_all: int


def end_visit(what: Ending, sent: Sent) -> Ended:
    """Record that a visit ended, and write down what is owed for the time lost.

    Raises:
        Fault: it did not start, ends before it starts, or the cause is missing.
    """
    authorize(sent.by, "end_visit", About(sent.establishment, "booking", what.booking))
    command = about(what.booking, "end_visit", as_plain(what), sent)
    answer = perform(command, lambda tx: as_plain(_end(tx, what)))
    return Ended(**answer)


def _end(tx: Transaction, what: Ending) -> Ended:
    booking = held(tx, what.booking)
    took = booking.took
    if took is not None and took.ended_at is not None:
        return _told(ALREADY, tx, booking, took, _lost(tx, booking, took))
    refuse_unless_booked(booking)
    if took is None:
        raise Fault("this visit did not start", remedy="record its start first")
    if what.ended_by not in END_CAUSES:
        raise Fault(f'"{what.ended_by}" is no cause of an end', remedy=suggestion(what.ended_by, END_CAUSES))
    if what.ended_by != TIME and not what.reason.strip():
        raise Fault("the visit was ended, and nobody said why", remedy="write the reason in a few words")
    zone = establishment(tx.establishment).zone
    ended = moment_of(what.at, booking, zone, tx.at)
    if ended < took.started_at:
        raise Fault(
            f"the visit would end at {ended:%H:%M}, before it started "
            f"at {took.started_at.astimezone(ended.tzinfo):%H:%M}",
            remedy="check both times",
        )
    finished = Took(took.started_at, took.late_by, ended, what.ended_by, what.reason.strip())
    found = _lost(tx, booking, finished)
    for member in booking.coming:
        if member.contact not in booking.arrived:
            gate.record(tx, booking.id, Arrived(member.contact, ended, "", "", ABSENT, {}))
    gate.finish(tx, booking, ended, finished.ended_by, finished.reason)
    if found.owed:
        gate.owe(tx, booking, found.owed, LOST_IN_VISIT)
    return _told(HAPPENED, tx, booking, finished, found)


def _lost(tx: Transaction, booking: AtGate, took: Took) -> Lost:
    assert took.ended_at is not None
    inside = [one.at for one in booking.arrived.values() if one.outcome == ADMITTED]
    return lost(
        Held(
            starts=booking.starts,
            ends=booking.ends,
            due_minutes=due_minutes(schedule_here(tx.establishment), booking),
            arrived_at=min(inside, default=None),
            started_at=took.started_at,
            ended_at=took.ended_at,
            late_by=took.late_by,
            ended_by=took.ended_by,
        )
    )


def _told(outcome: str, tx: Transaction, booking: AtGate, took: Took, found: Lost) -> Ended:
    assert took.ended_at is not None
    return Ended(
        outcome,
        took.started_at.isoformat(),
        took.ended_at.isoformat(),
        found.late,
        found.early,
        found.missing,
        found.owed,
        gate.owed_minutes(tx.establishment, booking.person),
    )
