"""What the lines and effects of a provision use of a case: facts and numbers, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from locutorio.rules.effects import sums_of_effect
from locutorio.rules.provision import Effect, Provision, Require
from locutorio.rules.tree import Condition, Group, Line, facts_of, numbers_of, sums_of


@dataclass(frozen=True, slots=True)
class LineUse:
    """A line with what it uses. ``needed``: it surely holds where its provision surely speaks."""

    line: Line
    facts: tuple[str, ...]
    numbers: tuple[str, ...]
    needed: bool


@dataclass(frozen=True, slots=True)
class EffectUse:
    """An effect with what it computes with, its key included."""

    effect: Effect
    facts: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """What a provision uses; effects that use nothing are left out."""

    lines: tuple[LineUse, ...]
    effects: tuple[EffectUse, ...]


def uses_of(provision: Provision) -> Uses:
    """Give what a provision's lines and effects use."""
    return Uses(tuple(_lines(provision.when, needed=True)), tuple(_effects(provision.effects)))


def _lines(condition: Condition | None, *, needed: bool) -> Iterable[LineUse]:
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from _lines(part, needed=needed and condition.every)
    elif condition is not None:
        sums = sums_of(condition)
        yield LineUse(condition, facts_of(sums), numbers_of(sums), needed)


def _effects(effects: Iterable[Effect]) -> Iterable[EffectUse]:
    for effect in effects:
        sums = sums_of_effect(effect)
        facts = (effect.key,) if isinstance(effect, Require) else facts_of(sums)
        numbers = numbers_of(sums)
        if facts or numbers:
            yield EffectUse(effect, facts, numbers)
