"""How long things are kept in an establishment, and what a legal hold keeps from being erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import Hold, Retention
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """A class that is gone by: for how many days, on which paper."""

    id: UUID
    kept_class: str
    days: int
    source: str
    known_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class HoldRow:
    """What forbids that anything about a person or a contact is erased."""

    id: UUID
    person: UUID | None
    contact: UUID | None
    why: str
    source: str
    known_at: datetime
    ended_at: datetime | None


@within
def adopted(at: UUID) -> dict[str, RetentionRow]:
    """Give the classes that are gone by now, by name."""
    found = Retention.objects.filter(establishment=at, ended_at=None).order_by("kept_class")
    return {row.kept_class: row for row in rows(RetentionRow, found)}


def adopt(tx: Transaction, kept_class: str, days: int | None, source: str) -> None:
    """Go by a class for so many days from now on, or not any more."""
    Retention.objects.filter(establishment=tx.establishment, kept_class=kept_class, ended_at=None).update(
        ended_at=tx.at
    )
    if days is not None:
        Retention.objects.create(
            id=tx.new_id(),
            establishment_id=tx.establishment,
            kept_class=kept_class,
            days=days,
            source=source,
            known_at=tx.at,
        )


@within
def holds(at: UUID) -> list[HoldRow]:
    """Give the holds that stand, in the order in which they were placed."""
    return rows(HoldRow, Hold.objects.filter(establishment=at, ended_at=None).order_by("known_at", "id"))


@within
def hold(at: UUID, id_: UUID) -> HoldRow:
    """Give a hold that stands.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = rows(HoldRow, Hold.objects.filter(establishment=at, id=id_, ended_at=None))
    if not found:
        raise Fault("there is no such hold here that stands", remedy="look at the list of holds")
    return found[0]


def place(tx: Transaction, *, person: UUID | None, contact: UUID | None, why: str, source: str) -> UUID:
    """Hold everything about a person or a contact."""
    made = Hold.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        person_id=person,
        contact_id=contact,
        why=why,
        source=source,
        known_at=tx.at,
    )
    return made.id


def end(tx: Transaction, id_: UUID) -> None:
    """End a hold."""
    Hold.objects.filter(establishment=tx.establishment, id=id_, ended_at=None).update(ended_at=tx.at)
