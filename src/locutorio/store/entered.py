"""Facts and papers as they were entered, and what of them holds when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from locutorio.facts.case import CasePaper, Dated, read_value
from locutorio.facts.vocabulary import Value, vocabulary
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import Node

KIND_OF_PAPER = "instruments."


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as it was entered; about a person, a contact, both, or the establishment (neither)."""

    person: UUID | None
    contact: UUID | None
    path: str
    value: str
    since: date | None
    until: date | None
    known_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper about a person; ``contact`` None where it is about all.

    ``ended_on``: it does not hold from that day on, as ``ended_how`` says. ``earlier``: the paper that it
    supersedes, vacates or extends. ``awaits``: the event without which it does not hold, ``came_on`` its day.
    """

    id: UUID
    person: UUID
    contact: UUID | None
    form: str
    facts: Mapping[str, str]
    since: date | None
    until: date | None
    known_at: datetime
    ended_on: date | None
    ended_known_at: datetime | None
    source: str
    ended_how: str = ""
    number: str = ""
    office: str = ""
    quote: str = ""
    quote_page: int | None = None
    confirmed: str = ""
    earlier: UUID | None = None
    earlier_how: str = ""
    awaits: str = ""
    came_on: date | None = None
    came_known_at: datetime | None = None

    @property
    def name(self) -> str:
        """How a case and a letter name it."""
        return str(self.id)[-8:]

    @property
    def cited(self) -> str:
        """Who made it, under which number, and where it can be found."""
        return ", ".join(one for one in (self.office, self.number, self.source) if one)

    @property
    def waits(self) -> bool:
        """Tell whether it waits for an event of which nobody entered that it came."""
        return bool(self.awaits) and self.came_on is None

    def as_of(self, moment: datetime) -> PaperRow:
        """Give it as it was known at a moment: an end or an event entered later is left out."""
        known = self
        if self.ended_known_at is not None and self.ended_known_at > moment:
            known = replace(known, ended_on=None, ended_known_at=None, ended_how="")
        if self.came_known_at is not None and self.came_known_at > moment:
            known = replace(known, came_on=None, came_known_at=None)
        return known

    @property
    def holds_from(self) -> date | None:
        """The first day on which it holds; of one that awaits an event, not before that."""
        return max((one for one in (self.since, self.came_on) if one is not None), default=None)

    @property
    def holds_until(self) -> date | None:
        """The first day on which it does not hold any more, by what it says and by what ended it."""
        return min((one for one in (self.until, self.ended_on) if one is not None), default=None)


def timeline(entered: Sequence[FactRow]) -> tuple[Dated, ...]:
    """Give what holds when: of rows in the order in which they became known, the last one that holds a day.

    Raises:
        Fault: a row cannot be read.
    """
    days = sorted({day for row in entered for day in (row.since, row.until) if day is not None})
    bounds: list[date | None] = [None, *days, None]
    found: list[tuple[FactRow, date | None, date | None]] = []
    for first, after in pairwise(bounds):
        holding = [row for row in entered if _covers(row.since, row.until, first, after)]
        if not holding:
            continue
        if found and found[-1][0] is holding[-1] and found[-1][2] == first:
            found[-1] = (holding[-1], found[-1][1], after)
        else:
            found.append((holding[-1], first, after))
    return tuple(replace(_dated(row), since=first, until=after) for row, first, after in found)


def layered(*layers: Sequence[Dated]) -> tuple[Dated, ...]:
    """Give what holds when: of several layers the first that says something of a day."""
    if len(layers) == 1:
        return tuple(layers[0])
    days = {day for layer in layers for one in layer for day in (one.since, one.until) if day is not None}
    found: list[Dated] = []
    for first, after in pairwise([None, *sorted(days), None]):
        held = (one for layer in layers for one in layer if _covers(one.since, one.until, first, after))
        chosen = next(held, None)
        if chosen is None:
            continue
        if (
            found
            and found[-1].until == first
            and replace(found[-1], since=None, until=None) == replace(chosen, since=None, until=None)
        ):
            found[-1] = replace(found[-1], until=after)
        else:
            found.append(replace(chosen, since=first, until=after))
    return tuple(found)


def read_entered(path: str, value: str) -> Value | None:
    """Read the value of a fact as a case file writes it.

    Raises:
        Fault: there is no such fact, or the value is not of its type.
    """
    kind = vocabulary().facts.get(path)
    if kind is None:
        raise Fault(f'"{path}" is not a fact of the vocabulary', remedy="enter it under its present name")
    return read_value(Node(value, path, 1, 1), kind, vocabulary())


def case_paper(row: PaperRow) -> CasePaper:
    """Give a paper as a case has it. A paper with a contact names that contact.

    Raises:
        Fault: what it states cannot be read.
    """
    bounds = {"instrument.from": row.holds_from, "instrument.until": row.holds_until}
    facts = {path: Dated(day) for path, day in bounds.items() if day is not None}
    for word, value in row.facts.items():
        path = f"instrument.{word}"
        facts[path] = Dated(read_entered(path, value))
    return CasePaper(row.name, row.form, facts, _moment(row.known_at), row.cited or None)


def _dated(row: FactRow) -> Dated:
    if row.path.startswith(KIND_OF_PAPER):
        return Dated(None)
    value = read_entered(row.path, row.value)
    return Dated(value, known_at=_moment(row.known_at), source=row.source or None)


def _moment(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()


def _covers(since: date | None, until: date | None, first: date | None, after: date | None) -> bool:
    """Tell whether one stretch of days lies within another; None has no bound."""
    begun = since is None or (first is not None and since <= first)
    return begun and (until is None or (after is not None and after <= until))
