"""What staff see: a day with its slots and who comes, one booking with its history, one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from locutorio.actions.acts import acts
from locutorio.actions.at_gate import due_minutes, schedule_here
from locutorio.actions.authority import About, may, reading
from locutorio.actions.entry import Barred, Ground, barred, grounds_of
from locutorio.actions.petitioning import may_open
from locutorio.actions.visits_seen import RequestSeen, unbooked
from locutorio.arrangements.schedule.slots import slots_of
from locutorio.arrangements.schedule.values import Schedule, Slot
from locutorio.arrangements.standings import ADMITTED, BOOKED
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.store import changes, gate, notices, people, requests, slots
from locutorio.store.actor import Actor
from locutorio.store.changes import ClosureRow
from locutorio.store.entered import PaperRow
from locutorio.store.gate import AtGate, OwedRow
from locutorio.store.history import EntryRow, history
from locutorio.store.notices import NoticeRow
from locutorio.store.people import PersonRow
from locutorio.store.requests import DecidedRow, RequestRow

SHOWN = ("booked", "held", "happened", "missed", "turned_away")


@dataclass(frozen=True, slots=True)
class PlacesOfKind:
    """Places of one kind: taken, and how many there are (None where the schedule does not say)."""

    kind: str
    taken: int
    places: int | None


@dataclass(frozen=True, slots=True)
class SlotOfDay:
    """A slot: ``closed`` says why it does not take place; ``gone`` that the schedule has it no more."""

    key: str
    room: str
    starts: datetime
    ends: datetime
    places: tuple[PlacesOfKind, ...]
    bookings: tuple[AtGate, ...]
    closed: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day: its slots by start, and the bookings that somebody must look at.

    ``next_booked`` is the first later day with a booking, where this one has none.
    """

    on: date
    slots: tuple[SlotOfDay, ...]
    closures: tuple[ClosureRow, ...]
    at_risk: tuple[AtGate, ...]
    next_booked: date | None


@dataclass(frozen=True, slots=True)
class BookingShown:
    """A booking with its request, every decision, every notice and every entry, in the order of time.

    ``due_minutes`` is how long its visit is to last; ``owed_minutes`` what the person is owed in all;
    ``barred`` who may not be there with those inside or still to come; ``grounds`` what can keep somebody out
    at the gate on that day.
    """

    booking: AtGate
    room: str
    request: RequestRow
    decided: tuple[DecidedRow, ...]
    notices: tuple[NoticeRow, ...]
    history: tuple[EntryRow, ...]
    due_minutes: int
    owed_minutes: int
    grounds: tuple[Ground, ...]
    barred: tuple[Barred, ...]

    @property
    def inside(self) -> tuple[UUID, ...]:
        """Those who were let in."""
        return tuple(one.contact for one in self.booking.arrived.values() if one.outcome == ADMITTED)


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person with their bookings (the latest first), requests without one, notices, papers, what is owed.

    ``names`` are of the contacts that papers are about; ``papers`` is None for those who may not read them.
    """

    person: PersonRow
    bookings: tuple[AtGate, ...]
    requests: tuple[RequestSeen, ...]
    notices: tuple[NoticeRow, ...]
    owed: tuple[OwedRow, ...]
    owed_minutes: int
    papers: tuple[PaperRow, ...] | None
    names: Mapping[UUID, str]


def day_shown(by: Actor, at: UUID, on: date) -> DayShown:
    """Give one day. Bookings that ended before the day (withdrawn, cancelled, lapsed) are not on it."""
    with reading(by, "read_day", About(at)):
        return _day(at, on)


def _day(at: UUID, on: date) -> DayShown:
    schedule = schedule_here(at)
    found = [one for one in gate.of_days(at, on, on) if one.standing in SHOWN]
    by_slot: dict[str, list[AtGate]] = {}
    for one in found:
        by_slot.setdefault(one.key, []).append(one)
    closed = [one for one in changes.closures(at, on, on) if one.lifted_at is None]
    planned = {slot.key: slot for slot in slots_of(schedule, on, on)} if schedule else {}
    taken = slots.taken(at, {*planned, *by_slot})
    shown = [_planned(schedule, slot, by_slot, taken, closed) for slot in planned.values() if schedule]
    shown += [_gone(key, bookings, taken) for key, bookings in by_slot.items() if key not in planned]
    at_risk = tuple(one for one in found if one.risk)
    later = None if found else gate.next_booked(at, on, SHOWN)
    return DayShown(
        on, tuple(sorted(shown, key=lambda one: (one.starts, one.key))), tuple(closed), at_risk, later
    )


def slot_shown(by: Actor, at: UUID, key: str) -> SlotOfDay | None:
    """Give one slot by its key, None where there is none."""
    with reading(by, "read_day", About(at)):
        try:
            on = day(key.rpartition("@")[2][:10])
        except Fault:
            return None
        return next((one for one in _day(at, on).slots if one.key == key), None)


def booking_shown(by: Actor, at: UUID, id_: UUID, now: datetime) -> BookingShown:
    """Give one booking; once somebody came to the gate, who may not go in as things stand is among it.

    Raises:
        Refused: there is none here.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_booking", About(at, "booking", id_)):
        return _booking(at, id_, now)


