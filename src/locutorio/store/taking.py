"""Finds out whether places are to be had for a party, and says what takes them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from locutorio.arrangements.schedule.offering import offered
from locutorio.arrangements.schedule.parties import places_needed, too_close
from locutorio.arrangements.schedule.quotas import charges
from locutorio.arrangements.schedule.values import Hindrance
from locutorio.arrangements.standings import BOOKED, HAPPENED, HELD
from locutorio.store import models
from locutorio.store.charging import Debit, debits, free_numbers, spent
from locutorio.store.context import inside
from locutorio.store.slots import House, Known
from locutorio.store.spending import present
from locutorio.store.statements import Statement, Value
from locutorio.store.transaction import Transaction
from locutorio.store.view import Apart, View

OTHERS_WAIT = "others_wait"
FULL, BUSY, SPENT, APART, CLOSED, NOT_OFFERED = "full", "busy", "spent", "apart", "closed", "not_offered"
AT_ONCE, DAY = "at_once", "day"


@dataclass(frozen=True, slots=True)
class Keeps:
    """What a booking keeps when it is changed."""

    booking: UUID
    decided_at: datetime
    standing: str
    hold_until: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a slot: places of a kind (None: the usual one).

    ``by`` is who asks: "public", "person" or "staff". ``until`` keeps the places until then only. ``keeps``
    is the booking that moves here, with its first decision; ``in_turn`` says that nobody waited longer.
    """

    known: Known
    kind: str | None
    by: str
    until: datetime | None = None
    keeps: Keeps | None = None
    in_turn: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """Places that are to be had, if nobody else is quicker."""

    booking: UUID
    standing: str
    kind: str
    places: int
    numbers: tuple[int, ...]
    hold_until: datetime | None
    decided_at: datetime
    debits: tuple[Debit, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why places are not to be had: no refusal by law. ``busy`` are those who are elsewhere at that time."""

    outcome: str
    hindrances: tuple[Hindrance, ...]
    busy: tuple[UUID, ...] = ()


def found(tx: Transaction, house: House, seen: View, wanted: Wanted) -> Taken | Obstacle:
    """Say which places can be taken, or what stands against it, from what was seen; nothing is written."""
    slot = wanted.known.slot
    if seen.closed is not None:
        return Obstacle(CLOSED, (Hindrance("closed", {"reason": seen.closed}),))
    party = seen.party(slot.on)
    hindrances = offered(house.schedule, slot, seen.who, party, asked_at=tx.at, by=wanted.by)
    if hindrances:
        return Obstacle(NOT_OFFERED, hindrances)
    charged = charges(house.schedule, slot, seen.who, party)
    too_much = tuple(spent(charged, seen.debited, seen.person, seen.contacts))
    if too_much:
        return Obstacle(SPENT, too_much)
    kind, places = places_needed(house.schedule, slot, party, kind=wanted.kind, no_contact=seen.no_contact)
    if seen.no_contact and (open_only := too_close(slot, kind)):
        return Obstacle(NOT_OFFERED, open_only)
    free = free_numbers(slot, kind, {number for of, number in seen.taken if of == kind})
    if free is not None and len(free) < places:
        return Obstacle(FULL, (Hindrance("full"),))
    numbers = () if free is None else tuple(sorted(random.sample(free, places)))
    owed = tuple(debits(charged, seen.person, seen.contacts))
    if wanted.keeps:
        kept = wanted.keeps
        return Taken(
            kept.booking, kept.standing, kind, places, numbers, kept.hold_until, kept.decided_at, owed
        )
    standing = BOOKED if wanted.until is None else HELD
    return Taken(tx.new_id(), standing, kind, places, numbers, wanted.until, tx.at, owed)


def clashes(tx: Transaction, seen: View, wanted: Wanted) -> Obstacle | None:
    """Say who is elsewhere at that time, or who must not meet whom, if anybody."""
    subjects = [seen.person, *seen.contacts]
    busy = _elsewhere(tx, subjects, wanted)
    if busy:
        who = "person" if seen.person in busy else "contact"
        return Obstacle(BUSY, (Hindrance(f"busy_{who}"),), tuple(sorted(busy)))
    if any(meets(tx, seen, one, wanted) for one in seen.apart):
        return Obstacle(APART, (Hindrance("apart"),))
    return None


def _elsewhere(tx: Transaction, subjects: Sequence[UUID], wanted: Wanted) -> set[UUID]:
    """Give those who are at another visit at some time of the slot."""
    but = wanted.keeps.booking if wanted.keeps else None
    return {subject for subject, _ in present(tx.establishment, subjects, wanted.known.ticks, but=but)}


def meets(tx: Transaction, seen: View, one: Apart, wanted: Wanted) -> bool:
    """Tell whether the party would meet whom it must not, by one separation."""
    if one.person == seen.person and one.contact in seen.contacts:
        return True
    others = [one.other_person or one.contact] if one.person == seen.person else [one.person]
    if one.scope == AT_ONCE:
        return bool(_elsewhere(tx, [other for other in others if other], wanted))
    day = models.Booking.objects.filter(
        Q(standing=HELD, hold_until__gt=tx.at) | Q(standing__in=[BOOKED, HAPPENED]),
        establishment=tx.establishment,
        slot__on=wanted.known.slot.on,
    )
    if wanted.keeps:
        day = day.exclude(id=wanted.keeps.booking)
    with inside(tx.establishment):
        return day.filter(Q(person__in=others) | Q(request__members__contact__in=others)).exists()


def statements(tx: Transaction, seen: View, slot: UUID, known: Known, taken: Taken) -> list[Statement]:
    """Give what writes a booking: places and ticks first, in the order in which everybody takes them."""
    establishment, booking = tx.establishment, taken.booking
    made: list[Statement] = []
    if taken.numbers:
        made.append(
            _rows(
                "store_place (establishment_id, slot_id, kind, number, booking_id)",
                [(establishment, slot, taken.kind, number, booking) for number in taken.numbers],
            )
        )
    subjects = sorted({seen.person, *seen.contacts})
    made.append(
        _rows(
            "store_tick (establishment_id, subject, tick, booking_id)",
            [(establishment, subject, tick, booking) for subject in subjects for tick in known.ticks],
        )
    )
    if taken.debits:
        made.append(
            _rows(
                'store_debit (id, establishment_id, booking_id, subject, quota, unit, amount, "on")',
                [
                    (
                        tx.new_id(),
                        establishment,
                        booking,
                        one.subject,
                        one.quota,
                        one.unit,
                        one.amount,
                        known.slot.on,
                    )
                    for one in taken.debits
                ],
            )
        )
    return made


def booking_row(tx: Transaction, seen: View, slot: UUID, wanted: Wanted, taken: Taken) -> Statement:
    """Give what writes the row of a booking: a new one, or the one that moves."""
    if wanted.keeps:
        text = "UPDATE store_booking SET slot_id = %s, kind = %s, places = %s, risk = '' WHERE id = %s"
        return text, (slot, taken.kind, taken.places, taken.booking)
    return _rows(
        "store_booking (id, establishment_id, request_id, person_id, slot_id, kind, places, standing,"
        " hold_until, decided_at, ended_by, ground, risk)",
        [
            (
                taken.booking,
                tx.establishment,
                seen.request,
                seen.person,
                slot,
                taken.kind,
                taken.places,
                taken.standing,
                taken.hold_until,
                taken.decided_at,
                "",
                "",
                "",
            )
        ],
    )


def _rows(into: str, rows: Sequence[Sequence[Value]]) -> Statement:
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    text = f"INSERT INTO {into} VALUES {', '.join([one] * len(rows))}"  # noqa: S608 - names, never values
    return text, [value for row in rows for value in row]
