"""The rules of a schedule: windows, turns, quotas, parties, waiting, entry, missed visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from locutorio.arrangements.schedule.patterns import Authority, Days, Group, Scope, TimeMark, WeekPoint


class Unit(StrEnum):
    """What a quota counts. ``PLACES`` are those a visit takes up; hours are kept as minutes."""

    VISITS = "visits"
    MINUTES = "minutes"
    POINTS = "points"
    PLACES = "places"


class Per(StrEnum):
    """The period of a quota. ``DAYS`` is a window that rolls, ``WEEKS`` blocks counted from an anchor."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    WEEKS = "weeks"
    MONTH = "month"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Window:
    """How long before a visit it may be asked for. The first window whose scope fits is the one that holds.

    ``lead_days`` are calendar days, ``lead_work_days`` work days that pass in between (``work_calendar``
    holds those that are none; Saturdays and Sundays are some only where ``weekend_works``),
    ``lead_hours`` hours before the start. ``furthest_days`` is how many days ahead.
    """

    scope: Scope
    lead_days: int | None = None
    lead_hours: int | None = None
    lead_work_days: int | None = None
    work_calendar: str | None = None
    weekend_works: bool = False
    furthest_days: int | None = None
    opens: WeekPoint | None = None
    closes: WeekPoint | None = None
    more: Authority | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is on some days; no ``people``: everybody's."""

    days: Days
    people: Group | None = None


@dataclass(frozen=True, slots=True)
class Rotation:
    """Turns on the days of a scope: the first turn that holds the day decides; where none does, nobody's."""

    scope: Scope
    turns: tuple[Turn, ...]
    more: Authority | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What a visit in a scope costs in points."""

    scope: Scope
    points: int


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit in a period. ``of`` are the kinds of contact that count together ("visit", "call").

    Attributes:
        length: how many days or weeks, for the periods that say so.
        anchor: the first day of one block of weeks.
        week_begins: 0 for Monday.
        contact: counted for each contact instead of for the person.
    """

    code: str
    scope: Scope
    unit: Unit
    limit: int
    per: Per
    length: int = 1
    anchor: date | None = None
    week_begins: int = 0
    of: frozenset[str] = frozenset({"visit"})
    contact: bool = False
    prices: tuple[Price, ...] = ()
    more: Authority | None = None


@dataclass(frozen=True, slots=True)
class PartyLimit:
    """Who may come together. Every limit whose scope fits holds.

    Attributes:
        people_max: those who count; the next four say who does not.
        counted_from: children under this age do not count.
        laps: so many children under ``lap_under`` who sit on a lap do not count.
        adult_age: from this age somebody is an adult here; None for the schedule's.
        children_per_adult: at most so many children for each adult.
        least_age: nobody under it comes at all.
        alone_from: under this age only with an adult, except ``alone_relations``.
        relations: only these; empty for any.
        adults_min: at least so many adults.
    """

    scope: Scope
    people_max: int | None = None
    adults_max: int | None = None
    children_max: int | None = None
    children_per_adult: int | None = None
    counted_from: int = 0
    laps: int = 0
    lap_under: int = 0
    adult_age: int | None = None
    least_age: int | None = None
    alone_from: int | None = None
    alone_relations: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    adults_min: int = 0
    more: Authority | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """No session of a scope until so long after the person was received."""

    scope: Scope
    hours: int = 0
    days: int = 0
    more: Authority | None = None


@dataclass(frozen=True, slots=True)
class EntryPause:
    """Nobody enters from a time on, until another, or until an event (a count is cleared) ends it."""

    scope: Scope
    starts: int
    ends: int | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """When people may come in and must be out. The first whose scope fits holds."""

    scope: Scope
    opens: TimeMark | None = None
    last: TimeMark | None = None
    clear: TimeMark | None = None


@dataclass(frozen=True, slots=True)
class NoShows:
    """So many missed visits within some days cost ``days`` days, counted from the last one.

    ``may`` says that an office decides whether; then nothing follows by itself.
    """

    count: int
    within_days: int | None = None
    days: int | None = None
    contact: bool = True
    may: Authority | None = None
