"""Days that are easy to get wrong: leap days, month ends, weeks, and the hours when clocks are changed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from locutorio.actions import owed
from locutorio.arrangements.account import Account, account
from locutorio.arrangements.periods import month_of, periods
from locutorio.arrangements.promises import Every, Promise, Unit, What


def told(text: str, on: str) -> Account:
    """Count a file, written as text."""
    return account(owed.read(text.encode(), "owed.yaml"), date.fromisoformat(on))


def repeated(unit: Unit, since: str, days: int = 0, until: str | None = None) -> Promise:
    """Give a promise of one call in each period."""
    return Promise(
        "p",
        (What.CALL,),
        "paper",
        date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
        count=1,
        every=Every(unit, days),
    )


def test_every_month_has_all_its_days() -> None:
    """Months, quarters, weeks and stretches of days follow each other without a gap through leap years."""
    for unit, days in ((Unit.MONTH, 0), (Unit.QUARTER, 0), (Unit.WEEK, 0), (Unit.DAYS, 10)):
        found = list(periods(repeated(unit, "2023-01-01", days), date(2029, 1, 1), 6))
        assert all(one.ends == two.begins for one, two in pairwise(found))
        assert found[0].begins == date(2023, 1, 1)

    assert month_of(date(2028, 2, 29)) == (date(2028, 2, 1), date(2028, 3, 1))
    assert month_of(date(2027, 2, 28)) == (date(2027, 2, 1), date(2027, 3, 1))
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2027, 1, 1))


def test_a_promise_that_begins_on_the_31st_has_one_period_in_each_month() -> None:
    """A month without a 31st is not skipped and not counted twice."""
    found = list(periods(repeated(Unit.MONTH, "2026-01-31"), date(2026, 5, 1), 0))

    assert [one.begins.isoformat() for one in found] == [
        *("2026-01-31", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"),
    ]


@pytest.mark.parametrize(("begins", "first"), [("monday", "2026-03-09"), ("sunday", "2026-03-08")])
def test_a_week_begins_where_the_file_says(begins: str, first: str) -> None:
    """The second week of a promise begins on the day of the week that the file names."""
    text = (
        f"week_begins: {begins}\npromises:\n"
        "  - {id: p, what: visit, paper: handbook, count: 1, each: week, from: 2026-03-03}\n"
    )
    rows = told(text, "2026-03-20").kept[0].rows

    assert rows[1].period.begins == date.fromisoformat(first)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-08T01:59", "2026-03-08"),
        ("2026-03-08T02:30", "2026-03-08"),
        ("2026-03-01T04:59Z", "2026-02-28"),
        ("2026-03-01T05:00Z", "2026-03-01"),
        ("2026-11-01T01:30-05:00", "2026-11-01"),
        ("2026-11-01T04:30Z", "2026-11-01"),
        ("2026-10-31T23:30-07:00", "2026-11-01"),
        ("2028-03-01T04:30Z", "2028-02-29"),
    ],
)
def test_a_moment_falls_on_a_day_of_the_establishment(moment: str, day: str) -> None:
    """What is written with an hour counts for the day it was there, also when clocks change."""
    text = f"law: us-federal\nevents:\n  - {{on: {moment}, what: call, happened: yes}}\n"

    assert owed.read(text.encode(), "owed.yaml").events[0].on == date.fromisoformat(day)


def test_a_call_on_the_last_evening_of_a_month_counts_for_that_month() -> None:
    """At half past eleven at night in Denver, the month is not over, though it is in Greenwich."""
    text = """\
zone: America/Denver
complete_until: 2026-03-31
promises:
  - {id: p, what: call, paper: order, count: 1, each: month, from: 2026-02-01}
events:
  - {on: "2026-03-01T06:30Z", what: call, happened: yes}
"""
    february, march = told(text, "2026-04-01").kept[0].rows[:2]

    assert (february.tally.missing.high, march.tally.missing.low) == (0, 1)


def test_a_promise_for_the_leap_day() -> None:
    """A promise for 29 February is due that day and late the next."""
    text = """\
complete_until: 2028-12-31
promises:
  - {id: p, what: call, paper: letter, on: 2028-02-29}
events:
  - {on: 2028-03-01, what: call, happened: yes, for: p, makes_up: 2028-02-29}
"""
    row = told(text, "2028-03-02").kept[0].rows[0]

    assert (row.tally.late.low, row.late[0].days, row.tally.missing.high) == (1, 1, 0)


def test_a_period_is_missing_only_once_it_is_over() -> None:
    """On the last day of a month what is owed is still to come; on the day after it is missing."""
    text = (
        "complete_until: 2026-12-31\npromises:\n"
        "  - {id: p, what: call, paper: order, count: 2, each: month, from: 2026-02-01}\n"
    )
    last, after = (told(text, day).kept[0].rows[0].tally for day in ("2026-02-28", "2026-03-01"))

    assert (last.to_come.low, last.missing.high) == (2, 0)
    assert (after.to_come.high, after.missing.low) == (0, 2)


def test_a_day_of_answer_counts_from_the_day_after() -> None:
    """A letter of 1 March to be answered in 10 days is answered in time on the 11th, late on the 12th."""
    for day, late in (("2026-03-11", 0), ("2026-03-12", 1)):
        text = f"""\
complete_until: 2026-12-31
promises:
  - {{id: p, what: letter_to, paper: handbook, answered_within: 10, from: 2026-01-01}}
events:
  - {{on: 2026-03-01, what: letter_to, happened: yes, id: a}}
  - {{on: {day}, what: letter_from, happened: yes, answers: a}}
"""
        row = told(text, "2026-04-01").kept[0].rows[0]
        assert (row.tally.late.low, row.tally.missing.high) == (late, 0)


def test_the_days_between_contacts() -> None:
    """From 1 to 29 February of a leap year are 28 days; since the last contact time runs to the day asked."""
    text = """\
complete_until: 2028-03-10
events:
  - {on: 2028-02-01, what: call, happened: yes}
  - {on: 2028-02-29, what: visit, happened: yes}
  - {on: 2028-03-05, what: call, happened: disputed}
"""
    between = told(text, "2028-03-10").spoken

    assert between is not None
    assert (between.longest.days, between.now.days) == (28, 10)
    assert between.now_if is not None
    assert between.now_if.days == 5
    assert between.last == date(2028, 2, 29)
    assert told(text, "2028-03-10").written is None


def test_a_year_of_stretches_adds_up() -> None:
    """Every ten days for a hundred days are ten stretches."""
    since = date(2026, 1, 1)
    until = (since + timedelta(days=100)).isoformat()

    assert len(list(periods(repeated(Unit.DAYS, "2026-01-01", 10, until), date(2027, 1, 1), 0))) == 10
