"""Time that is owed is made up: by a longer visit, or by one beyond those the person has anyway."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.at_gate import about, due_minutes, held, schedule_here
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.arrangements.lost_time import MADE_UP
from locutorio.arrangements.standings import HAPPENED
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import gate
from locutorio.store.gate import AtGate
from locutorio.store.transaction import Sent, Transaction, perform

LONGER, EXTRA = "longer", "extra"
WAYS = (LONGER, EXTRA)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class MakingUp:
    """``booking`` is the visit in which it was made up; ``how`` is longer (it lasted beyond its time) or
    extra (it is one more, and counts against no quota of the schedule).
    """

    booking: UUID
    minutes: int
    how: str = LONGER


@dataclass(frozen=True, slots=True)
class MadeUp:
    """The minutes made up, and what is still owed."""

    minutes: int
    owed_minutes: int


def make_up_time(what: MakingUp, sent: Sent) -> MadeUp:
    """Record that a visit made up time that was owed. Never more than is owed, nor than it had to give.

    Raises:
        Fault: the visit did not take place, was not long enough, or nothing is owed.
    """
    authorize(sent.by, "make_up_time", About(sent.establishment, "booking", what.booking))
    command = about(what.booking, "make_up_time", as_plain(what), sent)
    answer = perform(command, lambda tx: as_plain(_make_up(tx, what)))
    return MadeUp(**answer)


def _make_up(tx: Transaction, what: MakingUp) -> MadeUp:
    booking = held(tx, what.booking)
    if what.how not in WAYS:
        raise Fault(f'"{what.how}" is no way to make up time', remedy=suggestion(what.how, WAYS))
    if what.minutes < 1:
        raise Fault("time is made up in whole minutes, one at least", remedy="write how many")
    most = _to_give(tx, booking, what.how) - gate.made_up_in(tx.establishment, booking.id)
    if what.minutes > most:
        raise Fault(
            f"this visit can make up {max(0, most)} minutes at most",
            why="that is what it lasted beyond its time" if what.how == LONGER else "that is what it lasted",
            remedy="write fewer, or choose the visit in which the time was given",
        )
    owed = gate.owed_minutes(tx.establishment, booking.person)
    if what.minutes > owed:
        raise Fault(
            f"this person is owed {owed} minutes",
            why="no more can be made up than is owed",
            remedy="write fewer",
        )
    if what.how == EXTRA:
        gate.give_back(tx, booking.id)
    gate.owe(tx, booking, -what.minutes, MADE_UP)
    return MadeUp(what.minutes, owed - what.minutes)


def _to_give(tx: Transaction, booking: AtGate, how: str) -> int:
    """Give the minutes that a visit had beyond its time, or in all."""
    took = booking.took
    if booking.standing != HAPPENED or took is None or took.ended_at is None:
        raise Fault("this visit did not take place", remedy="choose one that did: time is made up in a visit")
    lasted = int((took.ended_at - took.started_at).total_seconds()) // _MINUTE
    return lasted - due_minutes(schedule_here(tx.establishment), booking) if how == LONGER else lasted
