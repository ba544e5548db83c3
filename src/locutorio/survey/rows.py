"""One row of a table as a single decision sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from locutorio.decisions.findings import shown
from locutorio.decisions.papers import UNTIL
from locutorio.facts.snapshot import Paper, Question, Snapshot
from locutorio.facts.vocabulary import Value
from locutorio.rules.columns import Cells
from locutorio.survey.said import Sitting
from locutorio.survey.table import COMPLETE, Slot

Row = Mapping[str, Any]


def snapshot(row: Row, sitting: Sitting, asked_on: date | None) -> Snapshot:
    """Give what a row says: its facts, its papers, and the kinds of paper of which it holds all.

    An empty cell is not known. Where nobody knows whether there is a paper, none is counted, and its kind is
    not completely known.
    """
    table, book = sitting.table, sitting.book
    facts = {path: row[path] for path in table.stated if row.get(path) is not None} | assumed(sitting)
    papers = tuple(_paper(slot, row) for slot in table.slots if row.get(slot.column))
    unsure = {book.pack.forms[slot.form].kind for slot in table.slots if row.get(slot.column) is None}
    complete = frozenset(book.pack.kinds) if table.has_complete and row.get(COMPLETE) else sitting.complete
    return Snapshot(
        Question("contact", sitting.on, sitting.about, asked_on),
        facts,
        papers,
        complete - unsure,
        sitting.adopted,
    )


def assumed(sitting: Sitting) -> dict[str, Value]:
    """Give the facts that are taken at their plain value, as the vocabulary types them."""
    found: dict[str, Value] = {}
    for path in sitting.table.assumed:
        given = sitting.table.facts[path]
        assert not isinstance(given, Cells)
        value = shown(path, given, sitting.book)
        assert value is not None
        found[path] = value
    return found


def _paper(slot: Slot, row: Row) -> Paper:
    stated: dict[str, Any] = {path: row.get(cells.name) for path, cells in slot.own.items()}
    return Paper(
        slot.name,
        slot.form,
        {path: value for path, value in stated.items() if value is not None or path == UNTIL},
    )
