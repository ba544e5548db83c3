"""Says what another law would change for a population: who moves from which answer to which, and by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from locutorio.actions.abreast import abreast
from locutorio.actions.laws import amended, draft, law_of
from locutorio.actions.people import People, keep, open_people
from locutorio.actions.survey import Asked, Progress, compiled_for, scope_of
from locutorio.actions.tables import worked_through
from locutorio.actions.unknowns import bits
from locutorio.decisions.decide import Judge
from locutorio.notices.compose import compose
from locutorio.notices.letter import Letter
from locutorio.notices.reports.values import Example, Impact, Moved
from locutorio.rules.rulebook import Rulebook
from locutorio.survey.survey import Survey
from locutorio.survey.table import CARRIED

EXAMPLES_OF_A_MOVE, MOVES_SHOWN = 2, 8
ROW, OLD, NEW = "row", "old.", "new."
TOLD: dict[str, pl.DataType] = {
    "before": pl.String(),
    "after": pl.String(),
    "decided_before": pl.List(pl.String),
    "decided_after": pl.List(pl.String),
}
Step = tuple[str, str]


def impact(
    path: Path,
    old: str,
    new: str,
    asked: Asked,
    lang: str,
    *,
    rows_to: Path | None = None,
    progress: Progress | None = None,
) -> Impact:
    """Compare what two laws answer for every row of a table.

    Args:
        path: a Parquet file, as for a survey.
        old: a pack by its name, or its folder.
        new: the other one; it may be a draft whose safety is not proved.
        asked: the question.
        lang: the language of the examples.
        rows_to: where to write the rows that change, as Parquet, if anywhere.
        progress: told rows done and rows in all.

    Raises:
        Fault, Faults: the table, a law or the question cannot be used, or the rows cannot be written.
    """
    people = open_people(path)
    keep(people, rows_to)
    books = [draft(name).on(asked.on) for name in (old, new)]
    sides = [Side(book, people, asked) for book in books]
    comparison = Comparison(sides[0], sides[1])

    def worker() -> Callable[[tuple[int, pl.DataFrame]], pl.DataFrame]:
        own = [Side(book, people, asked) for book in books]
        return lambda batch: answered_by(own[0], own[1], *batch)

    def changed() -> Iterator[pl.DataFrame]:
        columns = {name for side in sides for name in side.survey.columns}
        for both in abreast(people.batches(columns), worker):
            changes = comparison.count(both)
            if progress is not None:
                progress(comparison.rows, people.rows)
            yield changes if rows_to is None else _rows(both, changes)

    worked_through(changed(), rows_to)
    return Impact(
        scope=scope_of(people, asked, [side.survey for side in sides]),
        old=law_of(old, books[0].pack, sides[0].provisions),
        new=law_of(new, books[1].pack, sides[1].provisions),
        amended=amended(*books),
        matrix=comparison.matrix,
        reasons_only=comparison.reasons_only,
        moved=_moved(comparison, books),
        examples=tuple(_examples(people, comparison, lang)),
    )


def _moved(comparison: Comparison, books: Iterable[Rulebook]) -> tuple[Moved, ...]:
    provisions = {one.name: one for book in books for one in book.provisions}
    return tuple(
        Moved(provisions[name], stops, *step, rows) for (name, stops, step), rows in comparison.moved.items()
    )


class Side:
    """One of the two laws, compiled for the table."""

    def __init__(self, book: Rulebook, people: People, asked: Asked) -> None:
        self.survey: Survey = compiled_for(people, book, asked)
        self.provisions = tuple(bit.provision for bit in self.survey.provisions)
        self._judge = Judge(book)

    def reasons(self, rows: pl.DataFrame, first: int, prefix: str) -> pl.DataFrame:
        """Give the outcome of each row and what made it, in columns that begin with ``prefix``."""
        found = self.survey.evaluate(rows, masks="deciders", first=first + 1)
        return found.drop(CARRIED, strict=False).rename(lambda name: prefix + name)

    def names(self, words: tuple[int, ...]) -> tuple[str, ...]:
        """Name the provisions that a mask of deciders holds."""
        return tuple(sorted({self.provisions[bit].name for bit in bits(words)}))

    def letter(self, row: Mapping[str, object], lang: str) -> Letter:
        """Tell the single decision of one row in words."""
        return compose(self._judge.decide(self.survey.snapshot(row)), lang)


@dataclass
class Comparison:
    """What two laws make of the rows so far. ``found`` holds, for each change of outcome, its first rows."""

    old: Side
    new: Side
    rows: int = 0
    matrix: Counter[Step] = field(default_factory=Counter)
    reasons_only: int = 0
    moved: Counter[tuple[str, bool, Step]] = field(default_factory=Counter)
    found: dict[Step, list[int]] = field(default_factory=dict)

    def count(self, both: pl.DataFrame) -> pl.DataFrame:
        """Count a batch of rows with their answers; rows with the same answers for the same reasons together.

        Give the answers that differ: the columns that tell them apart, and both in words.
        """
        self.rows += len(both)
        keys = [name for name in both.columns if name.startswith((OLD, NEW))]
        groups = both.group_by(keys).agg(pl.len(), pl.col(ROW).head(EXAMPLES_OF_A_MOVE))
        differing, told = [], []
        for at, group in enumerate(groups.iter_rows(named=True)):
            step = str(group[f"{OLD}outcome"]), str(group[f"{NEW}outcome"])
            made = self.old.names(_mask(group, OLD, keys)), self.new.names(_mask(group, NEW, keys))
            self._count(step, made, group["len"], group[ROW])
            if step[0] != step[1] or made[0] != made[1]:
                differing.append(at)
                told.append((*step, *made))
        described = pl.DataFrame(told, schema=TOLD, orient="row")
        return pl.concat([groups[differing].select(keys), described], how="horizontal")

    def _count(
        self, step: Step, made: tuple[tuple[str, ...], tuple[str, ...]], rows: int, first: list[int]
    ) -> None:
        self.matrix[step] += rows
        if step[0] == step[1]:
            self.reasons_only += rows if made[0] != made[1] else 0
            return
        for name in set(made[0]) ^ set(made[1]):
            self.moved[name, name in made[0], step] += rows
        self.found[step] = sorted([*self.found.get(step, ()), *first])[:EXAMPLES_OF_A_MOVE]


def answered_by(old: Side, new: Side, first: int, rows: pl.DataFrame) -> pl.DataFrame:
    """Give for each row its number from 0, its identifiers, and what each law answers and why."""
    numbers = pl.int_range(first, first + len(rows), eager=True).to_frame(ROW)
    given = rows.select(name for name in CARRIED if name in rows.columns)
    answers = [side.reasons(rows, first, prefix) for side, prefix in ((old, OLD), (new, NEW))]
    return pl.concat([numbers, given, *answers], how="horizontal")


def _rows(both: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Give the rows that change, their numbers from 1, with both answers and what made them."""
    keys = [name for name in changes.columns if name not in TOLD]
    found = both.join(changes, on=keys, how="inner", maintain_order="left")
    return found.drop(keys).with_columns(pl.col(ROW) + 1)


def _mask(group: Mapping[str, int], prefix: str, keys: Sequence[str]) -> tuple[int, ...]:
    words = [name for name in keys if name.startswith(f"{prefix}deciders_")]
    return tuple(group[name] for name in sorted(words, key=lambda name: int(name.rpartition("_")[2])))


def _examples(people: People, comparison: Comparison, lang: str) -> Iterator[Example]:
    """Give the first rows of the most frequent changes, with their single decisions."""
    moves = sorted(comparison.found, key=lambda step: (-comparison.matrix[step], step))
    for step in moves[:MOVES_SHOWN]:
        for number in comparison.found[step]:
            row = people.row(number)
            person, contact = ("" if row.get(name) is None else str(row[name]) for name in CARRIED)
            letters = [side.letter(row, lang) for side in (comparison.old, comparison.new)]
            yield Example(number + 1, person, contact, *step, *letters)
