"""Days, moments and day counts. Nothing here asks what time it is."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from zoneinfo import ZoneInfo

from locutorio.kernel.faults import Fault, Place

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOMENT = re.compile(r"[0-9-]{10}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_MONTHS = 12
_LEAP_DAY = (2, 29)
YEAR_MIN, YEAR_MAX = 1900, 2200
NEVER = date(9999, 12, 31)  # the day of what has not happened: later than every day


def day(text: str, where: Place | None = None) -> date:
    """Read a day written YYYY-MM-DD.

    Raises:
        Fault: it is written otherwise, does not exist, or lies outside 1900 to 2200.
    """
    match = _DAY.fullmatch(text)
    if not match:
        raise Fault(
            f'"{text}" is not a day',
            where=where,
            why="a day is written as year, month and day: YYYY-MM-DD",
            remedy="write it like 2026-11-21",
        )
    year, month, number = (int(part) for part in match.groups())
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise Fault(
            f'"{text}" is outside the years {YEAR_MIN} to {YEAR_MAX}',
            where=where,
            remedy="check the year in the paper",
        )
    if not 1 <= month <= _MONTHS:
        raise Fault(
            f'there is no day "{text}"',
            where=where,
            why=f"there is no month {match[2]}",
            remedy="check month and day in the paper: the year comes first, then the month, then the day",
        )
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise Fault(
            f'there is no day "{text}"',
            where=where,
            why=f"the last day of that month is {match[1]}-{match[2]}-{last}",
            remedy="check month and day in the paper",
        )
    return date(year, month, number)


def moment(text: str, zone: str, where: Place | None = None) -> datetime:
    """Read a day or a moment (2026-11-21T09:30, an offset or Z optional) in a time zone.

    A bare day is its first moment; a moment without offset is local to ``zone``.

    Raises:
        Fault: the text is neither.
    """
    if _DAY.fullmatch(text):
        found = day(text, where)
        return datetime(found.year, found.month, found.day, tzinfo=ZoneInfo(zone))
    written = _MOMENT.fullmatch(text)
    if written:
        day(text[:10], where)
    try:
        read = datetime.fromisoformat(text) if written else None
    except ValueError:
        read = None
    if read is None:
        raise Fault(
            f'"{text}" is not a day or a moment',
            where=where,
            remedy="write it like 2026-11-21 or 2026-11-21T09:30",
        )
    return read.replace(tzinfo=ZoneInfo(zone)) if read.tzinfo is None else read.astimezone(ZoneInfo(zone))


def plus_days(start: date, days: int) -> date | None:
    """Give the day so many calendar days later, or None beyond what can be written."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def years_between(born: date, on: date) -> int:
    """Give whole years of age; someone born on 29 February turns a year older on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date | None:
    """Give the first day on which someone is so many years old, or None beyond what can be written."""
    year = born.year + years
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if (born.month, born.day) == _LEAP_DAY and not isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def plus_months(start: date, months: int) -> date | None:
    """Give the day so many months later, the last one of a shorter month; None beyond what can be written."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
