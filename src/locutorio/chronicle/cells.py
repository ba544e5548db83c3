"""What one contact could do by one channel on a day: yes, no, not known; on whose word; what took place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from locutorio.chronicle.grants import Carried, Grant
from locutorio.chronicle.people import People
from locutorio.chronicle.phrases import role_in
from locutorio.chronicle.stage import Stage
from locutorio.chronicle.values import Basis, Event, Force, Sign, Statement
from locutorio.decisions.decision import Truth

DECIDE_NOTHING = frozenset({Force.FACT, Force.ASKED, Force.TERMS})


class Value(StrEnum):
    """What is permitted. ORDERED: somebody was told to let it be, and nothing shows that it was done."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    ORDERED = "ordered"
    ORDERED_NOT_DONE = "ordered_not_done"


class Standing(StrEnum):
    """On what a value rests: a measure or ruling, what a party filed, or reports without a paper."""

    IN_FORCE = "in_force"
    STATED = "stated"
    CLAIMED = "claimed"
    NOTHING = "nothing"


class Certainty(StrEnum):
    """How well it is known."""

    PAPER = "paper"
    SEVERAL = "several reports"
    ONE = "one report"
    CONTRADICTED = "contradicted"
    UNPAPERED = "reported without a paper"
    NOTHING = "nothing"


class Why(StrEnum):
    """Why a value is not known."""

    CLASS_BAR = "class_bar"
    REGIME = "regime"
    GRANT = "grant"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True, kw_only=True)
class InFact:
    """What took place last: nothing any more (0), something, or it cannot be told."""

    happened: Truth
    because: tuple[str, ...]
    since_first: date
    since_last: date
    terms: tuple[str, ...] = ()
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One contact and one channel on a day."""

    whom: tuple[str, ...]
    channel: str
    value: Value
    standing: Standing = Standing.NOTHING
    certainty: Certainty = Certainty.NOTHING
    because: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    measure: str = ""
    by: tuple[str, ...] = ()
    why: Why | None = None
    fact: InFact | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The events that are known, by name, with all their statements."""

    people: People
    events: Mapping[str, Event]
    statements: tuple[Statement, ...]


def known_of(people: People, events: Iterable[Event]) -> Known:
    """Give what is known of some events."""
    listed = {event.name: event for event in events}
    return Known(people, listed, tuple(one for event in listed.values() for one in event.statements))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is needed for a cell of a day: what is known, where the person was, what became of grants."""

    known: Known
    stage: Stage
    grants: tuple[Grant, ...]

    @property
    def people(self) -> People:
        """Everybody the file names."""
        return self.known.people

    @property
    def events(self) -> Collection[Event]:
        """Every event that is known."""
        return self.known.events.values()

    def event(self, name: str) -> Event:
        """Give an event by its name."""
        return self.known.events[name]

    def statements(self) -> tuple[Statement, ...]:
        """Give every statement of what is known."""
        return self.known.statements

    def applies(self, one: Statement, whom: tuple[str, ...]) -> bool:
        """Whether a statement is about some contacts: by name, or as part of a class."""
        if one.whom:
            return bool(set(one.whom) & set(whom))
        amount = one.amount
        if amount is not None and amount.to:
            return any(self._named(text, whom) for text in amount.to)
        classes = {self.people.class_of(token) for token in whom}
        return bool(classes & set(one.classes)) and (amount is None or one.force is Force.FACT)

    def one_of(self, one: Statement, whom: tuple[str, ...]) -> tuple[str, ...]:
        """Give the words by which a text means some contacts without naming them."""
        to = one.amount.to if one.amount is not None else ()
        return tuple(text for text in to if not self.people.in_text(text) and self._named(text, whom))

    def _named(self, text: str, whom: tuple[str, ...]) -> bool:
        tokens = self.people.in_text(text)
        return bool(set(tokens) & set(whom)) or role_in(text) in {self.people.role(token) for token in whom}


def certainty_of(event: Event) -> Certainty:
    """Say how well an event is known."""
    if event.paper:
        return Certainty.PAPER
    if event.trust == 4:
        return Certainty.CONTRADICTED
    if event.basis is Basis.REPORTED:
        return Certainty.UNPAPERED
    return Certainty.SEVERAL if event.trust == 2 else Certainty.ONE


def standing_of(one: Statement, event: Event) -> Standing:
    """Say on what a statement rests; that an office allowed something rests on that office's own paper."""
    if one.force in {Force.MEASURE, Force.DECREED, Force.ORDERED} and event.basis is not Basis.REPORTED:
        return Standing.IN_FORCE if event.paper or event.trust == 2 else Standing.CLAIMED
    if event.basis is Basis.FILED and one.by is None:
        return Standing.STATED
    return Standing.CLAIMED


