"""What the gate knows of a booking: who comes, who arrived, when it started and ended, what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet, Sum

from locutorio.arrangements.lost_time import FAMILY
from locutorio.arrangements.standings import (
    ABSENT,
    BOOKED,
    ENDED,
    HAPPENED,
    MISSED,
    REFUSED,
    refuse_arrival,
    refuse_move,
)
from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import Arrival, Booking, Debit, LostTime, Member, Visit
from locutorio.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Coming:
    """One contact of a party, as the gate needs to name them."""

    contact: UUID
    surname: str
    forenames: str
    born_on: date | None
    language: str
    lap: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the gate recorded of one contact. ``facts`` is what was said of them, as a case file writes it."""

    contact: UUID
    at: datetime
    identity: str
    search: str
    outcome: str
    facts: Mapping[str, str]
    ground: str = ""
    note: str = ""
    may_return: bool = False


@dataclass(frozen=True, slots=True)
class Took:
    """When a visit started and ended; ``ended_at`` None while it is under way."""

    started_at: datetime
    late_by: str
    ended_at: datetime | None
    ended_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class AtGate:
    """One booking with its slot, those who come, and what the gate recorded."""

    id: UUID
    request: UUID
    person: UUID
    number: str
    surname: str
    forenames: str
    unit: str
    slot: UUID
    session: str
    key: str
    room: str
    on: date
    starts: datetime
    ends: datetime
    kind: str
    places: int
    standing: str
    risk: str
    ground: str
    ended_by: str
    decided_at: datetime
    hold_until: datetime | None
    coming: tuple[Coming, ...]
    arrived: Mapping[UUID, Arrived]
    took: Took | None

    def left(self, *, and_also: UUID | None = None) -> list[UUID]:
        """Give those who are inside or may still come: neither refused nor absent; and one named besides."""
        out = {one.contact for one in self.arrived.values() if one.outcome in {REFUSED, ABSENT}} - {and_also}
        return [one.contact for one in self.coming if one.contact not in out]

    def member(self, contact: UUID) -> Coming:
        """Give one of those who come.

        Raises:
            Fault: the contact is not of this party.
        """
        found = next((one for one in self.coming if one.contact == contact), None)
        if found is None:
            raise Fault(
                "this contact is not of the party of this booking",
                remedy="change the booking first, so that the law is asked about everybody who comes",
            )
        return found


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One change of what is owed: minutes lost (more than 0) or made up (less)."""

    booking: UUID
    on: date
    minutes: int
    cause: str
    at: datetime


@within
def at_gate(establishment: UUID, booking: UUID) -> AtGate:
    """Give one booking.

    Raises:
        Fault: the establishment has none of this identifier.
    """
    found = _given(Booking.objects.filter(establishment=establishment, id=booking))
    if not found:
        raise Fault("there is no such booking here", remedy="look for it on the day's page")
    return found[0]


@within
def of_days(establishment: UUID, first: date, last: date) -> list[AtGate]:
    """Give every booking of some days, both included, in the order of their slots."""
    rows = Booking.objects.filter(establishment=establishment, slot__on__gte=first, slot__on__lte=last)
    return _given(rows.order_by("slot__starts", "slot__key", "person__surname", "person__forenames", "id"))


@within
def next_booked(establishment: UUID, on: date, standings: Iterable[str]) -> date | None:
    """Give the first day after one with a booking of some standings; None where there is none."""
    rows = Booking.objects.filter(establishment=establishment, slot__on__gt=on, standing__in=[*standings])
    return rows.order_by("slot__on").values_list("slot__on", flat=True).first()


@within
def of_person(establishment: UUID, person: UUID) -> list[AtGate]:
    """Give every booking of one person, the latest slot first."""
    rows = Booking.objects.filter(establishment=establishment, person=person)
    return _given(rows.order_by("-slot__starts", "-id"))


@within
def of_requests(establishment: UUID, requests: Iterable[UUID]) -> dict[UUID, AtGate]:
    """Give the booking of each request: the one that is not over without a visit, else the latest."""
    rows = Booking.objects.filter(establishment=establishment, request__in=[*requests]).order_by("id")
    return {one.request: one for one in sorted(_given(rows), key=lambda one: one.standing not in ENDED)}


def record(tx: Transaction, booking: UUID, arrived: Arrived) -> None:
    """Write what the gate recorded of one contact, over what it recorded before.

    Raises:
        Fault: it is no way that somebody at the gate goes.
    """
    mine = Arrival.objects.filter(establishment=tx.establishment, booking=booking, contact=arrived.contact)
    refuse_arrival(mine.values_list("outcome", flat=True).first() or "", arrived.outcome)
    values = {
        "at": arrived.at,
        "identity": arrived.identity,
        "search": arrived.search,
        "outcome": arrived.outcome,
        "facts": dict(arrived.facts),
        "ground": arrived.ground,
        "note": arrived.note,
        "may_return": arrived.may_return,
    }
    Arrival.objects.update_or_create(
        establishment_id=tx.establishment,
        booking_id=booking,
        contact_id=arrived.contact,
        defaults=values,
        create_defaults={"id": tx.new_id(), **values},
    )


def begin(tx: Transaction, booking: UUID, started_at: datetime, late_by: str) -> None:
    """Write that a visit started."""
    Visit.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        booking_id=booking,
        started_at=started_at,
        late_by=late_by,
    )


def finish(tx: Transaction, booking: AtGate, ended_at: datetime, ended_by: str, reason: str) -> None:
    """Write that a visit ended and took place.

    Raises:
        Fault: the booking does not stand.
    """
    refuse_move(booking.standing, HAPPENED)
    Visit.objects.filter(establishment_id=tx.establishment, booking_id=booking.id).update(
        ended_at=ended_at, ended_by=ended_by, reason=reason
    )
    Booking.objects.filter(establishment_id=tx.establishment, id=booking.id, standing=BOOKED).update(
        standing=HAPPENED, ended_at=ended_at, ended_by=ended_by, hold_until=None, risk=""
    )


def owe(tx: Transaction, booking: AtGate, minutes: int, cause: str) -> None:
    """Write minutes lost (more than 0) or made up (less than 0)."""
    LostTime.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        booking_id=booking.id,
        person_id=booking.person,
        minutes=minutes,
        cause=cause[:200],
        at=tx.at,
    )


@within
def owed_minutes(establishment: UUID, person: UUID) -> int:
    """Give how many minutes the establishment owes a person now."""
    rows = LostTime.objects.filter(establishment=establishment, person=person)
    return rows.aggregate(sum=Sum("minutes"))["sum"] or 0


@within
def owed_rows(establishment: UUID, person: UUID) -> list[OwedRow]:
    """Give every change of what is owed to a person, the oldest first."""
    rows = LostTime.objects.filter(establishment=establishment, person=person).order_by("at", "id")
    told = rows.values_list("booking_id", "booking__slot__on", "minutes", "cause", "at")
    return [OwedRow(*row) for row in told]


@within
def made_up_in(establishment: UUID, booking: UUID) -> int:
    """Give the minutes already made up in the visit of a booking."""
    rows = LostTime.objects.filter(establishment=establishment, booking=booking, minutes__lt=0)
    return -(rows.aggregate(sum=Sum("minutes"))["sum"] or 0)


def give_back(tx: Transaction, booking: UUID) -> None:
    """Give back what a booking took from every quota, so that it counts for none."""
    taken: dict[tuple[UUID, str, str, date], int] = {}
    for row in Debit.objects.filter(establishment_id=tx.establishment, booking_id=booking):
        key = (row.subject, row.quota, row.unit, row.on)
        taken[key] = taken.get(key, 0) + row.amount
    Debit.objects.bulk_create(
        Debit(
            id=tx.new_id(),
            establishment_id=tx.establishment,
            booking_id=booking,
            subject=subject,
            quota=quota,
            unit=unit,
            amount=-amount,
            on=on,
        )
        for (subject, quota, unit, on), amount in sorted(taken.items(), key=str)
        if amount
    )


@within
def missed_by_person(establishment: UUID, person: UUID, first: date, last: date) -> list[date]:
    """Give the days, both bounds included, on which nobody came to a visit booked with a person."""
    return _missed(Booking.objects.filter(establishment=establishment, person=person), first, last)


@within
def missed_by_contact(establishment: UUID, contact: UUID, first: date, last: date) -> list[date]:
    """Give the days, both bounds included, on which a contact did not come to a visit booked with anybody."""
    mine = Member.objects.filter(establishment=establishment, contact=contact).values("request")
    return _missed(Booking.objects.filter(establishment=establishment, request__in=mine), first, last)


def _missed(rows: QuerySet[Booking], first: date, last: date) -> list[date]:
    found = rows.filter(standing=MISSED, ended_by=FAMILY, slot__on__gte=first, slot__on__lte=last)
    return list(found.order_by("slot__on").values_list("slot__on", flat=True))


def _given(rows: QuerySet[Booking]) -> list[AtGate]:
    members = Member.objects.select_related("contact").order_by("contact__born_on", "contact_id")
    found = rows.select_related("slot", "person", "request", "visit").prefetch_related(
        Prefetch("request__members", queryset=members), "arrivals"
    )
    return [_of(row) for row in found]


def _of(row: Booking) -> AtGate:
    slot, person = row.slot, row.person
    return AtGate(
        id=row.id,
        request=row.request_id,
        person=person.id,
        number=person.number,
        surname=person.surname,
        forenames=person.forenames,
        unit=person.unit,
        slot=slot.id,
        session=slot.session,
        key=slot.key,
        room=slot.room,
        on=slot.on,
        starts=slot.starts,
        ends=slot.ends,
        kind=row.kind,
        places=row.places,
        standing=row.standing,
        risk=row.risk,
        ground=row.ground,
        ended_by=row.ended_by,
        decided_at=row.decided_at,
        hold_until=row.hold_until,
        coming=tuple(_coming(row.request.members.all())),
        arrived={
            one.contact_id: Arrived(
                one.contact_id,
                one.at,
                one.identity,
                one.search,
                one.outcome,
                one.facts,
                one.ground,
                one.note,
                one.may_return,
            )
            for one in row.arrivals.all()
        },
        took=_took(getattr(row, "visit", None)),
    )


def _coming(members: Iterable[Member]) -> Iterable[Coming]:
    for one in members:
        contact = one.contact
        yield Coming(
            contact.id, contact.surname, contact.forenames, contact.born_on, contact.language, one.lap
        )


def _took(visit: Visit | None) -> Took | None:
    if visit is None:
        return None
    return Took(visit.started_at, visit.late_by, visit.ended_at, visit.ended_by, visit.reason)
