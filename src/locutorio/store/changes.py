"""Writes what changes: facts, papers, separations, closures. Facts are only added; a paper is ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.entered import PaperRow
from locutorio.store.models import Closure, Fact, Paper, Separation
from locutorio.store.people import rows
from locutorio.store.taking import AT_ONCE
from locutorio.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SeparationRow:
    """People who must not meet: ``scope`` is at_once or day."""

    id: UUID
    person: UUID
    other_person: UUID | None
    contact: UUID | None
    scope: str
    since: date | None
    until: date | None
    known_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A day, or a session of a day, on which no visit takes place; an empty session is the whole day."""

    id: UUID
    on: date
    session: str
    reason: str
    known_at: datetime
    lifted_at: datetime | None


def add_fact(tx: Transaction, columns: Mapping[str, Any]) -> UUID:
    """Add a fact, known from now on."""
    id_ = tx.new_id()
    Fact.objects.create(id=id_, establishment_id=tx.establishment, known_at=tx.at, **columns)
    return id_


def add_paper(tx: Transaction, columns: Mapping[str, Any]) -> PaperRow:
    """Add a paper, known from now on."""
    id_ = tx.new_id()
    Paper.objects.create(id=id_, establishment_id=tx.establishment, known_at=tx.at, **columns)
    return paper(tx.establishment, id_)


@within
def fact_on(at: UUID, person: UUID, path: str, on: date) -> str | None:
    """Give the last value that was entered of a fact of a person and holds on a day; None where none does."""
    found = Fact.objects.filter(establishment=at, person=person, contact=None, path=path)
    holds = found.filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gt=on))
    return holds.order_by("-known_at", "-id").values_list("value", flat=True).first()


@within
def paper(at: UUID, id_: UUID) -> PaperRow:
    """Give a paper.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = rows(PaperRow, Paper.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault(f"there is no paper {id_} here", remedy="look it up again")
    return found[0]


@within
def papers_of(at: UUID, person: UUID) -> list[PaperRow]:
    """Give the papers about a person, in the order in which they became known."""
    return rows(PaperRow, Paper.objects.filter(establishment=at, person=person).order_by("known_at", "id"))


def end_paper(tx: Transaction, id_: UUID, on: date, how: str) -> None:
    """Say that a paper does not hold any more from a day on, and how it ended; that is known from now on."""
    ended = Paper.objects.filter(establishment=tx.establishment, id=id_)
    ended.update(ended_on=on, ended_known_at=tx.at, ended_how=how)


def note_event(tx: Transaction, id_: UUID, on: date) -> None:
    """Say that the event that a paper awaits came on a day; that is known from now on."""
    awaiting = Paper.objects.filter(establishment=tx.establishment, id=id_)
    awaiting.update(came_on=on, came_known_at=tx.at)


def add_separation(tx: Transaction, columns: Mapping[str, Any]) -> UUID:
    """Add a separation, known from now on."""
    id_ = tx.new_id()
    Separation.objects.create(id=id_, establishment_id=tx.establishment, known_at=tx.at, **columns)
    return id_


def end_separation(tx: Transaction, id_: UUID, on: date) -> date:
    """Say that people need not be kept apart any more from a day on, if they were until then.

    Returns:
        the day from which they need not be kept apart.

    Raises:
        Fault: there is no such separation here.
    """
    found = Separation.objects.filter(establishment=tx.establishment, id=id_)
    found.filter(Q(until=None) | Q(until__gt=on)).update(until=on)
    ends = found.values_list("until", flat=True).first()
    if ends is None:
        raise Fault("there is no such separation here", remedy="look it up again")
    return ends


@within
def separations_of(at: UUID, person: UUID) -> list[SeparationRow]:
    """Give the separations of a person, on either side of them."""
    mine = Q(person=person) | Q(other_person=person)
    return rows(SeparationRow, Separation.objects.filter(mine, establishment=at).order_by("known_at", "id"))


@within
def separations_at_once(at: UUID) -> list[SeparationRow]:
    """Give the separations of people who must not be there at once."""
    found = Separation.objects.filter(establishment=at, scope=AT_ONCE)
    return rows(SeparationRow, found.order_by("known_at", "id"))


def add_closure(tx: Transaction, columns: Mapping[str, Any]) -> UUID:
    """Close a day, or a session of a day."""
    id_ = tx.new_id()
    Closure.objects.create(id=id_, establishment_id=tx.establishment, known_at=tx.at, **columns)
    return id_


@within
def closures(at: UUID, first: date, last: date) -> list[ClosureRow]:
    """Give the closures that hold on some days, both included."""
    found = Closure.objects.filter(establishment=at, on__gte=first, on__lte=last, lifted_at=None)
    return rows(ClosureRow, found.order_by("on", "id"))


def lift_closure(tx: Transaction, id_: UUID) -> bool:
    """Open what was closed; tell whether it was closed until now."""
    closed = Closure.objects.filter(establishment=tx.establishment, id=id_, lifted_at=None)
    return bool(closed.update(lifted_at=tx.at))
