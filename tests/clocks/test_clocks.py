"""All clocks against a calendar of their own: no day, weekend, holiday or clock change makes them differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from locutorio.actions import answer, shelf
from locutorio.decisions import clocks
from locutorio.rules.provision import Window
from tests.clocks.independent import every_day, holidays
from tests.clocks.law import ROWS
from tests.clocks.trying import FIRST_YEAR, LAST_YEAR, batch

Counting = Callable[[date, int, str, str | None], tuple[date | None, tuple[date, ...]]]
counting: Counting = clocks.last_day


def test_no_clock_of_any_law_is_left_out() -> None:
    """Each provision that counts a clock has its row, and each row its provision."""
    shipped = {
        one.name
        for law in shelf.packs()
        for one in shelf.pack(law).provisions.values()
        if any(isinstance(effect, Window) for effect in one.effects)
    }

    assert {row.provision for row in ROWS} == shipped
    assert len(ROWS) == len(shipped)


@pytest.mark.parametrize("seed", [0, 11, 31, 37, 50])
def test_each_clock_ends_on_the_day_that_the_text_counts_to(seed: int) -> None:
    """Last day, answers on both sides of it, letters, chains and moments, on some days of some years."""
    tally = batch(seed, share=40)

    assert min(tally[one] for one in ("clocks", "letters", "chains", "moments")) > 0


def test_the_holidays_are_those_of_the_rules() -> None:
    """Day by day for fifty years and one on either side, the package and the rules agree."""
    for year, month, number in every_day(FIRST_YEAR - 1, LAST_YEAR + 1):
        day = (year, month, number)
        assert clocks.is_holiday("US", date(*day)) == (day in holidays(year)), day


def _later(start: date, days: int, count: str, country: str | None) -> tuple[date | None, tuple[date, ...]]:
    return counting(start, days + 1, count, country)


def _from_the_day_itself(
    start: date, days: int, count: str, country: str | None
) -> tuple[date | None, tuple[date, ...]]:
    return counting(start - timedelta(days=1), days, count, country)


def _without_holidays(
    start: date, days: int, count: str, _: str | None
) -> tuple[date | None, tuple[date, ...]]:
    return counting(start, days, count, None)


def _calendar(start: date, days: int, _: str, country: str | None) -> tuple[date | None, tuple[date, ...]]:
    return counting(start, days, "calendar", country)


@pytest.mark.parametrize("sown", [_later, _from_the_day_itself, _without_holidays, _calendar])
def test_a_count_that_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch, sown: Counting) -> None:
    """One day too many, one too few, holidays that count, weekends that count: none passes."""
    monkeypatch.setattr(clocks, "last_day", sown)

    with pytest.raises(AssertionError):
        batch(3, share=5)


def test_a_wrong_zone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days that end by Greenwich time everywhere do not pass."""

    def in_greenwich(text: str, zone: str) -> datetime:
        assert zone
        return datetime.fromisoformat(text).astimezone(UTC)

    monkeypatch.setattr(answer, "moment", in_greenwich)

    with pytest.raises(AssertionError):
        batch(3, share=40)
