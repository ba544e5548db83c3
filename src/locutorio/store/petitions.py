"""Petitions as they are kept: what was asked of which office, and each event with its day and its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from locutorio.kernel.faults import Fault
from locutorio.remedies.values import Carried, Event, Kind, Outcome, Petition
from locutorio.store import models
from locutorio.store.context import within
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

SHOWN_MAX = 50
END_PAPER, LIST_CONTACT = "end_paper", "list_contact"
DOES = ("", END_PAPER, LIST_CONTACT)


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """A petition as it was entered; ``asks`` are maps of ``says`` and ``does``."""

    id: UUID
    person: UUID
    contact: UUID | None
    paper: UUID | None
    office: str
    office_name: str
    about: str
    clock: str
    number: str
    language: str
    asks: list[dict[str, str]]
    says: str
    particulars: dict[str, str]
    arose_on: date | None
    emergency: bool
    sensitive: bool
    follows: UUID | None
    known_at: datetime

    @property
    def petition(self) -> Petition:
        """Give it as `remedies` tells it."""
        return Petition(
            id=str(self.id),
            office=self.office,
            asks=tuple(one["says"] for one in self.asks),
            clock=self.clock,
            arose_on=self.arose_on,
            emergency=self.emergency,
            follows=str(self.follows) if self.follows else None,
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A petition with all that was noted of it."""

    row: PetitionRow
    events: tuple[Event, ...]


def add(tx: Transaction, columns: Mapping[str, Any]) -> UUID:
    """Keep a petition, known from now on."""
    made = models.Petition.objects.create(
        id=tx.new_id(), establishment_id=tx.establishment, known_at=tx.at, **columns
    )
    return made.id


def note(tx: Transaction, row: PetitionRow, event: Event) -> None:
    """Keep an event of a petition under its own identifier."""
    said = asdict(event)
    of = said.pop("of")
    said |= {"kind": event.kind.value, "carried": event.carried.value, "granted": sorted(event.granted)}
    said["outcome"] = event.outcome.value if event.outcome else ""
    models.PetitionEvent.objects.create(
        establishment_id=tx.establishment,
        petition_id=row.id,
        person_id=row.person,
        of=UUID(of) if of else None,
        **said,
    )


@within
def petition(at: UUID, id_: UUID) -> Kept:
    """Give a petition.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = _kept(at, models.Petition.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault("there is no such petition here", remedy="look at the list of petitions")
    return found[0]


@within
def petitions_of(at: UUID, person: UUID) -> list[Kept]:
    """Give the petitions of a person, the latest first."""
    return _kept(
        at, models.Petition.objects.filter(establishment=at, person=person).order_by("-known_at", "-id")
    )


@within
def chain(at: UUID, id_: UUID) -> list[Kept]:
    """Give a petition after those whose answers it contests, the first one first."""
    found: list[Kept] = []
    while id_ not in {one.row.id for one in found}:
        one = petition(at, id_)
        found.insert(0, one)
        if one.row.follows is None:
            break
        id_ = one.row.follows
    return found


@within
def waiting(at: UUID, office: str, after: int, *, sensitive: bool) -> list[Kept]:
    """Give petitions before an office that nobody ruled on yet, in the order in which they were entered.

    Args:
        at: the establishment.
        office: which; empty for every one.
        after: how many of them to pass over; SHOWN_MAX are given.
        sensitive: whether those are among them that the establishment itself does not see.
    """
    found = _waiting(at, sensitive=sensitive)
    if office:
        found = found.filter(office=office)
    return _kept(at, found.order_by("known_at", "id")[after : after + SHOWN_MAX])


@within
def counted(at: UUID, *, sensitive: bool) -> Counter[str]:
    """Give how many petitions wait before each office."""
    found = _waiting(at, sensitive=sensitive).values_list("office").annotate(Count("id"))
    return Counter(dict(found))


def _waiting(at: UUID, *, sensitive: bool) -> QuerySet[models.Petition]:
    events = models.PetitionEvent.objects.filter(establishment=at)
    taken_back = events.filter(kind=Kind.TAKEN_BACK.value, of__isnull=False)
    over = events.filter(petition=OuterRef("pk"), kind__in=[Kind.RULED.value, Kind.WITHDRAWN.value]).exclude(
        outcome=Outcome.REJECTED.value
    )
    over = over.exclude(id__in=taken_back.values("of"))
    found = models.Petition.objects.filter(establishment=at).exclude(Exists(over))
    return found if sensitive else found.filter(sensitive=False)


def _kept(at: UUID, found: QuerySet[models.Petition]) -> list[Kept]:
    petitions = rows(PetitionRow, found)
    events: dict[UUID, list[Event]] = {one.id: [] for one in petitions}
    for petition_id, event in _events(at, events):
        events[petition_id].append(event)
    return [Kept(one, tuple(events[one.id])) for one in petitions]


def _events(at: UUID, of: Iterable[UUID]) -> Iterable[tuple[UUID, Event]]:
    found = models.PetitionEvent.objects.filter(establishment=at, petition__in=[*of]).order_by(
        "known_at", "id"
    )
    for row in found:
        yield (
            row.petition_id,
            Event(
                id=str(row.id),
                kind=Kind(row.kind),
                known_at=row.known_at,
                on=row.on,
                proof=row.proof,
                by=row.by,
                carried=Carried(row.carried),
                says=row.says,
                until=row.until,
                ends_with=row.ends_with,
                of=str(row.of) if row.of else None,
                outcome=Outcome(row.outcome) if row.outcome else None,
                granted=frozenset(row.granted),
                closes=row.closes,
                next=row.next,
            ),
        )
