"""Periods of a promise: calendar weeks, months and quarters, or stretches of days, cut to where it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from locutorio.arrangements.promises import ONE_DAY, Every, Promise, Unit
from locutorio.kernel.moments import YEAR_MAX

LAST_DAY = date(YEAR_MAX, 12, 31)
_QUARTER_MONTHS = 3
_WEEK_DAYS = 7


class Holds(StrEnum):
    """How much of a period a promise holds for."""

    WHOLE = "whole"
    PART = "part"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day up to, not including, ``ends``; ``holds`` says how much of it counts."""

    begins: date
    ends: date
    holds: Holds

    @property
    def last(self) -> date:
        """The last day."""
        return self.ends - ONE_DAY


def month_of(day: date) -> tuple[date, date]:
    """Give the calendar month of a day: its first day, and the first of the next."""
    return _months(day, 1)


def periods(promise: Promise, until: date, week_begins: int) -> Iterator[Period]:
    """Give the periods of a promise that have begun by a day, in order.

    Args:
        promise: one that is repeated.
        until: the last day of interest.
        week_begins: the first day of a week, 0 for Monday.
    """
    assert promise.every is not None
    at = promise.since
    while at <= until and (promise.until is None or at < promise.until):
        begins, ends = _natural(at, promise.every, week_begins)
        cut = ends if promise.until is None else min(ends, promise.until)
        holds = held(promise, at, cut)
        cut_short = holds is Holds.WHOLE and (at, cut) != (begins, ends)
        yield Period(at, cut, Holds.PART if cut_short else holds)
        at = ends


def held(promise: Promise, begins: date, ends: date) -> Holds:
    """Say how much of some days is left by the pauses for which there is a paper."""
    free, touched = begins, False
    for pause in sorted((one for one in promise.pauses if one.paper is not None), key=lambda one: one.since):
        last = pause.until or LAST_DAY
        if pause.since >= ends or last <= begins:
            continue
        touched = True
        if pause.since <= free:
            free = max(free, last)
    if free >= ends:
        return Holds.PAUSED
    return Holds.PART if touched else Holds.WHOLE


def _natural(day: date, every: Every, week_begins: int) -> tuple[date, date]:
    match every.unit:
        case Unit.DAYS:
            return day, day + timedelta(days=every.days)
        case Unit.WEEK:
            begins = day - timedelta(days=(day.weekday() - week_begins) % _WEEK_DAYS)
            return begins, begins + timedelta(days=_WEEK_DAYS)
        case Unit.MONTH:
            return _months(day, 1)
        case Unit.QUARTER:
            return _months(day, _QUARTER_MONTHS)


def _months(day: date, length: int) -> tuple[date, date]:
    """Give the block of so many months, counted from January, in which a day lies."""
    first = (day.month - 1) // length * length + 1
    after = first + length
    return date(day.year, first, 1), date(day.year + (after > 12), (after - 1) % 12 + 1, 1)
