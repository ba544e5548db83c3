"""What stands and may have to be decided again: bookings in the order of their first decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max, Min, Q, Sum

from locutorio.arrangements.schedule import values as schedules
from locutorio.arrangements.schedule.slots import slots_of
from locutorio.store import charging
from locutorio.store.calls import persons_in_calls
from locutorio.store.charging import Debited
from locutorio.store.context import within
from locutorio.store.knowledge import PartyMember
from locutorio.store.locks import hold_contacts, hold_person
from locutorio.store.models import Booking, Debit, Listed, Member, Place, Slot, Tick, Waiting
from locutorio.store.requests import party_of
from locutorio.store.transaction import Clashed, Transaction

STANDING = ("held", "booked")


@dataclass(frozen=True, slots=True)
class Standing:
    """A booking that stands. ``under_way``: the visit has begun; ``risk``: why a person must look at it.

    ``conditions`` are those on which it was last permitted: sorted words, with a space between.
    """

    id: UUID
    request: UUID
    person: UUID
    about: str
    asked_at: datetime
    key: str
    session: str
    on: date
    starts: datetime
    ends: datetime
    kind: str
    places: int
    decided_at: datetime
    risk: str
    conditions: str
    under_way: bool
    party: tuple[PartyMember, ...]

    @property
    def contacts(self) -> tuple[UUID, ...]:
        """Those who come."""
        return tuple(member.contact for member in self.party)


@within
def standing(
    at: UUID,
    moment: datetime,
    *,
    persons: Iterable[UUID] | None = None,
    on: date | None = None,
    session: str = "",
) -> list[Standing]:
    """Give what stands and is not over, in the order of the first decisions; a hold that ran out does not.

    Args:
        at: the establishment.
        moment: now.
        persons: of these people; None for all.
        on: of this day; None for every day.
        session: of this session; empty for all.
    """
    held = Q(standing="booked") | Q(standing="held") & (Q(hold_until=None) | Q(hold_until__gt=moment))
    found = Booking.objects.filter(held, establishment=at, slot__ends__gt=moment)
    if persons is not None:
        found = found.filter(person__in=[*persons])
    if on is not None:
        found = found.filter(slot__on=on)
    if session:
        found = found.filter(slot__session=session)
    rows = [
        *found.order_by("decided_at", "id").values_list(
            "id",
            "request",
            "person",
            "request__about",
            "request__asked_at",
            "slot__key",
            "slot__session",
            "slot__on",
            "slot__starts",
            "slot__ends",
            "kind",
            "places",
            "decided_at",
            "risk",
            "request__conditions",
            "visit__id",
        )
    ]
    parties = party_of(at, [row[1] for row in rows])
    return [Standing(*row[:-1], row[-1] is not None, parties.get(row[1], ())) for row in rows]


@within
def persons_booked(at: UUID, moment: datetime) -> list[UUID]:
    """Give the people of whom anything stands and is not over, a call under way too."""
    found = Booking.objects.filter(establishment=at, standing__in=STANDING, slot__ends__gt=moment)
    booked = found.order_by("person").values_list("person", flat=True).distinct()
    return sorted({*booked, *persons_in_calls(at)})


@within
def persons_with(at: UUID, contact: UUID) -> list[UUID]:
    """Give the people who list a contact, or with whom the contact was to come."""
    listed = Listed.objects.filter(establishment=at, contact=contact).values_list("person", flat=True)
    asked = Member.objects.filter(establishment=at, contact=contact).values_list("request__person", flat=True)
    return sorted({*listed, *asked})


def hold_with(tx: Transaction, contact: UUID, *besides: UUID) -> list[UUID]:
    """Hold everyone who lists a contact or is asked for with them, the contact, and others besides.

    Returns:
        those who list the contact or are asked for with them.

    Raises:
        Clashed: somebody listed the contact meanwhile; the work is run again.
    """
    reached = persons_with(tx.establishment, contact)
    hold_person(tx, *reached, *besides)
    hold_contacts(tx, [contact])
    if persons_with(tx.establishment, contact) != reached:
        raise Clashed
    return reached


@within
def debited(at: UUID, *, but: Collection[UUID]) -> list[Debited]:
    """Give what bookings, other than some, have taken of quotas."""
    found = Debit.objects.filter(establishment=at).exclude(booking__in=[*but])
    sums = found.values("subject", "quota", "on").annotate(amount=Sum("amount")).order_by()
    return [Debited(**row) for row in sums if row["amount"]]


def set_debits(tx: Transaction, one: Standing, owed: Iterable[charging.Debit]) -> None:
    """Let a booking take this of quotas, and nothing else. Where it does already, nothing is written."""
    mine = Debit.objects.filter(establishment=tx.establishment, booking=one.id)
    now = {
        (subject, quota, unit): amount
        for subject, quota, unit, amount in mine.values_list("subject", "quota", "unit")
        .annotate(amount=Sum("amount"))
        .order_by()
    }
    wanted = {(debit.subject, debit.quota, debit.unit): debit.amount for debit in owed}
    for key in sorted({*now, *wanted}):
        amount = wanted.get(key, 0) - now.get(key, 0)
        if amount:
            subject, quota, unit = key
            Debit.objects.create(
                id=tx.new_id(),
                establishment_id=tx.establishment,
                booking_id=one.id,
                subject=subject,
                quota=quota,
                unit=unit,
                amount=amount,
                on=one.on,
            )


@within
def busy(at: UUID, one: Standing, during: range, *, but: Collection[UUID]) -> bool:
    """Tell whether somebody of a booking is at one that is not among some, in some stretch of time."""
    found = Tick.objects.filter(
        establishment=at,
        subject__in=[one.person, *one.contacts],
        tick__gte=during.start,
        tick__lt=during.stop,
    )
    return found.exclude(booking__in=[*but]).exists()


def set_ticks(tx: Transaction, taken: Sequence[tuple[Standing, range]]) -> None:
    """Let each booking take this time of its people, and no other."""
    for one, _ in taken:
        subjects = [one.person, *one.contacts]
        Tick.objects.filter(establishment=tx.establishment, subject__in=subjects, booking=one.id).delete()
    Tick.objects.bulk_create(
        Tick(establishment_id=tx.establishment, subject=subject, tick=tick, booking_id=one.id)
        for one, during in taken
        for subject in sorted({one.person, *one.contacts})
        for tick in during
    )


def is_displaced(one: Standing, slot: schedules.Slot) -> bool:
    """Tell whether a booking has another moment than its slot has by the rules of today.

    Compared are moments: two times of different zones are never equal in an hour that comes twice.
    """
    has, ought = (one.starts, one.ends), (slot.starts, slot.ends)
    return [at.timestamp() for at in has] != [at.timestamp() for at in ought]


def change_slots(tx: Transaction, schedule: schedules.Schedule) -> None:
    """Let the row of each slot that has not begun say what the schedule says, where that has it."""
    rows = Slot.objects.filter(establishment=tx.establishment, starts__gt=tx.at)
    days = rows.aggregate(first=Min("on"), last=Max("on"))
    if days["first"] is None:
        return
    slots = {slot.key: slot for slot in slots_of(schedule, days["first"], days["last"])}
    for key, *said in rows.values_list("key", "room", "starts", "ends", "places"):
        slot = slots.get(key)
        if slot and said != [slot.room, slot.starts, slot.ends, dict(slot.places)]:
            rows.filter(key=key).update(
                room=slot.room, starts=slot.starts, ends=slot.ends, places=dict(slot.places)
            )


def end_waiting(tx: Transaction, person: UUID, on: date) -> None:
    """Let nobody wait for a place with a person from a day on."""
    mine = Waiting.objects.filter(establishment=tx.establishment, request__person=person)
    mine.filter(first_on__gte=on, standing__in=["waiting", "offered"]).update(standing="ended")
    mine.filter(last_on__gte=on, standing="waiting").update(last_on=on - timedelta(days=1))


def move_places(tx: Transaction, one: Standing, slot: schedules.Slot, kind: str, places: int) -> bool:
    """Move a booking to free places of another kind in its slot, if there are enough.

    Raises:
        Clashed: somebody else was quicker.
    """
    bookings = Booking.objects.filter(establishment=tx.establishment, id=one.id)
    row = bookings.values_list("slot", flat=True).get()
    here = Place.objects.filter(establishment=tx.establishment, slot=row)
    free = charging.free_numbers(slot, kind, {*here.filter(kind=kind).values_list("number", flat=True)})
    if free is not None and len(free) < places:
        return False
    here.filter(booking=one.id).delete()
    try:
        Place.objects.bulk_create(
            Place(establishment_id=tx.establishment, slot_id=row, kind=kind, number=number, booking_id=one.id)
            for number in (free or [])[:places]
        )
    except IntegrityError as error:
        raise Clashed from error
    bookings.update(kind=kind, places=places)
    return True


def set_risk(tx: Transaction, booking: UUID, risk: str) -> None:
    """Say why a person must look at a booking; empty where nothing is left to look at."""
    Booking.objects.filter(establishment=tx.establishment, id=booking).update(risk=risk)
