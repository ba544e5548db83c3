"""Compares the rows of one file: rows that say different things of the same are not taken, none of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from locutorio.actions.importing.cells import Settings
from locutorio.actions.importing.names import alike
from locutorio.actions.importing.read_row import ReadRow
from locutorio.actions.importing.remarks import Remark
from locutorio.actions.importing.values import BookingRow, CallRow, ContactRow, NumberRow, PersonRow

RowOf = TypeVar("RowOf")
_LOST_ZEROS_SHARE = 0.8
_FEW = 3


def compared(kind: str, entries: Sequence[ReadRow], settings: Settings) -> tuple[list[ReadRow], list[Remark]]:
    """Compare the rows of a file; give them again, some no longer taken, and what to say of the whole."""
    by_line = {entry.line.number: entry for entry in entries}
    alone = [entry for entry in entries if entry.taken and not entry.same_as]
    remarks: list[Remark] = []
    for changed in _COMPARE[kind](alone):
        before = by_line[changed.line.number]
        if before.taken:
            by_line[changed.line.number] = changed
        elif not changed.taken:
            by_line[changed.line.number] = before.without(*changed.remarks[-1:])
    if kind == "people" and not settings.codes.widths:
        for changed in _short_numbers([entry for entry in by_line.values() if entry.taken]):
            by_line[changed.line.number] = changed
    if kind == "numbers":
        rows = [entry.row for entry in alone if isinstance(entry.row, NumberRow)]
        if rows and all(row.status == "blocked" for row in rows):
            remarks.append(Remark(0, "status", "", "whole.blocked_only"))
    return [by_line[entry.line.number] for entry in entries], remarks


def _people(entries: Sequence[ReadRow]) -> Iterable[ReadRow]:
    """Bookings of one person: the last counts now. Different names or birth days: none is taken."""
    for same in _grouped(entries, PersonRow, lambda row: row.number):
        if _differ(same, lambda row: (alike(row.surname), row.born_on)):
            yield from _refused(same, "person_no", "person_differs")
            continue
        for booked in _grouped(same, PersonRow, lambda row: row.booking):
            if _differ(booked, lambda row: row.unit_since) and all(
                isinstance(entry.row, PersonRow) and entry.row.unit_since for entry in booked
            ):
                continue
            if len(booked) > 1:
                yield from _refused(booked, "booking_no", "booking_differs")
                break
        else:
            yield from _one_current(same)
    for same in _grouped(entries, PersonRow, lambda row: row.booking):
        if _differ(same, lambda row: row.number):
            yield from _refused(same, "booking_no", "booking_of_two")


def _one_current(same: Sequence[ReadRow]) -> Iterable[ReadRow]:
    """Let the last booking, and in it the last unit, count; say of the others which one does."""

    def when(entry: ReadRow) -> tuple[datetime, datetime]:
        assert isinstance(entry.row, PersonRow)
        return entry.row.booked_at, entry.row.unit_since or entry.row.booked_at

    last = max(same, key=when)
    if len(same) > 1 and sum(when(entry) == when(last) for entry in same) > 1:
        yield from _refused(same, "booked_at", "booking_last_not_known")
        return
    for entry in same:
        if entry is not last:
            assert isinstance(entry.row, PersonRow)
            said = Remark(entry.line.number, "booking_no", entry.row.booking, "changed.earlier", _other(last))
            yield replace(entry, row=replace(entry.row, current=False), remarks=(*entry.remarks, said))


def _contacts(entries: Sequence[ReadRow]) -> Iterable[ReadRow]:
    """One contact on the lists of several persons is one contact; with two names or birth days it is not."""
    numbered = [entry for entry in entries if isinstance(entry.row, ContactRow) and entry.row.number]
    for same in _grouped(numbered, ContactRow, lambda row: row.number):
        if _differ(same, lambda row: (alike(row.surname), alike(row.first_names), row.born_on)):
            yield from _refused(same, "visitor_no", "contact_differs")
    for same in _grouped(entries, ContactRow, contact_key):
        listed = _grouped(same, ContactRow, lambda row: row.person_number)
        for twice in listed:
            if len(twice) > 1:
                yield from _refused(twice, "inmate_person_no", "listed_twice")
        once = [entry for twice in listed if len(twice) == 1 for entry in twice]
        for entry in once[1:]:
            said = Remark(entry.line.number, "inmate_person_no", "", "changed.on_two_lists", _other(once[0]))
            yield replace(entry, remarks=(*entry.remarks, said))


def contact_key(row: ContactRow) -> Hashable:
    """Give what a contact is known by: the establishment's number, else names and birth day."""
    return row.number or (alike(row.surname), alike(row.first_names), row.suffix, row.born_on)


