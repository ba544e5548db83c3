"""The slots of a schedule a second time: off the file, by docs/reference/schedules.md, day by day.

It shares no code with the package and does not care for speed. Holidays and Easter are reckoned by other
means.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# The 14th day of the moon of Easter by golden number, for the years 1900 to 2199, as month and day.
GOLDEN = "4-14 4-3 3-23 4-11 3-31 4-18 4-8 3-28 4-16 4-5 3-25 4-13 4-2 3-22 4-10 3-30 4-17 4-7 3-27"
MOONS = tuple(GOLDEN.split(" "))
FEASTS = {
    "ash_wednesday": -46, "palm_sunday": -7, "holy_thursday": -3, "good_friday": -2, "easter_sunday": 0,
    "easter_monday": 1, "ascension": 39, "pentecost": 49, "whit_monday": 50, "corpus_christi": 60,
}  # fmt: skip
# name: first year, month, and a day of the month or (weekday, which)
FEDERAL: dict[str, tuple[int, int, Any]] = {
    "New Year's Day": (1871, 1, 1),
    "Martin Luther King Jr. Day": (1986, 1, ("mon", 3)),
    "Washington's Birthday": (1971, 2, ("mon", 3)),
    "Memorial Day": (1971, 5, ("mon", -1)),
    "Juneteenth National Independence Day": (2021, 6, 19),
    "Independence Day": (1871, 7, 4),
    "Labor Day": (1894, 9, ("mon", 1)),
    "Columbus Day": (1971, 10, ("mon", 2)),
    "Veterans Day": (1978, 11, 11),
    "Thanksgiving Day": (1942, 11, ("thu", 4)),
    "Christmas Day": (1871, 12, 25),
}
Found = tuple[str, str, datetime, datetime, tuple[tuple[str, int], ...], int]


def tree_of(text: str) -> dict[str, Any]:
    """Read a file of the format into plain words, lists and blocks."""
    tree: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return tree


def walk(tree: dict[str, Any], first: date, last: date) -> set[Found]:
    """Give key, room, first and last moment (UTC), places and visit minutes of every slot of some days."""
    found: set[Found] = set()
    day = first
    while day <= last:
        found |= set(slots_on(tree, day))
        day += DAY
    return found


def slots_on(tree: dict[str, Any], day: date) -> Iterator[Found]:
    """Give the slots of one day."""
    here = [one for one in tree.get("sessions", []) if holds(one, day) and named(one, day, tree)]
    if [one for one in here if one.get("replaces") == "all"]:
        here = [one for one in here if one.get("replaces") == "all"]
    off = [code for one in here for code in many(one.get("replaces", []))]
    for one in here:
        if one["id"] in off:
            continue
        for starts, ends in pieces(one):
            if any(shut(closed, one, day, starts, ends, tree) for closed in tree.get("closed", [])):
                continue
            begin, end = moment(tree["zone"], day, starts), moment(tree["zone"], day, ends)
            if begin is None or end is None or begin >= end:
                continue
            places = one.get("places", tree["rooms"][one["room"]].get("places", {}))
            counted = tuple(sorted((kind, int(count)) for kind, count in places.items() if int(count)))
            lasts = (end - begin) // MINUTE
            key = f"{one['id']}@{day}T{starts}"
            yield key, one["room"], begin, end, counted, min(lasts, int(one.get("visit_minutes", lasts)))


def many(value: Any) -> list[Any]:
    """Take one word for a list of one."""
    return value if isinstance(value, list) else [value]


def holds(block: dict[str, Any], day: date) -> bool:
    """Say whether a day lies from `from` up to, not including, `until`."""
    since, until = str(block.get("from", "0000")), str(block.get("until", "9999"))
    return since <= day.isoformat() < until


def named(block: dict[str, Any], day: date, tree: dict[str, Any]) -> bool:
    """Say whether the lines for days keep a day."""
    if "days" in block or "on" in block:
        words = many(block.get("days", []))
        yes = (
            "every_day" in words
            or WEEK[day.weekday()] in words
            or day.isoformat() in many(block.get("on", []))
            or any(
                day in calendar(tree, word, day.year) for word in words if word not in [*WEEK, "every_day"]
            )
        )
        if not yes:
            return False
    if any(day in calendar(tree, word, day.year) for word in many(block.get("not_on", []))):
        return False
    monday = day
    while monday.weekday() != 0:
        monday -= DAY
    if "weekends" in block:
        saturday, number = monday + 5 * DAY, 0
        one = saturday.replace(day=1)
        while one <= saturday:
            number += one.weekday() == 5
            one += DAY
        if str(number) not in many(block["weekends"]):
            return False
    if "dates" in block and (block["dates"] == "odd") != (day.day in range(1, 32, 2)):
        return False
    if "every" in block:
        anchor = date.fromisoformat(block["every"]["from"])
        while anchor.weekday() != 0:
            anchor -= DAY
        weeks = 0
        while anchor < monday:
            anchor, weeks = anchor + 7 * DAY, weeks + 1
        while anchor > monday:
            anchor, weeks = anchor - 7 * DAY, weeks + 1
        if weeks % int(block["every"]["weeks"]):
            return False
    return True


def calendar(tree: dict[str, Any], name: str, year: int) -> set[date]:
    """Give the days of a calendar in a year."""
    return days_of(json.dumps(tree["calendars"][name]), year)


@cache
def days_of(text: str, year: int) -> set[date]:
    """Give the days of a calendar, told by its text, in a year."""
    block = json.loads(text)
    found: set[date] = {date.fromisoformat(one) for one in many(block.get("on", []))}
    for one in many(block.get("holidays", [])):
        told = one if isinstance(one, dict) else {"of": one}
        assert told["of"] == "US", "only federal holidays are reckoned here"
        for name in FEDERAL:
            wanted = name in many(told.get("only", list(FEDERAL))) and name not in many(told.get("but", []))
            for around in (year, year + 1) if wanted else ():
                found |= set(federal(name, around, observed=told.get("observed", "yes") == "yes"))
    found |= {easter(year) + FEASTS[one] * DAY for one in many(block.get("feasts", []))}
    day = date(year, 1, 1)
    while day.year == year:
        if f"{day:%m-%d}" in many(block.get("yearly", [])):
            found.add(day)
        day += DAY
    for row in block.get("nth", []):
        which = -1 if row["which"] == "last" else int(row["which"])
        when = nth(year, int(row["month"]), row["day"], which)
        found |= {when + int(row.get("days_after", "0")) * DAY} if when else set()
    return {one for one in found if one.year == year and one.isoformat() not in many(block.get("but", []))}


def federal(name: str, year: int, *, observed: bool) -> Iterator[date]:
    """Give a federal holiday of a year and the day observed for it."""
    since, month, told = FEDERAL[name]
    if year < since:
        return
    day = date(year, month, told) if isinstance(told, int) else nth(year, month, *told)
    assert day is not None
    yield day
    if observed and day.weekday() == 5:
        yield day - DAY
    if observed and day.weekday() == 6:
        yield day + DAY


def nth(year: int, month: int, weekday: str, which: int) -> date | None:
    """Give the first, second, ... or last such weekday of a month."""
    days = [date(year, month, 1) + number * DAY for number in range(31)]
    fitting = [day for day in days if day.month == month and WEEK[day.weekday()] == weekday]
    if which > len(fitting):
        return None
    return fitting[-1] if which < 0 else fitting[which - 1]


def easter(year: int) -> date:
    """Give the Sunday after the 14th day of the moon, by the table."""
    month, number = MOONS[year % 19].split("-")
    day = date(year, int(month), int(number)) + DAY
    while day.weekday() != 6:
        day += DAY
    return day


def pieces(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give first and last time of every slot of a session."""
    for hours in many(one["hours"]):
        starts, ends = hours.split("-")
        if "every_minutes" not in one:
            yield starts, ends
            continue
        length = int(one.get("visit_minutes", one["every_minutes"]))
        at = minutes(starts)
        while at + length <= minutes(ends):
            yield clock(at), clock(at + length)
            at += int(one["every_minutes"])


