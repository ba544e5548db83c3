"""Owed beside delivered: it adds up, in any order; what is unknown is a range, and more facts narrow it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from locutorio.arrangements.account import Account, Tally, account
from locutorio.arrangements.periods import periods
from locutorio.arrangements.promises import OPEN, Event, Happened, Promise, Record
from tests.arrangements.records import FIRST, KNOWN, LONGEST_DAYS, day, record, spans, within

SEEDS = range(150)
ON = FIRST + timedelta(days=LONGEST_DAYS - 60)


def tallies(told: Account) -> list[Tally]:
    """Give every tally of an account."""
    found = []
    for kept in told.kept:
        for row in kept.rows:
            found += [row.tally, *([row.minutes] if row.minutes else [])]
    return found


def resolved(one: Event, rng: random.Random, most: int) -> Event:
    """Give an event with what was open about it made known."""
    happened = rng.choice(KNOWN) if one.happened in OPEN else one.happened
    minutes = rng.randint(0, most) if one.minutes is None else one.minutes
    whom = rng.choice(["mother", "child"]) if one.with_whom is None else one.with_whom
    return replace(one, happened=happened, minutes=minutes, with_whom=whom)


@pytest.mark.parametrize("seed", SEEDS)
def test_delivered_and_missing_make_up_what_was_owed(seed: int) -> None:
    """Where every number is known, what is missing or to come is what was owed less what was delivered."""
    known = record(random.Random(seed))
    for tally in tallies(account(known, ON)):
        left = tally.missing + tally.to_come
        if all(span.exact for span in spans(tally)):
            assert left.low == max(0, tally.owed.low - tally.delivered.low)
            if tally.delivered.low <= tally.owed.low:
                assert tally.delivered + left == tally.owed
        assert all(0 <= span.low <= span.high for span in spans(tally))
        assert tally.missing.high == 0 or tally.to_come.high == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_lines_never_matters(seed: int) -> None:
    """Promises and events in any order give the same account of each promise, and the same days between."""
    rng = random.Random(seed)
    known = record(rng)
    other = replace(
        known,
        promises=tuple(rng.sample(known.promises, len(known.promises))),
        events=tuple(rng.sample(known.events, len(known.events))),
    )
    first, second = account(known, ON), account(other, ON)

    assert {one.promise.name: one for one in first.kept} == {one.promise.name: one for one in second.kept}
    assert (first.spoken, first.written) == (second.spoken, second.written)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_promise_split_where_a_period_begins_adds_up(seed: int) -> None:
    """One promise, and the same promise as two that follow each other, owe and lack the same."""
    rng = random.Random(seed)
    known = record(rng)
    for whole in (one for one in known.promises if one.every is not None):
        starts = [period.begins for period in periods(whole, ON, known.week_begins)][1:]
        if not starts:
            continue
        at = rng.choice(starts)
        parts = (replace(whole, until=at), replace(whole, since=at))
        one = _totals(known, (whole,))
        two = _totals(known, parts)
        assert one == two


def _totals(known: Record, promises: tuple[Promise, ...]) -> tuple[Tally, Tally]:
    told = account(replace(known, promises=promises), ON)
    total = sum((kept.total for kept in told.kept), Tally())
    minutes = sum((kept.minutes for kept in told.kept if kept.minutes), Tally())
    return total, minutes


@pytest.mark.parametrize("seed", SEEDS)
def test_more_facts_only_narrow(seed: int) -> None:
    """Whatever an open event turns out to have been, the numbers lie within the ranges given before."""
    rng = random.Random(seed)
    known = record(rng)
    for _ in range(4):
        most = min([15, *(one.minutes_in_all for one in known.promises if one.minutes_in_all)])
        more = replace(known, events=tuple(resolved(one, rng, most) for one in known.events))
        before, after = account(known, ON), account(more, ON)
        for wide, narrow in zip(tallies(before), tallies(after), strict=True):
            for outer, inner in zip(spans(wide), spans(narrow), strict=True):
                assert within(inner, outer), (wide, narrow)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_said_to_be_complete_narrows(seed: int) -> None:
    """Saying that nothing is left out narrows what is missing, and never turns it."""
    known = replace(record(random.Random(seed)), complete_until=None)
    sure = replace(known, complete_until=ON)
    for wide, narrow in zip(tallies(account(known, ON)), tallies(account(sure, ON)), strict=True):
        assert within(narrow.missing, wide.missing)
        assert within(narrow.on_time, wide.on_time)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_paper_says_of_a_part_of_a_period_narrows(seed: int) -> None:
    """A part of a period owes anything up to the whole, until the paper says which."""
    known = record(random.Random(seed))
    unsaid = replace(known, promises=tuple(replace(one, part_periods=None) for one in known.promises))
    for said in (True, False):
        told = replace(known, promises=tuple(replace(one, part_periods=said) for one in known.promises))
        for wide, narrow in zip(tallies(account(unsaid, ON)), tallies(account(told, ON)), strict=True):
            assert within(narrow.owed, wide.owed)
            assert within(narrow.missing, wide.missing)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_open_event_shortens_the_days_without_contact_or_leaves_them(seed: int) -> None:
    """The longest time without contact, if open events took place, is never longer than if they did not."""
    rng = random.Random(seed)
    known = record(rng)
    told = account(known, day(rng)).spoken
    if told is None:
        return
    assert told.now.days <= told.longest.days
    assert told.longest_if is None or told.longest_if.days < told.longest.days
    all_took = tuple(
        replace(one, happened=Happened.YES) if one.happened in OPEN else one for one in known.events
    )
    after = account(replace(known, events=all_took), told.now.ends).spoken
    assert after is not None
    assert after.longest == (told.longest_if or told.longest) or after.longest.days == told.longest.days


def test_the_draws_are_wide_awake() -> None:
    """Among the files drawn, some have ranges, lateness, excess, pauses and parts of periods."""
    seen = [tally for seed in SEEDS for tally in tallies(account(record(random.Random(seed)), ON))]
    rows = [
        row for seed in SEEDS for kept in account(record(random.Random(seed)), ON).kept for row in kept.rows
    ]

    assert sum(tally.late.low > 0 for tally in seen) > 10
    assert sum(not tally.missing.exact for tally in seen) > 100
    assert sum(tally.missing.exact and tally.missing.low > 0 for tally in seen) > 100
    assert sum(tally.delivered.low > tally.owed.high for tally in seen) > 10
    assert {row.period.holds.value for row in rows} == {"whole", "part", "paused"}
