"""The days of a calendar and of a pattern of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from locutorio.arrangements.schedule.patterns import Calendar, Days, Holidays

WEEK_DAYS = 7
SATURDAY = 5


def monday_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weekend_number(day: date) -> int:
    """Give the number, in its month, of the Saturday in a day's week (weeks begin on Monday)."""
    saturday = monday_of(day) + timedelta(days=SATURDAY)
    return (saturday.day - 1) // WEEK_DAYS + 1


def includes(days: Days, day: date, calendars: Mapping[str, Calendar]) -> bool:
    """Say whether a day is one of these."""
    named = (
        day.weekday() in days.weekdays
        or day in days.dates
        or any(in_calendar(calendars[name], day) for name in days.calendars)
    )
    return (
        named
        and not any(in_calendar(calendars[name], day) for name in days.not_on)
        and (not days.weekends or weekend_number(day) in days.weekends)
        and (days.odd is None or day.day % 2 == days.odd)
        and in_turn(day, days.every, days.anchor)
    )


def in_turn(day: date, every: int, anchor: date | None) -> bool:
    """Say whether a day's week is a whole number of ``every`` weeks from the week of the anchor."""
    if anchor is None:
        return True
    return (monday_of(day) - monday_of(anchor)).days // WEEK_DAYS % every == 0


def in_calendar(calendar: Calendar, day: date) -> bool:
    """Say whether a day is in a calendar."""
    return day in _days(calendar, day.year)


@cache
def _days(calendar: Calendar, year: int) -> frozenset[date]:
    found = {day for day in calendar.dates if day.year == year}
    for holidays in calendar.holidays:
        found |= _public(holidays, year)
    found |= {easter(year) + timedelta(days=after) for after in calendar.easter}
    found |= {date(year, m, d) for m, d in calendar.yearly if d <= monthrange(year, m)[1]}
    found |= {day for row in calendar.nth if (day := _nth(year, *row)) is not None}
    return frozenset(found - calendar.but)


@cache
def _public(holidays: Holidays, year: int) -> frozenset[date]:
    from holidays import country_holidays

    known = country_holidays(
        holidays.country, subdiv=holidays.subdivision, years=year, observed=holidays.observed
    )
    return frozenset(
        day
        for day in known
        if day.year == year
        and (names := {_plain(name) for name in known.get_list(day)})
        and (not holidays.only or names & holidays.only)
        and not names <= holidays.but
    )


def _plain(name: str) -> str:
    return name.removesuffix(" (observed)")


def holiday_names(country: str, subdivision: str | None, year: int) -> frozenset[str]:
    """Give the names of the public holidays of a year, as a calendar may name them.

    Raises:
        NotImplementedError: the country or its part is not known.
    """
    from holidays import country_holidays

    known = country_holidays(country, subdiv=subdivision, years=year)
    return frozenset(_plain(name) for day in known for name in known.get_list(day))


def _nth(year: int, month: int, weekday: int, which: int, after: int) -> date | None:
    length = monthrange(year, month)[1]
    found = [number for number in range(1, length + 1) if date(year, month, number).weekday() == weekday]
    if which > len(found):
        return None
    return date(year, month, found[which if which < 0 else which - 1]) + timedelta(days=after)


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (8 * b + 13) // 25
    g = (19 * a + b - d - f + 15) % 30
    h, i = divmod(c, 4)
    k = (32 + 2 * e + 2 * h - g - i) % 7
    m = (a + 11 * g + 22 * k) // 451
    month, number = divmod(g + k - 7 * m + 114, 31)
    return date(year, month, number + 1)
