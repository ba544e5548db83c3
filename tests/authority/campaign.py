"""Every role against everything at full count, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.authority import attempts

TIMED, NOISE = 150, 1.25
KINDS = ("sqlite", "sqlite", "sqlite", "postgresql")


def batch(seed: int) -> tuple[int, Mapping[str, int]]:
    """Ask as each role for everything there is, on the database that a seed gives.

    Returns:
        how many calls and pages held, and the ratio of times of what is not theirs to what is not there.

    Raises:
        AssertionError: something was let through, or told apart by its words, its status or its time.
    """
    found = attempts.tried(KINDS[seed % len(KINDS)], seed, rounds=TIMED)
    assert not found.wrong, "\n".join(found.wrong[:20])
    assert 1 / NOISE < found.ratio < NOISE, f"refused takes {found.ratio:.2f} times as long as absent"
    return found.count, {"batches": 1, "ratio in thousandths": round(found.ratio * 1000)}


def told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say how long what is refused takes beside what is absent."""
    mean = tally["ratio in thousandths"] / 1000 / max(tally["batches"], 1)
    return (f"what is not theirs takes {mean:.3f} of the time of what is not there (mean of medians)",)
