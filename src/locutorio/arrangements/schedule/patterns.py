"""What the rules of a schedule are made of: days, hours, groups of people, and where a rule holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MIDNIGHT = 24 * 60


class Medium(StrEnum):
    """How people meet in a session."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    TELEPHONE = "telephone"


class Counts(StrEnum):
    """What takes up one place of a room: a party at a table, or each of the people who count."""

    TABLE = "table"
    PEOPLE = "people"


class Booking(StrEnum):
    """How a place is had: reserved ahead, first come first served, or assigned by the establishment."""

    RESERVED = "reserved"
    FIRST_COME = "first_come"
    ASSIGNED = "assigned"


class Asker(StrEnum):
    """Who asks for a place: somebody outside, the person in custody, or staff."""

    PUBLIC = "public"
    PERSON = "person"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may go beyond a limit: any of these offices, or all of them together; and on what ground."""

    offices: tuple[str, ...]
    together: bool = False
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays of a country (ISO 3166), perhaps of one of its parts, all or some by name."""

    country: str
    subdivision: str | None = None
    observed: bool = True
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """A named set of days, the union of its parts.

    ``easter`` holds days after Easter Sunday (Good Friday is -2), ``yearly`` months and days, ``nth`` rows of
    month, weekday (0 for Monday), which one (-1 for the last), and how many days after it.
    """

    name: str
    holidays: tuple[Holidays, ...] = ()
    easter: frozenset[int] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()
    nth: frozenset[tuple[int, int, int, int]] = frozenset()
    dates: frozenset[date] = frozenset()
    but: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Days:
    """Which days: those of a weekday, a calendar or a list, that are left by every narrowing named here.

    ``weekends`` numbers weekends by their Saturday's place in its month; ``odd`` keeps odd or even days of
    the month; of ``every`` so many weeks the one that holds ``anchor`` counts, from Monday to Sunday.
    """

    weekdays: frozenset[int] = frozenset()
    calendars: frozenset[str] = frozenset()
    dates: frozenset[date] = frozenset()
    not_on: frozenset[str] = frozenset()
    weekends: frozenset[int] = frozenset()
    odd: bool | None = None
    every: int = 1
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit of a register number, counted from 1 among its digits (-1: the last), and what it may be."""

    place: int
    among: frozenset[int]


@dataclass(frozen=True, slots=True)
class Group:
    """People told apart by what is known of them. Every field that names something must fit; empty fits all.

    ``units`` are beginnings of a location path, level by level; ``surnames`` are ranges of first letters;
    ``groups`` names other groups, any of which is enough.
    """

    parts: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    custody: frozenset[str] = frozenset()
    incentive: frozenset[str] = frozenset()
    legal_status: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    sex: frozenset[str] = frozenset()
    surnames: tuple[tuple[str, str], ...] = ()
    digit: Digit | None = None
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a rule holds: of which sessions, days, people and askers. What is empty or None narrows nothing.

    It holds from ``since`` up to, not including, ``until``. ``people`` are those it is for, ``but`` those it
    is not for.
    """

    sessions: frozenset[str] = frozenset()
    days: Days | None = None
    since: date | None = None
    until: date | None = None
    media: frozenset[Medium] = frozenset()
    contact: bool | None = None
    people: Group | None = None
    but: Group | None = None
    by: frozenset[Asker] = frozenset()


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of day up to another, in minutes after midnight; 1440 is the end of the day."""

    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A time of day (``at``, minutes after midnight), or so many minutes before the slot starts or ends."""

    at: int | None = None
    before_start: int | None = None
    before_end: int | None = None


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """A time of a weekday (0 for Monday), so many weeks before the week of the visit."""

    weekday: int
    at: int
    weeks_before: int
