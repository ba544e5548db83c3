"""What an establishment has, read whole, for a file to be compared with it; and rows that files bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from locutorio.arrangements.schedule.values import Slot
from locutorio.arrangements.standings import HAPPENED
from locutorio.store.context import within
from locutorio.store.entered import PaperRow
from locutorio.store.models import (
    ApprovedNumber,
    Booking,
    Call,
    Contact,
    Listed,
    Paper,
    Person,
    Separation,
    Visit,
)
from locutorio.store.people import ListedRow, PersonRow, rows
from locutorio.store.requests import RequestRow
from locutorio.store.slots import slot_row
from locutorio.store.transaction import Transaction

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ContactHere:
    """A contact with what they show to say who they are."""

    id: UUID
    number: str
    surname: str
    forenames: str
    born_on: date | None
    language: str
    phone: str
    email: str
    identity: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class NumberHere:
    """A telephone number of a person's list, or of everybody's."""

    person: UUID | None
    number: str
    kind: str
    record: str
    owner: str
    relation: str
    status: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class SeparationHere:
    """Two who must not meet: a person, and another person or a contact."""

    person: UUID
    other_person: UUID | None
    contact: UUID | None
    scope: str
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as the exchange recorded it."""

    person: UUID | None
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime
    line: str
    called: str
    talk_seconds: int
    disposition: str
    cause: str


@within
def persons_here(at: UUID) -> dict[str, PersonRow]:
    """Give everybody held, by register number."""
    return {row.number: row for row in rows(PersonRow, Person.objects.filter(establishment=at))}


@within
def contacts_here(at: UUID) -> list[ContactHere]:
    """Give every contact, in the order in which they were entered."""
    return rows(ContactHere, Contact.objects.filter(establishment=at).order_by("id"))


@within
def listings_here(at: UUID) -> dict[tuple[UUID, UUID], ListedRow]:
    """Give every place on a list, by person and contact."""
    found = rows(ListedRow, Listed.objects.filter(establishment=at))
    return {(row.person, row.contact): row for row in found}


@within
def numbers_here(at: UUID) -> dict[tuple[UUID | None, str], NumberHere]:
    """Give every telephone number, by person and number."""
    found = rows(NumberHere, ApprovedNumber.objects.filter(establishment=at))
    return {(row.person, row.number): row for row in found}


@within
def papers_here(at: UUID) -> list[PaperRow]:
    """Give every paper, ended ones too."""
    return rows(PaperRow, Paper.objects.filter(establishment=at).order_by("id"))


@within
def separations_here(at: UUID) -> list[SeparationHere]:
    """Give every separation."""
    return rows(SeparationHere, Separation.objects.filter(establishment=at).order_by("id"))


@within
def calls_here(at: UUID, first: datetime, last: datetime) -> dict[tuple[datetime, str, str], CallRow]:
    """Give the calls that began between two moments, by start, line and number called."""
    found = rows(CallRow, Call.objects.filter(establishment=at, started_at__range=(first, last)))
    return {(row.started_at, row.line, row.called): row for row in found}


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Keep what is written within, or nothing of it where it ends in an exception."""
    with transaction.atomic():
        yield


def add_past_booking(tx: Transaction, asked: RequestRow, slot: Slot, standing: str) -> None:
    """Keep a visit that is over or was called off: it takes no place. One that happened has its times."""
    happened = standing == HAPPENED
    made = Booking.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        request_id=asked.id,
        person_id=asked.person,
        slot_id=slot_row(tx, slot),
        kind=next(iter(slot.places), ""),
        places=0,
        standing=standing,
        decided_at=tx.at,
        ended_at=None if happened else tx.at,
        ended_by="" if happened else "establishment",
    )
    if happened:
        Visit.objects.create(
            id=tx.new_id(),
            establishment_id=tx.establishment,
            booking=made,
            started_at=slot.starts,
            ended_at=slot.ends,
        )


def add_calls(tx: Transaction, calls: Iterable[CallRow]) -> None:
    """Add calls."""
    names = [field.name for field in fields(CallRow) if field.name != "person"]
    made = (
        Call(
            id=tx.new_id(),
            establishment_id=tx.establishment,
            person_id=call.person,
            **{name: getattr(call, name) for name in names},
        )
        for call in calls
    )
    Call.objects.bulk_create(made, batch_size=AT_ONCE)
