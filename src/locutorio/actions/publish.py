"""Writes a report into a folder: the page, the tables as CSV, and beside them the file of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from locutorio.actions.writing import unwritten, written
from locutorio.notices.reports.cells import report_as_csv
from locutorio.notices.reports.page import report_as_page
from locutorio.notices.reports.report import Report

ROWS = "rows.parquet"


def folder(out: Path) -> Path:
    """Give a folder to write into; it is made if it is not there.

    Raises:
        Fault: it cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritten(out, error) from error
    return out


def rows_file(into: Path) -> Path:
    """Name the file of rows in a folder."""
    return into / ROWS


def publish(report: Report, formats: Collection[str], into: Path) -> Iterator[Path]:
    """Write what was asked for of csv and page, and give the path of each file as it is written.

    The numbers of a page stand as CSV beside it. A file of rows was written before, while rows were read.

    Raises:
        Fault: a file cannot be written. It is written whole or not at all.
    """
    tables = dict(report_as_csv(report)) if {"csv", "page"} & set(formats) else {}
    files: Mapping[str, str] = tables
    if "page" in formats:
        files = {f"{report.name}.html": report_as_page(report, tables), **tables}
    for name, text in files.items():
        yield written(into / name, text)
    if "parquet" in formats:
        yield rows_file(into)
