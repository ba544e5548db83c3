"""Drawn cases that once broke a promise keep it."""

import pytest

from tests.campaigns import CAMPAIGNS


@pytest.mark.parametrize(("campaign", "seed"), [("facts", 86), ("facts", 90), ("facts", 96), ("order", 44)])
def test_what_once_failed_holds(campaign: str, seed: int) -> None:
    """An unknown amount that no number of the law divides is no proof that every case was decided, and the
    order in which law is written does not choose which unknown is tried first.
    """
    assert CAMPAIGNS[campaign].batch(seed).count > 0
