"""The race for the last place at full count, on both databases and under SERIALIZABLE."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random

from tests.booking.races import SIZES, last_place, rolled_back
from tests.booking.test_last_place import MODES, racing

ROUNDS, ROUNDS_OF_A_CROWD = 40, 10
CROWD = 200


def rounds(seed: int) -> tuple[int, Mapping[str, int]]:
    """Race for the last place some times, in the mode and with the number of clients that a seed gives.

    Returns:
        how many rounds held, and how many of each kind there were.

    Raises:
        AssertionError: one too many or one too few had it, two waited for each other, or what is written
            does not agree.
    """
    mode, size = MODES[seed % len(MODES)], SIZES[seed // len(MODES) % len(SIZES)]
    rng = Random(f"last place {seed}")
    turns = ROUNDS_OF_A_CROWD if size >= CROWD else ROUNDS
    with racing(mode, max(size, 2)) as (crowd, clients):
        for turn in range(turns):
            if turn % 4 == 3:
                rolled_back(crowd, clients, max(size, 2), rng)
            else:
                last_place(crowd, clients, size, rng)
    return turns, Counter({f"{' '.join(mode)}, {size} clients": turns})


def told(tally: Mapping[str, int]) -> list[str]:
    """Say how many rounds each database had, with how many clients."""
    return [f"{kind}: {count:,} rounds" for kind, count in sorted(tally.items())]
