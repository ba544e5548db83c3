"""Writes the parts that rules of a schedule share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from locutorio.arrangements.schedule.patterns import Authority, Days, Digit, Group, Hours, Scope, TimeMark
from locutorio.arrangements.schedule.reading_scopes import EVERY_DAY, WEEKDAYS

_HOUR = 60


def told(lines: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the lines that say nothing."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in lines.items()
        if value is not None and value not in ((), [], {})
    }


def in_order(words: Iterable[str]) -> list[str]:
    """Give words in an order that does not change."""
    return sorted(str(one) for one in words)


def yes_no(value: bool | None) -> str | None:
    """Write yes, no, or nothing."""
    return None if value is None else ("yes" if value else "no")


def clock(minutes: int) -> str:
    """Write a time of day."""
    return "{:02}:{:02}".format(*divmod(minutes, _HOUR))


def hours(one: Hours) -> str:
    """Write hours."""
    return f"{clock(one.starts)}-{clock(one.ends)}"


def mark(one: TimeMark | None) -> str | None:
    """Write a mark of time."""
    if one is None:
        return None
    if one.at is not None:
        return clock(one.at)
    if one.before_start is not None:
        return f"{one.before_start} minutes before start"
    return f"{one.before_end} minutes before end"


def days(one: Days) -> dict[str, Any]:
    """Write which days."""
    weekdays = (
        [EVERY_DAY] if len(one.weekdays) == len(WEEKDAYS) else [WEEKDAYS[n] for n in sorted(one.weekdays)]
    )
    return told(
        {
            "days": [*weekdays, *in_order(one.calendars)],
            "on": [day.isoformat() for day in sorted(one.dates)],
            "not_on": in_order(one.not_on),
            "weekends": [str(number) for number in sorted(one.weekends)],
            "dates": None if one.odd is None else ("odd" if one.odd else "even"),
            "every": one.anchor and {"weeks": str(one.every), "from": one.anchor.isoformat()},
        }
    )


def group(one: Group) -> dict[str, Any]:
    """Write a group of people."""
    return told(
        {
            "parts": in_order(one.parts),
            "units": in_order(one.units),
            "custody": in_order(one.custody),
            "incentive": in_order(one.incentive),
            "legal_status": in_order(one.legal_status),
            "statuses": in_order(one.statuses),
            "sex": in_order(one.sex),
            "surnames": [f"{first}-{last}".upper() for first, last in one.surnames],
            "register": one.digit and _digit(one.digit),
            "groups": in_order(one.groups),
        }
    )


def _digit(one: Digit) -> dict[str, Any]:
    return {
        "digit": "last" if one.place < 0 else str(one.place),
        "is": [str(digit) for digit in sorted(one.among)],
    }


def scope(one: Scope) -> dict[str, Any]:
    """Write where a rule holds."""
    return told(
        {
            "sessions": in_order(one.sessions),
            **(days(one.days) if one.days else {}),
            "from": one.since and one.since.isoformat(),
            "until": one.until and one.until.isoformat(),
            "media": in_order(one.media),
            "contact": yes_no(one.contact),
            "for": one.people and group(one.people),
            "except": one.but and group(one.but),
            "by": in_order(one.by),
        }
    )


def authority(one: Authority | None) -> dict[str, Any]:
    """Write who may go beyond."""
    if one is None:
        return {}
    offices = list(one.offices)
    return told({"more_by": {"together": offices} if one.together else offices, "ground": one.ground})
