"""Reads one file whole: each of its rows is taken or not taken, never both and never neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from locutorio.actions.importing import between
from locutorio.actions.importing.bookings import read_booking
from locutorio.actions.importing.calls import read_call
from locutorio.actions.importing.cells import Cells, Settings
from locutorio.actions.importing.columns import columns
from locutorio.actions.importing.contacts import read_contact
from locutorio.actions.importing.numbers import read_number
from locutorio.actions.importing.people import read_person
from locutorio.actions.importing.read_row import ReadRow
from locutorio.actions.importing.remarks import Remark
from locutorio.actions.importing.restrictions import read_restriction
from locutorio.actions.importing.sheet import Line, Sheet, read_sheet
from locutorio.actions.importing.values import Row

READERS: Mapping[str, Callable[[Cells], Row | None]] = {
    "people": read_person,
    "contacts": read_contact,
    "numbers": read_number,
    "restrictions": read_restriction,
    "bookings": read_booking,
    "calls": read_call,
}
_CUSTOM = {"order": "whole.day_order", "telephone": "whole.telephone_form"}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file read: its rows in order, what there is to say of the whole, and the codes that were read, by
    column, as written and as read, with how often.
    """

    kind: str
    sheet: Sheet
    rows: tuple[ReadRow, ...]
    remarks: tuple[Remark, ...]
    codes: Mapping[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def taken(self) -> tuple[ReadRow, ...]:
        """The rows that are taken and repeat no other."""
        return tuple(entry for entry in self.rows if entry.taken and not entry.same_as)

    @property
    def not_taken(self) -> tuple[ReadRow, ...]:
        return tuple(entry for entry in self.rows if not entry.taken)


def read(kind: str, raw: bytes, name: str, settings: Settings) -> ReadFile:
    """Read a file.

    Args:
        kind: people, contacts, numbers, restrictions, bookings or calls.
        raw: its bytes.
        name: what to call it in the report.
        settings: what to know of the establishment.

    Raises:
        Fault: the file as a whole cannot be read (see ``read_sheet``).
    """
    sheet = read_sheet(raw, name, columns(kind).also(settings.codes.titles.get(kind, {})))
    coded: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, ...], int] = {}
    entries: list[ReadRow] = []
    for line in sheet.lines:
        entry = _entry(kind, sheet, line, settings, coded)
        same_as = first.setdefault(line.cells, line.number)
        if same_as != line.number and entry.taken:
            repeated = Remark(line.number, "", "", "changed.repeated", {"line": str(same_as)})
            entry = replace(entry, same_as=same_as, remarks=(repeated,))
        entries.append(entry)
    custom = [
        Remark(0, column, "", _CUSTOM[value], {"count": str(count), "order": settings.codes.dates})
        for (column, written, value), count in sorted(coded.items())
        if not written
    ]
    codes = {key: count for key, count in sorted(coded.items()) if key[1]}
    entries, more = between.compared(kind, entries, settings)
    return ReadFile(kind, sheet, tuple(entries), (*sheet.remarks, *custom, *more), codes)


def _entry(
    kind: str, sheet: Sheet, line: Line, settings: Settings, coded: Counter[tuple[str, str, str]]
) -> ReadRow:
    if line.broken:
        values = {"cells": str(len(line.cells)), "columns": str(len(sheet.header))}
        return ReadRow(line, None, (Remark(line.number, "", "", f"refused.{line.broken}", values),))
    cells = Cells(line.number, sheet.named(line), settings)
    row = READERS[kind](cells)
    assert (row is None) == cells.refused, (kind, line.number)
    if row is not None:
        coded.update(cells.coded)
    return ReadRow(line, row, tuple(cells.remarks))
