"""Counts in how many rows a survey, or an impact, differs from deciding each row by itself."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks.populations import ON, SEED
from benchmarks.whole import ASKED, PACK
from locutorio.actions import shelf
from locutorio.actions.impact import impact
from locutorio.actions.laws import draft
from locutorio.actions.people import open_people
from locutorio.actions.survey import compiled_for
from locutorio.actions.unknowns import bits
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision, Truth
from locutorio.survey.survey import Survey

SAMPLE, IMPACT_SAMPLE = 10_000, 2_000


@dataclass(frozen=True)
class Exact:
    """How many rows were compared, and in how many something differed."""

    rows: int
    differing: int


def sampled(people: Path, rows: int) -> pl.DataFrame:
    """Give so many rows of a table, drawn by seed, in their order."""
    whole = pl.scan_parquet(people).select(pl.len()).collect().item()
    chosen = sorted(random.Random(SEED).sample(range(whole), rows))
    wanted = pl.LazyFrame({"at": chosen}, schema={"at": pl.UInt32})
    numbered = pl.scan_parquet(people).with_row_index("at")
    return numbered.join(wanted, on="at", how="semi").sort("at").drop("at").collect()


def decisions_agree(people: Path) -> Exact:
    """Compare outcome, what made it, missing keys and conditions of many rows with their single decisions."""
    book = shelf.shelf(PACK).on(ON)
    survey, judge = compiled_for(open_people(people), book, ASKED), Judge(book)
    rows = sampled(people, SAMPLE)
    answers = survey.evaluate(rows)
    pairs = zip(rows.iter_rows(named=True), answers.iter_rows(named=True), strict=True)
    differing = sum(
        _of_survey(survey, answer) != _of_decision(judge.reasoned(survey.snapshot(row)))
        for row, answer in pairs
    )
    return Exact(len(rows), differing)


def _of_survey(survey: Survey, answer: Mapping[str, object]) -> tuple[object, ...]:
    outcome = str(answer["outcome"])
    made = {survey.provisions[bit].provision.name for bit in _mask(answer, "deciders")}
    keys = {survey.keys[bit][1].key for bit in _mask(answer, "missing")}
    held = {survey.conditions[bit] for bit in _mask(answer, "conditions")} if outcome != "refuse" else set()
    return outcome, made if outcome != "open" else None, keys, held


def _of_decision(one: Decision) -> tuple[object, ...]:
    return (
        one.outcome.value if one.firm else "open",
        {finding.provision for finding in one.reasons} if one.firm else None,
        {key.fact for key in one.keys if key.state is Truth.NO},
        {held.token for held in one.conditions if held.truth is Truth.YES and held.contested is None},
    )


def _mask(answer: Mapping[str, object], name: str) -> Iterator[int]:
    word = re.compile(rf"{name}(_[0-9]+)?")
    words = [value for column, value in answer.items() if word.fullmatch(column)]
    return bits(value for value in words if isinstance(value, int))


def impact_agrees(people: Path, new: Path, into: Path) -> Exact:
    """Compare the matrix of an impact on some rows with deciding each of them twice."""
    rows = sampled(people, IMPACT_SAMPLE)
    path = into / "sample.parquet"
    rows.write_parquet(path)
    found = impact(path, PACK, str(new), ASKED, "en")
    table = open_people(path)
    each = []
    for law in (PACK, str(new)):
        book = draft(law).on(ON)
        survey, judge = compiled_for(table, book, ASKED), Judge(book)
        decided = [judge.reasoned(survey.snapshot(row)) for row in rows.iter_rows(named=True)]
        each.append([one.outcome.value if one.firm else "open" for one in decided])
    expected = Counter(zip(*each, strict=True))
    counted = {step: count for step, count in found.matrix.items() if count}
    return Exact(len(rows), sum(abs(counted.get(s, 0) - expected.get(s, 0)) for s in {*counted, *expected}))
