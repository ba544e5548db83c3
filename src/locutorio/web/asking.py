"""Asking for a visit: who comes, and the times there are, with why a time is not to be had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.http import QueryDict

from locutorio.actions.slots_shown import SlotShown
from locutorio.actions.visits_seen import Companion, Visited
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.notices.hindrances import hindrance_told
from locutorio.store.knowledge import PartyMember
from locutorio.web.frame import Field, Link
from locutorio.web.saying import age_on, day_said, hours_said
from locutorio.web.words import say, words

WITH, LAP, FROM, SLOT = "with", "lap", "from", "slot"
DAYS_SHOWN = 7
BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may come: ``note`` says what stands in the way, ``lap`` whether they could sit on one."""

    value: str
    name: str
    age: str
    note: str
    chosen: bool
    lap: bool
    on_lap: bool


@dataclass(frozen=True, slots=True)
class Time:
    """One slot: when, where, how many places, and why it is not offered, if it is not."""

    key: str
    hours: str
    room: str
    left: str
    free: bool
    hindrances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomTimes:
    """The times that can be had in one room on one day."""

    room: str
    times: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its slots, by room; those that cannot be had stand in ``others``."""

    heading: str
    rooms: tuple[RoomTimes, ...]
    others: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """The slots of some days. ``carried`` goes with the form of each; the links lead to other days."""

    days: tuple[Day, ...]
    between: str
    carried: tuple[Field, ...]
    links: tuple[Link, ...]
    any: bool


def choices(visited: Visited, party: Sequence[PartyMember], lang: str, today: date) -> tuple[Choice, ...]:
    """Give those who may come, with who of them was chosen."""
    chosen = {member.contact: member.lap for member in party}
    return tuple(_choice(one, chosen, visited.lap_under, lang, today) for one in visited.companions)


def _choice(one: Companion, chosen: dict[UUID, bool], lap_under: int, lang: str, today: date) -> Choice:
    age = age_on(one.born_on, today)
    return Choice(
        value=str(one.contact),
        name=one.name,
        age=say(lang, "age_years", age=age) if age is not None and age < 18 else "",
        note="" if one.listed == "approved" else words(lang)[f"listed_{one.listed or 'not'}"],
        chosen=one.contact in chosen,
        lap=age is not None and age < lap_under,
        on_lap=chosen.get(one.contact, False),
    )


def party_of(sent: QueryDict, may_come: Iterable[Companion]) -> tuple[PartyMember, ...]:
    """Read who comes; whoever may not be named here is left out."""
    named, laps = set(sent.getlist(WITH)), set(sent.getlist(LAP))
    return tuple(
        PartyMember(one.contact, str(one.contact) in laps) for one in may_come if str(one.contact) in named
    )


def carried(party: Iterable[PartyMember]) -> tuple[Field, ...]:
    """Give what a form or an address carries of a party."""
    return tuple(
        field
        for member in party
        for field in (Field(WITH, str(member.contact)), Field(LAP, str(member.contact)))
        if member.lap or field.name == WITH
    )


def first_day(sent: QueryDict, today: date) -> date:
    """Read from which day on the times are to be shown; what is no day, or is past, is today."""
    try:
        return max(day(sent.get(FROM, "")), today)
    except Fault:
        return today


def times(
    slots: Sequence[SlotShown], first: date, today: date, lang: str, zone: str, fields: tuple[Field, ...]
) -> Times:
    """Give the slots of the days from ``first`` on.

    Args:
        slots: of DAYS_SHOWN days.
        first: the first of the days.
        today: the earliest that can be shown.
        lang: of the words.
        zone: of the establishment.
        fields: what goes with the choice of one, and to other days.
    """
    last = first + timedelta(days=DAYS_SHOWN - 1)
    days = tuple(_day(on, list(group), lang, zone) for on, group in groupby(slots, key=lambda one: one.on))
    return Times(
        days=tuple(one for one in days if one.rooms or one.others),
        between=say(lang, "from_to", starts=day_said(lang, first), ends=day_said(lang, last)),
        carried=fields,
        links=_links(first, today, lang, fields),
        any=any(one.rooms for one in days),
    )


def _links(first: date, today: date, lang: str, fields: tuple[Field, ...]) -> tuple[Link, ...]:
    ways = [("days_later", first + timedelta(days=DAYS_SHOWN))]
    if first > today:
        ways.insert(0, ("days_earlier", max(first - timedelta(days=DAYS_SHOWN), today)))
    return tuple(Link(_query(fields, on), words(lang)[name]) for name, on in ways)


def _query(fields: tuple[Field, ...], on: date) -> str:
    query = QueryDict(mutable=True)
    for field in fields:
        query.appendlist(field.name, field.value)
    query[FROM] = on.isoformat()
    return f"?{query.urlencode()}"


def _day(on: date, slots: Sequence[SlotShown], lang: str, zone: str) -> Day:
    rows = [_time(one, lang, zone) for one in slots if BEGUN not in {why.rule for why in one.hindrances}]
    free = [row for row in rows if row.free]
    rooms = tuple(
        RoomTimes(room, tuple(row for row in free if row.room == room))
        for room in dict.fromkeys(row.room for row in free)
    )
    return Day(day_said(lang, on), rooms, tuple(row for row in rows if not row.free))


def _time(one: SlotShown, lang: str, zone: str) -> Time:
    return Time(
        key=one.key,
        hours=hours_said(lang, one.starts, one.ends, zone),
        room=one.room,
        left="" if one.left is None else _left(one.left, lang),
        free=not one.hindrances,
        hindrances=tuple(hindrance_told(lang, hindrance) for hindrance in one.hindrances),
    )


def slot_said(lang: str, slot: SlotShown, zone: str) -> str:
    """Give the day and the hours of a slot."""
    return say(
        lang, "day_and_time", day=day_said(lang, slot.on), time=hours_said(lang, slot.starts, slot.ends, zone)
    )


def _left(count: int, lang: str) -> str:
    return words(lang)["places_left_one"] if count == 1 else say(lang, "places_left_many", n=count)
