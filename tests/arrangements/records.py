"""Draws files of promises and events by a seed, as values and as text."""

from __future__ import annotations

import random
from datetime import date, timedelta

from locutorio.arrangements.account import Span, Tally
from locutorio.arrangements.promises import Event, Every, Happened, Pause, Promise, Record, Unit, What

FIRST = date(2023, 11, 20)
LONGEST_DAYS = 500
TALLIES = ("owed", "on_time", "late", "missing", "to_come")
KNOWN = (Happened.YES, Happened.NO, Happened.ATTEMPTED)
SPOKEN = (What.CALL, What.VIDEO, What.VISIT)
PEOPLE = ("mother", "child")


def day(rng: random.Random, start: date = FIRST, length: int = LONGEST_DAYS) -> date:
    """Draw a day."""
    return start + timedelta(days=rng.randrange(length))


def promise(rng: random.Random, name: str) -> Promise:
    """Draw a promise that is repeated, or one for a day."""
    what = tuple(rng.sample(SPOKEN, rng.randint(1, 2)))
    since = day(rng, length=200)
    with_whom = tuple(rng.sample(PEOPLE, rng.randint(0, 1)))
    minutes = rng.choice([None, 15])
    if rng.random() < 0.15:
        return Promise(name, what, "paper", since, count=None, on=since, minutes=minutes, with_whom=with_whom)
    unit = rng.choice(list(Unit))
    in_minutes = rng.random() < 0.2
    return Promise(
        name,
        what,
        "paper",
        since,
        until=rng.choice([None, since + timedelta(days=rng.randint(1, 300))]),
        count=None if in_minutes else rng.randint(1, 3),
        minutes=None if in_minutes else minutes,
        minutes_in_all=rng.choice([60, 240]) if in_minutes else None,
        every=Every(unit, rng.randint(1, 40) if unit is Unit.DAYS else 0),
        with_whom=with_whom,
        part_periods=rng.choice([None, True, False]),
        pauses=tuple(pause(rng, since) for _ in range(rng.randint(0, 2))),
    )


def pause(rng: random.Random, since: date) -> Pause:
    """Draw a pause, with a paper or without one."""
    begins = day(rng, since, 200)
    ends = rng.choice([None, begins + timedelta(days=rng.randint(1, 90))])
    return Pause(begins, ends, rng.choice([None, "memo"]))


def event(rng: random.Random, promises: tuple[Promise, ...]) -> Event:
    """Draw an event."""
    happened = rng.choice([Happened.YES, *Happened])
    if happened is Happened.RETURNED:
        happened = Happened.ATTEMPTED
    on = day(rng)
    return Event(
        on,
        rng.choice(SPOKEN),
        happened,
        minutes=rng.choice([None, 0, 7, 15]),
        with_whom=rng.choice([None, *PEOPLE]),
        fulfils=(rng.choice(promises).name,) if rng.random() < 0.2 else (),
        makes_up=on - timedelta(days=rng.randint(1, 60)) if rng.random() < 0.15 else None,
    )


def record(rng: random.Random) -> Record:
    """Draw a file."""
    promises = tuple(promise(rng, f"p{number}") for number in range(rng.randint(1, 3)))
    return Record(
        promises,
        tuple(event(rng, promises) for _ in range(rng.randint(0, 25))),
        complete_until=rng.choice([None, FIRST + timedelta(days=LONGEST_DAYS)]),
        week_begins=rng.randrange(7),
    )


def spans(tally: Tally | None) -> list[Span]:
    """Give the numbers of a tally in one order."""
    return [] if tally is None else [getattr(tally, name) for name in TALLIES]


def within(inner: Span, outer: Span) -> bool:
    """Whether one range lies in another."""
    return outer.low <= inner.low <= inner.high <= outer.high
