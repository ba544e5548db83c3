"""What a campaign of `make soak` is, and what comes of one of its batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Done:
    """How many cases of a batch held, what a reader should know of it, and what was counted in it."""

    count: int
    notes: tuple[str, ...] = ()
    tally: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Campaign:
    """A promise tried many times.

    ``size`` is about how many cases one batch has; ``most`` the share of cases that may end in a note.
    ``told`` turns what all batches counted into lines for a reader, and ``lacking`` into what is missing at
    full count.
    """

    name: str
    unit: str
    count: int
    size: int
    batch: Callable[[int], Done]
    most: float = 0.0
    told: Callable[[Mapping[str, int]], Sequence[str]] = lambda _: ()
    lacking: Callable[[Mapping[str, int]], Sequence[str]] = lambda _: ()
