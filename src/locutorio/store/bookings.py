"""Bookings: taken whole or not at all, given back whole, and what stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, Sum

from locutorio.arrangements.schedule.values import Hindrance
from locutorio.arrangements.standings import BOOKED, CANCELLED, HELD, LAPSED, WITHDRAWN, refuse_move
from locutorio.kernel.faults import Fault
from locutorio.store import waiting
from locutorio.store.at_once import unless_held_since
from locutorio.store.context import inside, within
from locutorio.store.locks import hold_contacts, hold_person, share_contacts
from locutorio.store.models import Booking, Debit, Member, Place, Request, Separation, Tick, Waiting
from locutorio.store.people import establishments
from locutorio.store.slots import House, slot_row
from locutorio.store.statements import Statement, write
from locutorio.store.taking import (
    FULL,
    OTHERS_WAIT,
    Obstacle,
    Taken,
    Wanted,
    booking_row,
    clashes,
    found,
    meets,
    statements,
)
from locutorio.store.transaction import Clashed, Transaction
from locutorio.store.view import View, view

OVER = (WITHDRAWN, CANCELLED, LAPSED)
TEXT_LENGTH_MAX = 2_000


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking with its slot and those who come."""

    id: UUID
    request: UUID
    person: UUID
    slot: UUID
    key: str
    session: str
    room: str
    on: date
    starts: datetime
    ends: datetime
    kind: str
    places: int
    standing: str
    hold_until: datetime | None
    decided_at: datetime
    ended_at: datetime | None
    ended_by: str
    ground: str
    risk: str
    members: tuple[tuple[UUID, bool], ...] = ()

    @property
    def contacts(self) -> tuple[UUID, ...]:
        """Those who come."""
        return tuple(contact for contact, _ in self.members)


_COLUMNS = (
    *("id", "request", "person", "slot", "slot__key", "slot__session", "slot__room", "slot__on"),
    *("slot__starts", "slot__ends", "kind", "places", "standing", "hold_until", "decided_at", "ended_at"),
    *("ended_by", "ground", "risk"),
)


def hold_request(tx: Transaction, request: UUID, joining: Iterable[UUID] = ()) -> UUID:
    """Hold the person of a request, and all who must not meet somebody of it; give the person.

    Args:
        tx: the transaction.
        request: the request.
        joining: contacts who come to be of its party.

    Raises:
        Fault: there is no such request.
        Clashed: somebody more must not meet them since.
    """
    joining = [*joining]
    person, people = _people_of(tx, request, joining)
    hold_person(tx, *people)
    if joining:
        share_contacts(tx, joining)
    if not _people_of(tx, request, joining)[1] <= people:
        raise Clashed
    return person


def _people_of(tx: Transaction, request: UUID, joining: Sequence[UUID]) -> tuple[UUID, set[UUID]]:
    asked = Request.objects.filter(establishment=tx.establishment, id=request)
    person = asked.values_list("person", flat=True).first()
    if person is None:
        raise Fault(f"there is no request {request} here", remedy="look it up again")
    contacts = Member.objects.filter(establishment=tx.establishment, request=request).values("contact")
    apart = Separation.objects.filter(
        Q(person=person) | Q(other_person=person) | Q(contact__in=contacts) | Q(contact__in=joining),
        establishment=tx.establishment,
    )
    people = {person}
    for one, other in apart.values_list("person", "other_person"):
        people |= {one, other}
    return person, people - {None}


def take(tx: Transaction, house: House, request: UUID, wanted: Wanted) -> tuple[View, Taken | Obstacle]:
    """Take places for a request, or say what stands against it; its person is held.

    Holds that ran out are given up where they are in the way; then places go first to those who wait.

    Raises:
        Clashed: somebody else was quicker.
    """
    slot = slot_row(tx, wanted.known.slot)
    hold_contacts(tx, _counted(tx, house, request))
    seen, taken = _look(tx, house, request, wanted)
    if isinstance(taken, Obstacle) and lapse(tx):
        seen, taken = _look(tx, house, request, wanted)
        if isinstance(taken, Taken) and not wanted.in_turn and _others_wait(tx, wanted):
            taken = Obstacle(FULL, (Hindrance(OTHERS_WAIT),))
    if isinstance(taken, Taken):
        row = booking_row(tx, seen, slot, wanted, taken)
        try:
            write([*statements(tx, seen, slot, wanted.known, taken), row], of=tx.establishment)
        except IntegrityError as error:
            raise Clashed from error
    return seen, taken


