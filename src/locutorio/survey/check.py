"""Refuses rows that hold what no fact can be, before anything is decided on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from locutorio.facts.vocabulary import FactKind
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.moments import NEVER, YEAR_MAX, YEAR_MIN
from locutorio.rules.columns import EPOCH, Cells, Given
from locutorio.rules.rulebook import Rulebook
from locutorio.survey.table import Table, counted_years, words_of

AMOUNT_MAX = 999_999_999  # sums of a few of these stay whole numbers


def check(rows: pl.DataFrame, table: Table, book: Rulebook, first: int) -> None:
    """Refuse what cannot be.

    Args:
        rows: a batch, with at least the columns that are read.
        table: what the columns mean.
        book: the law, with its vocabulary.
        first: the number of the batch's first row, counted from 1.

    Raises:
        Fault: a word is not of the vocabulary, a number is less than 0 or too large, a day lies outside
            the years a case can have, or years contradict days.
    """
    for path, cells in columns_of(table):
        if cells.name in rows.columns:
            kind = book.words.facts[path]
            if cells.words is not None:
                _check_words(rows, cells, kind, book, first)
            elif kind.type == "quantity":
                _check_amounts(rows, cells, first)
            elif kind.type == "day":
                _check_days(rows, cells, first)
    for path, start, end, counted in counted_years(table, book):
        if start.name in rows.columns:
            _check_order(rows, start, end, first)
            if path in table.stated and path in rows.columns:
                _check_years(rows, path, start, counted, first)


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
    least, most = int(column.min() or 0), int(column.max() or 0)  # type: ignore[arg-type]
    if least < 0:
        at, why = (column < 0).arg_true()[0], "a number of things is never less than 0"
    elif most > AMOUNT_MAX:
        at, why = (column > AMOUNT_MAX).arg_true()[0], f"a number is at most {AMOUNT_MAX:,}"
    else:
        return
    raise Fault(
        f'row {first + at} has {column[at]} in the column "{cells.name}"',
        why=why,
        remedy="correct the row, or leave the cell empty if the number is not known",
    )


def _check_days(rows: pl.DataFrame, cells: Cells, first: int) -> None:
    column = rows.get_column(cells.name).cast(pl.Date)
    strange = ~column.is_between(date(YEAR_MIN, 1, 1), date(YEAR_MAX, 12, 31)) & (column != NEVER)
    if strange.any():
        at = strange.arg_true()[0]
        raise Fault(
            f'row {first + at} has {column.cast(pl.String)[at]} in the column "{cells.name}"',
            why=f"that is outside the years {YEAR_MIN} to {YEAR_MAX}",
            remedy=f"correct the row; leave the cell empty if the day is not known, and write {NEVER} for a "
            "day that has not come about",
        )


def _check_order(rows: pl.DataFrame, start: Cells, end: Given, first: int) -> None:
    """Refuse years counted from a day still to come."""
    last = end.expression if isinstance(end, Cells) else pl.lit(int(end or 0) - EPOCH)
    late = rows.select((start.expression > last).fill_null(False)).to_series()
    if late.any():
        at = late.arg_true()[0]
        raise Fault(
            f'row {first + at} has {rows.get_column(start.name)[at]} in the column "{start.name}"',
            why="that day is after the day until which years are counted",
            remedy="correct the row, or ask about a later day with --on",
        )


def _check_years(rows: pl.DataFrame, path: str, start: Cells, counted: pl.Expr, first: int) -> None:
    """Refuse years that are stated otherwise than counted."""
    years = rows.select(counted).to_series()
    stated = rows.get_column(path)
    differs = (years != stated).fill_null(False)
    if differs.any():
        at = differs.arg_true()[0]
        raise Fault(
            f'row {first + at} has {stated[at]} in the column "{path}"',
            why=f'its "{start.name}" is {rows.get_column(start.name)[at]}, which makes it {years[at]}',
            remedy="correct the row",
        )
