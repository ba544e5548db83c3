"""Writes a schedule as its file: reading it again gives the same schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import yaml

from locutorio.arrangements.schedule import writing_limits as limits
from locutorio.arrangements.schedule.patterns import Asker, Booking, Calendar, Counts, Holidays, Medium
from locutorio.arrangements.schedule.reading_calendars import FEASTS
from locutorio.arrangements.schedule.reading_scopes import WEEKDAYS
from locutorio.arrangements.schedule.values import Closure, Room, Schedule, Session
from locutorio.arrangements.schedule.writing_scopes import (
    authority,
    days,
    group,
    hours,
    in_order,
    told,
    yes_no,
)

LINE_LENGTH = 110
_FEAST_NAMES: Mapping[int, str] = {after: name for name, after in FEASTS.items()}


def as_yaml(schedule: Schedule) -> str:
    """Write a schedule as YAML."""
    return yaml.dump(
        as_tree(schedule),
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=True,
        width=LINE_LENGTH,
        default_flow_style=None,
    )


def as_tree(schedule: Schedule) -> dict[str, Any]:
    """Give a schedule as the blocks, lists and words of its file."""
    return told(
        {
            "schedule": schedule.code,
            "name": schedule.name,
            "zone": schedule.zone,
            "sources": schedule.sources,
            "adult_age": str(schedule.adult_age),
            "tick_minutes": str(schedule.tick_minutes),
            "hold_minutes": str(schedule.hold_minutes),
            "booking": None if schedule.booking is Booking.RESERVED else schedule.booking.value,
            "asked_by": None if schedule.askers == frozenset(Asker) else in_order(schedule.askers),
            "parts": schedule.parts,
            "calendars": {name: _calendar(one) for name, one in schedule.calendars.items()},
            "rooms": {name: _room(one) for name, one in schedule.rooms.items()},
            "groups": {name: group(one) for name, one in schedule.groups.items()},
            "sessions": [_session(one) for one in schedule.sessions],
            "closed": [_closure(one) for one in schedule.closures],
            "windows": [limits.window(one) for one in schedule.windows],
            "rotations": [limits.rotation(one) for one in schedule.rotations],
            "quotas": [limits.quota(one) for one in schedule.quotas],
            "party": [limits.party(one) for one in schedule.parties],
            "waiting": [limits.waiting(one) for one in schedule.waiting],
            "entry": [limits.entry(one) for one in schedule.entries],
            "pauses": [limits.pause(one) for one in schedule.pauses],
            "no_shows": schedule.no_shows and limits.no_shows(schedule.no_shows),
            "beyond": {name: authority(one) for name, one in schedule.beyond.items()},
            "when_full": schedule.when_full,
            "not_stated": schedule.not_stated,
            "notes": schedule.notes,
        }
    )


def _calendar(one: Calendar) -> dict[str, Any]:
    return told(
        {
            "holidays": [_holidays(some) for some in one.holidays],
            "feasts": [_FEAST_NAMES[after] for after in sorted(one.easter)],
            "yearly": [f"{month:02}-{number:02}" for month, number in sorted(one.yearly)],
            "nth": [
                told(
                    {
                        "month": str(month),
                        "day": WEEKDAYS[weekday],
                        "which": "last" if which < 0 else str(which),
                        "days_after": str(after) if after else None,
                    }
                )
                for month, weekday, which, after in sorted(one.nth)
            ],
            "on": _dates(one.dates),
            "but": _dates(one.but),
        }
    )


def _holidays(one: Holidays) -> dict[str, Any]:
    return told(
        {
            "of": f"{one.country}-{one.subdivision}" if one.subdivision else one.country,
            "observed": None if one.observed else "no",
            "only": in_order(one.only),
            "but": in_order(one.but),
        }
    )


def _dates(dates: Iterable[date]) -> list[str]:
    return [one.isoformat() for one in sorted(dates)]


def _room(one: Room) -> dict[str, Any]:
    return told(
        {
            "name": one.name,
            "counts": None if one.counts is Counts.TABLE else one.counts.value,
            "places": _places(one.places),
        }
    )


def _places(places: Mapping[str, int]) -> dict[str, str]:
    return {kind: str(most) for kind, most in places.items()}


def _session(one: Session) -> dict[str, Any]:
    return told(
        {
            "id": one.code,
            "room": one.room,
            **days(one.days),
            "hours": [hours(some) for some in one.hours],
            "from": one.since and one.since.isoformat(),
            "until": one.until and one.until.isoformat(),
            "places": _places(one.places),
            "visit_minutes": one.visit_minutes and str(one.visit_minutes),
            "every_minutes": one.every_minutes and str(one.every_minutes),
            "joined_max": None if one.joined_max == 1 else str(one.joined_max),
            "medium": None if one.medium is Medium.IN_PERSON else one.medium.value,
            "contact": yes_no(one.contact),
            "for": one.people and group(one.people),
            "except": one.but and group(one.but),
            "booking": one.booking and one.booking.value,
            "replaces": "all" if one.replaces_all else in_order(one.replaces),
            **(authority(one.needs) if one.needs else {}),
        }
    )


def _closure(one: Closure) -> dict[str, Any]:
    return told(
        {
            **(days(one.days) if one.days else {}),
            "from": one.since and one.since.isoformat(),
            "until": one.until and one.until.isoformat(),
            "sessions": in_order(one.sessions),
            "rooms": in_order(one.rooms),
            "hours": [hours(some) for some in one.hours],
            "why": one.why,
        }
    )
