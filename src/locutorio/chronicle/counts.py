"""How often somebody could be in contact on a day, as reported, and how often they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from locutorio.chronicle.cells import (
    DECIDE_NOTHING,
    Certainty,
    Facts,
    InFact,
    Standing,
    certainty_of,
    in_fact,
    standing_of,
)
from locutorio.chronicle.values import Amount, Force, Statement
from locutorio.decisions.decision import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """An amount for classes of contacts. ``others`` are amounts that were said before and differ,
    ``short`` the events that say it was not reached.

    ``in_force`` is YES only where the amount rests on a measure or a ruling; claimed is not in force.
    """

    channel: str
    classes: tuple[str, ...]
    amount: Amount
    standing: Standing
    certainty: Certainty
    because: str
    others: tuple[tuple[Amount, str], ...] = ()
    short: tuple[str, ...] = ()
    fact: InFact | None = None

    @property
    def in_force(self) -> Truth:
        """Whether it is in force; unknown where nobody's paper says so."""
        return Truth.YES if self.standing is Standing.IN_FORCE else Truth.UNKNOWN


def counts_on(facts: Facts, on: date) -> tuple[Count, ...]:
    """Give the amounts of a day: for each channel and class what was said last."""
    said = [
        one
        for one in facts.statements()
        if one.amount is not None
        and one.amount.unit != "all"
        and one.force not in DECIDE_NOTHING
        and one.since.begun(on) is Truth.YES
    ]
    return tuple(_counts(facts, said, on))


def _counts(facts: Facts, said: list[Statement], on: date) -> Iterator[Count]:
    told: list[tuple[Statement, list[Statement]]] = []
    for one in sorted(said, key=lambda one: one.since.last, reverse=True):
        later = next((pair for pair in told if _covers(pair[0], one)), None)
        if later is None:
            told.append((one, []))
        elif _differ(later[0], one):
            later[1].append(one)
    for one, others in told:
        event = facts.event(one.event)
        assert one.amount is not None
        yield Count(
            channel=one.channels[0],
            classes=one.classes,
            amount=one.amount,
            standing=standing_of(one, event),
            certainty=certainty_of(event),
            because=one.event,
            others=tuple((other.amount, other.event) for other in others if other.amount is not None),
            short=tuple(
                fact.event
                for fact in facts.statements()
                if fact.short and _about(facts, fact, one) and fact.since.begun(on) is Truth.YES
            ),
            fact=in_fact([fact for fact in facts.statements() if _about(facts, fact, one)], on),
        )


def _covers(later: Statement, one: Statement) -> bool:
    return later.channels == one.channels and set(one.classes) <= set(later.classes)


def _differ(one: Statement, other: Statement) -> bool:
    first, second = one.amount, other.amount
    assert first is not None
    assert second is not None
    return (first.low, first.high, first.unit, first.days, first.pooled) != (
        second.low, second.high, second.unit, second.days, second.pooled
    )  # fmt: skip


def _about(facts: Facts, fact: Statement, one: Statement) -> bool:
    """Whether what took place is of the channel and the classes of an amount; a total of all years is not."""
    if fact.force is not Force.FACT or not set(fact.channels) & set(one.channels):
        return False
    if len(one.classes) > 1:
        return False
    classes = {*fact.classes, *(facts.people.class_of(token) or "" for token in fact.whom)}
    return bool(classes & set(one.classes))
