"""What the pages of emergencies show: what holds now, what must be reviewed, and how often it was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from locutorio.actions.authority import About, may, reading
from locutorio.store import break_glass as kept
from locutorio.store import people, proposals
from locutorio.store.actor import Actor
from locutorio.store.break_glass import RIGHT, WRONG, BreakGlassRow


@dataclass(frozen=True, slots=True)
class MeasureSeen:
    """One emergency measure as one account sees it: about whom, who did it, whether its review is late."""

    row: BreakGlassRow
    person: str
    contact: str
    by: str
    reviewed_by: str
    overdue: bool
    may_review: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How often it was done in a year: all, found right, found wrong, and still open."""

    year: int
    kind: str
    all: int
    right: int
    wrong: int
    open: int


@dataclass(frozen=True, slots=True)
class MeasuresSeen:
    """What holds at a moment, what nobody has reviewed, what was reviewed, and the counts by year."""

    in_force: tuple[MeasureSeen, ...]
    to_review: tuple[MeasureSeen, ...]
    reviewed: tuple[MeasureSeen, ...]
    counted: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Until when some emergency measure holds, None where none does; and whether a review is late."""

    until: datetime | None
    overdue: bool


def measures_seen(by: Actor, at: UUID, moment: datetime) -> MeasuresSeen:
    """Give the emergency measures of an establishment as somebody sees them at a moment."""
    with reading(by, "read_break_glass", About(at)):
        return MeasuresSeen(
            _seen(by, at, kept.in_force(at, moment), moment),
            _seen(by, at, kept.unreviewed(at), moment),
            _seen(by, at, kept.reviewed(at), moment),
            _counted(at),
        )


def whom(by: Actor, at: UUID, person: UUID) -> tuple[str, tuple[tuple[UUID, str], ...]]:
    """Give the name of a person, and those on their list, of whom an officer may allow or stop one.

    Raises:
        Refused: there is no such person here, or they may not.
    """
    with reading(by, "break_glass", About(at, "person", person)):
        found = people.contacts(at, [row.contact for row in people.listed_of(at, person)])
        names = sorted((row.name, id_) for id_, row in found.items())
        return people.person(at, person).name, tuple((id_, name) for name, id_ in names)


def measures_counted(by: Actor, at: UUID) -> tuple[Counted, ...]:
    """Give how often an officer acted alone in an emergency, by year and kind, the last year first."""
    with reading(by, "count_break_glass", About(at)):
        return _counted(at)


def _counted(at: UUID) -> tuple[Counted, ...]:
    return tuple(
        Counted(year, kind, found["all"], found[RIGHT], found[WRONG], found["open"])
        for (year, kind), found in kept.counted(at).items()
    )


def alarm(by: Actor, at: UUID, moment: datetime) -> Alarm:
    """Give what stands on every page of staff at a moment."""
    with reading(by, "read_break_glass", About(at)):
        rows = kept.open_at(at, moment)
    return Alarm(
        max((row.ends_at for row in rows if row.ends_at > moment), default=None),
        any(row.reviewed_at is None and row.review_due_at < moment for row in rows),
    )


def _seen(by: Actor, at: UUID, rows: Iterable[BreakGlassRow], moment: datetime) -> tuple[MeasureSeen, ...]:
    found = [*rows]
    accounts = {one for row in found for one in (row.by, row.reviewed_by) if one}
    names = proposals.names_of(at, [*accounts])
    contacts = people.contacts(at, {row.contact for row in found})
    held = {id_: people.person(at, id_) for id_ in {row.person for row in found}}
    return tuple(
        MeasureSeen(
            row,
            held[row.person].name,
            contacts[row.contact].name,
            names.get(row.by, ""),
            names.get(row.reviewed_by, "") if row.reviewed_by else "",
            row.reviewed_at is None and row.review_due_at < moment,
            row.reviewed_at is None and row.by != by.account and may(by, "review_break_glass"),
        )
        for row in found
    )
