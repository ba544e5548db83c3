"""What a pack is made of: provisions, their effects, forms of instruments, contested questions. Values
only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from locutorio.facts.vocabulary import Text
from locutorio.kernel.faults import Place
from locutorio.rules.tree import Group, Sum

STATUSES = ("verified", "derived", "verified-2", "recalled")
DECIDING = ("verified", "derived")
CONTACT_OUTCOMES = ("permit", "refuse", "pending", "refer")
INSTRUMENT_OUTCOMES = ("stands", "defective", "void", "lapsed", "superseded", "refer")
CLOCK_OUTCOMES = ("open", "late", "deemed_denied")


@dataclass(frozen=True, slots=True)
class Permit:
    """A permission: a right ("shall") or open ("may")."""

    right: bool


@dataclass(frozen=True, slots=True)
class Prohibit:
    """The contact may not take place."""


@dataclass(frozen=True, slots=True)
class Require:
    """A yes/no fact that must be yes, and the office that supplies it."""

    key: str
    office: str


@dataclass(frozen=True, slots=True)
class Impose:
    """Conditions of the contact."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most ``limit``; ``used`` already, ``asked`` now."""

    of: str
    limit: Sum
    used: Sum
    asked: Sum


@dataclass(frozen=True, slots=True)
class Floor:
    """At least ``limit``; ``used`` is what was delivered."""

    of: str
    limit: Sum
    used: Sum


@dataclass(frozen=True, slots=True)
class Notice:
    """Someone must be told when the outcome is one of ``on``; ``given`` is the fact that shows it was
    done.
    """

    to: tuple[str, ...]
    by: str
    on: tuple[str, ...]
    tell: Text
    within: Sum | None
    given: str | None


@dataclass(frozen=True, slots=True)
class RouteTo:
    """A way to contest an outcome."""

    recipient: str
    office: str
    form: Text
    on: tuple[str, ...]
    clock: str | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What was authorised and not delivered."""

    of: str
    authorised: Sum
    delivered: Sum


@dataclass(frozen=True, slots=True)
class Raise:
    """A flag beside the answer."""

    flag: str


@dataclass(frozen=True, slots=True)
class Refer:
    """A contested question that a person must decide."""

    question: str


@dataclass(frozen=True, slots=True)
class Window:
    """A clock: day 1 is the day after ``start``; ``past`` is the outcome when the last day has gone."""

    name: str
    start: Sum
    days: Sum
    count: str
    acted: str | None
    past: str


@dataclass(frozen=True, slots=True)
class Defect:
    """The instrument is defective; ``cure`` says how it could be mended."""

    cure: Text


@dataclass(frozen=True, slots=True)
class Void:
    """The instrument never had effect."""


@dataclass(frozen=True, slots=True)
class Supersede:
    """Another authority has taken the instrument's place."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """The instrument ends by time: ``on`` is the first day it no longer binds."""

    on: Sum


Effect = (
    Permit
    | Prohibit
    | Require
    | Impose
    | Ceiling
    | Floor
    | Notice
    | RouteTo
    | Owed
    | Raise
    | Refer
    | Window
    | Defect
    | Void
    | Supersede
    | Lapse
)


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A value from a day on, with its citation."""

    since: date
    value: int
    citation: str


@dataclass(frozen=True, slots=True)
class DatedNumber:
    """A number of a provision: dated rows, oldest first."""

    name: str
    unit: str
    label: Text
    rows: tuple[NumberRow, ...]

    def on(self, day: date) -> NumberRow | None:
        """Give the row in force on a day, or None before the first."""
        found = None
        for row in self.rows:
            if row.since <= day:
                found = row
        return found


@dataclass(frozen=True, slots=True)
class Provision:
    """The smallest unit of law. ``form`` is set if it belongs to a form; ``of`` lists the forms it judges."""

    name: str
    about: str
    of: tuple[str, ...]
    form: str | None
    rows: tuple[str, ...]
    citation: str
    section: str
    instrument: str
    rank: int
    status: str
    reading: int | None
    since: date
    until: date | None
    source: str
    read_on: date
    says: Text
    numbers: Mapping[str, DatedNumber]
    when: Group | None
    effects: tuple[Effect, ...]
    overrides: tuple[str, ...]
    side: tuple[str, str] | None
    residual: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper about one person: which facts it may state, and what it makes."""

    name: str
    kind: str
    title: Text
    citation: str
    rank: int
    status: str
    rows: tuple[str, ...]
    parameters: tuple[str, ...]
    provisions: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ContestedSide:
    """One position on a contested question."""

    name: str
    says: Text
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContestedQuestion:
    """A question the machine must not settle. With ``papers``, it arises only where a paper of such a kind
    binds.
    """

    name: str
    question: Text
    sides: tuple[ContestedSide, ...]
    interim: Text
    office: str
    when: Group | None
    papers: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of instrument: what it can bear on, and who can say whether one is in force.

    Where ``when`` is known not to hold, no such paper can exist. ``by_two``: an establishment enters such a
    paper by two people.
    """

    label: Text
    reaches: tuple[str, ...]
    may_permit: bool
    not_roles: tuple[str, ...]
    ask: str
    when: Group | None
    by_two: bool


@dataclass(frozen=True, slots=True)
class SafetyProperty:
    """What must never follow, for some questions and facts, unless a paper of certain kinds binds.

    ``never_conditions`` do not hold where the contact may take place; ``never_imposed`` are not even
    imposed, displaced or not.
    """

    name: str
    says: Text
    about: tuple[str, ...]
    when: Group
    never_outcomes: tuple[str, ...]
    never_conditions: tuple[str, ...]
    never_imposed: tuple[str, ...]
    unless_papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was read."""

    title: Text
    url: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The law of one jurisdiction, read and typed. ``hash`` is the SHA-256 of its files and the
    vocabulary's. An ``overlay`` is no law: it comments on what the law of a case decides.
    """

    name: str
    title: Text
    zone: str
    first_day: date
    holidays: str | None
    reviewed_by: str
    ladder: Mapping[int, Text]
    sources: Mapping[str, Source]
    kinds: Mapping[str, Kind]
    provisions: Mapping[str, Provision]
    forms: Mapping[str, Form]
    contested: Mapping[str, ContestedQuestion]
    omitted: Mapping[str, Text]
    safety: tuple[SafetyProperty, ...]
    hash: str
    files: tuple[str, ...] = field(default_factory=tuple)
    overlay: bool = False
