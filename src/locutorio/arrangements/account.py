"""Owed beside delivered, period by period. What is not known stays a range; no cause is ever concluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from locutorio.arrangements.gaps import Between, between
from locutorio.arrangements.periods import Holds, Period, held, periods
from locutorio.arrangements.promises import (
    FAILED,
    LETTERS,
    ONE_DAY,
    OPEN,
    SPOKEN,
    Event,
    Happened,
    Promise,
    Record,
    What,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A number known to lie between two, both included."""

    low: int
    high: int

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def less(self, other: Span) -> Span:
        """Give what is left of this once the other is taken away; never less than nothing."""
        return Span(max(0, self.low - other.high), max(0, self.high - other.low))

    @property
    def exact(self) -> bool:
        """Whether the number is known."""
        return self.low == self.high


NOTHING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """One unit of one period, or of several.

    Where every number is exact and no more was delivered than owed:
    ``on_time + late + missing + to_come == owed``.
    """

    owed: Span = NOTHING
    on_time: Span = NOTHING
    late: Span = NOTHING
    missing: Span = NOTHING
    to_come: Span = NOTHING

    @property
    def delivered(self) -> Span:
        """On time or late."""
        return self.on_time + self.late

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.owed + other.owed,
            self.on_time + other.on_time,
            self.late + other.late,
            self.missing + other.missing,
            self.to_come + other.to_come,
        )


@dataclass(frozen=True, slots=True)
class Late:
    """Something delivered after its last day, and by how many days."""

    event: Event
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a promise in one period, on one day, or with one letter.

    ``tally`` counts contacts, or minutes where only minutes are promised; ``minutes`` those of the contacts,
    where their length is promised. ``running``: the last day has not passed. ``complete``: the file holds all
    that happened in it so far.
    """

    period: Period
    tally: Tally
    minutes: Tally | None
    running: bool
    complete: bool
    events: tuple[Event, ...]
    late: tuple[Late, ...] = ()

    @property
    def missing(self) -> tuple[Span, ...]:
        """What is missing, and the missing minutes where the length of a contact is promised."""
        return tuple(tally.missing for tally in (self.tally, self.minutes) if tally)

    @property
    def failed(self) -> tuple[Event, ...]:
        """What was recorded as not having taken place."""
        return tuple(event for event in self.events if event.happened in FAILED)

    @property
    def open(self) -> tuple[Event, ...]:
        """What is disputed, or not known to have taken place."""
        return tuple(event for event in self.events if event.happened in OPEN)


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise with all its rows."""

    promise: Promise
    rows: tuple[Row, ...]

    @property
    def total(self) -> Tally:
        """All rows together, in the unit of the promise."""
        return sum((row.tally for row in self.rows), Tally())

    @property
    def minutes(self) -> Tally | None:
        """The minutes of all rows, where the length of a contact is promised."""
        told = [row.minutes for row in self.rows if row.minutes is not None]
        return sum(told, Tally()) if told else None

    @property
    def missing(self) -> tuple[Span, ...]:
        """What is missing of it, and the missing minutes where the length of a contact is promised."""
        return tuple(tally.missing for tally in (self.total, self.minutes) if tally)


@dataclass(frozen=True, slots=True)
class Account:
    """The whole answer as of a day. ``spoken`` and ``written`` are the days between contacts."""

    on: date
    record: Record
    kept: tuple[Kept, ...]
    spoken: Between | None
    written: Between | None


def account(record: Record, on: date) -> Account:
    """Set what happened by a day beside what was promised by then. The order of a file's lines is nothing."""
    happened = sorted((event for event in record.events if event.on <= on), key=_order)
    known = replace(record, events=tuple(happened))
    return Account(
        on=on,
        record=record,
        kept=tuple(Kept(one, tuple(_rows(one, known, on))) for one in record.promises if one.since <= on),
        spoken=between(known, on, SPOKEN),
        written=between(known, on, LETTERS),
    )


def _order(event: Event) -> tuple[date, str]:
    return event.on, repr(event)


def _rows(promise: Promise, record: Record, on: date) -> Iterator[Row]:
    fitting = [event for event in record.events if _fits(event, promise)]
    if promise.answered_within is not None:
        yield from _answers(promise, record, fitting, on)
        return
    for period in _periods(promise, record, on):
        yield _row(promise, period, [event for event in fitting if _falls(event, period)], record, on)


def _periods(promise: Promise, record: Record, on: date) -> Iterable[Period]:
    if promise.on is None:
        return periods(promise, on, record.week_begins)
    return [Period(promise.on, promise.on + ONE_DAY, held(promise, promise.on, promise.on + ONE_DAY))]


