"""Times written at the gate are read on the establishment's clock, near the slot they belong to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.arrangements.gate_clock import moment_near
from locutorio.kernel.faults import Fault

ZONE = "America/New_York"
HERE = ZoneInfo(ZONE)


def local(year: int, month: int, day: int, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HERE, fold=fold)


def test_a_time_of_day_is_of_the_slots_day() -> None:
    """14:05 beside a slot of 14:00 is five minutes later, however many hours later it is entered."""
    starts = local(2026, 12, 5, 14)

    read = moment_near("14:05", starts, ZONE, starts + timedelta(hours=30))

    assert read == local(2026, 12, 5, 14, 5)


def test_nothing_written_is_now() -> None:
    """An officer who writes no time means this moment."""
    now = datetime(2026, 12, 5, 19, 3, tzinfo=UTC)

    assert moment_near("  ", local(2026, 12, 5, 14), ZONE, now) == now


def test_a_visit_goes_past_midnight() -> None:
    """00:20 beside a slot of 23:00 is of the next day."""
    starts = local(2026, 12, 5, 23)

    assert moment_near("00:20", starts, ZONE, starts + timedelta(hours=3)) == local(2026, 12, 6, 0, 20)


def test_the_hour_that_comes_twice() -> None:
    """In the night the clock goes back, 01:30 is the first one until the second has come."""
    starts, five = local(2026, 11, 1, 0, 30), timedelta(minutes=5)
    first = local(2026, 11, 1, 1, 30).astimezone(UTC)
    second = local(2026, 11, 1, 1, 30, fold=1).astimezone(UTC)

    assert second - first == timedelta(hours=1)
    assert moment_near("01:30", starts, ZONE, first + five).astimezone(UTC) == first
    assert moment_near("01:30", starts, ZONE, second + five).astimezone(UTC) == second


def test_the_hour_that_does_not_come() -> None:
    """A time that the clock jumped over is refused, and says why."""
    starts = local(2026, 3, 8, 1)

    with pytest.raises(Fault, match="did not show 02:30"):
        moment_near("02:30", starts, ZONE, starts + timedelta(hours=5))


def test_a_time_still_to_come_is_refused() -> None:
    """Nobody records what has not happened; a minute of difference between two clocks is borne."""
    starts = local(2026, 12, 5, 14)

    assert moment_near("14:05", starts, ZONE, local(2026, 12, 5, 14, 4)) == local(2026, 12, 5, 14, 5)
    with pytest.raises(Fault, match="still to come"):
        moment_near("14:06", starts, ZONE, local(2026, 12, 5, 14, 4))


@pytest.mark.parametrize("text", ["24:00", "14:60", "2 pm", "1405", "-1:00", "14:05:00", "\u0664:05"])
def test_what_is_no_time(text: str) -> None:
    """What is not hours and minutes is refused with an example of what is."""
    with pytest.raises(Fault, match="not a time of day") as caught:
        moment_near(text, local(2026, 12, 5, 14), ZONE, local(2026, 12, 5, 18))

    assert "14:05" in caught.value.remedy


@given(
    at=st.integers(0, 3 * 366 * 24 * 60),
    before=st.integers(-15 * 60, 7 * 60),
    zone=st.sampled_from(["America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Etc/UTC"]),
)
def test_what_the_clock_shows_is_read_back(at: int, before: int, zone: str) -> None:
    """A moment read off the wall and entered at once is that moment, in every zone and on every day."""
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=at)
    shown = f"{now.astimezone(ZoneInfo(zone)):%H:%M}"

    assert moment_near(shown, now + timedelta(minutes=before), zone, now) == now
