"""Times several ways of answering the same cases side by side, in interleaved rounds.

What is taken is the processor time of this thread, in which every engine does all its work: waiting for a
busy machine does not count.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import thread_time
from typing import Any


@dataclass(frozen=True)
class Way:
    """One way of answering: what to call with each case it is timed on, and how often."""

    title: str
    answer: Callable[[Any], object]
    cases: Sequence[Any]
    rounds: int


@dataclass(frozen=True)
class Timing:
    """For each case, by name, the median time of one answer in seconds."""

    title: str
    seconds: Mapping[str, float]
    rounds: int

    def at(self, share: float) -> float:
        """Give the time that this share of the cases does not exceed."""
        ordered = sorted(self.seconds.values())
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    def times_faster_than(self, other: Timing) -> float:
        """Give the median, over the cases both answered, of the other's time in ours."""
        shared = self.seconds.keys() & other.seconds.keys()
        return median(other.seconds[name] / self.seconds[name] for name in shared)


def interleaved(ways: Sequence[Way]) -> list[Timing]:
    """Answer every case in every way, round by round: A B C, A B C, ... Garbage waits, as in `timeit`."""
    for way in ways:
        _answer(way, way.cases)
    taken: list[dict[str, list[float]]] = [{} for _ in ways]
    for number in range(max(way.rounds for way in ways)):
        for way, found in zip(ways, taken, strict=True):
            if number < way.rounds:
                gc.collect()
                gc.disable()
                for name, seconds in _answer(way, way.cases):
                    found.setdefault(name, []).append(seconds)
                gc.enable()
    return [
        Timing(way.title, {name: median(each) for name, each in found.items()}, way.rounds)
        for way, found in zip(ways, taken, strict=True)
    ]


def _answer(way: Way, cases: Iterable[Any]) -> list[tuple[str, float]]:
    found = []
    for case in cases:
        start = thread_time()
        way.answer(case)
        found.append((case.name, thread_time() - start))
    return found
