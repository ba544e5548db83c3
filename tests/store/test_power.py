"""A change that was acknowledged outlives a power cut.

Some hundred cuts; `make soak` makes many thousands with the shipped settings.
"""

from collections import Counter

import pytest

from tests.databases import Lacking
from tests.store.power import CURRENT, SHIPPED, run

SEED, CUTS = 5, 200


def cut(settings: str) -> Counter[str]:
    """Cut the power, or skip where this Python's SQLite cannot be reached."""
    try:
        return run(settings, SEED, CUTS)
    except Lacking as lacking:
        pytest.skip(str(lacking))


@pytest.mark.parametrize("settings", [SHIPPED, CURRENT, "WAL/FULL"])
def test_nothing_acknowledged_is_lost(settings: str) -> None:
    """With the shipped settings, also those for an SQLite without the fault of its log, the file is whole
    after every cut and holds every change that was acknowledged.
    """
    assert cut(settings) == {"cuts": CUTS, "whole": CUTS}


@pytest.mark.parametrize("settings", ["DELETE/FULL", "WAL/NORMAL", "TRUNCATE/OFF", "MEMORY/EXTRA"])
def test_settings_that_lose_changes_are_found(settings: str) -> None:
    """Controls: settings of which it is known that they lose changes or break the file are caught at it."""
    found = cut(settings)
    assert found["lost"] + found["broken"] > CUTS // 20
