"""Ceilings, floors, pooled allowances, what is owed, and windows of time."""

from __future__ import annotations

from datetime import date

import pytest

from locutorio.decisions.clocks import last_day
from locutorio.decisions.decision import Outcome
from tests.decisions.small_law import ask, little_pack, provision

VISIT = 'request.about in ["visit", "entry"]'
MAY = provision("may", "permit: open", when=VISIT)
USED = "use.visit_minutes_month"


def number(name: str, value: int) -> str:
    """Write one number of minutes, in force since 2020."""
    rows = f"[{{from: 2020-01-01, value: {value}, citation: s}}]"
    return f"{{{name}: {{unit: minutes, label: {{en: {name}, es: {name}}}, rows: {rows}}}}}"


AT_MOST = provision(
    "at_most",
    f"ceiling: {{of: visit_minutes, limit: number.hour, used: {USED}}}",
    when=VISIT,
    rank="4",
    numbers=number("hour", 60),
)
AT_LEAST = provision(
    "at_least",
    f"floor: {{of: visit_minutes, limit: number.four, used: {USED}}}",
    when=VISIT,
    numbers=number("four", 240),
)
LEFT = [(0, Outcome.PERMIT), (59, Outcome.PERMIT), (60, Outcome.REFUSE)]


@pytest.mark.parametrize(("used", "outcome"), LEFT)
def test_a_ceiling_refuses_when_it_is_used_up(used: int, outcome: Outcome) -> None:
    """The last minute of an allowance may be used; after it the contact is refused."""
    assert ask(little_pack(MAY, AT_MOST), {USED: used}).outcome is outcome


def test_the_contact_is_capped_by_the_smallest_ceiling() -> None:
    """A contact may last as long as the smallest ceiling leaves."""
    longer = AT_MOST.replace("at_most", "longer").replace("hour", "four").replace("value: 60", "value: 240")
    decision = ask(little_pack(MAY, AT_MOST, longer), {USED: 50})

    assert decision.may_last == {"visit_minutes": 10}


def test_a_floor_beats_a_lower_ceiling_and_the_breach_is_reported() -> None:
    """While less than the floor was had, a ceiling of lower rank cannot refuse, and it is reported against
    the floor.
    """
    decision = ask(little_pack(MAY, AT_MOST, AT_LEAST), {USED: 60})
    breach = next(one for one in decision.beside if one.kind == "floor_breach")

    assert decision.outcome is Outcome.PERMIT
    assert (breach.amount, breach.unit) == (180, "minutes")
    assert [one.provision for one in breach.against] == ["at_most"]


def test_a_floor_that_was_had_gives_no_right() -> None:
    """Once the floor is reached the ceiling decides again."""
    assert ask(little_pack(MAY, AT_MOST, AT_LEAST), {USED: 240}).outcome is Outcome.REFUSE


def test_a_higher_prohibition_prevails_over_a_floor_and_the_breach_is_reported() -> None:
    """A higher authority is enforced; that the ordinary floor is not met is said, not hidden."""
    decision = ask(little_pack(AT_LEAST, provision("bars", "prohibit: yes", when=VISIT, rank="1")), {USED: 0})

    assert decision.outcome is Outcome.REFUSE
    assert [one.kind for one in decision.beside] == ["floor_breach"]


def test_an_unknown_amount_leaves_the_answer_open() -> None:
    """A ceiling whose use nobody knows neither permits nor refuses; the branches hold the edge."""
    decision = ask(little_pack(MAY, AT_MOST))

    assert (decision.outcome, decision.firm) == (Outcome.PENDING, False)
    assert {branch.outcome for branch in decision.branches} == {Outcome.PERMIT, Outcome.REFUSE}


@pytest.mark.parametrize(
    ("start", "days", "count", "last"),
    [
        (date(2026, 3, 1), 20, "calendar", date(2026, 3, 21)),
        (date(2026, 4, 10), 20, "calendar", date(2026, 4, 30)),
        (date(2026, 7, 1), 5, "work", date(2026, 7, 9)),
        (date(2026, 6, 5), 1, "work", date(2026, 6, 8)),
    ],
)
def test_day_one_is_the_day_after(start: date, days: int, count: str, last: date) -> None:
    """Calendar days count all; work days pass over Saturdays, Sundays and public holidays (3 July 2026 is
    one).
    """
    assert last_day(start, days, count, "US")[0] == last
