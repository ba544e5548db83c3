"""How long before a visit it may be asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from locutorio.arrangements.schedule.calendars import WEEK_DAYS, in_calendar, monday_of
from locutorio.arrangements.schedule.limits import Window
from locutorio.arrangements.schedule.patterns import WeekPoint
from locutorio.arrangements.schedule.slots import moment_of
from locutorio.arrangements.schedule.values import Hindrance, Schedule, Slot

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WORK_DAYS_MAX = 60


def outside(schedule: Schedule, window: Window, slot: Slot, asked_at: datetime) -> Hindrance | None:
    """Say whether a slot is asked for too early or too late for a window.

    A day of asking is one of the establishment's own calendar. Work days are those that begin tomorrow and
    pass before the visit.
    """
    asked_on = asked_at.astimezone(ZoneInfo(schedule.zone)).date()
    if window.furthest_days is not None and asked_on < slot.on - timedelta(days=window.furthest_days):
        return _early(window, slot.on - timedelta(days=window.furthest_days))
    opens = _week_point(schedule, window.opens, slot.on)
    if opens is not None and asked_at.timestamp() < opens.timestamp():
        return Hindrance("too_early_at", {"from": _moment(opens)}, window.more)
    if window.lead_days is not None and asked_on > slot.on - timedelta(days=window.lead_days):
        return _late(window, (slot.on - timedelta(days=window.lead_days)).isoformat())
    closes = _week_point(schedule, window.closes, slot.on)
    if closes is not None and asked_at.timestamp() >= closes.timestamp():
        return _late_at(window, closes)
    if window.lead_hours is not None:
        latest = (slot.starts.astimezone(UTC) - timedelta(hours=window.lead_hours)).astimezone(
            slot.starts.tzinfo
        )
        if asked_at.timestamp() > latest.timestamp():
            return _late_at(window, latest)
    if window.lead_work_days is not None:
        first = first_bookable(schedule, window, asked_on)
        if slot.on < first:
            return Hindrance("too_late_work_days", {"first": first.isoformat()}, window.more)
    return None


def first_bookable(schedule: Schedule, window: Window, asked_on: date) -> date:
    """Give the first day that may be asked for: the day after so many work days, counted from tomorrow."""
    day, left = asked_on, window.lead_work_days or 0
    while left:
        day += ONE_DAY
        left -= _works(schedule, window, day)
    return day + ONE_DAY


def _works(schedule: Schedule, window: Window, day: date) -> bool:
    if day.weekday() >= SATURDAY:
        return window.weekend_works
    return window.work_calendar is None or not in_calendar(schedule.calendars[window.work_calendar], day)


def _week_point(schedule: Schedule, point: WeekPoint | None, on: date) -> datetime | None:
    if point is None:
        return None
    day = monday_of(on) + timedelta(days=point.weekday - WEEK_DAYS * point.weeks_before)
    return moment_of(schedule.zone, day, point.at)


def _early(window: Window, first: date) -> Hindrance:
    return Hindrance("too_early", {"from": first.isoformat()}, window.more)


def _late(window: Window, last: str) -> Hindrance:
    return Hindrance("too_late", {"last": last}, window.more)


def _late_at(window: Window, last: datetime) -> Hindrance:
    return Hindrance("too_late_at", {"last": _moment(last)}, window.more)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
