"""What comes of projecting a release: days, the law behind each, and what visiting others needs then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from locutorio.decisions.decision import Beside, ClockSeen, Decision, Finding, Key


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as imposed, from the day on which it began to run.

    ``credit_days`` are days in custody before, that count; ``lost_days`` is good time that was taken away.
    """

    began: date
    years: int = 0
    months: int = 0
    days: int = 0
    credit_days: int = 0
    lost_days: int = 0
    literacy_unmet: bool = False


@dataclass(frozen=True, slots=True)
class Most:
    """The most that a law lets a paper give of something, and what speaks against one more."""

    value: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """What somebody in a phase of release needs besides to visit a person in custody, and what is said."""

    name: str
    decision: Decision
    keys: tuple[Key, ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Projected:
    """The days that follow from a sentence, if nothing changes.

    ``release_kind`` is of the day of release: weekday, saturday, sunday or holiday; ``weekday_before`` the
    last weekday before it, with ``weekday_law``, where the law lets it be that day. Each of ``outside`` (a
    half-way house or home) and ``home`` gives the most in months; ``tenth_days`` is a tenth of the term.
    ``told`` is the clock for telling the police, where one runs.
    """

    law: str
    on: date
    sentence: Sentence
    full_term: date
    term_days: int
    a_year: Most
    good_days: int
    release: date
    release_kind: str
    weekday_before: date | None
    weekday_law: tuple[Finding, ...]
    outside: Most
    outside_from: date
    home: Most
    tenth: Most
    home_from: date
    told: ClockSeen | None
    phases: tuple[Phase, ...]
