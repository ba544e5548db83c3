"""A survey says of every row what one decision says: on every shipped law, on drawn tables with unknowns."""

from __future__ import annotations

import random

import pytest

from tests.properties.laws import SHIPPED, generated, of_pack
from tests.survey.agreement import OUTCOME, columns_agree, shares, silent


@pytest.mark.parametrize("name", SHIPPED)
def test_columns_agree_on_shipped_law(name: str) -> None:
    """Columns, generated Python and the explaining reader give the same outcome, reasons, conditions, missing
    keys, floors, ceilings and standing of papers.
    """
    rng = random.Random(f"a little of {name}")
    for law in of_pack(name):
        for _ in range(3):
            columns_agree(law, rng, 40)


def test_columns_agree_on_written_law() -> None:
    """They do on laws nobody has seen: overrides, ranks, sides and papers in every combination."""
    rng = random.Random("columns of generated law")
    for _ in range(25):
        columns_agree(generated(rng), rng, 15)


def test_what_was_silent_is_told() -> None:
    """A provision that never spoke is named, and shares add up to everything."""
    laws = of_pack("arcadia")
    tally = columns_agree(laws[0], random.Random(1), 10)

    assert silent({}, laws) == sorted(
        {f"arcadia {p.name}" for law in laws for p in law.book.provisions if p.about != "clock"}
    )
    assert len(silent(tally, laws)) < len(silent({}, laws))
    assert shares({OUTCOME + "permit": 1, OUTCOME + "open": 3}) == "open 75.0%, permit 25.0%"
