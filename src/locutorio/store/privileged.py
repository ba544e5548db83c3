"""The numbers nobody listens to, as two people entered them; what follows for calls and recordings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from locutorio.kernel.faults import Fault
from locutorio.store.calls import MONITORED, change
from locutorio.store.context import within
from locutorio.store.models import ApprovedNumber, Call, Listed, PrivilegedNumber
from locutorio.store.people import APPROVED, ContactRow, contacts, rows
from locutorio.store.transaction import Transaction

PRIVILEGE = "privilege"
_SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class PrivilegedRow:
    """A privileged number; see `PrivilegedNumber`. It stands from ``since`` up to before ``until``."""

    id: UUID
    number: str
    kind: str
    name: str
    since: date | None
    until: date | None
    known_at: datetime
    ended_at: datetime | None


@within
def entered(at: UUID) -> list[PrivilegedRow]:
    """Give those that nobody ended, by number."""
    found = PrivilegedNumber.objects.filter(establishment=at, ended_at=None)
    return rows(PrivilegedRow, found.order_by("number"))


@within
def one(at: UUID, id_: UUID) -> PrivilegedRow:
    """Give one of them.

    Raises:
        Fault: there is none of that identifier here, or it was ended.
    """
    found = rows(PrivilegedRow, PrivilegedNumber.objects.filter(establishment=at, id=id_, ended_at=None))
    if not found:
        raise Fault("this number is not registered any more", remedy="look at the list of registered numbers")
    return found[0]


@within
def standing(at: UUID, on: date) -> list[PrivilegedRow]:
    """Give those that stand on a day, by number."""
    found = PrivilegedNumber.objects.filter(_stands(on), establishment=at)
    return rows(PrivilegedRow, found.order_by("number"))


@within
def kinds(at: UUID, on: date) -> dict[str, str]:
    """Give the kind of each number that stands on a day."""
    found = PrivilegedNumber.objects.filter(_stands(on), establishment=at)
    return dict(found.values_list("number", "kind"))


@within
def over(at: UUID, on: date) -> frozenset[str]:
    """Give the numbers of which it is in the database that they were ended, or ran out by a day."""
    found = PrivilegedNumber.objects.filter(Q(ended_at__isnull=False) | Q(until__lte=on), establishment=at)
    return frozenset(found.values_list("number", flat=True))


@within
def family_of(at: UUID, number: str) -> list[ContactRow]:
    """Give the contacts who may be called at a number as family or friends."""
    mine = ApprovedNumber.objects.filter(establishment=at, number=number, status=APPROVED)
    whose = Listed.objects.filter(
        establishment=at, contact__in=mine.values("contact"), status=APPROVED, role=_SOCIAL
    )
    return [*contacts(at, whose.values_list("contact", flat=True)).values()]


def add(tx: Transaction, columns: Mapping[str, Any]) -> UUID:
    """Keep a number, from now on."""
    made = PrivilegedNumber.objects.create(
        id=tx.new_id(), establishment_id=tx.establishment, known_at=tx.at, **columns
    )
    return made.id


def end(tx: Transaction, id_: UUID) -> None:
    """End a number."""
    PrivilegedNumber.objects.filter(establishment=tx.establishment, id=id_, ended_at=None).update(
        ended_at=tx.at
    )


def silence(tx: Transaction, number: str, why: str) -> int:
    """Let monitored calls with a number that turns out privileged be silenced; give how many."""
    live = Call.objects.filter(
        establishment=tx.establishment, called=number, plane=MONITORED, ended_at=None, ending=""
    )
    found = [*live.values_list("id", flat=True)]
    for id_ in found:
        change(tx, id_, {"ending": PRIVILEGE, "ending_why": why})
    return len(found)


def _stands(on: date) -> Q:
    from_then = Q(since=None) | Q(since__lte=on)
    return Q(ended_at=None) & from_then & (Q(until=None) | Q(until__gt=on))
