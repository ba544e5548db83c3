"""Compares the engine with clingo on fully known cases, many in one call."""

from __future__ import annotations

import random
from collections.abc import Iterable

from tests.oracles.precedence import Precedence
from tests.properties.laws import Law
from tests.properties.promises import shown


def clingo_agrees(laws: Iterable[Law], rng: random.Random, each: int) -> int:
    """Draw cases of each law, decide them, and fail with the first on which clingo decides otherwise."""
    precedence = Precedence()
    drawn = {}
    for law in laws:
        for _ in range(each):
            snapshot = law.drawer.full(rng, most=2)
            outcome = law.judge.outcome(snapshot)
            drawn[precedence.add(snapshot, law.book)] = (outcome, snapshot)
    solved = precedence.solve()
    for case, (outcome, snapshot) in drawn.items():
        assert solved.get(case) == outcome, (
            f"clingo: {solved.get(case)}, engine: {outcome}\n{shown(snapshot)}"
        )
    return len(drawn)
