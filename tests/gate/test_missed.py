"""A visit that did not take place: who did not come, what the schedule says, what is owed and made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.actions.make_up_time import MakingUp, make_up_time
from locutorio.actions.mark_missed import Missing, mark_missed
from locutorio.arrangements.no_shows import no_show
from locutorio.arrangements.schedule.limits import NoShows
from locutorio.kernel.faults import Fault
from locutorio.notices.text import letter_as_text
from locutorio.store.gate import owed_minutes, owed_rows
from locutorio.store.models import Debit, Establishment, LostTime, Place
from locutorio.store.notices import notices_of
from tests.databases import Store
from tests.gate.at_oak import MINUTE, SCHEDULE, TEN, Gate, at_the_gate, booked

HOUR = timedelta(hours=1)


def held(gate: Gate, *, starts: datetime = TEN, minutes: int = 60, cut: int = 0) -> UUID:
    """Hold a visit of one hour that lasts so many minutes, the rest of it cut by the establishment."""
    booking = booked(gate, starts=starts)
    gate.arrives(booking, "alder", starts)
    gate.starts(booking, starts)
    by, reason = ("establishment", "a count") if cut else ("time", "")
    gate.ends(booking, starts + (minutes - cut) * MINUTE, by, reason)
    return booking


def test_nobody_came(store: Store) -> None:
    """A no-show ends the booking as missed, frees its place, and leaves everybody absent."""
    gate = at_the_gate()
    booking = booked(gate, party=("alder", "willow"))

    marked = gate.misses(booking, TEN + 30 * MINUTE)

    seen = gate.seen(booking)
    assert (marked.standing, marked.owed_minutes) == ("missed", 0)
    assert {one.outcome for one in seen.arrived.values()} == {"absent"}
    assert not Place.objects.filter(booking=booking).exists()
    assert gate.misses(booking, TEN + 31 * MINUTE).outcome == "already"


def test_not_before_its_time(store: Store) -> None:
    """Nobody has missed a visit that is still to come."""
    gate = at_the_gate()
    booking = booked(gate)

    with pytest.raises(Fault, match="not begun yet"):
        gate.misses(booking, TEN - MINUTE)


def test_not_where_somebody_was_let_in(store: Store) -> None:
    """A family that is inside did not miss the visit; the person may have."""
    gate = at_the_gate()
    booking = booked(gate)
    gate.arrives(booking, "alder", TEN)

    with pytest.raises(Fault, match="somebody of this party was let in"):
        gate.misses(booking, TEN + MINUTE)
    assert gate.misses(booking, TEN + MINUTE, "person").standing == "missed"


def test_those_who_were_refused_did_not_miss_it(store: Store) -> None:
    """Who was refused and did not come back was turned away: no no-show is counted."""
    gate = at_the_gate()
    booking = booked(gate)
    gate.refuses(booking, "alder", TEN, ground="4.1.list", note="No.", may_return=True)

    marked = gate.misses(booking, TEN + 30 * MINUTE)

    assert (marked.standing, marked.follows) == ("turned_away", ())


def test_what_the_schedule_says_is_shown_and_not_applied(store: Store) -> None:
    """The third no-show in sixty days closes visits for thirty by the schedule: told, and no more."""
    gate = at_the_gate()
    Establishment.objects.filter(id=gate.oak.id).update(schedule=SCHEDULE)
    days = [TEN, TEN + timedelta(days=7), TEN + timedelta(days=14)]
    bookings = [booked(gate, starts=starts) for starts in days]
    later = booked(gate, starts=TEN + timedelta(days=21))

    first, second, third = (gate.misses(one, at + HOUR) for one, at in zip(bookings, days, strict=True))

    assert not first.follows[0].reached
    assert (second.follows[0].missed, second.follows[0].reached) == (2, False)
    assert (third.follows[0].subject, third.follows[0].missed) == (gate.oak.contacts["alder"], 3)
    assert (third.follows[0].reached, third.follows[0].until) == (True, date(2027, 1, 18))
    assert gate.seen(later).standing == "booked"


def test_what_was_not_held_is_owed_whole(store: Store) -> None:
    """A visit that the establishment could not hold is withdrawn by it, with the reason, and owed in full."""
    gate = at_the_gate()
    booking = booked(gate, "linden", ("laurel",))

    with pytest.raises(Fault, match="has a reason"):
        gate.misses(booking, TEN + MINUTE, "establishment")
    marked = gate.misses(booking, TEN + MINUTE, "establishment", "No había personal.")

    assert (marked.standing, marked.owed_minutes) == ("withdrawn", 60)
    assert owed_minutes(gate.oak.id, gate.oak.people["linden"]) == 60
    letters = notices_of(gate.oak.id, contacts=[gate.oak.contacts["laurel"]])
    assert [one.kind for one in letters] == ["withdrawn"]
    assert "No había personal." in letter_as_text(letters[0].letter)


def test_a_longer_visit_makes_up(store: Store) -> None:
    """Thirty minutes owed are made up by the minutes that a later visit lasts beyond its time, no more."""
    gate = at_the_gate()
    held(gate, cut=30)
    longer = held(gate, starts=TEN + timedelta(days=7), minutes=80)

    with pytest.raises(Fault, match="20 minutes at most"):
        make_up_time(MakingUp(longer, 21), gate.sent(TEN + timedelta(days=8)))
    made = make_up_time(MakingUp(longer, 20), gate.sent(TEN + timedelta(days=8)))
    with pytest.raises(Fault, match="0 minutes at most"):
        make_up_time(MakingUp(longer, 1), gate.sent(TEN + timedelta(days=8)))

    assert (made.minutes, made.owed_minutes) == (20, 10)
    assert [row.minutes for row in owed_rows(gate.oak.id, gate.oak.people["rowan"])] == [30, -20]


def test_an_extra_visit_counts_against_no_quota(store: Store) -> None:
    """A visit given beyond the usual ones gives back what it took of the quotas, once."""
    gate = at_the_gate()
    held(gate, cut=30)
    extra = held(gate, starts=TEN + timedelta(days=7), minutes=40)
    Debit.objects.create(
        id=gate.sent(TEN).id,
        establishment_id=gate.oak.id,
        booking_id=extra,
        subject=gate.oak.people["rowan"],
        quota="visits_a_week",
        unit="visits",
        amount=1,
        on=TEN.date(),
    )

    make_up_time(MakingUp(extra, 20, "extra"), gate.sent(TEN + timedelta(days=8)))
    make_up_time(MakingUp(extra, 10, "extra"), gate.sent(TEN + timedelta(days=8)))

    assert sum(Debit.objects.values_list("amount", flat=True)) == 0
    assert owed_minutes(gate.oak.id, gate.oak.people["rowan"]) == 0


def test_no_more_is_made_up_than_is_owed(store: Store) -> None:
    """What is owed never falls below nothing, and only a visit that took place makes up."""
    gate = at_the_gate()
    whole = held(gate, minutes=90)
    booking = booked(gate, starts=TEN + timedelta(days=7))

    with pytest.raises(Fault, match="is owed 0 minutes"):
        make_up_time(MakingUp(whole, 10), gate.sent(TEN + HOUR))
    with pytest.raises(Fault, match="did not take place"):
        make_up_time(MakingUp(booking, 10), gate.sent(TEN + HOUR))
    assert not LostTime.objects.exists()


@given(
    missed=st.lists(st.integers(0, 120), max_size=8),
    count=st.integers(1, 4),
    within=st.none() | st.integers(1, 60),
    days=st.none() | st.integers(1, 60),
)
def test_the_rule_of_no_shows(missed: list[int], count: int, within: int | None, days: int | None) -> None:
    """The days counted are those within so many days that end with the last one; all, where none are set."""
    last = date(2026, 12, 5)
    counted = [last - timedelta(days=ago) for ago in [0, *missed]]
    found = no_show(NoShows(count, within, days), counted, last)

    expected = sum(1 for ago in [0, *missed] if within is None or ago < within)
    assert found.missed == expected
    assert found.reached == (expected >= count)
    assert (found.until is not None) == (found.reached and days is not None)
    if found.until is not None and days is not None:
        assert found.until == last + timedelta(days=days)


@pytest.mark.parametrize(("by", "match"), [("nobody", "nobody who can miss"), ("", "nobody who can miss")])
def test_who_can_miss_a_visit(store: Store, by: str, match: str) -> None:
    """A visit is missed by the family or the person, or not held by the establishment."""
    gate = at_the_gate()
    booking = booked(gate)

    with pytest.raises(Fault, match=match):
        mark_missed(Missing(booking, by), gate.sent(TEN + MINUTE))
