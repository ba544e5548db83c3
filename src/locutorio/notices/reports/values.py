"""What a report is made of: values only, no words in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from locutorio.facts.vocabulary import Text, Value
from locutorio.notices.letter import Letter
from locutorio.rules.provision import Provision

OUTCOMES = ("permit", "refuse", "refer", "pending", "open")


@dataclass(frozen=True, slots=True)
class Law:
    """The law that was asked: a pack, the hash of its files, and whether its safety was proved.

    ``read_on`` is the day on which most of its text on this question was last read, ``oldest_read_on`` the
    oldest reading.
    """

    pack: str
    title: Text
    hash: str
    reviewed_by: str
    proved: bool
    read_on: date
    oldest_read_on: date


@dataclass(frozen=True, slots=True)
class Scope:
    """What was asked of how many rows, and what was taken for granted.

    ``assumed`` holds the facts taken at their plain value because no column has them; ``complete`` the
    kinds of paper of which no other exists ("all", or their names; empty: no such thing was said);
    ``unread`` the columns that this question does not use.
    """

    file: str
    rows: int
    about: str
    on: date
    complete: tuple[str, ...] = ()
    assumed: tuple[tuple[str, Value], ...] = ()
    adopted: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """In how many rows a provision is among those that made an outcome."""

    provision: Provision
    outcome: str
    rows: int


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The answers of one law for a population, in rows.

    ``outcomes`` has every outcome, also those that no row has. ``missing`` counts keys by (fact, office);
    ``conditions`` those of contacts that may take place; ``breached`` provisions whose floor is not met;
    ``unknown`` facts that stand in the way of an open row, ``instruments.KIND`` for papers of a kind that
    nobody knows of; ``kinds`` names those kinds. A row may count in several entries of these.
    """

    scope: Scope
    law: Law
    outcomes: Mapping[str, int]
    decided: tuple[Decided, ...]
    missing: tuple[tuple[str, str, int], ...]
    conditions: tuple[tuple[str, int], ...]
    breached: tuple[tuple[Provision, int], ...]
    unknown: tuple[tuple[str, int], ...]
    kinds: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Amended:
    """A provision that differs between two laws. ``what``: added, removed, or the parts that changed
    (numbers, when, effects, says, ...).
    """

    provision: Provision
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """In how many rows that change outcome a provision is among what made the old or the new one.

    ``stops``: it made the old outcome and not the new; otherwise it makes the new one and did not the old.
    """

    provision: Provision
    stops: bool
    before: str
    after: str
    rows: int


@dataclass(frozen=True, slots=True)
class Example:
    """One row that changes: its number in the table (from 1), its identifiers, and its single decision under
    each law, in words.
    """

    row: int
    person: str
    contact: str
    before: str
    after: str
    old: Letter
    new: Letter


@dataclass(frozen=True, slots=True)
class Impact:
    """What another law would change for a population, in rows.

    ``matrix`` counts rows by (old outcome, new outcome), unchanged ones included; ``reasons_only`` those that
    keep their outcome for other reasons.
    """

    scope: Scope
    old: Law
    new: Law
    amended: tuple[Amended, ...]
    matrix: Mapping[tuple[str, str], int]
    reasons_only: int
    moved: tuple[Moved, ...]
    examples: tuple[Example, ...]

    @property
    def changed(self) -> int:
        """Give how many rows change outcome."""
        return sum(rows for (before, after), rows in self.matrix.items() if before != after)
