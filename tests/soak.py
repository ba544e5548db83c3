"""Runs the generated tests at full count on every core: `python -m tests.soak`.

Totals by campaign and seed stand in build/soak.json, so a run that was interrupted goes on where it was, and a count
that is reached is not run again unless `--fresh` says so.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.campaigns import CAMPAIGNS, Campaign

TOTALS = Path("build") / "soak.json"
FAILURES_SHOWN = 3


@dataclass(frozen=True)
class Batch:
    """What came of one seed of a campaign: how many cases held, what to print, and what failed."""

    campaign: str
    seed: int
    count: int
    lines: tuple[str, ...]
    failure: str | None


def run(task: tuple[str, int]) -> Batch:
    """Run one seed of a campaign."""
    name, seed = task
    try:
        done = CAMPAIGNS[name].batch(seed)
    except Exception:
        return Batch(name, seed, 0, (), traceback.format_exc(limit=-4))
    return Batch(name, seed, done.count, done.lines, None)


class Totals:
    """The counts so far: for each campaign, cases by seed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.by_seed: dict[str, dict[str, int]] = {}
        if path.is_file():
            self.by_seed = json.loads(path.read_text("utf-8"))

    def of(self, name: str) -> dict[str, int]:
        return self.by_seed.setdefault(name, {})

    def add(self, batch: Batch) -> None:
        """Keep one batch; the file is whole at every moment."""
        self.of(batch.campaign)[str(batch.seed)] = batch.count
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.by_seed, indent=1) + "\n", "utf-8")
        new.replace(self.path)


def seeds_left(campaign: Campaign, done: dict[str, int], wanted: int) -> Iterator[int]:
    """Give the seeds still to run, as if every batch counted as many cases as the fewest so far."""
    missing = wanted - sum(done.values())
    seed = 0
    while missing > 0:
        if str(seed) not in done:
            yield seed
            missing -= campaign.size
        seed += 1


def report(batches: Iterable[Batch], totals: Totals) -> int:
    """Keep and print what comes in; give how many batches failed."""
    failed = 0
    for batch in batches:
        for line in batch.lines:
            print(line, flush=True)
        if batch.failure is None:
            totals.add(batch)
            continue
        failed += 1
        if failed <= FAILURES_SHOWN:
            print(f"{batch.campaign}, seed {batch.seed} failed:\n{batch.failure}", flush=True)
    return failed


def campaign_run(campaign: Campaign, totals: Totals, wanted: int, workers: int) -> bool:
    """Bring one campaign to its count; say whether it held."""
    began = time.monotonic()
    before = sum(totals.of(campaign.name).values())
    failed = 0
    context = multiprocessing.get_context("spawn")
    while failed == 0 and (left := list(seeds_left(campaign, totals.of(campaign.name), wanted))):
        with context.Pool(min(workers, len(left))) as pool:
            failed = report(pool.imap_unordered(run, [(campaign.name, seed) for seed in left]), totals)
    total = sum(totals.of(campaign.name).values())
    spent = time.monotonic() - began
    held = failed == 0 and campaign.holds(totals.of(campaign.name))
    word = "held" if held else "FAILED"
    print(f"{campaign.name}: {total:,} {campaign.unit} {word} ({total - before:,} now, {spent:.0f} s)", flush=True)
    return held


def main(arguments: list[str]) -> int:
    """Run what is asked for; the exit code is 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(CAMPAIGNS), help="this campaign; can be repeated")
    parser.add_argument("--count", type=int, help="how many cases, instead of each campaign's own count")
    parser.add_argument("--fresh", action="store_true", help="forget the totals of what is run")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, help="run this one seed here, and keep no total")
    asked = parser.parse_args(arguments)
    chosen = [CAMPAIGNS[name] for name in asked.only or CAMPAIGNS]
    if asked.seed is not None:
        batches = [run((campaign.name, asked.seed)) for campaign in chosen]
        for batch in batches:
            print(*batch.lines, batch.failure or f"{batch.campaign}, seed {batch.seed}: {batch.count} held", sep="\n")
        return int(any(batch.failure for batch in batches))
    totals = Totals(TOTALS)
    for campaign in chosen if asked.fresh else ():
        totals.by_seed.pop(campaign.name, None)
    held = [campaign_run(c, totals, asked.count or c.count, asked.workers) for c in chosen]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
