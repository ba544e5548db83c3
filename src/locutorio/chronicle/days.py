"""A day that may not be known: the first and the last day on which something can have been."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from locutorio.decisions.decision import Truth
from locutorio.kernel.faults import Fault, Place
from locutorio.kernel.moments import day

MARGIN_DAYS = 7
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_PART = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-[0-9]{2})?)?")
_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days on which something can have been, both included. An exact day has one."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether only one day is possible."""
        return self.first == self.last

    def begun(self, on: date) -> Truth:
        """Say whether it had been by the end of a day."""
        if self.last <= on:
            return Truth.YES
        return Truth.UNKNOWN if self.first <= on else Truth.NO

    def before(self, other: Days) -> Truth:
        """Say whether it was on an earlier day than another."""
        if self.last < other.first:
            return Truth.YES
        return Truth.NO if self.first >= other.last else Truth.UNKNOWN

    def meets(self, other: Days) -> bool:
        """Whether both can have been on one day."""
        return self.first <= other.last and other.first <= self.last


def one_day(on: date) -> Days:
    """Give an exact day."""
    return Days(on, on)


def month_days(year: int, month: int) -> Days:
    """Give a calendar month."""
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_days(year: int) -> Days:
    """Give a calendar year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def around(found: Days, margin: int) -> Days:
    """Give the days around, so many before and after."""
    return Days(found.first - timedelta(days=margin), found.last + timedelta(days=margin))


def hull(found: Iterable[Days]) -> Days:
    """Give the days from the first of any to the last of any."""
    listed = list(found)
    return Days(min(one.first for one in listed), max(one.last for one in listed))


def read_days(text: str, where: Place | None = None) -> Days:
    """Read 2026-07-17, 2026-07, 2026, or two of these with a stroke between.

    Raises:
        Fault: it is written otherwise, does not exist, or the second comes before the first.
    """
    begins, stroke, ends = text.partition("/")
    first = _part(begins.strip(), text, where)
    last = _part(ends.strip(), text, where) if stroke else first
    if last.last < first.first:
        raise Fault(
            f'"{text}" ends before it begins',
            where=where,
            remedy="write the earlier day first",
        )
    return Days(first.first, last.last)


def _part(part: str, text: str, where: Place | None) -> Days:
    match = _PART.fullmatch(part)
    if not match:
        raise Fault(
            f'"{text}" is not a day, a month, a year or a stretch between two',
            where=where,
            why="what is not known of a date is left out, never filled in",
            remedy="write it like 2026-07-17, 2026-07, 2026 or 2026-07/2026-09",
        )
    if match["month"] is None:
        day(f"{part}-01-01", where)
        return year_days(int(part))
    if len(part) > len("2026-07"):
        return one_day(day(part, where))
    found = day(f"{part}-01", where)
    return month_days(found.year, found.month)


def months_between(first: Days, last: Days) -> int:
    """Count the months from the month of one to the month of the other."""
    return (last.first.year - first.first.year) * _YEAR_MONTHS + last.first.month - first.first.month


def months_before(found: Days, months: int) -> Days:
    """Give the month that lies so many months before the month of some days."""
    count = found.first.year * _YEAR_MONTHS + found.first.month - 1 - months
    return month_days(count // _YEAR_MONTHS, count % _YEAR_MONTHS + 1)