def about_of(facts: Facts, whom: tuple[str, ...], channel: str) -> list[Statement]:
    """Give every statement about a contact and a channel."""
    return [one for one in facts.statements() if channel in one.channels and facts.applies(one, whom)]


def cell(
    facts: Facts, whom: tuple[str, ...], channel: str, on: date, about: list[Statement] | None = None
) -> Cell | None:
    """Give what a contact could do by a channel on a day; None where the file says nothing of it.

    ``about`` holds the statements about them, where they are known already.
    """
    about = about_of(facts, whom, channel) if about is None else about
    if not about:
        return None
    deciding = [one for one in about if one.force not in DECIDE_NOTHING]
    sure = [one for one in deciding if one.since.begun(on) is Truth.YES]
    maybe = [one for one in deciding if one.since.begun(on) is not Truth.NO]
    found = _value(facts, whom, channel, sure, on)
    if len(maybe) > len(sure):
        other = _value(facts, whom, channel, maybe, on)
        if other.value is not found.value:
            because = tuple(dict.fromkeys((*found.because, *other.because)))
            found = Cell(whom=whom, channel=channel, value=Value.UNKNOWN, because=because, why=Why.BETWEEN)
    fact = in_fact([one for one in about if one.force is Force.FACT], on)
    return _with_fact(found, fact)


def _with_fact(found: Cell, fact: InFact | None) -> Cell:
    if fact is None:
        return found
    return Cell(**{name: getattr(found, name) for name in Cell.__slots__ if name != "fact"}, fact=fact)


def _value(facts: Facts, whom: tuple[str, ...], channel: str, said: list[Statement], on: date) -> Cell:
    """Give what the latest of some statements decide; of one day, what names somebody before a class."""
    bare = Cell(whom=whom, channel=channel, value=Value.UNKNOWN)
    left = _not_ended(facts, said)
    if not left:
        return bare
    last = max(left, key=lambda one: (one.since.last, bool(one.whom)))
    because = (last.event,)
    grant = next((one for one in facts.grants if one.statement is last), None)
    if grant is not None and grant.carried is Carried.NOT_SHOWN:
        return Cell(
            whom=whom, channel=channel, value=Value.UNKNOWN, because=(*because, *grant.because), why=Why.GRANT
        )
    if _before_change(facts, last):
        return Cell(
            whom=whom,
            channel=channel,
            value=Value.UNKNOWN,
            because=(*because, *facts.stage.changed_by),
            why=Why.REGIME,
        )
    shown = _shown_otherwise(facts, last, whom, channel)
    if shown:
        return Cell(
            whom=whom, channel=channel, value=Value.UNKNOWN, because=(*because, *shown), why=Why.CLASS_BAR
        )
    same = [one for one in left if one.yes is last.yes and not _before_change(facts, one)]
    return _decided(facts, last, same, bare, on)


def _not_ended(facts: Facts, said: Iterable[Statement]) -> list[Statement]:
    ended = {id(grant.statement) for grant in facts.grants if grant.carried is Carried.SUPERSEDED}
    return [one for one in said if id(one) not in ended]


def _before_change(facts: Facts, last: Statement) -> bool:
    """Whether what decides is older than a change of regime that was or may have been."""
    return any(last.since.before(facts.event(name).days) is Truth.YES for name in facts.stage.changed_by)


