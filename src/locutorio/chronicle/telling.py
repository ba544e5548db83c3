"""What a chronicle tells of one day to one reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from locutorio.chronicle.cells import Cell, Facts, Known, about_of, cell, known_of
from locutorio.chronicle.counts import Count, counts_on
from locutorio.chronicle.days import Days
from locutorio.chronicle.events import is_conviction
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
from locutorio.chronicle.values import CHANNELS, Chronicle, Event, Force, Sign, Signal, Statement
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
    facts = Facts(known_of(chronicle.people, events), stage, grants)
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


def contacts(known: Known) -> Iterator[tuple[str, ...]]:
    """Give the contacts of a file: those named together as one, each lawyer that a text names alone."""
    people = known.people
    for group in people.groups():
        row = people.get(group[0])
        if row is not None and row.many:
            named = {token for one in known.statements for token in one.whom if token not in people.known}
            yield from ((token,) for token in sorted(named))
        elif people.class_of(group[0]):
            yield group


def _cells(facts: Facts, on: date) -> Iterator[Cell]:
    for group in contacts(facts.known):
        if all(_dead(facts, token, on) for token in group):
            continue
        for channel in CHANNELS:
            found = cell(facts, group, channel, on)
            if found is not None:
                yield found


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, both included, on which a contact and a channel stood alike."""

    days: Days
    cell: Cell


@dataclass(frozen=True, slots=True)
class Lane:
    """One contact and one channel through all days, with what took place or stopped on the way."""

    whom: tuple[str, ...]
    channel: str
    stretches: tuple[Stretch, ...]
    facts: tuple[Statement, ...]


def lanes(chronicle: Chronicle, knowledge: Knowledge, until: date) -> tuple[Lane, ...]:
    """Tell each contact and channel from the first day on which anything is said of it up to a day."""
    events = known_events(chronicle, knowledge)
    view = Facts(known_of(chronicle.people, events), stage_of(events, until), ())
    moving = {day for event in events if _moves(event) for day in (event.days.first, event.days.last)}
    seen: dict[date, Facts] = {}

    def facts_on(day: date) -> Facts:
        if day not in seen:
            stage = stage_of(events, day)
            seen[day] = replace(view, stage=stage, grants=grants_on(events, view.people, stage, day))
        return seen[day]

    return tuple(
        lane
        for group in contacts(view.known)
        for channel in CHANNELS
        if (lane := _lane(view, (group, channel), moving, facts_on, until))
    )


def _lane(
    view: Facts,
    row: tuple[tuple[str, ...], str],
    moving: set[date],
    facts_on: Callable[[date], Facts],
    until: date,
) -> Lane | None:
    group, channel = row
    about = about_of(view, group, channel)
    own = {day for one in about for day in (one.since.first, one.since.last, one.since.last + ONE_DAY)}
    if not own:
        return None
    turns = moving | set(_deaths(view, group))
    days = sorted(day for day in own | turns | {day + ONE_DAY for day in turns} if min(own) <= day <= until)
    found: list[Stretch] = []
    for begins, ends in zip(days, [*(day - ONE_DAY for day in days[1:]), until], strict=True):
        if all(_dead(view, token, begins) for token in group):
            break
        one = cell(facts_on(begins), group, channel, begins, about)
        if one is None:
            continue
        if found and _alike(found[-1].cell, one):
            found[-1] = Stretch(Days(found[-1].days.first, ends), found[-1].cell)
        else:
            found.append(Stretch(Days(begins, ends), one))
    if not found:
        return None
    facts = (one for one in about if one.force is Force.FACT and one.since.first <= found[-1].days.last)
    return Lane(group, channel, tuple(found), tuple(facts))


def _deaths(view: Facts, group: tuple[str, ...]) -> Iterator[date]:
    """Give the last days on which those of a group can have died."""
    for token in group:
        someone = view.people.get(token)
        if someone is not None and someone.died is not None:
            yield someone.died.last


def _moves(event: Event) -> bool:
    return (
        bool(event.place)
        or is_conviction(event)
        or any(one.sign in {Sign.REGIME_CHANGES, Sign.SUPERSEDED} for one in event.signals)
    )


def _alike(one: Cell, other: Cell) -> bool:
    return (one.value, one.standing) == (other.value, other.standing)


def _dead(facts: Facts, token: str, on: date) -> bool:
    someone = facts.people.get(token)
    return someone is not None and alive(someone, on) is False
