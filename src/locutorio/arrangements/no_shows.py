"""What follows from missed visits by an establishment's schedule. It is reckoned and shown, never applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from locutorio.arrangements.schedule.limits import NoShows


@dataclass(frozen=True, slots=True)
class NoShow:
    """``missed`` visits of the ``count`` that matter, from ``first`` to ``last``.

    ``reached`` tells whether the rule speaks; visits would then be closed up to, not including, ``until``
    (None where the schedule sets no days). ``offices`` decide, where any is named.
    """

    missed: int
    count: int
    reached: bool
    until: date | None
    offices: tuple[str, ...]


def first_day(rule: NoShows, last: date) -> date:
    """Give the first day that still counts beside a visit missed on ``last``."""
    return last - timedelta(days=rule.within_days - 1) if rule.within_days else date.min


def no_show(rule: NoShows, missed: Iterable[date], last: date) -> NoShow:
    """Reckon what follows from a visit missed on ``last``, that day's being among ``missed``."""
    counted = [day for day in missed if first_day(rule, last) <= day <= last]
    reached = len(counted) >= rule.count
    until = last + timedelta(days=rule.days) if reached and rule.days else None
    return NoShow(len(counted), rule.count, reached, until, rule.may.offices if rule.may else ())
