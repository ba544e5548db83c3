"""What a decision is made of: values only, no law, no words in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from locutorio.facts.vocabulary import Text, Value


class Outcome(StrEnum):
    """Every answer the three kinds of question can have."""

    PERMIT = "permit"
    REFUSE = "refuse"
    PENDING = "pending"
    REFER = "refer"
    STANDS = "stands"
    DEFECTIVE = "defective"
    VOID = "void"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    OPEN = "open"
    LATE = "late"
    DEEMED_DENIED = "deemed_denied"


class Truth(StrEnum):
    """Kleene's three values, as a reader sees them."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSeen:
    """One fact as a line used it. ``source`` is the paper the case names, if any."""

    path: str
    value: Value | None
    source: str | None = None
    instrument: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSeen:
    """A dated number as a line used it: its name in the provision, value, unit, citation and first day."""

    name: str
    value: int
    unit: str
    label: Text
    citation: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSeen:
    """One condition line: its text, what came of it, what it used."""

    text: str
    truth: Truth
    facts: tuple[FactSeen, ...] = ()
    numbers: tuple[NumberSeen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentSeen:
    """A paper about one person and what became of it on the day asked about.

    ``ends_on`` is the first day it no longer binds, when known; ``ended_by`` names the provision that
    lapses it
    (none when the paper's own date does). ``because`` holds what made it other than standing, and
    ``cures`` how it could be cured.
    """

    name: str
    form: str
    kind: str
    title: Text
    citation: str
    standing: Outcome | None
    begins_on: date | None
    ends_on: date | None
    ended_by: str | None = None
    source: str | None = None
    because: tuple[Finding, ...] = ()
    cures: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one provision said of this question, with the lines that made it speak.

    ``truth`` is never NO: a silent provision is no finding. ``effects`` are effect kinds, as in
    docs/reference/packs.md.
    """

    provision: str
    instrument: str | None
    citation: str
    rank: int
    status: str
    reading: int | None
    says: Text
    effects: tuple[str, ...]
    truth: Truth
    source: str
    read_on: date
    lines: tuple[LineSeen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Defeated:
    """A finding that lost, to which others, and how: overridden, outranked, privilege, stricter or floor."""

    finding: Finding
    by: tuple[Finding, ...]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Somebody's yes that is needed. ``state`` NO: known to be missing; UNKNOWN: nobody said."""

    fact: str
    office: str
    state: Truth
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition of the contact; ``contested`` names the question that leaves it open, if one does.

    ``truth`` is UNKNOWN where an unknown fact decides whether it holds.
    """

    token: str
    truth: Truth
    findings: tuple[Finding, ...]
    contested: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A ceiling or a floor with its arithmetic. ``left`` is ``limit - used``; None where a fact is
    unknown.
    """

    kind: str
    of: str
    unit: str
    limit: int | None
    used: int | None
    left: int | None
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A finding beside the answer: floor_breach, owed, notice_missing, lapse_soon, or a flag of the pack.

    ``amount`` and ``unit`` say how much is owed; ``day`` when; ``against`` what stands in the way.
    """

    kind: str
    finding: Finding
    amount: int | None = None
    unit: str | None = None
    of: str | None = None
    day: date | None = None
    against: tuple[Finding, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a standard without binding force says of a case; it decided nothing. ``overlay`` is its pack."""

    overlay: str
    title: Text
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOwed:
    """Someone must be told: by whom, what, within how many days when a rule says, and whether it was done."""

    to: tuple[str, ...]
    by: str
    tell: Text
    within_days: int | None
    given: Truth
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSeen:
    """A window with its arithmetic: day 1 is the day after ``start``; ``last_day`` is the last day in time.

    ``count`` is calendar or work; ``outcome`` is OPEN, LATE or DEEMED_DENIED on ``asked_about`` or on the
    day the
    act was done, ``acted_on``. ``skipped`` lists the holidays a work-day count passed over.
    """

    name: str
    start: date | None
    days: int | None
    count: str
    last_day: date | None
    acted_on: date | None
    asked_about: date
    outcome: Outcome | None
    finding: Finding
    skipped: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way to contest: for whom, to which office, by what form, until when if a clock runs."""

    recipient: str
    office: str
    form: Text
    clock: ClockSeen | None
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a contested question: the answer on it, and the conditions that not every side brings."""

    name: str
    says: Text
    authorities: tuple[str, ...]
    outcome: Outcome | None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A question that only a person may settle; ``decides`` if the answer turns on it."""

    name: str
    question: Text
    sides: tuple[Side, ...]
    interim: Text
    office: str
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What the answer is if the unknown facts have these values.

    A path beginning ``instruments.`` stands for a kind of paper: the value "none" or "some";
    ``NAME:instrument.fact``
    is a fact of the paper NAME. The value "any_other" is any not named in the sibling branches.
    ``reasons`` are
    citations.
    """

    when: tuple[tuple[str, Value], ...]
    outcome: Outcome
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact which, with another value, changes the answer; ``instrument`` names the paper it is a fact of.

    The path "instrument" with ``then`` "ended" is the end of that paper; ``now`` is its form.
    """

    path: str
    now: Value | None
    then: Value
    outcome: Outcome
    instrument: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that the law asks for, and whether it is met; ``key``: the fact that somebody must supply."""

    provision: str
    citation: str
    status: str
    says: Text
    state: Truth
    source: str
    read_on: date
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer to one question: why, what was weighed and lost, what is unknown, what comes next.

    ``outcome`` is PENDING when a key is missing, or when an unknown fact could turn the answer; ``firm``
    tells
    them apart: more facts never turn a firm outcome. ``reasons`` hold every finding that made the outcome,
    ``supporting`` those that counted otherwise. ``may_last`` is the cap of this contact by allowance.
    ``subject`` is the instrument's name or the clock's, in those kinds of question. ``unknown`` holds
    paths of facts;
    a fact of a paper is written ``NAME:instrument.fact`` and a kind of paper ``instruments.KIND``, as in
    branches.
    Where much is unknown, ``assumed`` holds the usual values on which the branches rest, each branch
    departing from
    them in what it names; ``unknown`` then holds what turns the answer by itself, ``also_unknown`` the rest.
    ``kinds`` gives the words for each kind of paper and the office that can tell. ``comments`` are no part of
    the answer: without them it is the same. ``criteria`` hold all that is asked for, met or not, where the
    question is whether somebody meets it.
    """

    kind: str
    outcome: Outcome
    firm: bool
    on: date
    asked_on: date | None
    known_at: str | None
    about: str | None
    reasons: tuple[Finding, ...]
    supporting: tuple[Finding, ...] = ()
    defeated: tuple[Defeated, ...] = ()
    conditions: tuple[Condition, ...] = ()
    keys: tuple[Key, ...] = ()
    limits: tuple[Limit, ...] = ()
    may_last: Mapping[str, int] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()
    instruments: tuple[InstrumentSeen, ...] = ()
    notices: tuple[NoticeOwed, ...] = ()
    routes: tuple[Route, ...] = ()
    clocks: tuple[ClockSeen, ...] = ()
    contested: tuple[Contested, ...] = ()
    unknown: tuple[str, ...] = ()
    also_unknown: tuple[str, ...] = ()
    assumed: tuple[tuple[str, Value], ...] = ()
    branches: tuple[Branch, ...] = ()
    more_branches: bool = False
    changes: tuple[Change, ...] = ()
    earliest: date | None = None
    pack: str = ""
    pack_title: Text = field(default_factory=dict)
    pack_hash: str = ""
    reviewed_by: str = "nobody"
    adopted: tuple[str, ...] = ()
    subject: str | None = None
    kinds: Mapping[str, tuple[Text, str]] = field(default_factory=dict)
    ladder: Mapping[int, Text] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    criteria: tuple[Criterion, ...] = ()
