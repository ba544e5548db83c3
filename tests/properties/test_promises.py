"""What every decision promises, tried by fixed seeds on a few generated laws and on the shipped packs.

`make soak` tries the same at full count.
"""

import random

import pytest

from tests.properties import promises
from tests.properties.laws import SHIPPED, generated, of_pack

SEEDS = range(4)
LAWS = 12
CASES = 8
CASES_OF_SHIPPED = 25


@pytest.mark.parametrize("seed", SEEDS)
def test_order_never_changes_a_decision_of_generated_law(seed: int) -> None:
    """Files, provisions, overrides and papers in another order, under other names: the same decision."""
    rng = random.Random(seed)
    for _ in range(LAWS):
        law = generated(rng)
        other, names = law.again(rng)
        for at in range(CASES):
            promises.order_changes_nothing(law.judge, other, names, law.drawer, rng, deep=at == 0)
            promises.papers_in_any_order(law.judge, law.drawer, rng)


@pytest.mark.parametrize("pack", SHIPPED)
def test_order_never_changes_a_decision_of_a_shipped_pack(pack: str) -> None:
    """The same for the law that is shipped."""
    rng = random.Random(1)
    for law in of_pack(pack):
        other, names = law.again(rng)
        for at in range(CASES_OF_SHIPPED):
            promises.order_changes_nothing(law.judge, other, names, law.drawer, rng, deep=at == 0)
            promises.papers_in_any_order(law.judge, law.drawer, rng)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_facts_never_turn_a_firm_answer_of_generated_law(seed: int) -> None:
    """A firm answer on a contact or a paper is the same when more is known, also one from branches."""
    rng = random.Random(seed)
    for _ in range(LAWS):
        law = generated(rng)
        for at in range(CASES * 2):
            promises.more_facts_never_turn(law.judge, law.drawer, rng, deep=at % 4 == 0)
            promises.more_facts_never_turn_papers(law.judge, law.drawer, rng)


@pytest.mark.parametrize("pack", SHIPPED)
def test_more_facts_never_turn_a_firm_answer_of_a_shipped_pack(pack: str) -> None:
    """The same for the law that is shipped, and for its windows of time."""
    rng = random.Random(2)
    for law in of_pack(pack):
        for at in range(CASES_OF_SHIPPED * 8):
            promises.more_facts_never_turn(law.judge, law.drawer, rng, deep=at % 8 == 0)
            promises.more_facts_never_turn_papers(law.judge, law.drawer, rng)
            promises.more_facts_never_turn_clocks(law.judge, law.drawer, rng)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_reading_of_generated_law_agrees(seed: int) -> None:
    """Generated Python and the explaining reader say the same, unknowns included; so do the formulas."""
    rng = random.Random(seed)
    for _ in range(LAWS):
        law = generated(rng)
        for _ in range(CASES):
            promises.readers_agree(law.book, law.drawer, rng)
            promises.formulas_agree(law.book, law.solved, law.drawer, rng)


@pytest.mark.parametrize("pack", SHIPPED)
def test_every_reading_of_a_shipped_pack_agrees(pack: str) -> None:
    """The same for the law that is shipped."""
    rng = random.Random(3)
    for law in of_pack(pack):
        for _ in range(CASES_OF_SHIPPED * 2):
            promises.readers_agree(law.book, law.drawer, rng)
            promises.formulas_agree(law.book, law.solved, law.drawer, rng)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_removed_provision_removes_nothing(seed: int) -> None:
    """What is overridden could as well not be there: the outcome is the same without it."""
    rng = random.Random(seed)
    removed = 0
    for _ in range(LAWS * 2):
        law = generated(rng)
        removed += sum(promises.removed_removes_nothing(law.judge, law.drawer, rng) for _ in range(CASES))

    assert removed > 0, "nothing was overridden in any case drawn"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_well_typed_question_is_decided(seed: int) -> None:
    """Days and amounts as far off as a case file may say still get a decision, and every refusal cites."""
    rng = random.Random(seed)
    for _ in range(LAWS):
        law = generated(rng)
        for _ in range(CASES // 2):
            promises.never_raises(law.judge, law.wild, rng)


@pytest.mark.parametrize("pack", SHIPPED)
def test_every_refusal_of_a_shipped_pack_shows_a_route(pack: str) -> None:
    """Nobody is refused without a citation and a way to contest it, whatever is known."""
    rng = random.Random(4)
    for law in of_pack(pack):
        for _ in range(CASES_OF_SHIPPED):
            promises.refusals_show_a_route(law.judge, law.wild, rng)
