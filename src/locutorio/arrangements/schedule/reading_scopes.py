"""Reads the parts that rules of a schedule share: days, hours, groups of people, authorities, scopes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from locutorio.arrangements.schedule.patterns import (
    MIDNIGHT,
    Asker,
    Authority,
    Days,
    Digit,
    Group,
    Hours,
    Medium,
    Scope,
    TimeMark,
)
from locutorio.kernel.faults import suggestion
from locutorio.kernel.moments import day
from locutorio.kernel.texts import Node

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = "every_day"
DAYS = ("days", "on", "not_on", "weekends", "dates", "every")
SCOPE = (*DAYS, "sessions", "from", "until", "media", "contact", "for", "except", "by")
GROUP = (
    *("parts", "units", "custody", "incentive", "legal_status", "statuses", "sex"),
    *("surnames", "register", "groups"),
)
PARITY = {"odd": True, "even": False}
LIST_MAX = 2000
TEXT_LENGTH_MAX = 500
CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")
_HOURS = re.compile(r"([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")
_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})")
_BEFORE = re.compile(r"([0-9]{1,4}) minutes before (start|end)")
_RANGE = re.compile(r"([A-Za-z]{1,20})(?:-([A-Za-z]{1,20}))?")

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a schedule defines, to which its rules may refer."""

    sessions: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    calendars: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


def code(node: Node) -> str:
    """Read the code of something: a name that keys and addresses may hold."""
    word = node.text()
    if not CODE.fullmatch(word):
        node.fail(
            f'"{word}" is not a code',
            why="a code has at most 60 small letters, digits, dots, hyphens and underscores",
            remedy="write it like main_hall",
        )
    return word


def text(node: Node) -> str:
    """Read a text of at most TEXT_LENGTH_MAX characters."""
    words = node.text()
    if len(words) > TEXT_LENGTH_MAX:
        node.fail(f"this text is longer than {TEXT_LENGTH_MAX} characters", remedy="say it in fewer words")
    return words


def several(node: Node, read: Callable[[Node], Read]) -> tuple[Read, ...]:
    """Read a list; one word stands for a list of one."""
    items = node.items() if isinstance(node.value, list) else [node]
    if not items:
        node.fail("this list is empty", remedy="write at least one word, or take the line out")
    if len(items) > LIST_MAX:
        node.fail(f"this list has more than {LIST_MAX} entries", remedy="check that it is the right list")
    return tuple(read(item) for item in items)


def words(node: Node | None, known: frozenset[str] | None = None) -> frozenset[str]:
    """Read a set of words, all of them known where ``known`` is given; none where there is no line."""
    if node is None:
        return frozenset()
    return frozenset(several(node, text if known is None else lambda item: reference(item, known)))


def reference(node: Node, known: frozenset[str]) -> str:
    """Read a name that the schedule defines."""
    word = node.text()
    if word not in known:
        node.fail(f'the schedule has no "{word}" of this kind', remedy=suggestion(word, sorted(known)))
    return word


def number(node: Node, least: int, most: int) -> int:
    """Read a whole number between two."""
    found = node.whole()
    if not least <= found <= most:
        node.fail(f"{found} is not between {least} and {most}", remedy="check the number")
    return found


def clock(node: Node, word: str | None = None) -> int:
    """Read a time of day HH:MM as minutes after midnight; 24:00 is the end of the day."""
    written = node.text() if word is None else word
    match = _CLOCK.fullmatch(written)
    minutes = int(match[1]) * 60 + int(match[2]) if match else -1
    if not match or int(match[2]) > 59 or minutes > MIDNIGHT:
        node.fail(f'"{written}" is not a time of day', remedy="write it like 08:30, from 00:00 to 24:00")
    return minutes


def hours(node: Node) -> Hours:
    """Read hours: HH:MM-HH:MM."""
    match = _HOURS.fullmatch(node.text())
    if not match:
        node.fail(f'"{node.text()}" is not from one time to another', remedy="write it like 08:30-15:00")
    starts, ends = clock(node, match[1]), clock(node, match[2])
    if ends <= starts:
        node.fail(
            "these hours end before they begin",
            why="hours lie within one day, and 24:00 is its end",
            remedy="write hours that go past midnight as two, one up to 24:00 and one from 00:00",
        )
    return Hours(starts, ends)


def mark(node: Node) -> TimeMark:
    """Read a time of day, or so many minutes before the start or the end."""
    match = _BEFORE.fullmatch(node.text())
    if not match:
        return TimeMark(at=clock(node))
    minutes = int(match[1])
    return TimeMark(before_start=minutes) if match[2] == "start" else TimeMark(before_end=minutes)


def day_of(node: Node) -> date:
    """Read a day."""
    return day(node.text(), node.place)


def authority(entries: Mapping[str, Node]) -> Authority | None:
    """Read who may go beyond a rule, from its lines ``more_by`` and ``ground``."""
    if "more_by" not in entries:
        if "ground" in entries:
            entries["ground"].name.fail("nobody is named who may go beyond", remedy="add `more_by: [office]`")
        return None
    node = entries["more_by"]
    ground = text(entries["ground"]) if "ground" in entries else None
    if isinstance(node.value, dict):
        return Authority(several(node.entries(required=["together"])["together"], text), True, ground)
    return Authority(several(node, text), False, ground)


