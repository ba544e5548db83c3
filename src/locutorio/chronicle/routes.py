"""What was asked, what became of it, and where else one could turn on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from locutorio.chronicle.cells import Facts
from locutorio.chronicle.days import Days
from locutorio.chronicle.events import is_petition
from locutorio.chronicle.people import COURT, CUSTODIAN
from locutorio.chronicle.stage import Regime, Stage, signs
from locutorio.chronicle.values import Event, Force, Sign, Statement
from locutorio.decisions.decision import Truth

PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Petition:
    """What was asked of whom, and what became of it by a day: a ruling's own words, or pending."""

    event: str
    asked_of: tuple[str, ...]
    outcome: str
    because: tuple[str, ...]


class Way(StrEnum):
    """The kinds of route."""

    ADMINISTRATIVE = "administrative"
    COURT_OF_PLACE = "court_of_place"
    RENEWAL = "renewal"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Route:
    """A way to contest. ``open`` is UNKNOWN where a ruling is awaited or nothing tells."""

    way: Way
    to: str
    open: Truth
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A ruling beside what had changed already: who asked for it, and when it was stated as given.

    ``told_on`` is the day on which the one who asked learned of the ruling; None where nothing shows it.
    """

    petition: str
    denied_by: str
    asked_by: tuple[str, ...]
    changed_by: str
    changed: Days
    told_on: Days | None = None


def petitions_on(events: Collection[Event], on: date) -> tuple[Petition, ...]:
    """Give what had been asked by a day, and what became of it by then."""
    return tuple(
        _petition(event, events, on)
        for event in events
        if is_petition(event) and event.days.begun(on) is Truth.YES
    )


def _petition(event: Event, events: Collection[Event], on: date) -> Petition:
    answered = [
        other for other in events if event.name in other.answers and other.days.begun(on) is Truth.YES
    ]
    if answered:
        last = max(answered, key=lambda other: other.days)
        return Petition(event.name, event.to or last.who, last.outcome or PENDING, (last.name,))
    return Petition(event.name, event.to, event.outcome or PENDING, (event.name,))


def routes_on(facts: Facts, on: date) -> tuple[Route, ...]:
    """Give where one could turn on a day, the first step first."""
    return (*_custodian(facts, on), *_court_of_place(facts, on), *_renewal(facts, on), *_courts(facts, on))


def _held(stage: Stage) -> bool:
    return stage.regime in {Regime.PRE_TRIAL, Regime.POST_CONVICTION}


def _custodian(facts: Facts, on: date) -> Iterator[Route]:
    """Whoever holds the person is asked first. What rulings name is said with them."""
    named = signs(facts.events, on, Sign.SOLELY, Sign.ASK)
    for token in facts.people.of_role(CUSTODIAN):
        if _held(facts.stage):
            because = tuple(dict.fromkeys(one.event for one in named if token in one.tokens))
            yield Route(Way.ADMINISTRATIVE, token, Truth.YES, because)


def _court_of_place(facts: Facts, on: date) -> Iterator[Route]:
    named = signs(facts.events, on, Sign.ASK)
    for someone in facts.people.known.values():
        if someone.role != COURT or someone.lies not in facts.stage.places:
            continue
        suits = tuple(
            event.name
            for event in facts.events
            if someone.name in event.to and event.days.begun(on) is Truth.YES
        )
        told = tuple(one.event for one in named if someone.name in one.tokens)
        sure = facts.stage.places == (someone.lies,)
        yield Route(
            Way.COURT_OF_PLACE,
            someone.name,
            Truth.YES if sure else Truth.UNKNOWN,
            tuple(dict.fromkeys((*suits, *told))),
        )


def _renewal(facts: Facts, on: date) -> Iterator[Route]:
    renewed = signs(facts.events, on, Sign.RENEWED)
    imposed = signs(facts.events, on, Sign.IMPOSED)
    if renewed and imposed and _held(facts.stage):
        by = imposed[-1].tokens[0]
        yield Route(Way.RENEWAL, by, Truth.YES, tuple(dict.fromkeys(one.event for one in renewed)))


def _courts(facts: Facts, on: date) -> Iterator[Route]:
    """A court that said it has no power, or that it is the wrong forum, is closed for this."""
    closed = signs(facts.events, on, Sign.NO_POWER, Sign.WRONG_FORUM)
    petitions = petitions_on(facts.events, on)
    for token in facts.people.of_role(COURT):
        someone = facts.people.get(token)
        if someone is None or someone.lies is not None:
            continue
        against = tuple(dict.fromkeys(one.event for one in closed if token in one.tokens))
        asked = tuple(one.event for one in petitions if token in one.asked_of and one.outcome == PENDING)
        if against:
            yield Route(Way.COURT, token, Truth.NO, against)
        elif asked:
            yield Route(Way.COURT, token, Truth.UNKNOWN, asked)


def overtaken_on(facts: Facts, on: date) -> tuple[Overtaken, ...]:
    """Give the rulings that were overtaken: what was asked is stated as given soon after or before them."""
    return tuple(_overtaken(facts, on))


def _overtaken(facts: Facts, on: date) -> Iterator[Overtaken]:
    for denial in facts.events:
        if denial.days.begun(on) is not Truth.YES:
            continue
        for petition in (event for event in facts.events if event.name in denial.answers):
            asked = [one for one in petition.statements if one.force is Force.ASKED]
            given = next((one for one in facts.statements() if _gives(one, asked, petition, on)), None)
            if given is not None and not any(
                one.yes and one.force is Force.DECREED for one in denial.statements
            ):
                yield Overtaken(petition.name, denial.name, petition.who, given.event, given.since)


def _gives(one: Statement, asked: list[Statement], petition: Event, on: date) -> bool:
    return (
        one.force is Force.STATED
        and one.yes
        and one.by is None
        and one.since.begun(on) is Truth.YES
        and petition.days.before(one.since) is Truth.YES
        and any(set(one.whom) & set(wish.whom) and set(one.channels) & set(wish.channels) for wish in asked)
    )
