"""Writes the rows that were not taken as a file that a spreadsheet opens, to be corrected and read again."""

from __future__ import annotations

import csv
import io
import re

from locutorio.actions.importing.read_row import ReadRow
from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.report import why
from locutorio.actions.importing.sheet import BECAUSE

_ACTS = re.compile(r"'*[=+\-@\t\r]")


def rest(reading: ReadFile, lang: str) -> bytes:
    """Give the rows that were not taken: the columns of the file as they stood, and a last one that says why.

    A cell that a spreadsheet would work out begins with its mark of text, an apostrophe, which reading takes
    off again. Cells beyond the header, and those of a row that has too few, stand in columns ``(more 1)``,
    ``(more 2)``, …; a line whose quotation marks are odd stands whole in its first cell.
    """
    width = len(reading.sheet.header)
    rows = [(_laid_out(entry, width), why(entry, lang)) for entry in reading.not_taken]
    most = max((len(cells) for cells, _ in rows), default=width)
    more = (f"(more {at})" for at in range(1, most - width + 1))
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*reading.sheet.header, *more, BECAUSE])
    for cells, reasons in rows:
        padded = cells + [""] * (most - len(cells))
        writer.writerow([*(_inert(cell) for cell in padded), reasons])
    return text.getvalue().encode("utf-8-sig")


def _laid_out(entry: ReadRow, width: int) -> list[str]:
    """Give the cells of a row in the columns of the header; of too few, all stand beyond it, to be moved."""
    cells = list(entry.line.cells)
    if entry.line.broken == "cells_few":
        return [""] * width + cells
    return cells + [""] * (width - len(cells))


def _inert(cell: str) -> str:
    return f"'{cell}" if _ACTS.match(cell) else cell
