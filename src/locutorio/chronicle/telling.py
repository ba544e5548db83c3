"""What a chronicle tells of one day to one reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from locutorio.chronicle.cells import Cell, Facts, cell
from locutorio.chronicle.counts import Count, counts_on
from locutorio.chronicle.days import Days
from locutorio.chronicle.grants import Grant, grants_on
from locutorio.chronicle.people import alive
from locutorio.chronicle.routes import (
    Overtaken,
    Petition,
    Route,
    overtaken_on,
    petitions_on,
    routes_on,
)
from locutorio.chronicle.stage import Knowledge, Stage, known_events, perhaps_known, signs, stage_of
from locutorio.chronicle.values import CHANNELS, Chronicle, Event, Sign, Signal
from locutorio.decisions.decision import Truth

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that can be told of one day.

    ``uncertain`` are events that may have been by then, and may not; ``perhaps`` those that the reader may
    not have known yet, which were counted nowhere. ``measures`` say who laid what on whom.
    """

    on: date
    knowledge: Knowledge
    stage: Stage
    measures: tuple[Signal, ...]
    cells: tuple[Cell, ...]
    counts: tuple[Count, ...]
    grants: tuple[Grant, ...]
    petitions: tuple[Petition, ...]
    routes: tuple[Route, ...]
    overtaken: tuple[Overtaken, ...]
    uncertain: tuple[Event, ...]
    perhaps: tuple[Event, ...]


def tell(chronicle: Chronicle, on: date, knowledge: Knowledge) -> Day:
    """Tell one day by what a reader knows."""
    events = known_events(chronicle, knowledge)
    stage = stage_of(events, on)
    grants = grants_on(events, chronicle.people, stage, on)
    facts = Facts(chronicle.people, events, stage, grants)
    return Day(
        on=on,
        knowledge=knowledge,
        stage=stage,
        measures=signs(events, on, Sign.IMPOSED, Sign.RENEWED),
        cells=tuple(_cells(facts, on)),
        counts=counts_on(facts, on),
        grants=grants,
        petitions=petitions_on(events, on),
        routes=routes_on(facts, on),
        overtaken=overtaken_on(facts, on),
        uncertain=tuple(event for event in events if event.days.begun(on) is Truth.UNKNOWN),
        perhaps=perhaps_known(chronicle, knowledge),
    )


def contacts(chronicle: Chronicle) -> Iterator[tuple[str, ...]]:
    """Give the contacts of a file: those named together as one, each lawyer that a text names alone."""
    people = chronicle.people
    for group in people.groups():
        row = people.get(group[0])
        if row is not None and row.many:
            named = {
                token
                for event in chronicle.events
                for one in event.statements
                for token in one.whom
                if token not in people.known
            }
            yield from ((token,) for token in sorted(named))
        elif people.class_of(group[0]):
            yield group


def _cells(facts: Facts, on: date) -> Iterator[Cell]:
    chronicle = Chronicle("", facts.people, facts.events)
    for group in contacts(chronicle):
        if all(_dead(facts, token, on) for token in group):
            continue
        for channel in CHANNELS:
            found = cell(facts, group, channel, on)
            if found is not None:
                yield found


def turning_days(chronicle: Chronicle, knowledge: Knowledge) -> list[date]:
    """Give, in order, every day on which something can begin or have begun."""
    found: set[date] = set()
    for event in known_events(chronicle, knowledge):
        for days in (event.days, *(one.since for one in event.statements)):
            found |= {days.first, days.last}
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, both included, on which a contact and a channel stood alike."""

    days: Days
    cell: Cell


def stretches(
    chronicle: Chronicle, knowledge: Knowledge, until: date
) -> dict[tuple[tuple[str, ...], str], list[Stretch]]:
    """Tell every turning day up to one: how each contact and channel stood, from when to when."""
    days = [day for day in turning_days(chronicle, knowledge) if day <= until]
    found: dict[tuple[tuple[str, ...], str], list[Stretch]] = {}
    ends = [day - ONE_DAY for day in days[1:]] + [until]
    for begins, ends_on in zip(days, ends, strict=True):
        for one in tell(chronicle, begins, knowledge).cells:
            row = found.setdefault((one.whom, one.channel), [])
            if row and _alike(row[-1].cell, one) and row[-1].days.last + ONE_DAY == begins:
                row[-1] = Stretch(Days(row[-1].days.first, ends_on), row[-1].cell)
            else:
                row.append(Stretch(Days(begins, ends_on), one))
    return found


def _alike(one: Cell, other: Cell) -> bool:
    happened = [cell.fact.happened if cell.fact else None for cell in (one, other)]
    return (one.value, one.standing) == (other.value, other.standing) and happened[0] is happened[1]


def _dead(facts: Facts, token: str, on: date) -> bool:
    someone = facts.people.get(token)
    return someone is not None and alive(someone, on) is False
