"""Leads from dockets as staff see them: what is open, all of one person, and what could not be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.dockets.entries import Key, entered_order
from locutorio.dockets.leads import Gap, Lead, gaps_of, lead_of
from locutorio.dockets.seen import Span, unseen
from locutorio.store import changes, people, watching
from locutorio.store.actor import Actor
from locutorio.store.entered import PaperRow
from locutorio.store.people import PersonRow
from locutorio.store.watching import COUNTED, DocketedRow, WatchRow


@dataclass(frozen=True, slots=True)
class LeadSeen:
    """A lead: its row, and what the dockets say of it today beside the other entries of its case."""

    row: DocketedRow
    lead: Lead


@dataclass(frozen=True, slots=True)
class OpenLeads:
    """The first leads that wait for somebody, how many do in all, whom they may be about, and the cases."""

    leads: tuple[LeadSeen, ...]
    waiting: int
    persons: Mapping[UUID, PersonRow]
    watches: int


@dataclass(frozen=True, slots=True)
class LeadsOfPerson:
    """Everything that was read of dockets about a person.

    ``counted`` are entries that are no lead; ``gaps`` numbers that a sheet lacks; ``unseen`` times since a
    case is watched of which no feed was read; ``papers`` those that can answer a lead.
    """

    person: PersonRow
    watches: tuple[WatchRow, ...]
    leads: tuple[LeadSeen, ...]
    counted: int
    gaps: tuple[Gap, ...]
    unseen: tuple[tuple[str, Span], ...]
    papers: tuple[PaperRow, ...]


def open_leads(by: Actor, at: UUID) -> OpenLeads:
    """Give what waits for somebody, the first told first.

    Raises:
        Refused: it is not theirs to see.
    """
    with reading(by, "read_leads", About(at)):
        rows = watching.open_leads(at)
        cases = [watching.entries_of(at, one) for one in {row.watch for row in rows}]
        shown = {one.row.id: one for one in _shown(cases)}
        leads = sorted((shown[row.id] for row in rows), key=_first_told)
        persons = people.persons(at, {row.person for row in rows})
        return OpenLeads(tuple(leads), watching.waiting(at), persons, len(watching.watches(at)))


def leads_of_person(by: Actor, at: UUID, person: UUID) -> LeadsOfPerson:
    """Give everything that was read of dockets about a person, whatever became of it.

    Raises:
        Refused: it is not theirs to see, or there is no such person here.
    """
    with reading(by, "read_leads", About(at, "person", person)):
        watches = watching.watches_of(at, person)
        cases = [watching.entries_of(at, one.id) for one in watches]
        rows = [row for case in cases for row in case.values()]
        return LeadsOfPerson(
            people.person(at, person),
            tuple(watches),
            tuple(sorted(_shown(cases), key=_first_told)),
            sum(row.standing == COUNTED for row in rows),
            gaps_of(row.entry for row in rows),
            tuple(_not_seen(at, (one for one in watches if one.ended_at is None))),
            tuple(changes.papers_of(at, person)),
        )


def _first_told(one: LeadSeen) -> tuple[datetime, tuple[date, date, int], str]:
    """Give the order of leads: as they were told; of one file, as courts entered them."""
    assert one.row.told_at is not None
    return one.row.told_at, entered_order(one.lead.known.entry), one.row.name


def _shown(cases: Iterable[Mapping[Key, DocketedRow]]) -> Iterator[LeadSeen]:
    for case in cases:
        known = [row.entry for row in case.values()]
        for row in case.values():
            if row.standing != COUNTED:
                yield LeadSeen(row, lead_of(row.entry, known))


def _not_seen(at: UUID, watches: Iterable[WatchRow]) -> Iterator[tuple[str, Span]]:
    """Give the times since a case is watched of which no feed of its court was read."""
    since: dict[str, datetime] = {}
    for one in watches:
        since[one.court] = min(one.known_at, since.get(one.court, one.known_at))
    for court, begun in sorted(since.items()):
        for start, end in unseen(watching.spans(at, court)):
            if end > begun:
                yield court, (max(start, begun), end)