def _fits(event: Event, promise: Promise) -> bool:
    """Whether an event may count for a promise: its kind, for whom it was, and what it is said to fulfil."""
    if event.fulfils:
        return promise.name in event.fulfils and event.what in promise.what
    named = not promise.with_whom or event.with_whom is None or event.with_whom in promise.with_whom
    return named and event.what in promise.what


def _falls(event: Event, period: Period) -> bool:
    """Whether an event belongs to a period: by its own day, or by the day it makes up for."""
    return period.begins <= (event.makes_up or event.on) < period.ends


def _sure(event: Event, promise: Promise) -> bool:
    """Whether an event surely counts for a promise that it fits."""
    known = bool(event.fulfils) or not promise.with_whom or event.with_whom is not None
    return event.happened is Happened.YES and known


def _row(promise: Promise, period: Period, events: list[Event], record: Record, on: date) -> Row:
    running = period.last >= on
    complete = record.complete(period.begins, min(period.last, on))
    counted = [event for event in events if event.happened not in FAILED]
    owed = _owed(promise, period)
    lengths = [_length(event, promise) for event in counted]
    contacts = [Span(int(_sure(event, promise)), 1) for event in counted]
    after = [event.on >= period.ends for event in counted]
    main = _tally(
        owed, lengths if promise.in_minutes else contacts, after, running=running, complete=complete
    )
    minutes = None
    if promise.minutes is not None:
        each = Span(owed.low * promise.minutes, owed.high * promise.minutes)
        minutes = _tally(each, lengths, after, running=running, complete=complete)
    late = tuple(
        Late(event, period.last, (event.on - period.last).days)
        for event, is_late in zip(counted, after, strict=True)
        if is_late and event.happened is Happened.YES
    )
    return Row(period, main, minutes, running, complete, tuple(events), late)


def _owed(promise: Promise, period: Period) -> Span:
    """Give what a period owes; where the paper does not say what a part of one owes, anything up to all."""
    full = promise.minutes_in_all if promise.in_minutes else (1 if promise.on else promise.count)
    assert full is not None
    if period.holds is Holds.PAUSED or (period.holds is Holds.PART and promise.part_periods is False):
        return NOTHING
    if period.holds is Holds.PART and promise.part_periods is None:
        return Span(0, full)
    return Span(full, full)


def _length(event: Event, promise: Promise) -> Span:
    """Give the minutes of a contact; one of unknown length counts for up to what was promised."""
    most = event.minutes if event.minutes is not None else (promise.minutes or promise.minutes_in_all or 0)
    least = event.minutes if event.minutes is not None else 0
    return Span(least if _sure(event, promise) else 0, most)


def _tally(owed: Span, parts: list[Span], after: list[bool], *, running: bool, complete: bool) -> Tally:
    on_time = sum((part for part, late in zip(parts, after, strict=True) if not late), NOTHING)
    late = sum((part for part, is_late in zip(parts, after, strict=True) if is_late), NOTHING)
    if not complete:
        on_time = Span(on_time.low, max(on_time.high, owed.high))
    left = owed.less(on_time + late)
    return Tally(owed, on_time, late, NOTHING if running else left, left if running else NOTHING)


def _answers(promise: Promise, record: Record, fitting: list[Event], on: date) -> Iterator[Row]:
    """Give a row for each letter that was to be answered."""
    assert promise.answered_within is not None
    replies = [event for event in record.events if event.what is What.LETTER_FROM]
    for letter in fitting:
        holds = promise.since <= letter.on and (promise.until is None or letter.on < promise.until)
        if not holds or letter.happened in {Happened.NO, Happened.ATTEMPTED}:
            continue
        due = letter.on + timedelta(days=promise.answered_within)
        period = Period(letter.on, due + ONE_DAY, held(promise, letter.on, letter.on + ONE_DAY))
        running, complete = due >= on, record.complete(letter.on, min(due, on))
        named = [one for one in replies if letter.name is not None and one.answers == letter.name]
        perhaps = [one for one in replies if one.answers is None and one.on >= letter.on]
        likely = [one for one in named if one.happened not in FAILED] or [
            one for one in perhaps if one.happened not in FAILED
        ]
        sure = next((one for one in named if one.happened is Happened.YES), None)
        considered = [sure] if sure else likely[:1]
        parts = [Span(int(sure is not None), 1) for _ in considered]
        after = [one.on > due for one in considered]
        owed = NOTHING if letter.happened is Happened.RETURNED else Span(int(_sure(letter, promise)), 1)
        if period.holds is Holds.PAUSED:
            owed = NOTHING
        yield Row(
            period,
            _tally(owed, parts, after, running=running, complete=complete or sure is not None),
            None,
            running,
            complete,
            (letter, *considered),
            tuple(Late(sure, due, (sure.on - due).days) for sure in considered[:1] if sure.on > due)
            if sure
            else (),
        )
