"""Writes the rules of a schedule."""

from __future__ import annotations

from typing import Any

from locutorio.arrangements.schedule.limits import (
    Entry,
    EntryPause,
    NoShows,
    PartyLimit,
    Per,
    Quota,
    Rotation,
    Unit,
    Waiting,
    Window,
)
from locutorio.arrangements.schedule.patterns import WeekPoint
from locutorio.arrangements.schedule.reading_scopes import WEEKDAYS
from locutorio.arrangements.schedule.writing_scopes import (
    authority,
    clock,
    days,
    group,
    in_order,
    mark,
    scope,
    told,
)


def window(one: Window) -> dict[str, Any]:
    """Write a window."""
    lead = None
    for count, unit in (
        (one.lead_days, "days"),
        (one.lead_hours, "hours"),
        (one.lead_work_days, "work days"),
    ):
        lead = lead if count is None else f"{count} {unit}"
    work = told({"not_on": one.work_calendar, "weekends": "yes" if one.weekend_works else None})
    return told(
        {
            **scope(one.scope),
            "lead": lead,
            "work_days": work,
            "furthest": None if one.furthest_days is None else f"{one.furthest_days} days",
            "opens": _week_point(one.opens),
            "closes": _week_point(one.closes),
            **authority(one.more),
        }
    )


def _week_point(one: WeekPoint | None) -> dict[str, str] | None:
    if one is None:
        return None
    return {"day": WEEKDAYS[one.weekday], "at": clock(one.at), "weeks_before": str(one.weeks_before)}


def rotation(one: Rotation) -> dict[str, Any]:
    """Write turns."""
    turns = [told({**days(turn.days), "for": turn.people and group(turn.people)}) for turn in one.turns]
    return {**scope(one.scope), "turns": turns, **authority(one.more)}


def quota(one: Quota) -> dict[str, Any]:
    """Write a quota."""
    per = f"{one.length} {one.per}" if one.per in {Per.DAYS, Per.WEEKS} else one.per.value
    return told(
        {
            "id": one.code,
            **scope(one.scope),
            "of": None if one.of == frozenset({"visit"}) else in_order(one.of),
            "unit": one.unit.value,
            "limit": str(one.limit),
            "per": per,
            "anchor": one.anchor and one.anchor.isoformat(),
            "week_starts": WEEKDAYS[one.week_begins] if one.week_begins else None,
            "counted_for": "contact" if one.contact else None,
            **authority(one.more),
        }
    ) | (
        {"cost": [{**scope(price.scope), "points": str(price.points)} for price in one.prices]}
        if one.unit is Unit.POINTS
        else {}
    )


def party(one: PartyLimit) -> dict[str, Any]:
    """Write a limit on a party."""
    numbers = {
        "people_max": one.people_max,
        "adults_max": one.adults_max,
        "children_max": one.children_max,
        "children_per_adult": one.children_per_adult,
        "adults_min": one.adults_min or None,
        "not_counted_under": one.counted_from or None,
        "adult_age": one.adult_age,
        "least_age": one.least_age,
    }
    alone = one.alone_from and told({"age": str(one.alone_from), "unless": in_order(one.alone_relations)})
    return told(
        {
            **scope(one.scope),
            **{name: None if number is None else str(number) for name, number in numbers.items()},
            "laps": {"children": str(one.laps), "under": str(one.lap_under)} if one.laps else None,
            "alone_from": alone,
            "relations": in_order(one.relations),
            **authority(one.more),
        }
    )


def waiting(one: Waiting) -> dict[str, Any]:
    """Write a wait."""
    first = f"{one.hours} hours" if one.hours else f"{one.days} days"
    return {**scope(one.scope), "for_the_first": first, **authority(one.more)}


def entry(one: Entry) -> dict[str, Any]:
    """Write hours of entry."""
    return told(
        {**scope(one.scope), "opens": mark(one.opens), "last": mark(one.last), "clear": mark(one.clear)}
    )


def pause(one: EntryPause) -> dict[str, Any]:
    """Write a pause of entry."""
    return told(
        {
            **scope(one.scope),
            "begins": clock(one.starts),
            "ends": None if one.ends is None else clock(one.ends),
            "event": one.event,
        }
    )


def no_shows(one: NoShows) -> dict[str, Any]:
    """Write what follows from missed visits."""
    return told(
        {
            "count": str(one.count),
            "within": one.within_days and f"{one.within_days} days",
            "closes": one.days and f"{one.days} days",
            "counted_for": None if one.contact else "person",
            **authority(one.may),
        }
    )
