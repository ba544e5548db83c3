"""What was promised and what happened, as values: promises with their papers, events with their days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from locutorio.facts.case import Case

ONE_DAY = timedelta(days=1)


class What(StrEnum):
    """What is promised, or what happened."""

    CALL = "call"
    VIDEO = "video"
    VISIT = "visit"
    LETTER_FROM = "letter_from"
    LETTER_TO = "letter_to"


SPOKEN = frozenset({What.CALL, What.VIDEO, What.VISIT})
LETTERS = frozenset({What.LETTER_FROM, What.LETTER_TO})


class Happened(StrEnum):
    """Whether it took place. ATTEMPTED was tried and failed; RETURNED is a letter that came back."""

    YES = "yes"
    NO = "no"
    ATTEMPTED = "attempted"
    RETURNED = "returned"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"


OPEN = frozenset({Happened.UNKNOWN, Happened.DISPUTED})
FAILED = frozenset({Happened.NO, Happened.ATTEMPTED, Happened.RETURNED})


class Unit(StrEnum):
    """How a promise is repeated."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Every:
    """A period that comes again: a week, a month, a quarter, or ``days`` days counted from the first."""

    unit: Unit
    days: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a promise was said not to hold, ``since`` up to (not including) ``until``.

    ``until`` is None where no end was named, ``paper`` where no paper was shown: then the promise goes on.
    """

    since: date
    until: date | None
    paper: str | None


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, true from ``since`` up to (not including) ``until``.

    It is of one of four shapes: ``count`` contacts in each period, each of ``minutes`` where that is said;
    ``minutes_in_all`` in each period; one contact on a day (``on``); or an answer to each letter within
    ``answered_within`` days. ``part_periods`` says what a period owes of which only a part counts: all of it
    (True), nothing (False), or the paper does not say (None). ``by`` is who promised.
    """

    name: str
    what: tuple[What, ...]
    paper: str
    since: date
    until: date | None = None
    by: str | None = None
    count: int | None = None
    minutes: int | None = None
    minutes_in_all: int | None = None
    every: Every | None = None
    on: date | None = None
    answered_within: int | None = None
    with_whom: tuple[str, ...] = ()
    part_periods: bool | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def in_minutes(self) -> bool:
        """Whether minutes are promised and no number of contacts."""
        return self.minutes_in_all is not None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day, as the keeper of the file knows it.

    ``fulfils`` names the promises it counts for; empty, it counts for each that it fits. ``makes_up`` is a
    day of the period it makes up for. ``name`` and ``answers`` tie a letter to its answer. ``line`` is its
    line in the file, 0 where there is none.
    """

    on: date
    what: What
    happened: Happened
    minutes: int | None = None
    with_whom: str | None = None
    fulfils: tuple[str, ...] = ()
    makes_up: date | None = None
    reason: str | None = None
    said_by: str | None = None
    name: str | None = None
    answers: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Record:
    """A whole file. Between ``complete_from`` and ``complete_until`` it holds everything that happened.

    ``case`` holds the law it names and what it says of facts and papers; its question is put in later.
    """

    promises: tuple[Promise, ...]
    events: tuple[Event, ...]
    case: Case | None = None
    complete_from: date | None = None
    complete_until: date | None = None
    week_begins: int = 0

    def complete(self, begins: date, last: date) -> bool:
        """Whether everything that happened from one day to another, both included, is in the file."""
        return (
            self.complete_until is not None
            and last <= self.complete_until
            and (self.complete_from is None or self.complete_from <= begins)
        )
