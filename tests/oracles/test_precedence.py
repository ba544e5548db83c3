"""clingo, given the composition as stated in precedence.lp, comes to the same outcomes as the engine."""

import random

from tests.oracles.agreement import clingo_agrees
from tests.properties.laws import SHIPPED, generated, of_pack


def test_outcomes_of_generated_law() -> None:
    """Overrides, ranks, rights, counts, keys, papers and contested questions in every mixture."""
    rng = random.Random(21)

    assert clingo_agrees([generated(rng) for _ in range(60)], rng, 20) == 1_200


def test_outcomes_of_the_shipped_packs() -> None:
    """The law that is shipped, with up to two papers of each form."""
    laws = [law for name in SHIPPED for law in of_pack(name)]

    assert clingo_agrees(laws, random.Random(22), 200) == 200 * len(laws)
