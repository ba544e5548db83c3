"""A mistake made in the shipped law on purpose is noticed by checks, cases or proofs."""

import pytest

from tests.defects.campaign import SEED, SHARE_CAUGHT, drawn, noticed_without_defect, uncaught
from tests.properties.laws import SHIPPED

SAMPLE = 24


def test_seeded_defects_are_caught() -> None:
    """Of a small sample, drawn by the printed seed, hardly any goes unnoticed; `make soak` tries 400."""
    chosen = drawn(SEED)[:SAMPLE]
    missed = uncaught(chosen)
    print(f"seed {SEED}: {SAMPLE - len(missed)} of {SAMPLE} caught", *missed, sep="\n")

    assert len(missed) <= (1 - SHARE_CAUGHT) * SAMPLE, missed


@pytest.mark.parametrize("name", SHIPPED)
def test_the_law_as_it_is_has_no_defect(name: str) -> None:
    """What notices a defect keeps quiet where there is none."""
    assert noticed_without_defect(name) is None