def gate_shown(by: Actor, at: UUID, id_: UUID, now: datetime) -> BookingShown:
    """Give the same to those at the gate, whose work is purpose enough.

    Raises:
        Refused: there is none here.
    """
    with reading(by, "read_gate", About(at, "booking", id_)):
        return _booking(at, id_, now)


def _booking(at: UUID, id_: UUID, now: datetime) -> BookingShown:
    booking, schedule = gate.at_gate(at, id_), schedule_here(at)
    request = requests.request(at, booking.request)
    return BookingShown(
        booking,
        schedule.rooms[booking.room].name if schedule and booking.room in schedule.rooms else booking.room,
        request,
        tuple(requests.decided_of(at, request.id)),
        tuple(notices.notices_about(at, request.id)),
        tuple(
            one
            for one in history(at, booking.person, request.asked_at, (booking.id, request.id))
            if one.action not in acts() or not acts()[one.action].reads
        ),
        due_minutes(schedule, booking),
        gate.owed_minutes(at, booking.person),
        grounds_of(people.establishment(at).law, booking.on),
        barred(at, booking, booking.left(), now) if booking.standing == BOOKED and booking.arrived else (),
    )


def person_shown(by: Actor, at: UUID, id_: UUID) -> PersonShown:
    """Give one person, with the papers about them to those who may read papers.

    Raises:
        Refused: there is none here.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_person", About(at, "person", id_)):
        found = _person(at, id_)
        found = replace(found, notices=tuple(one for one in found.notices if may_open(by, one)))
        return found if may(by, "read_papers") else replace(found, papers=None, names={})


def _person(at: UUID, id_: UUID) -> PersonShown:
    bookings, papers = gate.of_person(at, id_), changes.papers_of(at, id_)
    named = people.contacts(at, {one.contact for one in papers if one.contact})
    booked = {one.request for one in bookings}
    return PersonShown(
        people.person(at, id_),
        tuple(bookings),
        unbooked(at, [one for one in requests.requests_of(at, id_) if one.id not in booked]),
        tuple(notices.notices_of(at, person=id_)),
        tuple(gate.owed_rows(at, id_)),
        gate.owed_minutes(at, id_),
        tuple(papers),
        {one.id: one.name for one in named.values()},
    )


def closures_shown(
    by: Actor, at: UUID, first: date, last: date
) -> tuple[tuple[str, ...], tuple[ClosureRow, ...]]:
    """Give the codes of the sessions, and the closures of some days that were not lifted."""
    with reading(by, "read_closures", About(at)):
        schedule = schedule_here(at)
        found = tuple(one for one in changes.closures(at, first, last) if one.lifted_at is None)
    return tuple(one.code for one in schedule.sessions) if schedule else (), found


def _planned(
    schedule: Schedule,
    slot: Slot,
    by_slot: dict[str, list[AtGate]],
    taken: Mapping[tuple[str, str], int],
    closed: Sequence[ClosureRow],
) -> SlotOfDay:
    kinds = {*slot.places, *(kind for key, kind in taken if key == slot.key)}
    return SlotOfDay(
        slot.key,
        schedule.rooms[slot.room].name,
        slot.starts,
        slot.ends,
        tuple(
            PlacesOfKind(kind, taken.get((slot.key, kind), 0), slot.places.get(kind))
            for kind in sorted(kinds)
        ),
        tuple(by_slot.get(slot.key, ())),
        next((one.reason for one in closed if one.session in {"", slot.session}), ""),
    )


def _gone(key: str, bookings: Sequence[AtGate], taken: Mapping[tuple[str, str], int]) -> SlotOfDay:
    """Give a slot that the schedule has no more, and that somebody is booked in."""
    first = bookings[0]
    places = tuple(
        PlacesOfKind(kind, count, None) for (one, kind), count in sorted(taken.items()) if one == key
    )
    return SlotOfDay(key, first.room, first.starts, first.ends, places, tuple(bookings), gone=True)
