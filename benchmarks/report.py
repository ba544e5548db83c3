"""Prints a comparison for a reader, and writes it for a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks import comparison, machine, surveys
from benchmarks.agreement import Agreement
from benchmarks.cold import ROOT, Cold, from_cold
from benchmarks.comparison import BARE, CHANGES, REASONS, SPEAK, Comparison
from benchmarks.rounds import Timing

RESULT = ROOT / "build" / "bench.json"
COLD_RUNS = 10
MICRO = 1_000_000


def main() -> int:
    """Run everything, print it and write it down."""
    on = machine.described()
    print(", ".join(f"{name} {value}" for name, value in on.items()))
    _warn(on)
    compared = Comparison()
    agreements = _agreements(compared)
    timings = {one.title: one for one in [*compared.timings(), *compared.deep_timings()]}
    _times(list(timings.values()))
    ratios = _ratios(timings, *(engine.title for engine in compared.fast[:2]))
    cold = from_cold(COLD_RUNS)
    _cold(cold)
    of_surveys, agreed = surveys.run()
    _warn(machine.described())
    _write(RESULT, on, agreements, timings, ratios, cold, of_surveys)
    return 0 if agreed and not any(one.differing for one in agreements) else 1


def _warn(on: dict[str, object]) -> None:
    if float(str(on["load"])) > int(str(on["cores"])):
        print(f"WARNING: the load average is {on['load']} on {on['cores']} cores: trust ratios, not times")


def _agreements(compared: Comparison) -> list[Agreement]:
    shown = f"{len(compared.rules)} provisions, {len(compared.worked)} worked cases"
    print(f"\nWhich provisions speak for certain: {shown}, {comparison.DRAWN} drawn (seed {comparison.SEED})")
    found = []
    for one in compared.agreements():
        found.append(one)
        said = (
            f"{len(one.differing)} DIFFER: {', '.join(one.differing[:5])}" if one.differing else "identical"
        )
        left = f", {one.left_out} left out with something unknown" if one.left_out else ""
        print(f"  {one.engine.title:<42} {one.cases:>4} cases{left}: {said}\n      ({one.engine.note})")
    return found


def _times(timings: Sequence[Timing]) -> None:
    print("\nOne answer, in microseconds (the median of interleaved rounds for each case)")
    print(f"  {'':<42} {'p50':>9} {'p99':>9} {'cases':>6} {'rounds':>7}")
    for one in timings:
        row = (
            f"{one.at(0.5) * MICRO:>9.0f} {one.at(0.99) * MICRO:>9.0f} {len(one.seconds):>6} {one.rounds:>7}"
        )
        print(f"  {one.title:<42} {row}")


def _ratios(timings: dict[str, Timing], whole: str, cut: str) -> dict[str, float]:
    print("\nRatios (the median over the cases both answered)")
    found: dict[str, float] = {}
    for title, at_least in ((BARE, "expected: at least 10"), (REASONS, "expected: at least 3")):
        for other in (whole, cut):
            found[f"{title}, against {other}"] = ratio = timings[title].times_faster_than(timings[other])
            told = f" ({at_least})" if other == whole else ""
            print(f"  {title}: {ratio:.1f} times faster than {other}{told}")
    for title, timing in timings.items():
        if not title.startswith("ours"):
            found[f"{SPEAK}, against {title}"] = ratio = timings[SPEAK].times_faster_than(timing)
            print(f"  {SPEAK}: {ratio:.0f} times faster than {title}")
    worst = timings[CHANGES].at(0.99) * 1000
    print(f"  {CHANGES}: {worst:.1f} ms at p99 (expected: under 5)")
    return found


def _cold(cold: Sequence[Cold]) -> None:
    print(f"\nFrom cold, in seconds (the median of {COLD_RUNS} new processes; expected: under 0.5)")
    print(f"  {'':<58} {'wall':>6} {'processor':>10}")
    for one in cold:
        print(f"  {one.title:<58} {one.wall:>6.3f} {one.processor:>10.3f}")


def _write(
    path: Path,
    on: dict[str, object],
    agreements: Sequence[Agreement],
    timings: dict[str, Timing],
    ratios: dict[str, float],
    cold: Sequence[Cold],
    of_surveys: dict[str, object],
) -> None:
    path.parent.mkdir(exist_ok=True)
    written = {
        "machine": on,
        "seed": comparison.SEED,
        "agreement": [
            {
                "engine": one.engine.title,
                "cases": one.cases,
                "left_out": one.left_out,
                "differing": list(one.differing),
            }
            for one in agreements
        ],
        "microseconds": {
            title: {
                "p50": one.at(0.5) * MICRO,
                "p99": one.at(0.99) * MICRO,
                "cases": len(one.seconds),
                "rounds": one.rounds,
            }
            for title, one in timings.items()
        },
        "times_faster": ratios,
        "cold_seconds": {one.title: {"wall": one.wall, "processor": one.processor} for one in cold},
        "surveys": of_surveys,
    }
    path.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    print(f"\nwritten to {path.relative_to(ROOT)}")
