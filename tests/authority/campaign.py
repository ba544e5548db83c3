"""Every role against everything at full count, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean

from tests.authority import attempts, operations
from tests.authority.attempts import NOISE

TIMED, TIMED_PROGRAMS = 150, 60
KINDS = ("sqlite", "sqlite", "sqlite", "postgresql")


def batch(seed: int) -> tuple[int, Mapping[str, int]]:
    """Ask as each role for everything there is, on the database that a seed gives.

    Returns:
        how many calls, pages and operations held, and the ratios of times of what is not theirs to what is
        not there.

    Raises:
        AssertionError: something was let through, or told apart by its words, its status or its time.
    """
    kind = KINDS[seed % len(KINDS)]
    found = attempts.tried(kind, seed, rounds=TIMED)
    sent = operations.tried(kind, seed, rounds=TIMED_PROGRAMS)
    wrong = [*found.wrong, *sent.wrong]
    assert not wrong, "\n".join(wrong[:20])
    for name, ratio in {"a page": found.ratio, **sent.ratios}.items():
        assert 1 / NOISE < ratio < NOISE, f"{name}: refused takes {ratio:.2f} times as long as absent"
    return found.count + sent.count, {
        "batches": 1,
        "operations": sent.count,
        "ratio in thousandths": round(found.ratio * 1000),
        "of operations": round(mean(sent.ratios.values()) * 1000),
    }


def told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say how long what is refused takes beside what is absent."""
    page, sent = (
        tally[name] / 1000 / max(tally["batches"], 1) for name in ("ratio in thousandths", "of operations")
    )
    times = f"{page:.3f} of a page, {sent:.3f} of an operation"
    return (
        f"{tally['operations']:,} of them operations of the API",
        f"what is not theirs takes, of the time of what is not there: {times} (means over batches)",
    )
