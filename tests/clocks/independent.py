"""A calendar of our own: days counted from year, month and day alone, with no date of Python and no package.

Public holidays of the United States come from the rules of 5 U.S.C. 6103 and the practice for holidays
that fall on a weekend; clock changes from the rules in force since 2007 (United States) and 1996 (Britain).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

Day = tuple[int, int, int]
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def leap(year: int) -> bool:
    """Tell whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def length(year: int, month: int) -> int:
    """Give the days of a month."""
    return 29 if month == 2 and leap(year) else _LENGTHS[month - 1]


def next_day(day: Day) -> Day:
    """Give the day after."""
    year, month, number = day
    if number < length(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def day_before(day: Day) -> Day:
    """Give the day before."""
    year, month, number = day
    if number > 1:
        return year, month, number - 1
    return (year, month - 1, length(year, month - 1)) if month > 1 else (year - 1, 12, 31)


@cache
def weekday(day: Day) -> int:
    """Give the day of the week, Monday 0, by Zeller's congruence."""
    year, month, number = day
    if month < 3:
        year, month = year - 1, month + 12
    century, rest = divmod(year, 100)
    saturday_first = (number + 13 * (month + 1) // 5 + rest + rest // 4 + century // 4 + 5 * century) % 7
    return (saturday_first + 5) % 7


def nth(year: int, month: int, which: int, count: int) -> Day:
    """Give the first, second ... of a weekday in a month; -1 is the last."""
    found = [
        (year, month, one)
        for one in range(1, length(year, month) + 1)
        if weekday((year, month, one)) == which
    ]
    return found[count - 1 if count > 0 else count]


def _named(year: int) -> Iterator[Day]:
    yield year, 1, 1
    yield nth(year, 1, MONDAY, 3)
    yield nth(year, 2, MONDAY, 3)
    yield nth(year, 5, MONDAY, -1)
    if year >= 2021:
        yield year, 6, 19
    yield year, 7, 4
    yield nth(year, 9, MONDAY, 1)
    yield nth(year, 10, MONDAY, 2)
    yield year, 11, 11
    yield nth(year, 11, THURSDAY, 4)
    yield year, 12, 25


@cache
def holidays(year: int) -> frozenset[Day]:
    """Give the days of a year that are federal holidays or are kept for one: a Friday or a Monday."""
    found = set()
    for named in (*_named(year), (year + 1, 1, 1)):
        kept = named
        if weekday(named) == SATURDAY:
            kept = day_before(named)
        elif weekday(named) == SUNDAY:
            kept = next_day(named)
        found |= {named, kept}
    return frozenset(day for day in found if day[0] == year)


def counted(start: Day, days: int, *, work: bool, american: bool) -> Day:
    """Count days one by one, from the day after the start; a work day is no weekend day and no holiday."""
    day, left = start, days
    while left:
        day = next_day(day)
        off = work and (weekday(day) >= SATURDAY or (american and day in holidays(day[0])))
        left -= 0 if off else 1
    return day


def back(start: Day, days: int) -> Day:
    """Count days backwards."""
    for _ in range(days):
        start = day_before(start)
    return start


def every_day(first: int, last: int) -> Iterator[Day]:
    """Give every day of the years from one to another."""
    day = (first, 1, 1)
    while day[0] <= last:
        yield day
        day = next_day(day)


def hours_behind(day: Day, zone: str) -> int:
    """Give how many hours local midnight at the beginning of a day comes after midnight of Greenwich time."""
    year = day[0]
    match zone:
        case "America/New_York":
            summer = nth(year, 3, SUNDAY, 2) < day <= nth(year, 11, SUNDAY, 1)
            return 4 if summer else 5
        case "Europe/London":
            summer = nth(year, 3, SUNDAY, -1) < day <= nth(year, 10, SUNDAY, -1)
            return -1 if summer else 0
        case "Etc/UTC":
            return 0
    raise AssertionError(f"no rule for the clocks of {zone}")
