"""Compares what an engine says with what our compiled speakers say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.engines.engine import Engine
from benchmarks.law import Asked


@dataclass(frozen=True)
class Agreement:
    """What one engine said of the cases it was asked about; ``left_out``: cases it cannot express."""

    engine: Engine
    cases: int
    left_out: int
    differing: tuple[str, ...]


def agreement(engine: Engine, cases: Sequence[Asked]) -> Agreement:
    """Compare which provisions speak for certain, on every case the engine can express."""
    fit = [case for case in cases if engine.knows_unknown or not case.open]
    differing = [case.name for case in fit if any(engine.speaks(part) != part.certain for part in case.parts)]
    return Agreement(engine, len(fit), len(cases) - len(fit), tuple(differing))


def spread(cases: Sequence[Asked], count: int) -> list[Asked]:
    """Give so many of the cases, evenly spread."""
    step = max(len(cases) / count, 1)
    return [cases[int(number * step)] for number in range(min(count, len(cases)))]
