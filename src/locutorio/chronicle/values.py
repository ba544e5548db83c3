"""A chronicle as values: events with what was read of their texts, and versions that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from locutorio.chronicle.days import Days
from locutorio.chronicle.people import People
from locutorio.kernel.faults import Place

Raw = str | tuple["Raw", ...] | Mapping[str, "Raw"]
"""What stands in the file, untouched."""

BEST, WORST = 1, 4
CHANNELS = ("call", "visit", "letter", "greeting")
OF_A_CLASS = ("call", "visit", "letter")


class Basis(StrEnum):
    """What a date is: the day on the paper, of its filing, of the ruling, of the report, or about."""

    WRITTEN = "written"
    FILED = "filed"
    RULED = "ruled"
    REPORTED = "reported"
    APPROX = "approx"


class Force(StrEnum):
    """What a statement is: what a measure lays down, a ruling, an order to let, what somebody states, what
    took place, what is asked, or terms under which contact takes place, which allow nothing by themselves.
    """

    MEASURE = "measure"
    DECREED = "ruling"
    ORDERED = "ordered"
    STATED = "stated"
    FACT = "fact"
    ASKED = "asked"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, from ``low`` to ``high``, in each period: ``days`` long, or a calendar ``unit``.

    ``unit`` is day, week, month, year, days, or all (no period). ``pooled`` names the kinds that share it;
    ``ambiguous`` holds another amount that the same words can mean.
    """

    low: int
    high: int
    unit: str = "all"
    days: int = 0
    minutes: int | None = None
    pooled: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    ambiguous: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one text says of contact. ``yes`` is allowed, asked or happened; False is the contrary.

    ``whom`` holds tokens, ``classes`` social, legal or religious: everybody of that class. ``since`` are
    the days on which it can have begun; ``by`` the authority that the text names. ``lost`` counts what was
    sent and did not arrive, ``again`` tells that it is asked once more, ``resumed`` that it began again.
    """

    event: str
    path: str
    text: str
    force: Force
    channels: tuple[str, ...]
    yes: bool
    since: Days
    whom: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    amount: Amount | None = None
    by: str | None = None
    lost: int = 0
    again: bool = False
    resumed: bool = False

    @property
    def short(self) -> bool:
        """Whether it says that less than an amount took place, which is not nothing."""
        return self.force is Force.FACT and not self.yes and self.amount is not None


class Sign(StrEnum):
    """What else a text can say that bears on authority and on routes."""

    SUPERSEDED = "superseded"
    NO_POWER = "no_power"
    WRONG_FORUM = "wrong_forum"
    SOLELY = "solely"
    ASK = "ask"
    IMPOSED = "imposed"
    REGIME_CHANGES = "regime_changes"
    RENEWED = "renewed"
    APPEARS = "appears"
    NO_VISA = "no_visa"


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign in a text, with the tokens it names; ``measure`` is the measure's name."""

    event: str
    path: str
    text: str
    sign: Sign
    tokens: tuple[str, ...] = ()
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One text of an event, word for word, with all that was read of it.

    ``used`` tells that it was read as a part of another text, such as who shares an amount.
    """

    path: str
    text: str
    statements: tuple[Statement, ...] = ()
    signals: tuple[Signal, ...] = ()
    used: bool = False

    @property
    def read(self) -> bool:
        """Whether anything was read of it."""
        return bool(self.statements or self.signals or self.used)


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event. ``days`` are of its own date, ``filed`` and ``entered`` of others that it states."""

    name: str
    days: Days
    basis: Basis
    trust: int
    who: tuple[str, ...]
    what: str
    filed: Days | None = None
    entered: Days | None = None
    doc: str | None = None
    answers: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    outcome: str | None = None
    place: str | None = None
    raw: Mapping[str, Raw] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    place_in_file: Place | None = field(default=None, compare=False)

    @property
    def known(self) -> Days:
        """The days on which it can have become known to others than the writer."""
        return self.filed or self.days

    @property
    def paper(self) -> bool:
        """Whether the paper itself is known: read, or with its number on a docket."""
        return self.trust == BEST or self.doc is not None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything read of its texts that is about contact."""
        return tuple(one for told in self.told for one in told.statements)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Everything read of its texts that is about authority and routes."""
        return tuple(one for told in self.told for one in told.signals)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Versions of one thing that differ, word for word. ``test`` is read by nobody but the check."""

    name: str
    about: str
    versions: tuple[str, ...]
    test: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a file says that must be shown for a day: names with values, word for word."""

    at: Days
    wanted: Mapping[str, Raw]
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A whole file."""

    law: str
    people: People
    events: tuple[Event, ...]
    contradictions: tuple[Contradiction, ...] = ()
    expectations: tuple[Expectation, ...] = ()

    def event(self, name: str) -> Event | None:
        """Give the event of a name."""
        return next((one for one in self.events if one.name == name), None)
