"""Promises about quotas: what is charged lets through exactly what the limit allows, in every period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.arrangements.schedule.limits import NoShows, Unit
from locutorio.arrangements.schedule.quotas import call_charges, charges, free_from
from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.arrangements.schedule.slots import slots_of
from locutorio.arrangements.schedule.values import Charge, Member, Party, Schedule, Who
from tests.schedules.published import EXAMPLES
from tests.schedules.test_offering import HEAD, SESSION

ONE = Party((Member(40),))
START = date(2027, 12, 1)


def made(quotas: str, sessions: str = SESSION) -> Schedule:
    return read_schedule((HEAD + sessions + f"quotas: [{quotas}]\n").encode(), "x")


def charged(schedule: Schedule, day: date, who: Who | None = None, party: Party = ONE) -> tuple[Charge, ...]:
    return charges(schedule, slots_of(schedule, day, day)[0], who or Who(), party)


def same_period(per: str, one: date, two: date) -> bool:
    """Say, naively, whether two days lie in one period."""
    first, last = sorted((one, two))
    match per:
        case "day":
            return one == two
        case "month":
            return (one.year, one.month) == (two.year, two.month)
        case "week, week_starts: sun":
            return first + timedelta(days=6 - (first.weekday() + 1) % 7) >= last
        case "week":
            return first + timedelta(days=6 - first.weekday()) >= last
        case "weekend":
            return first.weekday() > 4 and last.weekday() > 4 and (last - first).days < 2
        case "2 weeks, anchor: 2027-12-08":
            return (one - date(2027, 12, 8)).days // 14 == (two - date(2027, 12, 8)).days // 14
    raise AssertionError(per)


PERIODS = ["day", "month", "week", "week, week_starts: sun", "weekend", "2 weeks, anchor: 2027-12-08"]


@given(
    per=st.sampled_from(PERIODS),
    limit=st.integers(1, 3),
    days=st.lists(st.integers(0, 100), min_size=1, max_size=25),
)
def test_a_fixed_period_holds_its_limit_and_no_less(per: str, limit: int, days: list[int]) -> None:
    """In whatever order visits are asked for, one goes through exactly when its period has room."""
    schedule = made(f"{{id: q, unit: visits, limit: {limit}, per: {per}}}")
    taken: list[date] = []
    for number in days:
        day = START + timedelta(days=number)
        due = charged(schedule, day)
        fits = all(sum(c.first <= d <= c.last for d in taken) + c.amount <= c.limit for c in due)
        inside = per != "weekend" or day.weekday() > 4
        assert fits == (not inside or sum(same_period(per, day, d) for d in taken) < limit)
        if fits and inside:
            taken.append(day)


@given(
    length=st.integers(1, 40),
    limit=st.integers(1, 3),
    days=st.lists(st.integers(0, 90), min_size=1, max_size=25),
)
def test_a_rolling_window_holds_in_every_stretch(length: int, limit: int, days: list[int]) -> None:
    """No stretch of so many days ever holds too much, also when a later day was taken first."""
    schedule = made(f"{{id: q, unit: visits, limit: {limit}, per: {length} days}}")
    taken: list[int] = []
    for number in days:
        day = START + timedelta(days=number)
        due = charged(schedule, day)
        held = [START + timedelta(days=one) for one in taken]
        fits = all(sum(c.first <= d <= c.last for d in held) + c.amount <= c.limit for c in due)
        after = sorted([*taken, number])
        worst = max(
            sum(at <= one < at + length for one in after) for at in range(number - length + 1, number + 1)
        )
        assert fits == (worst <= limit)
        if fits:
            taken.append(number)


def test_prices() -> None:
    """A visit costs the points of its part and kind of day, a holiday in the week as much as a Saturday."""
    schedule = read_schedule((EXAMPLES / "points-and-windows.yaml").read_bytes(), "points")
    main, camp = Who(part="main"), Who(part="camp")

    def price(day: str, session: str, who: Who) -> list[int]:
        on = date.fromisoformat(day)
        [slot] = [one for one in slots_of(schedule, on, on) if one.session == session]
        return [one.amount for one in charges(schedule, slot, who, ONE) if one.unit is Unit.POINTS]

    assert price("2026-05-22", "main", main) == [1]
    assert price("2026-05-23", "main", main) == [3]
    assert price("2026-05-25", "main", main) == [3], "Memorial Day"
    assert price("2026-05-23", "camp", camp) == [2]
    assert [c.last for c in charged(schedule, date(2028, 2, 28), main)] == [date(2028, 2, 29)]


def test_units() -> None:
    """Minutes are those of the visit, hours are minutes, places those taken, and joined slots count each."""
    session = SESSION.replace("hours:", "visit_minutes: 20, every_minutes: 30, hours:")
    quotas = ", ".join(
        f"{{id: {unit}, unit: {unit}, limit: 2, per: day}}"
        for unit in ("visits", "minutes", "hours", "places")
    )
    schedule = made(quotas, session)
    slot = slots_of(schedule, START, START)[0]
    due = charges(schedule, slot, Who(), ONE, slots=2)

    assert {one.quota: (one.amount, one.limit) for one in due} == {
        "visits": (1, 2), "minutes": (40, 2), "hours": (40, 120), "places": (2, 2)
    }  # fmt: skip


def test_pools_and_people() -> None:
    """Visits and calls draw on one pool; a quota is for those it is for, and not knowing spares nobody."""
    schedule = made(
        "{id: pool, unit: minutes, limit: 90, per: week, of: [visit, call], for: {legal_status: [pretrial]}},"
        "{id: calls, unit: visits, limit: 3, per: day, of: call}, "
        "{id: each, unit: visits, limit: 1, per: day, counted_for: contact}"
    )
    pretrial, sentenced = Who(legal_status="Pretrial"), Who(legal_status="sentenced")

    assert [(c.quota, c.subject) for c in charged(schedule, START, pretrial)] == [
        ("pool", "person"),
        ("each", "contact"),
    ]
    assert [c.quota for c in charged(schedule, START, sentenced)] == ["each"]
    assert [c.quota for c in charged(schedule, START)] == ["pool", "each"]
    assert [(c.quota, c.amount) for c in call_charges(schedule, START, 15, pretrial)] == [
        ("pool", 15),
        ("calls", 1),
    ]
    assert [c.quota for c in call_charges(schedule, START, 15, sentenced)] == ["calls"]


@pytest.mark.parametrize(
    ("missed", "expected"),
    [
        ([], None),
        ([1], None),
        ([1, 60], date(2026, 1, 31) + timedelta(days=60)),  # 60 days with both ends
        ([1, 61], None),
        ([61, 1, 30], date(2026, 1, 31) + timedelta(days=61)),
        ([1, 2, 200], date(2026, 1, 31) + timedelta(days=2)),
        ([5, 5], date(2026, 1, 31) + timedelta(days=5)),
    ],
)
def test_missed_visits(missed: list[int], expected: date | None) -> None:
    """Two missed within 60 days close the 30 days after the last of them."""
    rule = NoShows(count=2, within_days=60, days=30)
    days = [date(2025, 12, 31) + timedelta(days=number) for number in missed]

    assert free_from(rule, days) == (None if expected is None else expected)