def planned(
    tx: Transaction, house: House, request: UUID, wanted: Wanted
) -> tuple[View, Taken | Obstacle, list[Statement]] | None:
    """Plan to take places for a request by reading only; None where anything has to be looked at closer.

    What is written (nothing, where an obstacle stands) fails where the person, those who must not meet
    somebody of the party, or a contact of whom something is counted was held since.
    """
    seen = view(house, request, wanted.known)
    if seen.booking or seen.waits or seen.slot is None or seen.establishment_version != house.version:
        return None
    if not seen.permitted_on(wanted.known.slot) or any(meets(tx, seen, one, wanted) for one in seen.apart):
        return None
    taken = found(tx, house, seen, wanted)
    if isinstance(taken, Obstacle):
        return None if lapsing(tx) else (seen, taken, [])
    held = [unless_held_since("store_person", id_, version) for id_, version in sorted(seen.people.items())]
    if any(quota.contact for quota in house.schedule.quotas):
        held += (unless_held_since("store_contact", one.contact, one.version) for one in seen.coming)
    writes = statements(tx, seen, seen.slot, wanted.known, taken)
    return seen, taken, [*held, *writes, booking_row(tx, seen, seen.slot, wanted, taken)]


@contextmanager
def attempt() -> Iterator[Callable[[], None]]:
    """Write something that may have to be undone, by what is given; the rest of the transaction is kept."""
    with transaction.atomic():
        yield lambda: transaction.set_rollback(True)


def _look(tx: Transaction, house: House, request: UUID, wanted: Wanted) -> tuple[View, Taken | Obstacle]:
    seen = view(house, request, wanted.known)
    if seen.establishment_version != house.version:
        raise Clashed
    taken = found(tx, house, seen, wanted)
    if isinstance(taken, Taken):
        taken = clashes(tx, seen, wanted) or taken
    return seen, taken


def _counted(tx: Transaction, house: House, request: UUID) -> list[UUID]:
    """Give the contacts of whom a quota counts something."""
    if not any(quota.contact for quota in house.schedule.quotas):
        return []
    members = Member.objects.filter(establishment=tx.establishment, request=request)
    return [*members.values_list("contact", flat=True)]


def _others_wait(tx: Transaction, wanted: Wanted) -> bool:
    on = wanted.known.slot.on
    mine = Waiting.objects.filter(establishment=tx.establishment, standing=waiting.WAITING)
    return mine.filter(first_on__lte=on, last_on__gte=on).exists()


def lapse(tx: Transaction, most: int = 100) -> list[UUID]:
    """Give up holds that ran out, at most so many; those that somebody is at work on are left.

    Returns:
        the bookings that lapsed.
    """
    over = _over(tx).order_by("id").select_for_update(skip_locked=True, of=("self",))
    ids = [*over.values_list("id", flat=True)[:most]]
    for one in ids:
        release(tx, one, LAPSED, by="time", ground="")
    return ids


def lapsing(tx: Transaction) -> bool:
    """Tell whether a hold ran out that nobody gave up yet."""
    with inside(tx.establishment):
        return _over(tx).exists()


def _over(tx: Transaction) -> QuerySet[Booking]:
    return Booking.objects.filter(establishment=tx.establishment, standing=HELD, hold_until__lte=tx.at)


def holds_ran_out(moment: datetime) -> list[UUID]:
    """Give the establishments that have a hold which ran out by a moment."""
    return [one for one in establishments() if _held_too_long(one, moment)]


@within
def _held_too_long(establishment: UUID, moment: datetime) -> bool:
    return Booking.objects.filter(establishment=establishment, standing=HELD, hold_until__lte=moment).exists()


def release(tx: Transaction, booking: UUID, standing: str, *, by: str, ground: str) -> None:
    """End a booking: its places and ticks are free, what it took from quotas is given back.

    Args:
        tx: the transaction; the person of the booking is held in it, except where a hold lapses.
        booking: the booking.
        standing: what it becomes: withdrawn, cancelled, lapsed, missed or turned_away.
        by: who ended it.
        ground: why, in words.

    Raises:
        Fault: there is no such booking here, or it does not stand.
    """
    rows = Booking.objects.filter(establishment=tx.establishment, id=booking)
    before = rows.select_for_update().values_list("standing", "request").first()
    if before is None:
        raise Fault(f"there is no booking {booking} here", remedy="look it up again")
    was, request = before
    refuse_move(was, standing)
    give_back(tx, booking)
    waiting.turn(tx, request, waiting.WAITING if standing == WITHDRAWN else waiting.ENDED)
    rows.update(
        standing=standing,
        ended_at=tx.at,
        ended_by=by,
        ground=ground[:TEXT_LENGTH_MAX],
        hold_until=None,
        risk="",
    )


