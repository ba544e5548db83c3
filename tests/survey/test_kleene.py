"""Three-valued logic over columns is Kleene's, whatever is folded on the way."""

from __future__ import annotations

import random
from collections.abc import Callable

import polars as pl
import pytest

from locutorio.decisions import weigh
from locutorio.rules.kleene import MAYBE, NO, YES, Kleene, Node

STATES = {False: weigh.NO, None: weigh.MAYBE, True: weigh.YES}
State = Callable[[dict[str, int]], int]


def drawn(logic: Kleene, rng: random.Random, depth: int) -> tuple[Node, State]:
    """Draw an expression, and the same in numbers: 0 for no, 1 for maybe, 2 for yes."""
    if depth == 0:
        name = rng.choice(["a", "b", "c", "d", "no", "maybe", "yes"])
        if name in "abcd":
            return logic.leaf(name, pl.col(name), two_valued=name == "d"), lambda row: row[name]
        node, state = {"no": (NO, weigh.NO), "maybe": (MAYBE, weigh.MAYBE), "yes": (YES, weigh.YES)}[name]
        return node, lambda _: state
    parts = [drawn(logic, rng, depth - 1) for _ in range(rng.choice([1, 2, 3]))]
    nodes = [node for node, _ in parts]
    states = [state for _, state in parts]
    first = states[0]
    match rng.choice(["every", "some", "contrary", "but", "sure", "possible", "open"]):
        case "every":
            return logic.every(nodes), lambda row: min(state(row) for state in states)
        case "some":
            return logic.some(nodes), lambda row: max(state(row) for state in states)
        case "contrary":
            return logic.contrary(nodes[0]), lambda row: 2 - first(row)
        case "but":
            last = states[-1]
            return logic.but(nodes[0], nodes[-1]), lambda row: min(first(row), 2 - last(row))
        case "sure":
            return logic.sure(nodes[0]), lambda row: 2 if first(row) == weigh.YES else 0
        case "possible":
            return logic.possible(nodes[0]), lambda row: 2 if first(row) else 0
        case _:
            return logic.open(nodes[0]), lambda row: 2 if first(row) == weigh.MAYBE else 0


@pytest.mark.parametrize("known", [True, False])
def test_least_greatest_and_complement_are_those_of_numbers(known: bool) -> None:
    """Every drawn expression gives in every row what numbers give; with all known, too."""
    rng = random.Random(f"kleene {known}")
    values = [True, False] if known else [True, False, None]
    rows = [{name: rng.choice(values) for name in "abc"} | {"d": rng.random() < 0.5} for _ in range(60)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abcd", pl.Boolean))
    for _ in range(300):
        logic = Kleene()
        node, state = drawn(logic, rng, rng.choice([1, 2, 3, 4]))
        certain, possible = logic.over([node]).over(frame)[node]
        for at, row in enumerate(rows):
            sure, maybe = (one if isinstance(one, bool) else one[at] for one in (certain, possible))
            found = weigh.YES if sure else weigh.MAYBE if maybe else weigh.NO
            assert found == state({name: STATES[value] for name, value in row.items()})


def test_the_same_thing_is_said_once() -> None:
    """What is written again, in another order or twice denied, is the same node; contradictions are seen."""
    logic = Kleene()
    a, b = (logic.leaf(name, pl.col(name)) for name in "ab")
    sure = logic.leaf("d", pl.col("d"), two_valued=True)

    assert logic.every((a, b, a)) == logic.every((b, a))
    assert logic.contrary(logic.contrary(a)) == a
    assert logic.every((sure, logic.contrary(sure))) == NO
    assert logic.some((sure, logic.contrary(sure))) == YES
    assert logic.some((a, logic.contrary(a))) != YES
    assert logic.every(()) == YES
    assert logic.some(()) == NO


def test_an_empty_table_has_no_rows_and_no_fault() -> None:
    """Nothing is decided of nobody."""
    logic = Kleene()
    node = logic.some([logic.leaf("a", pl.col("a")), logic.contrary(logic.leaf("b", pl.col("b")))])
    empty = pl.DataFrame(schema={"a": pl.Boolean, "b": pl.Boolean})

    assert node in logic.over([node]).over(empty)
