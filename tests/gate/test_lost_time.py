"""What the establishment owes of a visit: what it caused to be lost, never more than is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.arrangements.lost_time import END_CAUSES, LATE_CAUSES, Held, lost
from locutorio.kernel.faults import Fault

TEN = datetime(2026, 12, 5, 10, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


WHOLE = Held(TEN, at(60), 60, at(-20), TEN, at(60))


def test_a_whole_visit_owes_nothing() -> None:
    """From its start to its end, nothing is lost."""
    assert lost(WHOLE) == lost(replace(WHOLE, late_by="", ended_by="time"))
    assert lost(WHOLE).missing == lost(WHOLE).owed == 0


@pytest.mark.parametrize(("cause", "owed"), [("establishment", 25), ("family", 0), ("person", 0)])
def test_a_late_start(cause: str, owed: int) -> None:
    """The late start is owed where the establishment made it, and counted in any case."""
    found = lost(replace(WHOLE, started_at=at(25), late_by=cause))

    assert (found.late, found.missing, found.owed) == (25, 25, owed)


@pytest.mark.parametrize(
    ("cause", "owed"), [("establishment", 20), ("family", 0), ("person", 0), ("order", 0), ("time", 0)]
)
def test_an_early_end(cause: str, owed: int) -> None:
    """The early end is owed where the establishment made it: not where an order ended it, nor the family."""
    found = lost(replace(WHOLE, ended_at=at(40), ended_by=cause))

    assert (found.early, found.missing, found.owed) == (20, 20, owed)


def test_the_familys_own_lateness_is_not_owed() -> None:
    """They came at ten past and were let in at half past: twenty minutes are owed, not thirty."""
    assert lost(replace(WHOLE, arrived_at=at(10), started_at=at(30), late_by="establishment")).owed == 20


def test_time_added_at_the_end_is_not_owed_again() -> None:
    """A visit that starts fifteen minutes late and runs fifteen minutes longer lost nothing."""
    assert lost(replace(WHOLE, started_at=at(15), ended_at=at(75), late_by="establishment")).owed == 0


def test_a_short_visit_in_a_long_slot() -> None:
    """Where a visit lasts less than its slot, starting late loses nothing if it has its whole length."""
    long_slot = replace(WHOLE, ends=at(240), started_at=at(90), late_by="establishment")

    assert lost(replace(long_slot, ended_at=at(150))).owed == 0
    assert lost(replace(long_slot, ended_at=at(130), ended_by="establishment")).owed == 20


def test_the_night_the_clock_goes_back() -> None:
    """A visit from half past midnight to half past one, an hour longer than the clock says, lost nothing."""
    here = ZoneInfo("America/New_York")
    starts = datetime(2026, 11, 1, 0, 30, tzinfo=here)
    ends = datetime(2026, 11, 1, 1, 30, tzinfo=here, fold=1)

    assert lost(Held(starts, ends, 120, None, starts, ends)).missing == 0
    cut = datetime(2026, 11, 1, 1, 30, tzinfo=here)
    assert lost(Held(starts, ends, 120, None, starts, cut, ended_by="establishment")).owed == 60


def test_a_visit_does_not_end_before_it_starts() -> None:
    """Times in the wrong order are refused."""
    with pytest.raises(Fault, match="before it started"):
        lost(replace(WHOLE, started_at=at(30), ended_at=at(29)))


@given(
    arrived=st.none() | st.integers(-120, 60),
    started=st.integers(-10, 90),
    length=st.integers(0, 120),
    due=st.integers(1, 60),
    late_by=st.sampled_from(["", *LATE_CAUSES]),
    ended_by=st.sampled_from(END_CAUSES),
)
def test_bounds(
    arrived: int | None, started: int, length: int, due: int, late_by: str, ended_by: str
) -> None:
    """Never less than nothing is owed, never more than is missing, and nothing that others caused."""
    found = lost(
        Held(
            TEN,
            at(60),
            due,
            None if arrived is None else at(arrived),
            at(started),
            at(started + length),
            late_by,
            ended_by,
        )
    )

    assert 0 <= found.owed <= found.missing <= due
    if "establishment" not in (late_by, ended_by):
        assert found.owed == 0