def minutes(time: str) -> int:
    """Give the minutes after midnight."""
    return int(time[:2]) * 60 + int(time[3:])


def clock(at: int) -> str:
    """Give the time of day."""
    return f"{at // 60:02}:{at % 60:02}"


def shut(closed: Any, one: dict[str, Any], day: date, starts: str, ends: str, tree: dict[str, Any]) -> bool:
    """Say whether a slot is closed by a line of `closed`."""
    if isinstance(closed, str):
        return closed == day.isoformat()
    if not holds(closed, day) or not named(closed, day, tree):
        return False
    if "sessions" in closed and one["id"] not in many(closed["sessions"]):
        return False
    if "rooms" in closed and one["room"] not in many(closed["rooms"]):
        return False
    if "hours" not in closed:
        return True
    spans = [told.split("-") for told in many(closed["hours"])]
    return any(begins < ends and starts < over for begins, over in spans)


@cache
def moment(zone: str, day: date, time: str) -> datetime | None:
    """Give, in UTC, the first minute of a day at which the clock shows a time or later, by walking.

    Where the clocks do not change within a day of it, the walk is left out.
    """
    place = ZoneInfo(zone)
    if time == "24:00":
        return moment(zone, day + DAY, "00:00") or moment(zone, day + 2 * DAY, "00:00")
    around = datetime(day.year, day.month, day.day, tzinfo=UTC)
    offsets = {
        (around + hours * timedelta(hours=1)).astimezone(place).utcoffset() for hours in range(-30, 60)
    }
    if len(offsets) == 1:
        offset = offsets.pop()
        assert offset is not None
        return around + minutes(time) * MINUTE - offset
    at = around - 30 * 60 * MINUTE
    while at < around + 60 * 60 * MINUTE:
        local = at.astimezone(place)
        if local.date() == day and f"{local:%H:%M}" >= time:
            return at
        at += MINUTE
    return None
