"""Runs the generated tests at full count on every core: `python -m tests.soak`.

Totals by campaign and seed stand in build/soak.json, so a run that was interrupted goes on where it was, and
a count that is reached is not run again unless `--fresh` says so.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.campaign import Campaign
from tests.campaigns import CAMPAIGNS

TOTALS = Path("build") / "soak.json"
FAILURES_SHOWN = 3


@dataclass(frozen=True)
class Batch:
    """What came of one seed of a campaign: how many cases held, notes for a reader, what failed, and what was
    counted.
    """

    campaign: str
    seed: int
    count: int
    notes: tuple[str, ...]
    failure: str | None
    tally: Mapping[str, int] = field(default_factory=dict)


def run(task: tuple[str, int]) -> Batch:
    """Run one seed of a campaign."""
    name, seed = task
    try:
        done = CAMPAIGNS[name].batch(seed)
    except Exception:  # noqa: BLE001 - whatever went wrong is reported with its seed
        return Batch(name, seed, 0, (), traceback.format_exc(limit=-4))
    return Batch(name, seed, done.count, done.notes, None, done.tally)


class Totals:
    """The counts and notes so far, by campaign and seed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.by_seed: dict[str, dict[str, dict[str, Any]]] = {}
        if path.is_file():
            self.by_seed = json.loads(path.read_text("utf-8"))

    def of(self, name: str) -> dict[str, dict[str, Any]]:
        return self.by_seed.setdefault(name, {})

    def count(self, name: str) -> int:
        return sum(int(entry["count"]) for entry in self.of(name).values())

    def notes(self, name: str) -> list[str]:
        return [str(note) for entry in self.of(name).values() for note in entry["notes"]]

    def tally(self, name: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for entry in self.of(name).values():
            found.update(entry.get("tally", {}))
        return found

    def add(self, batch: Batch) -> None:
        """Keep one batch; the file is whole at every moment."""
        entry: dict[str, Any] = {"count": batch.count, "notes": batch.notes}
        if batch.tally:
            entry["tally"] = batch.tally
        self.of(batch.campaign)[str(batch.seed)] = entry
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.by_seed, indent=1) + "\n", "utf-8")
        new.replace(self.path)


def seeds_left(campaign: Campaign, totals: Totals, wanted: int) -> Iterator[int]:
    """Give the seeds still to run, if every batch has about as many cases as the campaign says."""
    missing = wanted - totals.count(campaign.name)
    seed = 0
    while missing > 0:
        if str(seed) not in totals.of(campaign.name):
            yield seed
            missing -= campaign.size
        seed += 1


def report(batches: Iterable[Batch], totals: Totals) -> int:
    """Keep what comes in, print what failed, and give how many batches did."""
    failed = 0
    for batch in batches:
        if batch.failure is None:
            totals.add(batch)
            continue
        failed += 1
        if failed <= FAILURES_SHOWN:
            print(f"{batch.campaign}, seed {batch.seed} failed:\n{batch.failure}", flush=True)
    return failed


def campaign_run(campaign: Campaign, totals: Totals, wanted: int, workers: int) -> bool:
    """Bring one campaign to its count; say whether it held."""
    name, began, before = campaign.name, time.monotonic(), totals.count(campaign.name)
    failed, reached = 0, -1
    context = multiprocessing.get_context("spawn")
    while failed == 0 and reached < totals.count(name) < wanted:
        reached = totals.count(name)
        left = [(name, seed) for seed in seeds_left(campaign, totals, wanted)]
        with context.Pool(min(workers, len(left))) as pool:
            failed = report(pool.imap_unordered(run, left), totals)
    total, notes = totals.count(name), totals.notes(name)
    tally = totals.tally(name)
    lacking = campaign.lacking(tally) if total >= campaign.count else ()
    held = failed == 0 and total >= wanted and len(notes) <= campaign.most * total and not lacking
    for note in (*notes, *campaign.told(tally), *lacking):
        print(f"  {note}")
    if campaign.most:
        print(f"  {total - len(notes):,} of {total:,} caught: {1 - len(notes) / max(total, 1):.1%}")
    spent = f"{total - before:,} now, {time.monotonic() - began:.0f} s"
    print(f"{name}: {total:,} {campaign.unit}: {'held' if held else 'FAILED'} ({spent})", flush=True)
    return held


def main(arguments: list[str]) -> int:
    """Run what is asked for; the exit code is 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=sorted(CAMPAIGNS), help="this campaign; can be repeated"
    )
    parser.add_argument("--count", type=int, help="how many cases, instead of each campaign's own count")
    parser.add_argument("--fresh", action="store_true", help="forget the totals of what is run")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, help="run this one seed here, and keep no total")
    asked = parser.parse_args(arguments)
    chosen = [CAMPAIGNS[name] for name in asked.only or CAMPAIGNS]
    if asked.seed is not None:
        batches = [run((campaign.name, asked.seed)) for campaign in chosen]
        for batch in batches:
            print(
                *batch.notes,
                batch.failure or f"{batch.campaign}, seed {batch.seed}: {batch.count} held",
                sep="\n",
            )
        return int(any(batch.failure for batch in batches))
    totals = Totals(TOTALS)
    for campaign in chosen if asked.fresh else ():
        totals.by_seed.pop(campaign.name, None)
    with tempfile.TemporaryDirectory(prefix="locutorio-soak-") as home:
        Path(home).chmod(0o755)  # a database server works as another user
        os.environ["TMPDIR"] = home
        held = [campaign_run(c, totals, asked.count or c.count, asked.workers) for c in chosen]
    return int(not all(held))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("stopped; the same command goes on from here")
