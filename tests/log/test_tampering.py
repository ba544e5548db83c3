"""Whatever somebody with root and every key of the log does to it, `verify` finds it, and nothing else."""

from __future__ import annotations

import random

import pytest

from tests.databases import WANTED, Lacking
from tests.log import clean, tampering
from tests.log.insider import insider
from tests.log.world import copied, world


def test_what_nobody_touched_holds() -> None:
    """A log that was signed and witnessed on the way holds whole, also what was not signed yet."""
    true = world()
    with copied(true.home) as home:
        found = true.found(home)
    assert found.faults == ()
    assert 0 < found.witnessed <= found.size


@pytest.mark.parametrize("kind", tampering.KINDS)
def test_tampering_is_found(kind: str) -> None:
    """Each kind, a few times."""
    for seed in range(3):
        assert tampering.found_out(kind, seed), seed


def test_fences_taken_away_and_put_back_are_no_tampering() -> None:
    """Whoever works past the fences and changes nothing leaves a log that holds: only deeds are found."""
    true = world()
    with copied(true.home) as home:
        with insider(true, home, random.Random(0)) as one:
            one.recompute(one.linked(one.leaves()))
        assert true.found(home).faults == ()


@pytest.mark.parametrize("kind", WANTED)
def test_a_life_that_nobody_touches_holds(kind: str) -> None:
    """Whatever is done, by whichever action, and whenever it is signed, no fault is found."""
    try:
        for seed in range(2):
            assert clean.run(seed, kind) > 30
    except Lacking as lacking:
        pytest.skip(str(lacking))
