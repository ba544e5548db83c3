"""Prints how a survey and an impact compare, for a reader, and gives it for a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.columns import BARE, GIVEN, REASONS, SPEAK, WHOLE, Columns, Compared
from benchmarks.exactness import Exact, decisions_agree, impact_agrees
from benchmarks.populations import NATION, PEOPLE, distributions, table
from benchmarks.whole import Run, compared, surveyed
from tests.survey_report import drafts

DRAFTS: dict[str, Callable[[Path], Path]] = {
    "one changed number": drafts.changed_number,
    "one new provision": drafts.new_provision,
}
ROUNDS = 3
MICRO = 1_000_000


def run() -> tuple[dict[str, object], bool]:
    """Run everything and print it; give it, and whether everything agreed."""
    print(f"\nSurveys, on synthetic people drawn from {distributions().name}")
    columns = Columns().compared()
    _side_by_side(columns)
    people, nation = table(PEOPLE), table(NATION)
    once = [surveyed(people) for _ in range(ROUNDS)]
    ten = surveyed(nation)
    _whole(once, ten)
    exact = decisions_agree(people)
    _exact("rows decided singly (outcome, what made it, missing keys, conditions)", exact)
    impacts: dict[str, dict[str, object]] = {}
    good = not (columns.differing or columns.cedar_differing or exact.differing)
    with TemporaryDirectory() as folder:
        for title, make in DRAFTS.items():
            draft = make(Path(folder) / title)
            timed, agreed = compared(people, draft), impact_agrees(people, draft, Path(folder))
            print(
                f"  impact of {title}: {timed.rows:,} rows in {timed.seconds:.2f} s, {timed.megabytes} MB "
                "(expected: under 5 s)"
            )
            _exact("rows decided twice", agreed)
            impacts[title] = {"run": asdict(timed), "exact": asdict(agreed)}
            good = good and not agreed.differing
    written: dict[str, object] = {
        "side_by_side": asdict(columns),
        "once": [asdict(one) for one in once],
        "ten_times": asdict(ten),
        "exact": asdict(exact),
        "impact": impacts,
    }
    return written, good


def _side_by_side(found: Compared) -> None:
    pairs = f"{found.rows:,} pairs, {found.provisions} provisions on visits, every fact known"
    print(f"  {pairs} (median of rounds)")
    for title, seconds in found.seconds.items():
        print(f"    {title:<44} {seconds:>7.3f} s {seconds / found.rows * MICRO:>9.3f} µs a pair")
    cedar_pair = found.cedar_pair * MICRO
    print(f"    {found.cedar_title:<44} {'':>9} {cedar_pair:>9.0f} µs a pair ({found.sample} pairs)")
    print(f"    rows in which OpenFisca names other provisions: {found.differing}")
    print(f"    pairs of the sample in which Cedar does: {found.cedar_differing}")
    fisca = next(title for title in found.seconds if title.startswith("OpenFisca ("))
    with_columns = found.seconds[fisca] + found.seconds[GIVEN]
    for title in (SPEAK, BARE, REASONS, WHOLE):
        ours = found.seconds[title]
        cedar = found.cedar_pair * found.rows / ours
        expected = " (expected: at least 3)" if title == SPEAK else ""
        print(
            f"    {title}: {found.seconds[fisca] / ours:.1f} times OpenFisca's speed{expected}, "
            f"{with_columns / ours:.1f} counting the time to give it the columns; {cedar:,.0f} times Cedar's"
        )


def _whole(once: list[Run], ten: Run) -> None:
    for one in once:
        print(
            f"  survey of {one.rows:,} rows from Parquet to every count: {one.seconds:.2f} s "
            f"({one.processor:.2f} s of processor), {one.megabytes} MB "
            f"(expected: under 2 s, 1,024 MB on 4 idle cores); process {one.process:.2f} s"
        )
    seconds, processor = (median(getattr(one, name) for one in once) for name in ("seconds", "processor"))
    print(
        f"  ten times that: {ten.seconds:.2f} s ({ten.processor:.2f} s of processor), {ten.megabytes} MB: "
        f"{ten.seconds / seconds:.1f} times the time, {ten.processor / processor:.1f} of processor "
        "(expected: at most 10)"
    )


def _exact(what: str, found: Exact) -> None:
    print(f"  {found.rows:,} {what}: {found.differing} differ")
