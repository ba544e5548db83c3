"""A schedule, its slots, and what is asked of it and answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType

from locutorio.arrangements.schedule.limits import (
    Entry,
    EntryPause,
    NoShows,
    PartyLimit,
    Quota,
    Rotation,
    Unit,
    Waiting,
    Window,
)
from locutorio.arrangements.schedule.patterns import (
    Asker,
    Authority,
    Booking,
    Calendar,
    Counts,
    Days,
    Group,
    Hours,
    Medium,
)

NOBODY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Room:
    """A room; ``places`` by kind are those of each of its sessions that states none."""

    code: str
    name: str
    places: Mapping[str, int] = field(default_factory=lambda: NOBODY)
    counts: Counts = Counts.TABLE


@dataclass(frozen=True, slots=True)
class Session:
    """A weekly pattern. Each of its hours on each of its days is one slot, or several of ``every_minutes``.

    ``visit_minutes`` is the longest that one visit lasts, None for the whole slot; ``joined_max`` is how many
    slots in a row one visit may take. ``replaces`` names sessions that are off on its days; ``replaces_all``
    puts off every other that does not itself replace all.
    """

    code: str
    room: str
    days: Days
    hours: tuple[Hours, ...]
    since: date | None = None
    until: date | None = None
    places: Mapping[str, int] = field(default_factory=lambda: NOBODY)
    visit_minutes: int | None = None
    every_minutes: int | None = None
    joined_max: int = 1
    medium: Medium = Medium.IN_PERSON
    contact: bool | None = None
    people: Group | None = None
    but: Group | None = None
    booking: Booking | None = None
    replaces: frozenset[str] = frozenset()
    replaces_all: bool = False
    needs: Authority | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which sessions do not take place: all, or those of some sessions, rooms or hours."""

    days: Days | None = None
    since: date | None = None
    until: date | None = None
    sessions: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    hours: tuple[Hours, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """One establishment's schedule. ``beyond`` names who may allow what no rule here does, by what it is.

    ``not_stated`` says in words what the source left open; ``when_full`` what happens when a room is full.
    """

    code: str
    name: str
    zone: str
    rooms: Mapping[str, Room]
    sessions: tuple[Session, ...]
    adult_age: int = 18
    tick_minutes: int = 5
    hold_minutes: int = 15
    booking: Booking = Booking.RESERVED
    askers: frozenset[Asker] = frozenset(Asker)
    parts: tuple[str, ...] = ()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    closures: tuple[Closure, ...] = ()
    windows: tuple[Window, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    quotas: tuple[Quota, ...] = ()
    parties: tuple[PartyLimit, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    entries: tuple[Entry, ...] = ()
    pauses: tuple[EntryPause, ...] = ()
    no_shows: NoShows | None = None
    beyond: Mapping[str, Authority] = field(default_factory=dict)
    when_full: str | None = None
    sources: tuple[str, ...] = ()
    not_stated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def session(self, code: str) -> Session:
        """Give a session by its code."""
        return next(one for one in self.sessions if one.code == code)


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of entry in one slot: ``ends`` is None where an event ends it."""

    starts: datetime
    ends: datetime | None
    event: str | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A session on one day, from ``starts`` up to ``ends``, both in the establishment's zone.

    ``key`` is ``<session>@<YYYY-MM-DD>T<HH:MM>`` with the time as the schedule writes it. ``places`` are by
    kind; where there are none, the schedule does not say how many. ``visit_minutes`` is the longest that a
    visit lasts in it.
    """

    key: str
    session: str
    room: str
    on: date
    at: time
    starts: datetime
    ends: datetime
    places: Mapping[str, int]
    medium: Medium
    contact: bool | None
    visit_minutes: int
    joined_max: int
    entry_from: datetime | None
    entry_last: datetime | None
    clear_by: datetime | None
    pauses: tuple[Pause, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """What a schedule needs to know of the person in custody. None is "not known".

    ``held_since`` is the day of reception, or the moment where the hour is known; ``unit`` is a path such as
    C-1-007; ``part`` the sub-establishment.
    """

    number: str | None = None
    surname: str | None = None
    part: str | None = None
    unit: str | None = None
    custody_level: str | None = None
    incentive: str | None = None
    legal_status: str | None = None
    statuses: frozenset[str] | None = None
    sex: str | None = None
    held_since: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who comes: ``age`` and ``relation`` None where not known, ``lap`` for a child held on one."""

    age: int | None
    relation: str | None = None
    lap: bool = False


PRIVILEGED = frozenset({"attorney", "attorney_staff", "consul"})


@dataclass(frozen=True, slots=True)
class Party:
    """Those who come together. ``privileged``: each of them is counsel, works for counsel, or is a consul."""

    members: tuple[Member, ...]
    privileged: bool = False


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why the schedule does not offer a slot: never a refusal by law.

    ``rule`` is a sentence ``schedule.hindrance.<rule>`` of the catalogue, ``words`` what it names, ``needs``
    who may go beyond.
    """

    rule: str
    words: Mapping[str, str] = field(default_factory=dict)
    needs: Authority | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What a visit takes of a quota: what is debited from ``first`` to ``last``, both included, plus
    ``amount`` may not exceed ``limit``. A rolling window gives one charge for each stretch that holds the
    day, with the same ``amount``, which is debited once.
    """

    quota: str
    subject: str
    unit: Unit
    amount: int
    limit: int
    first: date
    last: date
    more: Authority | None = None
