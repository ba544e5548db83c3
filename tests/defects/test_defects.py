"""A mistake made in the shipped law on purpose is noticed by checks, cases or proofs."""

from tests.defects.campaign import SEED, SHARE_CAUGHT, drawn, uncaught
from tests.defects.generated import Defect, caught_by
from tests.properties.drawing import shipped
from tests.properties.laws import SHIPPED

SAMPLE = 24


def test_seeded_defects_are_caught() -> None:
    """Of a small sample, drawn by the printed seed, hardly any goes unnoticed; `make soak` tries 400."""
    chosen = drawn(SEED)[:SAMPLE]
    missed = uncaught(chosen)
    print(f"seed {SEED}: {SAMPLE - len(missed)} of {SAMPLE} caught", *missed, sep="\n")

    assert len(missed) <= (1 - SHARE_CAUGHT) * SAMPLE, missed


def test_the_law_as_it_is_has_no_defect() -> None:
    """What notices a defect keeps quiet where there is none."""
    for name in SHIPPED:
        provision = next(iter(shipped(name).pack.provisions.values()))

        assert caught_by(shipped(name), Defect("nothing", "unchanged", provision)) is None
