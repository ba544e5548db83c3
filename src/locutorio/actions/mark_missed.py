"""A booked visit did not take place on its day: nobody came, the person did not come, or it was not held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions.at_gate import about, due_minutes, held, refuse_unless_booked, schedule_here
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, by_the_house, known_of
from locutorio.arrangements.lost_time import ESTABLISHMENT, FAMILY, LATE_CAUSES, NOT_HELD
from locutorio.arrangements.no_shows import NoShow, first_day, no_show
from locutorio.arrangements.standings import ABSENT, ADMITTED, MISSED, REFUSED, TURNED_AWAY, WITHDRAWN
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.withdrawn import APART
from locutorio.store import gate, replaying
from locutorio.store.bookings import release
from locutorio.store.gate import Arrived, AtGate
from locutorio.store.transaction import Sent, Transaction, perform

ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Missing:
    """``by`` is family (nobody came), person (they did not come to the room) or establishment (it could not
    hold the visit; ``note`` says why).
    """

    booking: UUID
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FollowsMissing:
    """What the schedule says follows for somebody, by whom it counts. Nothing is applied by itself."""

    subject: UUID
    missed: int
    count: int
    reached: bool
    until: date | None
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """``standing`` is missed, turned_away (those who came were refused) or withdrawn (it was not held)."""

    outcome: str
    standing: str
    owed_minutes: int
    follows: tuple[FollowsMissing, ...]


def mark_missed(what: Missing, sent: Sent) -> Marked:
    """Record that a booked visit did not take place. What the establishment did not hold, it owes whole.

    Raises:
        Fault: the booking does not stand, its time has not begun, or somebody was let in.
    """
    authorize(sent.by, "mark_missed", About(sent.establishment, "booking", what.booking))
    command = about(what.booking, "mark_missed", as_plain(what), sent)
    answer = perform(command, lambda tx: as_plain(_mark(tx, what)))
    return _read(answer)


def _mark(tx: Transaction, what: Missing) -> Marked:
    booking = held(tx, what.booking)
    if booking.standing in {MISSED, TURNED_AWAY}:
        return Marked(
            ALREADY, booking.standing, 0, _follows(tx, booking) if booking.ended_by == FAMILY else ()
        )
    refuse_unless_booked(booking)
    _refuse(booking, what, tx)
    came = {one.outcome for one in booking.arrived.values()}
    if what.by == ESTABLISHMENT:
        due = due_minutes(schedule_here(tx.establishment), booking)
        _withdraw(tx, booking, what.note.strip())
        gate.owe(tx, booking, due, NOT_HELD)
        return Marked(WITHDRAWN, WITHDRAWN, due, ())
    standing = TURNED_AWAY if REFUSED in came and what.by == FAMILY else MISSED
    for member in booking.coming:
        if standing == MISSED and what.by == FAMILY and member.contact not in booking.arrived:
            gate.record(tx, booking.id, Arrived(member.contact, tx.at, "", "", ABSENT, {}))
    release(tx, booking.id, standing, by=what.by, ground=what.note.strip())
    return Marked(
        standing, standing, 0, _follows(tx, booking) if standing == MISSED and what.by == FAMILY else ()
    )


def _withdraw(tx: Transaction, booking: AtGate, reason: str) -> None:
    """Withdraw a visit that was not held: everybody is told why, and when there is a place instead."""
    standing = replaying.standing(tx.establishment, booking.starts, persons=[booking.person])
    one = next(one for one in standing if one.id == booking.id)
    written = dict.fromkeys(LANGUAGES, reason)
    by_the_house(tx, known_of(tx, one), one, APART, Replayed(), ground=written)


def _refuse(booking: AtGate, what: Missing, tx: Transaction) -> None:
    if what.by not in LATE_CAUSES:
        raise Fault(f'"{what.by}" is nobody who can miss a visit', remedy=suggestion(what.by, LATE_CAUSES))
    if booking.took is not None:
        raise Fault("this visit has started", remedy="record its end instead")
    if tx.at < booking.starts:
        raise Fault(
            "this visit has not begun yet",
            why="nobody can have missed it before its time",
            remedy="wait until its time has begun; a day without visits is entered as a closed day",
        )
    if what.by == FAMILY and any(one.outcome == ADMITTED for one in booking.arrived.values()):
        raise Fault(
            "somebody of this party was let in",
            remedy="start the visit; or say that the person did not come, or that it could not be held",
        )
    if what.by == ESTABLISHMENT and not what.note.strip():
        raise Fault("a visit that was not held has a reason", remedy="write in a few words why")


def _follows(tx: Transaction, booking: AtGate) -> tuple[FollowsMissing, ...]:
    """Reckon what the schedule says of this missed visit, for the person or for each contact."""
    schedule = schedule_here(tx.establishment)
    rule = schedule.no_shows if schedule else None
    if rule is None:
        return ()
    bounds = (first_day(rule, booking.on), booking.on)
    if rule.contact:
        days = {
            one.contact: gate.missed_by_contact(tx.establishment, one.contact, *bounds)
            for one in booking.coming
        }
    else:
        days = {booking.person: gate.missed_by_person(tx.establishment, booking.person, *bounds)}
    return tuple(_told(subject, no_show(rule, missed, booking.on)) for subject, missed in days.items())


def _told(subject: UUID, found: NoShow) -> FollowsMissing:
    return FollowsMissing(subject, found.missed, found.count, found.reached, found.until, found.offices)


def _read(answer: Mapping[str, Any]) -> Marked:
    return Marked(
        answer["outcome"],
        answer["standing"],
        answer["owed_minutes"],
        tuple(
            FollowsMissing(
                **{
                    **one,
                    "subject": UUID(one["subject"]),
                    "until": date.fromisoformat(one["until"]) if one["until"] else None,
                    "offices": tuple(one["offices"]),
                }
            )
            for one in answer["follows"]
        ),
    )
