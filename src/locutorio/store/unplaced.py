"""Calls that were authorised and not placed: noted, put before the governor, made up by a later call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import Unplaced
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

WHYS = ("no_monitor", "no_interpreter", "no_answer_here", "fault")
SHOWN_MAX = 500


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """A call that was authorised for a day and not placed; see `Unplaced` for what each column says."""

    id: UUID
    person: UUID
    contact: UUID | None
    on: date
    why: str
    says: str
    known_at: datetime
    made_up_by: UUID | None = None
    escalated_at: datetime | None = None


@within
def unplaced(at: UUID, id_: UUID) -> UnplacedRow:
    """Give one of them.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = rows(UnplacedRow, Unplaced.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault("there is no such call that is owed here", remedy="look at the list of what is owed")
    return found[0]


@within
def unplaced_of(at: UUID, person: UUID) -> list[UnplacedRow]:
    """Give the latest of a person, the latest first."""
    found = Unplaced.objects.filter(establishment=at, person=person)
    return rows(UnplacedRow, found.order_by("-on", "-id")[:SHOWN_MAX])


@within
def owed_to(at: UUID, person: UUID, known_at: datetime) -> int:
    """Count the calls that are owed to a person and not made up, as was known at a moment."""
    known = Unplaced.objects.filter(establishment=at, person=person, known_at__lte=known_at)
    return known.filter(made_up_by=None).count()


@within
def settled_to(at: UUID, person: UUID) -> dict[UUID, date]:
    """Give the calls of a person that made up an owed one, each with the day of that one."""
    found = Unplaced.objects.filter(establishment=at, person=person, made_up_by__isnull=False)
    return dict(found.values_list("made_up_by", "on"))


@within
def owed_here(at: UUID) -> list[UnplacedRow]:
    """Give those that are not made up, the oldest first."""
    found = Unplaced.objects.filter(establishment=at, made_up_by=None)
    return rows(UnplacedRow, found.order_by("on", "id")[:SHOWN_MAX])


@within
def made_up_by(at: UUID, calls: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give which of them some calls made up, by the call."""
    found = Unplaced.objects.filter(establishment=at, made_up_by__in=[*calls])
    return dict(found.values_list("made_up_by", "id"))


def keep(tx: Transaction, one: UnplacedRow) -> None:
    """Keep a new one."""
    Unplaced.objects.create(
        id=one.id,
        establishment_id=tx.establishment,
        person_id=one.person,
        contact_id=one.contact,
        on=one.on,
        why=one.why,
        says=one.says,
        known_at=one.known_at,
        escalated_at=one.escalated_at,
    )


def make_up(tx: Transaction, id_: UUID, call: UUID) -> None:
    """Say which call made one up. Its person is held by the caller."""
    Unplaced.objects.filter(establishment=tx.establishment, id=id_).update(made_up_by=call)


def put_before(tx: Transaction, ids: Iterable[UUID]) -> None:
    """Say that some stand before the governor now."""
    waiting = Unplaced.objects.filter(establishment=tx.establishment, id__in=[*ids], escalated_at=None)
    waiting.update(escalated_at=tx.at)
