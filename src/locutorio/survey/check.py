"""Refuses rows that hold what no fact can be, before anything is decided on them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from locutorio.facts.vocabulary import FactKind
from locutorio.kernel.faults import Fault, suggestion
from locutorio.rules.columns import Cells
from locutorio.rules.rulebook import Rulebook
from locutorio.survey.table import Table, counted_years, words_of


def check(rows: pl.DataFrame, table: Table, book: Rulebook, first: int) -> None:
    """Refuse what cannot be.

    Args:
        rows: a batch, with at least the columns that are read.
        table: what the columns mean.
        book: the law, with its vocabulary.
        first: the number of the batch's first row, counted from 1.

    Raises:
        Fault: a word is not of the vocabulary, a number is less than 0, or years contradict days.
    """
    for path, cells in columns_of(table):
        if cells.name in rows.columns:
            kind = book.words.facts[path]
            if cells.words is not None:
                _check_words(rows, cells, kind, book, first)
            elif kind.type == "quantity":
                _check_amounts(rows, cells, first)
    for path, start, counted in counted_years(table, book):
        if start.name in rows.columns:
            _check_years(rows, path, start, counted, table, first)


def columns_of(table: Table) -> Iterator[tuple[str, Cells]]:
    """Give every column of a fact with the path of that fact."""
    for path in table.stated:
        yield path, Cells(path, pl.col(path), "", table.words.get(path))
    for slot in table.slots:
        for path, cells in slot.own.items():
            yield path, cells


def _check_words(rows: pl.DataFrame, cells: Cells, kind: FactKind, book: Rulebook, first: int) -> None:
    column = rows.get_column(cells.name)
    known = words_of(kind, book)
    if isinstance(column.dtype, pl.Enum) and set(column.dtype.categories) <= set(known):
        return
    strange = [word for word in column.unique().cast(pl.String) if word is not None and word not in known]
    if strange:
        at = column.cast(pl.String).is_in(strange).arg_true()[0]
        word = str(column[at])
        raise Fault(
            f'row {first + at} has "{word}" in the column "{cells.name}"',
            why=f"that is no {'office' if kind.type == 'office' else 'value of the fact'} of the vocabulary",
            remedy=suggestion(word, known),
        )


def _check_amounts(rows: pl.DataFrame, cells: Cells, first: int) -> None:
    column = rows.get_column(cells.name)
    if column.dtype.is_signed_integer() and ((column.min() or 0) < 0):  # type: ignore[operator]
        at = (column < 0).arg_true()[0]
        raise Fault(
            f'row {first + at} has {column[at]} in the column "{cells.name}"',
            why="a number of things is never less than 0",
            remedy="correct the row, or leave the cell empty if the number is not known",
        )


def _check_years(
    rows: pl.DataFrame, path: str, start: Cells, counted: pl.Expr, table: Table, first: int
) -> None:
    stated = pl.col(path) if path in table.stated and path in rows.columns else None
    wrong = counted < 0 if stated is None else (counted < 0) | (counted != stated)
    found = rows.select(wrong.fill_null(False).alias("wrong"), counted.alias("counted"))
    if found.get_column("wrong").any():
        at = found.get_column("wrong").arg_true()[0]
        born, years = rows.get_column(start.name)[at], found.get_column("counted")[at]
        other = None if stated is None else rows.get_column(path)[at]
        said = "" if other is None else f', and {other} in the column "{path}"'
        raise Fault(
            f'row {first + at} has {born} in the column "{start.name}"{said}',
            why="that day is after the day of the question" if years < 0 else f"the first makes it {years}",
            remedy="correct the row",
        )