def give_back(tx: Transaction, booking: UUID) -> None:
    """Free the places and ticks of a booking, and give back what it took from quotas."""
    person, request, slot = Booking.objects.values_list("person", "request", "slot").get(id=booking)
    mine = {"establishment": tx.establishment, "booking": booking}
    contacts = Member.objects.filter(establishment=tx.establishment, request=request)
    subjects = [person, *contacts.values_list("contact", flat=True)]
    Place.objects.filter(**mine, slot=slot).delete()
    Tick.objects.filter(**mine, subject__in=subjects).delete()
    taken = Debit.objects.filter(**mine, subject__in=subjects)
    sums = taken.values("subject", "quota", "unit", "on").annotate(left=Sum("amount")).filter(left__gt=0)
    Debit.objects.bulk_create(
        Debit(
            id=tx.new_id(),
            establishment_id=tx.establishment,
            booking_id=booking,
            subject=one["subject"],
            quota=one["quota"],
            unit=one["unit"],
            amount=-one["left"],
            on=one["on"],
        )
        for one in sums.order_by("subject", "quota", "on")
    )


def hold_booking(tx: Transaction, booking: UUID) -> BookingRow:
    """Wait at a booking, also for those that give up what ran out, and give it as it then is.

    Raises:
        Fault: there is none of that identifier here.
    """
    for _ in Booking.objects.filter(id=booking).select_for_update().values_list("id"):
        pass
    return one_booking(tx.establishment, booking)


def confirm(tx: Transaction, held: BookingRow) -> None:
    """Make a hold, which is held here, a booking."""
    waiting.turn(tx, held.request, waiting.TAKEN)
    rows = Booking.objects.filter(establishment=tx.establishment, id=held.id)
    rows.update(standing=BOOKED, hold_until=None)


@within
def one_booking(establishment: UUID, id_: UUID) -> BookingRow:
    """Give one booking.

    Raises:
        Fault: there is none of that identifier here.
    """
    rows = _rows(establishment, Booking.objects.filter(establishment=establishment, id=id_))
    if not rows:
        raise Fault(f"there is no booking {id_} here", remedy="look it up again")
    return rows[0]


@within
def booking_of(establishment: UUID, request: UUID) -> BookingRow | None:
    """Give the booking of a request: the one that is not over, else the latest."""
    rows = _rows(establishment, Booking.objects.filter(establishment=establishment, request=request))
    rows.sort(key=lambda one: (one.standing in OVER, -one.decided_at.timestamp()))
    return rows[0] if rows else None


@within
def bookings_for(establishment: UUID, person: UUID) -> list[BookingRow]:
    """Give every booking of a person, the latest visit first."""
    return _latest(establishment, Booking.objects.filter(establishment=establishment, person=person))


@within
def bookings_with(establishment: UUID, contacts: Iterable[UUID]) -> list[BookingRow]:
    """Give every booking in whose party one of some contacts comes, the latest visit first."""
    asked = Member.objects.filter(establishment=establishment, contact__in=[*contacts]).values("request")
    return _latest(establishment, Booking.objects.filter(establishment=establishment, request__in=asked))


@within
def standing(
    establishment: UUID,
    moment: datetime,
    *,
    person: UUID | None = None,
    contact: UUID | None = None,
    slot: UUID | None = None,
    since: date | None = None,
) -> list[BookingRow]:
    """Give what stands, in the order of the first decisions. A hold that ran out by the moment does not."""
    rows = Booking.objects.filter(
        Q(standing=BOOKED) | Q(standing=HELD, hold_until__gt=moment), establishment=establishment
    )
    if person is not None:
        rows = rows.filter(person=person)
    if contact is not None:
        asked = Member.objects.filter(establishment=establishment, contact=contact).values("request")
        rows = rows.filter(request__in=asked)
    if slot is not None:
        rows = rows.filter(slot=slot)
    if since is not None:
        rows = rows.filter(slot__on__gte=since)
    return _rows(establishment, rows.order_by("decided_at", "id"))


def _latest(establishment: UUID, rows: QuerySet[Booking]) -> list[BookingRow]:
    return _rows(establishment, rows.order_by("-slot__starts", "-id"))


def _rows(establishment: UUID, bookings: QuerySet[Booking]) -> list[BookingRow]:
    rows = [*bookings.values_list(*_COLUMNS)]
    members: dict[UUID, list[tuple[UUID, bool]]] = {}
    coming = Member.objects.filter(establishment=establishment, request__in=[row[1] for row in rows])
    for request, contact, lap in coming.order_by("id").values_list("request", "contact", "lap"):
        members.setdefault(request, []).append((contact, lap))
    return [replace(BookingRow(*row), members=tuple(members.get(row[1], ()))) for row in rows]
