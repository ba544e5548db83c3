"""Writes the tables of a report as CSV. No cell can be taken for a formula by a program that opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from locutorio.notices.reports.report import Cell, Report, Table
from locutorio.notices.reports.text import told_of
from locutorio.notices.words import Words

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
DIGITS = 4


def report_as_csv(report: Report) -> Iterator[tuple[str, str]]:
    """Give (name of the file, text) for each table, and for the examples, if the report can have any.

    A table without rows has its headings alone, so that no older file is taken for it.
    Numbers stand with a point and without thousands, shares in percent, so that a program can read them.
    """
    for table in report.tables:
        yield f"{table.name}.csv", table_as_csv(table)
    if report.examples_heading:
        yield "examples.csv", _examples(report)


def table_as_csv(table: Table) -> str:
    """Write one table, its headings first."""
    return _written([tuple(column.heading for column in table.columns), *table.rows])


def harmless(cell: Cell) -> str:
    """Write one cell so that a spreadsheet shows it and does not compute it."""
    if isinstance(cell, float):
        return f"{cell:.{DIGITS}f}"
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text


def _examples(report: Report) -> str:
    words = Words(report.lang)
    names = ("row", "why_before", "why_after")
    rows = [tuple(words.say(f"report.column.{name}") for name in names)]
    rows += [
        (pair.heading, " ".join(told_of(pair.old)), " ".join(told_of(pair.new))) for pair in report.examples
    ]
    return _written(rows)


def _written(rows: Sequence[tuple[Cell, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()
