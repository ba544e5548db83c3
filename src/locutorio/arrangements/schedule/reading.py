"""Reads a schedule from its file. Every fault is told at its place, in one report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from locutorio.arrangements.schedule import reading_limits as limits
from locutorio.arrangements.schedule.patterns import Asker, Authority, Booking, Counts, Group, Medium
from locutorio.arrangements.schedule.reading_calendars import calendar
from locutorio.arrangements.schedule.reading_scopes import (
    DAYS,
    Known,
    askers,
    authority,
    code,
    day_of,
    days,
    group,
    hours,
    number,
    period,
    reference,
    several,
    text,
    words,
)
from locutorio.arrangements.schedule.values import Closure, Room, Schedule, Session
from locutorio.kernel.faults import FAULTS_MAX, Fault, Faults
from locutorio.kernel.texts import Node, read_documents

PLACES_MAX = 5000
TICKS = ("1", "5", "10", "15", "30", "60")
ALL = "all"
_TOP = (
    *("adult_age", "tick_minutes", "hold_minutes", "booking", "asked_by", "parts", "calendars", "rooms"),
    *("groups", "sessions", "closed", "windows", "rotations", "quotas", "party", "waiting", "entry"),
    *("pauses", "no_shows", "beyond", "when_full", "sources", "not_stated", "notes"),
)
_SESSION = (
    *DAYS,
    *("from", "until", "places", "visit_minutes", "every_minutes", "joined_max", "medium", "contact"),
    *("for", "except", "booking", "replaces", "more_by", "ground"),
)

Read = TypeVar("Read")


def read_schedule(raw: bytes, name: str) -> Schedule:
    """Read a schedule from the bytes of its file.

    Raises:
        Fault, Faults: it cannot be used: what, where, why, and what to do.
    """
    documents = read_documents(raw, name)
    if not documents:
        raise Fault(f"{name} is empty", remedy="write a schedule as docs/reference/schedules.md shows")
    return schedule_of(documents[0])


@dataclass(slots=True)
class _Reader:
    entries: Mapping[str, Node]
    known: Known
    faults: list[Fault]

    def each(self, name: str, read: Callable[[Node, Known], Read]) -> tuple[Read, ...]:
        """Read every item of a list; what cannot be used is reported."""
        if name not in self.entries:
            return ()
        found = (self.one(item, read) for item in self.entries[name].items() if len(self.faults) < FAULTS_MAX)
        return tuple(one for one in found if one is not None)

    def named(self, name: str, read: Callable[[Node, Known], Read]) -> dict[str, Read]:
        """Read a block of named things."""
        if name not in self.entries:
            return {}
        found: dict[str, Read] = {}
        for key, item in self.entries[name].entries().items():
            named, one = self.one(item.name, lambda node, _: code(node)), self.one(item, read)
            if named is not None and one is not None:
                found[key] = one
        return found

    def one(self, node: Node, read: Callable[[Node, Known], Read]) -> Read | None:
        """Read one thing; where it cannot be used, report and give None."""
        try:
            return read(node, self.known)
        except Fault as fault:
            self.faults.append(fault)
            return None


def schedule_of(node: Node) -> Schedule:
    """Read a schedule from its document.

    Raises:
        Fault, Faults: it cannot be used.
    """
    entries = node.entries(required=["schedule", "name", "zone"], optional=_TOP)
    zone = _zone(entries["zone"])
    reader = _Reader(entries, _known(entries), [])
    tick = int(entries["tick_minutes"].choice(TICKS)) if "tick_minutes" in entries else 5
    rooms = reader.named("rooms", _room)
    sessions = reader.each("sessions", lambda one, known: _session(one, known, tick))
    found = Schedule(
        code=code(entries["schedule"]),
        name=text(entries["name"]),
        zone=zone,
        rooms={key: Room(key, one.name, one.places, one.counts) for key, one in rooms.items()},
        sessions=sessions,
        adult_age=number(entries["adult_age"], 1, 30) if "adult_age" in entries else 18,
        tick_minutes=tick,
        hold_minutes=number(entries["hold_minutes"], 1, 1440) if "hold_minutes" in entries else 15,
        booking=_booking(entries) or Booking.RESERVED,
        askers=askers(entries["asked_by"]) if "asked_by" in entries else frozenset(Asker),
        parts=several(entries["parts"], code) if "parts" in entries else (),
        calendars=reader.named("calendars", lambda one, _: calendar(one)),
        groups=reader.named("groups", group),
        closures=reader.each("closed", _closure),
        windows=reader.each("windows", limits.window),
        rotations=reader.each("rotations", limits.rotation),
        quotas=reader.each("quotas", limits.quota),
        parties=reader.each("party", limits.party),
        waiting=reader.each("waiting", limits.waiting),
        entries=reader.each("entry", limits.entry),
        pauses=reader.each("pauses", limits.pause),
        no_shows=reader.one(entries["no_shows"], lambda one, _: limits.no_shows(one))
        if "no_shows" in entries
        else None,
        beyond=reader.named("beyond", _beyond),
        when_full=text(entries["when_full"]) if "when_full" in entries else None,
        sources=several(entries["sources"], text) if "sources" in entries else (),
        not_stated=several(entries["not_stated"], text) if "not_stated" in entries else (),
        notes=several(entries["notes"], text) if "notes" in entries else (),
    )
    if not reader.faults:
        _refuse_contradictions(entries, found, reader.faults)
    if reader.faults:
        raise Faults(reader.faults)
    return found


def _zone(node: Node) -> str:
    word = node.text()
    try:
        ZoneInfo(word)
    except (ValueError, OSError, LookupError):
        node.fail(f'"{word}" is not a time zone', remedy="write a name such as America/New_York or Etc/UTC")
    return word


def _known(entries: Mapping[str, Node]) -> Known:
    """Collect the names that the file defines, before the rules that refer to them are read."""

    def keys(name: str) -> frozenset[str]:
        return frozenset(entries[name].entries()) if name in entries else frozenset()

    sessions = entries["sessions"].items() if "sessions" in entries else ()
    codes = [one.value["id"].value for one in sessions if isinstance(one.value, dict) and "id" in one.value]
    return Known(
        sessions=frozenset(one.strip() for one in codes if isinstance(one, str)),
        rooms=keys("rooms"),
        calendars=keys("calendars"),
        groups=keys("groups"),
        parts=frozenset(several(entries["parts"], code)) if "parts" in entries else frozenset(),
    )


def _room(node: Node, _: Known) -> Room:
    entries = node.entries(required=["name"], optional=["places", "counts"])
    counts = Counts(entries["counts"].choice(list(Counts))) if "counts" in entries else Counts.TABLE
    return Room("", text(entries["name"]), _places(entries), counts)


def _places(entries: Mapping[str, Node]) -> Mapping[str, int]:
    """Read how many places of each kind there are; none of a kind is the same as no such kind."""
    if "places" not in entries:
        return {}
    found = {kind: number(node, 0, PLACES_MAX) for kind, node in entries["places"].entries().items()}
    for kind in found:
        code(entries["places"].entries()[kind].name)
    if not any(found.values()):
        entries["places"].fail("there is no place at all here", remedy="write how many, or take the line out")
    return {kind: most for kind, most in sorted(found.items()) if most}


def _booking(entries: Mapping[str, Node]) -> Booking | None:
    return Booking(entries["booking"].choice(list(Booking))) if "booking" in entries else None


def _session(node: Node, known: Known, tick: int) -> Session:
    entries = node.entries(required=["id", "room", "hours"], optional=_SESSION)
    which = days(entries, known)
    if which is None or not ("days" in entries or "on" in entries):
        node.fail("this session names no days", remedy="add `days: [sat, sun]` or `on: [2026-12-24]`")
    found = several(entries["hours"], hours)
    since, until = period(entries)
    length = number(entries["visit_minutes"], 1, 1440) if "visit_minutes" in entries else None
    every = number(entries["every_minutes"], 1, 1440) if "every_minutes" in entries else None
    _refuse_bad_hours(entries, tick)
    if every is not None and every < (length or every):
        entries["every_minutes"].fail(
            "slots of one session cannot overlap",
            why="each slot has its own places",
            remedy="let a slot begin no sooner than the one before it ends, or make two sessions",
        )
    if "joined_max" in entries and every is None:
        entries["joined_max"].name.fail(
            "slots are joined only where hours are cut into slots", remedy="add `every_minutes`"
        )
    replaces = entries.get("replaces")
    all_others = replaces is not None and replaces.value == ALL
    return Session(
        code=code(entries["id"]),
        room=reference(entries["room"], known.rooms),
        days=which,
        hours=tuple(sorted(found, key=lambda one: one.starts)),
        since=since,
        until=until,
        places=_places(entries),
        visit_minutes=length,
        every_minutes=every,
        joined_max=number(entries["joined_max"], 1, 100) if "joined_max" in entries else 1,
        medium=Medium(entries["medium"].choice(list(Medium))) if "medium" in entries else Medium.IN_PERSON,
        contact=entries["contact"].yes() if "contact" in entries else None,
        people=group(entries["for"], known) if "for" in entries else None,
        but=group(entries["except"], known) if "except" in entries else None,
        booking=_booking(entries),
        replaces=frozenset() if all_others else words(replaces, known.sessions),
        replaces_all=all_others,
        needs=authority(entries),
    )


def _refuse_bad_hours(entries: Mapping[str, Node], tick: int) -> None:
    """Refuse hours that overlap, and times that are no multiple of the tick."""
    last = -1
    for item, one in sorted(
        zip(several(entries["hours"], lambda one: one), several(entries["hours"], hours), strict=True),
        key=lambda pair: pair[1].starts,
    ):
        if one.starts < last:
            item.fail("two hours of one session overlap", remedy="join them, or make two sessions")
        last = one.ends
        if one.starts % tick or one.ends % tick:
            _off_tick(item, tick)
    for name in ("visit_minutes", "every_minutes"):
        if name in entries and "every_minutes" in entries and entries[name].whole() % tick:
            _off_tick(entries[name], tick)


def _off_tick(node: Node, tick: int) -> None:
    node.fail(
        f"this is no multiple of {tick} minutes",
        why="two slots may not share a tick, or somebody could not go from one to the next",
        remedy=f"write a smaller `tick_minutes` (one of {', '.join(TICKS)}), or check the time",
    )


def _closure(node: Node, known: Known) -> Closure:
    if isinstance(node.value, str):
        return Closure(since=day_of(node), until=date.fromordinal(day_of(node).toordinal() + 1))
    entries = node.entries(optional=[*DAYS, "from", "until", "sessions", "rooms", "hours", "why"])
    since, until = period(entries)
    which = days(entries, known)
    if which is None and since is None and until is None:
        node.fail("it is not said when this is closed", remedy="add `on: [day]`, `days:` or `from:`")
    return Closure(
        days=which,
        since=since,
        until=until,
        sessions=words(entries.get("sessions"), known.sessions),
        rooms=words(entries.get("rooms"), known.rooms),
        hours=several(entries["hours"], hours) if "hours" in entries else (),
        why=text(entries["why"]) if "why" in entries else None,
    )


def _beyond(node: Node, _: Known) -> Authority:
    found = authority(node.entries(required=["more_by"], optional=["ground"]))
    assert found is not None, "the line is required"
    return found


def _refuse_contradictions(entries: Mapping[str, Node], schedule: Schedule, faults: list[Fault]) -> None:
    """Refuse what contradicts itself: doubles, circles, and a day both closed and special."""
    for key, codes in (
        ("sessions", [one.code for one in schedule.sessions]),
        ("quotas", [one.code for one in schedule.quotas]),
    ):
        for index, one in enumerate(codes):
            if one in codes[:index]:
                place = entries[key].items()[index].place
                faults.append(Fault(f'"{one}" stands twice', where=place, remedy="give each its own id"))
    _refuse_circles(entries, schedule.groups, faults)
    replacing = {one.code for one in schedule.sessions if one.replaces or one.replaces_all}
    special = {day for one in schedule.sessions if one.replaces_all for day in one.days.dates}
    for session, node in zip(
        schedule.sessions, entries["sessions"].items() if schedule.sessions else (), strict=True
    ):
        if session.replaces & replacing:
            faults.append(
                Fault(
                    "a session replaces one that itself replaces another",
                    where=node.entries()["replaces"].place,
                    why="it would depend on their order which of them takes place",
                    remedy="name the sessions that are off on these days, one by one",
                )
            )
    seen: set[date] = set()
    for closure, node in zip(
        schedule.closures, entries["closed"].items() if schedule.closures else (), strict=True
    ):
        if closure.sessions or closure.rooms or closure.hours:
            continue
        for day in _single_days(closure):
            if day in seen:
                faults.append(Fault(f"{day} is closed twice", where=node.place, remedy="keep one of them"))
            if day in special:
                faults.append(
                    Fault(
                        f"{day} is both closed and special",
                        where=node.place,
                        why="a special session takes place on that day instead of the usual ones",
                        remedy="take the day out of one of the two",
                    )
                )
            seen.add(day)


def _single_days(closure: Closure) -> set[date]:
    if closure.days is not None:
        return set(closure.days.dates)
    if closure.since is not None and closure.until is not None and (closure.until - closure.since).days == 1:
        return {closure.since}
    return set()


def _refuse_circles(entries: Mapping[str, Node], groups: Mapping[str, Group], faults: list[Fault]) -> None:
    for name in groups:
        seen, ahead = set[str](), set(groups[name].groups)
        while ahead:
            seen |= ahead
            ahead = {deeper for one in ahead for deeper in groups[one].groups} - seen
        if name in seen:
            place = entries["groups"].entries()[name].place
            faults.append(
                Fault(
                    f'the group "{name}" holds itself', where=place, remedy="take it out of the other group"
                )
            )
