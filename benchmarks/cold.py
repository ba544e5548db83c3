"""Times the command from cold: a new process reads the law, decides one example and prints the answer."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = (
    "call-ten-minutes-left",
    "spouse-half-way-house-before-release",
    "measure-lapsed-at-midnight",
    "family-knows-almost-nothing",
)
NOTHING = "python -c pass"


@dataclass(frozen=True)
class Cold:
    """The median of some runs of one command: on the wall clock, and of processor time (user and system)."""

    title: str
    wall: float
    processor: float
    runs: int


def commands() -> Iterator[tuple[str, list[str]]]:
    """Give what is run: an interpreter that does nothing, and `locutorio decide` on some examples."""
    yield NOTHING, [sys.executable, "-c", "pass"]
    for name in EXAMPLES:
        path = ROOT / "examples" / f"{name}.yaml"
        yield (
            f"locutorio decide {name}",
            [sys.executable, "-m", "locutorio.command.main", "decide", str(path)],
        )


def from_cold(runs: int) -> list[Cold]:
    """Run each command in turn, so many times over."""
    chosen = dict(commands())
    taken: dict[str, list[tuple[float, float]]] = {title: [] for title in chosen}
    for _ in range(runs):
        for title, command in chosen.items():
            before, start = _processor(), perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            taken[title].append((perf_counter() - start, _processor() - before))
    return [
        Cold(title, median(wall for wall, _ in each), median(used for _, used in each), runs)
        for title, each in taken.items()
    ]


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