def _numbers(entries: Sequence[ReadRow]) -> Iterable[ReadRow]:
    for same in _grouped(entries, NumberRow, lambda row: (row.person_number, row.telephone)):
        if len(same) > 1:
            yield from _refused(same, "number", "number_twice")


def _bookings(entries: Sequence[ReadRow]) -> Iterable[ReadRow]:
    for same in _grouped(entries, BookingRow, lambda row: (row.person_number, row.starts, row.room)):
        if len(same) > 1:
            yield from _refused(same, "start", "booking_twice")


def _calls(entries: Sequence[ReadRow]) -> Iterable[ReadRow]:
    """Two calls at once with one PIN: several people use it, and who called is not known."""
    for same in _grouped(entries, CallRow, lambda row: (row.started, row.line, row.telephone, row.trunk)):
        if len(same) > 1:
            yield from _refused(same, "start", "call_twice")
    for same in _grouped(entries, CallRow, lambda row: row.person_key):
        rows = sorted(
            ((entry.row, entry) for entry in same if isinstance(entry.row, CallRow) and entry.row.person_key),
            key=lambda pair: (pair[0].started, pair[0].ended),
        )
        if any(after.started < before.ended for (before, _), (after, _) in pairwise(rows)):
            for row, entry in rows:
                said = Remark(entry.line.number, "pin", "", "changed.pin_shared")
                yield replace(entry, row=replace(row, person_key=None), remarks=(*entry.remarks, said))


def _nothing(_: Sequence[ReadRow]) -> Iterable[ReadRow]:
    return ()


_COMPARE: dict[str, Callable[[Sequence[ReadRow]], Iterable[ReadRow]]] = {
    "people": _people,
    "contacts": _contacts,
    "numbers": _numbers,
    "restrictions": _nothing,
    "bookings": _bookings,
    "calls": _calls,
}


def _short_numbers(entries: Sequence[ReadRow]) -> Iterable[ReadRow]:
    """Say of booking numbers shorter than nearly all others that zeros may be lost; they stay as written."""
    figures = {
        entry.line.number: entry.row.booking
        for entry in entries
        if isinstance(entry.row, PersonRow) and entry.row.booking.isdigit()
    }
    lengths = Counter(map(len, figures.values()))
    if not lengths or len(lengths) == 1:
        return
    usual, count = lengths.most_common(1)[0]
    if count < _FEW or count < _LOST_ZEROS_SHARE * len(figures):
        return
    for entry in entries:
        booking = figures.get(entry.line.number, "")
        if 0 < len(booking) < usual:
            said = Remark(
                entry.line.number, "booking_no", booking, "changed.zeros_perhaps_lost", {"usual": str(usual)}
            )
            yield replace(entry, remarks=(*entry.remarks, said))


def _grouped(
    entries: Sequence[ReadRow], kind: type[RowOf], key: Callable[[RowOf], Hashable]
) -> list[list[ReadRow]]:
    found: defaultdict[Hashable, list[ReadRow]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry.row, kind):
            found[key(entry.row)].append(entry)
    return list(found.values())


def _differ(entries: Sequence[ReadRow], said: Callable[..., Hashable]) -> bool:
    return len({said(entry.row) for entry in entries}) > 1


def _refused(entries: Sequence[ReadRow], column: str, key: str) -> Iterable[ReadRow]:
    for entry in entries:
        other = entries[0] if entry is not entries[0] else entries[1]
        yield entry.without(Remark(entry.line.number, column, "", f"refused.{key}", _other(other)))


def _other(entry: ReadRow) -> dict[str, str]:
    return {"line": str(entry.line.number)}
