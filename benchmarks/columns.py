"""A million and a half pairs side by side: our survey, OpenFisca over arrays, and Cedar on a sample."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from time import perf_counter
from typing import TypeVar

import numpy as np
import polars as pl

from benchmarks.engines.cedar import CedarByQuestion
from benchmarks.engines.openfisca_columns import OpenFiscaColumns
from benchmarks.law import Rule, asked, rules_of
from benchmarks.populations import ON, SEED, known, table
from locutorio.actions import shelf
from locutorio.decisions.usual import plain_value
from locutorio.facts.vocabulary import FactKind
from locutorio.kernel.moments import years_between
from locutorio.rules.kleene import Pair
from locutorio.rules.rulebook import ABOUT
from locutorio.rules.tree import Group, facts_of, lines_of, sums_of
from locutorio.survey.survey import Survey

PACK, QUESTION = "us-federal", "visit"
PEOPLE, ROWS = 150_000, 1_500_000
ROUNDS, SAMPLE = 5, 300
GIVEN = "OpenFisca: giving it the columns"
SPEAK = "ours: which speak"
T = TypeVar("T")
BARE, REASONS, WHOLE = "ours: bare outcomes", "ours: and what made each", "ours: whole survey, every mask"


@dataclass(frozen=True)
class Compared:
    """Seconds for all rows by title (for Cedar: of one pair), and in how many rows somebody disagreed."""

    rows: int
    provisions: int
    seconds: Mapping[str, float]
    cedar_pair: float
    cedar_title: str
    sample: int
    differing: int
    cedar_differing: int


class Columns:
    """General law on visits, with every fact known, in every engine."""

    def __init__(self) -> None:
        self.book = shelf.shelf(PACK).on(ON)
        names = {self.book.provisions[i].name for i in self.book.general(QUESTION).indices}
        names -= {self.book.provisions[i].name for i in self.book.off(frozenset())}
        self.rules = [_cut(rule) for rule in rules_of(self.book) if rule.name in names]
        self.rows = self._rows()
        self.survey = Survey(
            self.book, QUESTION, ON, self.rows.schema, complete=frozenset(self.book.pack.kinds)
        )
        logic, said = self.survey.sitting.logic, self.survey.hearing.said
        self.states = {one.provision.name: logic.sure(one.state) for one in said}
        self.speakers = logic.over(set(self.states.values()))
        self.fisca = OpenFiscaColumns(self.rules, self.book.words)

    def _rows(self) -> pl.DataFrame:
        reads = self.book.reach_of_contact(QUESTION) | {path for rule in self.rules for path in _reads(rule)}
        defaults: dict[str, pl.Expr] = {}
        for path in sorted(reads):
            kind = self.book.words.facts[path]
            if not path.startswith(("instrument.", "request.about", "request.on", "request.asked_on")):
                defaults[path] = _default(kind, list(self.book.words.offices))
        drawn = pl.read_parquet(table(PEOPLE, unknown_pct=0))
        ages = drawn.get_column("contact.born_on").unique()
        years = ages.map_elements(lambda born: years_between(born, ON), return_dtype=pl.Int32)
        counted = drawn.with_columns(
            pl.col("contact.born_on").replace_strict(ages, years).alias("contact.age")
        )
        return known(counted, defaults).head(ROWS)

    def ours(self, masks: bool | str) -> pl.DataFrame:
        """Decide every row, all at once."""
        return self.survey.evaluate(self.rows, masks=masks)

    def speaks(self) -> Mapping[int, Pair]:
        """Say of each provision in which rows it speaks: what OpenFisca is asked."""
        return self.speakers.over(self.rows)

    def compared(self) -> Compared:
        """Time each engine in interleaved rounds, and compare which provisions speak in every row."""
        arrays = self.fisca.arrays(self.rows)
        ways: dict[str, Callable[[], object]] = {
            SPEAK: self.speaks,
            BARE: lambda: self.ours(masks=False),
            REASONS: lambda: self.ours("deciders"),
            WHOLE: lambda: self.ours(masks=True),
        }
        taken: dict[str, list[float]] = {title: [] for title in (*ways, self.fisca.title, GIVEN)}
        spoken: list[np.ndarray] = []
        for _ in range(ROUNDS):
            for title, way in ways.items():
                taken[title].append(_timed(way)[0])
            given, simulation = _timed(lambda: self.fisca.prepared(arrays, len(self.rows)))
            seconds, spoken = _timed(lambda: self.fisca.speaks(simulation))  # noqa: B023 - called at once
            taken[self.fisca.title].append(seconds)
            taken[GIVEN].append(given)
        cedar_pair, cedar_title, cedar_differing = self._cedar()
        return Compared(
            rows=len(self.rows),
            provisions=len(self.rules),
            seconds={title: median(each) for title, each in taken.items()},
            cedar_pair=cedar_pair,
            cedar_title=cedar_title,
            sample=SAMPLE,
            differing=self._differing(spoken),
            cedar_differing=cedar_differing,
        )

    def _differing(self, spoken: list[np.ndarray]) -> int:
        """Count the rows in which OpenFisca names other provisions than our survey."""
        differs = np.zeros(len(self.rows), dtype=bool)
        found = self.speaks()
        for name, array in zip(self.fisca.names, spoken, strict=True):
            truth = found[self.states[name]][0] if name in self.states else False
            differs |= (truth if isinstance(truth, bool) else truth.to_numpy()) != array
        return int(differs.sum())

    def _cedar(self) -> tuple[float, str, int]:
        """Give Cedar's median time for one pair, its title, and on how many of a sample it disagreed."""
        engine = CedarByQuestion(self.book)
        names = {rule.name for rule in self.rules}
        taken, differing = [], 0
        for number in sorted(random.Random(SEED).sample(range(len(self.rows)), SAMPLE)):
            row = self.rows.row(number, named=True)
            case = asked(str(number), self.survey.snapshot(row), self.book)
            seconds, spoken = _timed(lambda: [engine.speaks(part) for part in case.parts])  # noqa: B023
            taken.append(seconds)
            ours = frozenset(name for part in case.parts for name in part.certain)
            differing += (frozenset().union(*spoken) & names) != (ours & names)
        return median(taken), engine.title, differing


def _timed(way: Callable[[], T]) -> tuple[float, T]:
    gc.collect()
    start = perf_counter()
    found = way()
    return perf_counter() - start, found


def _reads(rule: Rule) -> frozenset[str]:
    return frozenset(path for line in lines_of(rule.when) for path in facts_of(sums_of(line)))


def _cut(rule: Rule) -> Rule:
    """Leave out the lines that only ask which question it is: they hold in every row."""
    parts = tuple(
        part for part in rule.when.parts if isinstance(part, Group) or set(facts_of(sums_of(part))) != {ABOUT}
    )
    return replace(rule, when=Group(every=True, parts=parts))


def _default(kind: FactKind, offices: Sequence[str]) -> pl.Expr:
    """Give the plain value of a fact, or where it has none: no, 0, the first word, or the day asked about."""
    plain = plain_value(kind)
    match kind.type:
        case "yes_no":
            return pl.lit(bool(plain))
        case "quantity":
            return pl.lit(int(plain or 0), dtype=pl.Int32)
        case "day":
            return pl.lit(ON if plain is None else date.fromordinal(int(plain)))
        case _:
            words = list(kind.values) or list(offices)
            return pl.lit(words[0] if plain is None else plain, dtype=pl.Enum(words))
