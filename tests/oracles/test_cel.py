"""Google's CEL says the same of every condition as the engine, unknown facts included."""

import random

import pytest

from locutorio.facts.vocabulary import vocabulary
from tests.oracles.conditions import cel_agrees, oracle
from tests.properties.laws import SHIPPED, generated, of_pack

LAWS = 40
CASES = 10
CASES_OF_SHIPPED = 60


def test_lines_of_generated_law() -> None:
    """Every kind of line, nested in every way, over facts with holes."""
    rng = random.Random(11)
    counted = 0
    for _ in range(LAWS):
        law = generated(rng)
        counted += sum(cel_agrees(law.book, oracle(), law.drawer, rng) for _ in range(CASES))

    assert counted > 5_000


@pytest.mark.parametrize("pack", SHIPPED)
def test_lines_of_a_shipped_pack(pack: str) -> None:
    """Every line that can bear on a drawn question, its papers and its clocks."""
    rng = random.Random(12)
    counted = 0
    for law in of_pack(pack):
        counted += sum(cel_agrees(law.book, oracle(), law.drawer, rng) for _ in range(CASES_OF_SHIPPED))

    assert counted > 1_000


def test_an_error_that_is_no_unknown_fact_is_not_taken_for_one() -> None:
    """CEL's errors mean "unknown" only where a fact was left out."""
    cel = oracle()
    facts = dict.fromkeys(vocabulary().facts)

    assert cel.truth("contact.age < 16", cel.known(facts)) is None
    with pytest.raises(AssertionError, match="divide by zero"):
        cel.truth("1 / 0 == 1", cel.known(facts))
