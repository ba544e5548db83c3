"""What somebody sees of petitions: one of them, those of a person, those that wait before an office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from locutorio.actions import deciding, shelf
from locutorio.actions.authority import About, may, reading
from locutorio.actions.petition_clocks import deadlines, procedure
from locutorio.actions.petition_told import chain_of, petitioned
from locutorio.actions.petitioning import refuse_unseen, sees_sensitive
from locutorio.facts.vocabulary import Text
from locutorio.notices.petition import Petitioned
from locutorio.remedies.rungs import Deadlines
from locutorio.remedies.telling import Seen, Stage, seen
from locutorio.store import changes, documents, people, petitions
from locutorio.store.actor import Actor
from locutorio.store.documents import DocumentRow
from locutorio.store.people import PersonRow
from locutorio.store.petitions import SHOWN_MAX, Kept, PetitionRow


@dataclass(frozen=True, slots=True)
class PetitionSeen:
    """One petition: as it was entered, and all that is told of it.

    ``letters`` are the files kept with it, ``files`` those of the person that belong to nothing yet.
    """

    row: PetitionRow
    told: Petitioned
    letters: tuple[DocumentRow, ...] = ()
    files: tuple[DocumentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One of a list: ``due`` is the day by which the office answers, None where no law says."""

    row: PetitionRow
    seen: Seen
    due: Deadlines
    person: str
    number: str

    @property
    def due_on(self) -> date | None:
        """Give the day by which the answer is owed, once it is filed."""
        filed = self.seen.stage is Stage.PENDING and self.due.answer is not None
        return self.due.answer.last_day if filed and self.due.answer else None

    @property
    def asked_by(self) -> date | None:
        """Give the earlier day by which an answer is asked for as an emergency."""
        return self.due.emergency if self.seen.stage is Stage.PENDING else None


@dataclass(frozen=True, slots=True)
class DueShown:
    """What waits before offices: how many before each, and those of one page, the soonest due first."""

    counts: Mapping[str, int]
    rows: tuple[RowSeen, ...]
    on: date
    more: bool


@dataclass(frozen=True, slots=True)
class NewShown:
    """What the form of a new petition lets be chosen: papers, contacts, petitions before, rungs by name."""

    person: str
    papers: tuple[tuple[UUID, Text], ...]
    contacts: tuple[tuple[UUID, str], ...]
    before: tuple[PetitionRow, ...]
    rungs: Mapping[str, str]
    today: date


def petition_seen(by: Actor, at: UUID, id_: UUID, now: datetime, lang: str) -> PetitionSeen:
    """Give one petition.

    Raises:
        Refused: it is not there, or not theirs to see.
    """
    with reading(by, "read_petition", About(at, "petition", id_)):
        found = petitions.petition(at, id_)
        refuse_unseen(found, by)
        letters = tuple(documents.attached(at, petition=id_))
        loose = may(by, "attach_letter") and not found.row.sensitive
        files = documents.documents_of(at, found.row.person) if loose else []
        free = tuple(one for one in files if not documents.belongs_to(one))
        return PetitionSeen(found.row, petitioned(at, id_, now, lang), letters, free)


def petitions_seen(by: Actor, at: UUID, person: UUID, now: datetime) -> tuple[PersonRow, tuple[RowSeen, ...]]:
    """Give a person and their petitions, the latest first.

    Raises:
        Refused: they are not theirs to see.
    """
    with reading(by, "read_petitions", About(at, "person", person)):
        found = [
            one for one in petitions.petitions_of(at, person) if sees_sensitive(by) or not one.row.sensitive
        ]
        return people.person(at, person), tuple(_rows(at, found, now))


def petitions_due(by: Actor, at: UUID, office: str, page: int, now: datetime) -> DueShown:
    """Give what waits before an office, or before every one where none is named.

    Args:
        by: who looks.
        at: the establishment.
        office: which; empty for all.
        page: from 0, of SHOWN_MAX each.
        now: the moment.

    Raises:
        Refused: they may not.
    """
    with reading(by, "read_petitions_due", About(at)):
        sensitive = sees_sensitive(by)
        counts = petitions.counted(at, sensitive=sensitive)
        found = petitions.waiting(at, office, page * SHOWN_MAX, sensitive=sensitive)
        rows = [one for one in _rows(at, found, now) if one.seen.stage not in (Stage.RULED, Stage.WITHDRAWN)]
        on = deciding.local_day(people.establishment(at).zone, now)
        rows.sort(key=lambda one: min(filter(None, (one.asked_by, one.due_on)), default=date.max))
        of_all = counts[office] if office else sum(counts.values())
        return DueShown(counts, tuple(rows), on, of_all > (page + 1) * SHOWN_MAX)


def new_petition_shown(by: Actor, at: UUID, person: UUID, now: datetime) -> NewShown:
    """Give what the form of a new petition of a person lets be chosen.

    Raises:
        Refused: they may not enter one.
    """
    with reading(by, "enter_petition", About(at, "person", person)):
        house = people.establishment(at)
        today = deciding.local_day(house.zone, now)
        forms = shelf.pack(house.law).forms
        papers = changes.papers_of(at, person) if may(by, "read_papers") else []
        contacts = people.contacts(at, [row.contact for row in people.listed_of(at, person)])
        return NewShown(
            people.person(at, person).name,
            tuple(
                (row.id, forms[row.form].title)
                for row in papers
                if row.ended_on is None and row.form in forms
            ),
            tuple(sorted(((id_, one.name) for id_, one in contacts.items()), key=lambda one: one[1])),
            tuple(
                one.row
                for one in petitions.petitions_of(at, person)
                if sees_sensitive(by) or not one.row.sensitive
            ),
            {name: rung.office for name, rung in procedure(house.law, today).rungs.items()},
            today,
        )


def _rows(at: UUID, found: list[Kept], now: datetime) -> list[RowSeen]:
    house = people.establishment(at)
    on = deciding.local_day(house.zone, now)
    by = procedure(house.law, on)
    held = people.persons(at, {one.row.person for one in found})
    rows = []
    for one in found:
        whole = petitions.chain(at, one.row.id) if one.row.follows else [one]
        due = deadlines(by, chain_of(whole, by, on, now))
        state = seen(one.row.petition, one.events, on, now)
        who = held[one.row.person]
        rows.append(RowSeen(one.row, state, due, who.name, who.number))
    return rows
