"""Cases that are watched, what was read of them, and what became of each lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.dockets.entries import Key
from locutorio.dockets.keeping import known_from_json
from locutorio.dockets.seen import Known, Span
from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import Docketed, FeedSpan, Watch
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

COUNTED, OPEN, ANSWERED, DISMISSED = "counted", "open", "answered", "dismissed"
LEADS_MAX = 200


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A case that is watched for a person, or was until ``ended_at``."""

    id: UUID
    person: UUID
    court: str
    case: str
    defendant: str
    known_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocketedRow:
    """An entry of a watched case: what was read of it, and what became of it as a lead."""

    id: UUID
    person: UUID
    watch: UUID
    paper: UUID | None
    name: str
    known: Mapping[str, Any]
    standing: str
    why: str
    told_at: datetime | None
    changed_at: datetime | None

    @property
    def entry(self) -> Known:
        """Give what was read of it."""
        return known_from_json(self.known)


def watch(tx: Transaction, person: UUID, columns: Mapping[str, str]) -> UUID:
    """Watch a case for a person.

    Raises:
        Fault: it is watched for them already.
    """
    same = Watch.objects.filter(establishment=tx.establishment, person=person, ended_at=None)
    if same.filter(court=columns["court"], case=columns["case"]).exists():
        raise Fault("this case is watched for this person already", remedy="look at the list of cases")
    made = Watch.objects.create(
        id=tx.new_id(), establishment_id=tx.establishment, person_id=person, known_at=tx.at, **columns
    )
    return made.id


def end_watch(tx: Transaction, person: UUID, id_: UUID) -> None:
    """Watch a case no more. What was read of it stays.

    Raises:
        Fault: it is not watched for this person.
    """
    found = Watch.objects.filter(establishment=tx.establishment, person=person, id=id_, ended_at=None)
    if not found.update(ended_at=tx.at):
        raise Fault("this case is not watched for this person", remedy="look at the list of cases")


@within
def watches(at: UUID) -> list[WatchRow]:
    """Give the cases that are watched now."""
    return rows(WatchRow, Watch.objects.filter(establishment=at, ended_at=None).order_by("id"))


@within
def watches_of(at: UUID, person: UUID) -> list[WatchRow]:
    """Give the cases that are, or were, watched for a person, in the order in which that was begun."""
    return rows(WatchRow, Watch.objects.filter(establishment=at, person=person).order_by("known_at", "id"))


@within
def entries_of(at: UUID, watch: UUID) -> dict[Key, DocketedRow]:
    """Give all that was read of a watched case, by the key of each entry."""
    found = rows(DocketedRow, Docketed.objects.filter(establishment=at, watch=watch).order_by("id"))
    return {row.entry.key: row for row in found}


@within
def open_leads(at: UUID) -> list[DocketedRow]:
    """Give the leads that nobody answered or dismissed, the first told first; at most LEADS_MAX."""
    found = Docketed.objects.filter(establishment=at, standing=OPEN).order_by("told_at", "id")
    return rows(DocketedRow, found[:LEADS_MAX])


@within
def waiting(at: UUID) -> int:
    """Give how many leads nobody answered or dismissed."""
    return Docketed.objects.filter(establishment=at, standing=OPEN).count()


@within
def lead(at: UUID, id_: UUID) -> DocketedRow:
    """Give a lead.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = rows(DocketedRow, Docketed.objects.filter(establishment=at, id=id_).exclude(standing=COUNTED))
    if not found:
        raise Fault("there is no such lead here", remedy="look at the list of leads")
    return found[0]


def add_entry(
    tx: Transaction, watch: WatchRow, known: Known, plain: Mapping[str, Any], *, told: bool
) -> None:
    """Add an entry that was never read of a case before."""
    Docketed.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        person_id=watch.person,
        watch_id=watch.id,
        name=known.name,
        known=plain,
        standing=OPEN if told else COUNTED,
        told_at=tx.at if told else None,
    )


def change_entry(tx: Transaction, row: DocketedRow, plain: Mapping[str, Any], *, told: bool) -> None:
    """Put what an entry says now beside what it said. A lead is open again, whatever became of it."""
    columns: dict[str, Any] = {"known": plain}
    if row.told_at:
        columns |= {"standing": OPEN, "changed_at": tx.at}
    elif told:
        columns |= {"standing": OPEN, "told_at": tx.at}
    Docketed.objects.filter(establishment=tx.establishment, id=row.id).update(**columns)


def close_lead(tx: Transaction, id_: UUID, *, paper: UUID | None, why: str) -> None:
    """Say what became of a lead: the paper that was entered, or why none is.

    Raises:
        Fault: there is none here that is open.
    """
    found = Docketed.objects.filter(establishment=tx.establishment, id=id_, standing=OPEN)
    if not found.update(standing=ANSWERED if paper else DISMISSED, paper_id=paper, why=why):
        raise Fault("this lead is not open", why="somebody answered it", remedy="look at it again")


@within
def spans(at: UUID, court: str) -> tuple[Span, ...]:
    """Give the spans of time that the feeds of a court covered."""
    found = FeedSpan.objects.filter(establishment=at, court=court).values_list("spans", flat=True)
    said = found[0] if found else ()
    return tuple((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in said)


def keep_spans(tx: Transaction, court: str, covered: tuple[Span, ...]) -> None:
    """Keep what the feeds of a court covered by now."""
    said = [[start.isoformat(), end.isoformat()] for start, end in covered]
    found = FeedSpan.objects.filter(establishment=tx.establishment, court=court)
    if not found.update(spans=said):
        FeedSpan.objects.create(id=tx.new_id(), establishment_id=tx.establishment, court=court, spans=said)