def days(entries: Mapping[str, Node], known: Known) -> Days | None:
    """Read which days, from the lines of a block that name days; None where there is none."""
    if not any(name in entries for name in DAYS):
        return None
    weekdays: set[int] = set()
    calendars: set[str] = set()
    for item in several(entries["days"], lambda node: node) if "days" in entries else ():
        word = item.choice([*WEEKDAYS, EVERY_DAY, *sorted(known.calendars)])
        if word == EVERY_DAY:
            weekdays |= set(range(7))
        elif word in WEEKDAYS:
            weekdays.add(WEEKDAYS.index(word))
        else:
            calendars.add(word)
    dates = _dates(entries["on"]) if "on" in entries else frozenset[date]()
    if "days" not in entries and "on" not in entries:
        weekdays = set(range(7))
    every, anchor = _every(entries["every"]) if "every" in entries else (1, None)
    return Days(
        weekdays=frozenset(weekdays),
        calendars=frozenset(calendars),
        dates=dates,
        not_on=words(entries.get("not_on"), known.calendars),
        weekends=frozenset(several(entries["weekends"], lambda node: number(node, 1, 5)))
        if "weekends" in entries
        else frozenset(),
        odd=PARITY[entries["dates"].choice(list(PARITY))] if "dates" in entries else None,
        every=every,
        anchor=anchor,
    )


def _dates(node: Node) -> frozenset[date]:
    found: set[date] = set()
    for item in several(node, lambda one: one):
        read = day_of(item)
        if read in found:
            item.fail(f"{read} stands twice in this list", remedy="keep one of them")
        found.add(read)
    return frozenset(found)


def _every(node: Node) -> tuple[int, date]:
    entries = node.entries(required=["weeks", "from"])
    return number(entries["weeks"], 1, 52), day_of(entries["from"])


def group(node: Node, known: Known) -> Group:
    """Read a group of people."""
    entries = node.entries(optional=GROUP)
    if not entries:
        node.fail("nothing is said of who belongs", remedy=f"write one of: {', '.join(GROUP)}")
    return Group(
        parts=words(entries.get("parts"), known.parts),
        units=words(entries.get("units")),
        custody=words(entries.get("custody")),
        incentive=words(entries.get("incentive")),
        legal_status=words(entries.get("legal_status")),
        statuses=words(entries.get("statuses")),
        sex=words(entries.get("sex")),
        surnames=several(entries["surnames"], _surnames) if "surnames" in entries else (),
        digit=_digit(entries["register"]) if "register" in entries else None,
        groups=words(entries.get("groups"), known.groups),
    )


def _surnames(node: Node) -> tuple[str, str]:
    match = _RANGE.fullmatch(node.text())
    if not match:
        node.fail(
            f'"{node.text()}" is not a range of first letters',
            why="surnames are put in order by the letters A to Z, without accents",
            remedy="write it like A-J, or A-Ki",
        )
    first, last = match[1].lower(), (match[2] or match[1]).lower()
    if last < first:
        node.fail("this range ends before it begins", remedy="write the earlier letter first")
    return first, last


def _digit(node: Node) -> Digit:
    entries = node.entries(required=["digit", "is"])
    place = -1 if entries["digit"].value == "last" else number(entries["digit"], 1, 20)
    wanted = entries["is"]
    if isinstance(wanted.value, str) and wanted.text() in PARITY:
        odd = PARITY[wanted.text()]
        return Digit(place, frozenset(one for one in range(10) if one % 2 == odd))
    return Digit(place, frozenset(several(wanted, lambda one: number(one, 0, 9))))


def scope(
    entries: Mapping[str, Node], known: Known, allowed: Sequence[str] = SCOPE, *, by_days: Days | None = None
) -> Scope:
    """Read where a rule holds, from those lines of its block that say so."""
    told = {name: node for name, node in entries.items() if name in allowed}
    since, until = period(told)
    return Scope(
        sessions=words(told.get("sessions"), known.sessions),
        days=by_days or days(told, known),
        since=since,
        until=until,
        media=frozenset(several(told["media"], lambda one: Medium(one.choice(list(Medium)))))
        if "media" in told
        else frozenset(),
        contact=told["contact"].yes() if "contact" in told else None,
        people=group(told["for"], known) if "for" in told else None,
        but=group(told["except"], known) if "except" in told else None,
        by=askers(told["by"]) if "by" in told else frozenset(),
    )


def period(entries: Mapping[str, Node]) -> tuple[date | None, date | None]:
    """Read from which day on, and up to (not including) which, something holds."""
    since = day_of(entries["from"]) if "from" in entries else None
    until = day_of(entries["until"]) if "until" in entries else None
    if since is not None and until is not None and until <= since:
        entries["until"].fail(
            "this ends before it begins",
            why="`until` is the first day on which it no longer holds",
            remedy="check the two days",
        )
    return since, until


def askers(node: Node) -> frozenset[Asker]:
    """Read who may ask."""
    return frozenset(several(node, lambda one: Asker(one.choice(list(Asker)))))
