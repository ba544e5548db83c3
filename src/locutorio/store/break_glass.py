"""What one officer did alone in an emergency: whom it is about, until when, and what became of its review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import BreakGlass
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

ALLOW, STOP = "allow", "stop"
KINDS = (ALLOW, STOP)
RIGHT, WRONG = "right", "wrong"
FINDINGS = (RIGHT, WRONG)
SHOWN_MAX = 50


@dataclass(frozen=True, slots=True)
class BreakGlassRow:
    """One emergency measure: ``kind`` is allow or stop; ``finding``, once reviewed, right or wrong."""

    id: UUID
    person: UUID
    contact: UUID
    kind: str
    reason: str
    by: UUID
    factor: str
    begun_at: datetime
    ends_at: datetime
    review_due_at: datetime
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    finding: str
    review: str


def add(tx: Transaction, columns: Mapping[str, Any]) -> UUID:
    """Add an emergency measure that begins now."""
    id_ = tx.new_id()
    BreakGlass.objects.create(id=id_, establishment_id=tx.establishment, begun_at=tx.at, **columns)
    return id_


@within
def break_glass(at: UUID, id_: UUID) -> BreakGlassRow:
    """Give one emergency measure.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = rows(BreakGlassRow, BreakGlass.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault("there is no such emergency measure here", remedy="look at the list of them")
    return found[0]


@within
def in_force(at: UUID, moment: datetime) -> list[BreakGlassRow]:
    """Give the emergency measures that hold at a moment, those that end first before the others."""
    found = BreakGlass.objects.filter(establishment=at, begun_at__lte=moment, ends_at__gt=moment)
    return rows(BreakGlassRow, found.order_by("ends_at", "id"))


@within
def in_force_for(at: UUID, person: UUID, moment: datetime) -> dict[UUID, frozenset[str]]:
    """Give the kinds of measure that hold at a moment for a person, by contact."""
    found = BreakGlass.objects.filter(
        establishment=at, person=person, begun_at__lte=moment, ends_at__gt=moment
    )
    kinds: dict[UUID, frozenset[str]] = {}
    for contact, kind in found.values_list("contact", "kind"):
        kinds[contact] = kinds.get(contact, frozenset()) | {kind}
    return kinds


@within
def open_at(at: UUID, moment: datetime) -> list[BreakGlassRow]:
    """Give the emergency measures that hold at a moment, and those that nobody has reviewed."""
    mine = Q(ends_at__gt=moment) | Q(reviewed_at=None)
    return rows(BreakGlassRow, BreakGlass.objects.filter(mine, establishment=at).order_by("ends_at", "id"))


@within
def unreviewed(at: UUID) -> list[BreakGlassRow]:
    """Give the emergency measures that nobody has reviewed, in the order in which that is due."""
    found = BreakGlass.objects.filter(establishment=at, reviewed_at=None)
    return rows(BreakGlassRow, found.order_by("review_due_at", "id"))


@within
def reviewed(at: UUID) -> list[BreakGlassRow]:
    """Give the last emergency measures that were reviewed, the latest first."""
    found = BreakGlass.objects.filter(establishment=at).exclude(reviewed_at=None)
    return rows(BreakGlassRow, found.order_by("-begun_at", "-id")[:SHOWN_MAX])


@within
def counted(at: UUID) -> dict[tuple[int, str], Counter[str]]:
    """Count the emergency measures by year and kind: all, those found right, wrong, and not reviewed."""
    counts: dict[tuple[int, str], Counter[str]] = {}
    found = BreakGlass.objects.filter(establishment=at).order_by("-begun_at", "kind")
    for begun_at, kind, finding in found.values_list("begun_at", "kind", "finding"):
        counts.setdefault((begun_at.year, kind), Counter()).update(("all", finding or "open"))
    return counts


def review(tx: Transaction, id_: UUID, columns: Mapping[str, Any]) -> bool:
    """Write the review of an emergency measure; tell whether nobody had reviewed it until now."""
    found = BreakGlass.objects.filter(establishment=tx.establishment, id=id_, reviewed_at=None)
    return bool(found.update(reviewed_at=tx.at, **columns))