def _shown_otherwise(facts: Facts, bar: Statement, whom: tuple[str, ...], channel: str) -> tuple[str, ...]:
    """Give what took place in spite of a bar for a whole class, where nothing between them allowed it."""
    if bar.yes or bar.whom:
        return ()
    later = [
        one
        for one in facts.statements()
        if channel in one.channels and facts.applies(one, whom) and bar.since.before(one.since) is Truth.YES
    ]
    if not later:
        return ()
    first = min(later, key=lambda one: one.since)
    changed = [
        event.days
        for event in facts.events
        if any(one.sign is Sign.REGIME_CHANGES for one in event.signals)
        and event.days.before(first.since) is not Truth.NO
    ]
    return (first.event,) if first.force is Force.FACT and first.yes and not changed else ()


def _decided(facts: Facts, last: Statement, same: list[Statement], bare: Cell, on: date) -> Cell:
    """Give a known value: on the best of the statements that agree with the last."""
    best = min(
        same,
        key=lambda one: (
            one is not last and one.since.last < last.since.last and bool(last.yes),
            list(Standing).index(standing_of(one, facts.event(one.event))),
            -one.since.last.toordinal(),
        ),
    )
    event = facts.event(best.event)
    value, because = (Value.YES if last.yes else Value.NO), tuple(dict.fromkeys((best.event, last.event)))
    if last.force is Force.ORDERED:
        undone = _undone(facts, last, bare, on)
        value = Value.ORDERED_NOT_DONE if undone else Value.ORDERED
        because = (last.event, *undone)
    imposed = (
        [one for one in event.signals if one.sign is Sign.IMPOSED] if best.force is Force.MEASURE else []
    )
    return Cell(
        whom=bare.whom,
        channel=bare.channel,
        value=value,
        standing=standing_of(best, event),
        certainty=certainty_of(event),
        because=because,
        terms=(*last.terms, *facts.one_of(last, bare.whom)),
        measure=imposed[0].measure if imposed else "",
        by=imposed[0].tokens if imposed else ((best.by,) if best.by else event.who),
    )


def _undone(facts: Facts, order: Statement, bare: Cell, on: date) -> tuple[str, ...]:
    """Give what shows that an order was not carried out: asked for again, or something did not arrive."""
    return tuple(
        dict.fromkeys(
            one.event
            for one in facts.statements()
            if bare.channel in one.channels
            and set(one.whom) & set(bare.whom)
            and one.since.begun(on) is Truth.YES
            and order.since.before(one.since) is Truth.YES
            and (one.again or (one.force is Force.FACT and not one.yes))
        )
    )


def in_fact(said: list[Statement], on: date) -> InFact | None:
    """Give what took place last by a day; where something may have changed it, nobody can tell."""
    told = [one for one in said if (one.whom or one.classes) and not one.short]
    sure = [one for one in told if one.since.begun(on) is Truth.YES]
    maybe = [one for one in told if one.since.begun(on) is Truth.UNKNOWN]
    if not sure and not maybe:
        return None
    last = max(sure, key=lambda one: one.since.last) if sure else None
    if last is None or any(one.yes is not last.yes for one in maybe):
        named = tuple(dict.fromkeys(one.event for one in ([last] if last else []) + maybe))
        shown = maybe[0] if last is None else last
        return InFact(
            happened=Truth.UNKNOWN, because=named, since_first=shown.since.first, since_last=shown.since.last
        )
    same = [one for one in sure if one.yes is last.yes and one.since.last >= _turned(sure, last)]
    first = min(same, key=lambda one: one.since)
    return InFact(
        happened=Truth.YES if last.yes else Truth.NO,
        because=tuple(dict.fromkeys(one.event for one in same)) if not last.yes else (last.event,),
        since_first=(last if last.yes else first).since.first,
        since_last=(last if last.yes else first).since.last,
        terms=last.terms,
        lost=last.lost,
    )


def _turned(sure: list[Statement], last: Statement) -> date:
    """Give the day of the last that says the contrary: what agrees is counted from there."""
    return max((one.since.last for one in sure if one.yes is not last.yes), default=date.min)
