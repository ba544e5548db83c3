"""Whatever a booking stands at, each verb of the gate moves it along an allowed way or records nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise, product
from uuid import UUID

import pytest

from locutorio.actions.make_up_time import MakingUp, make_up_time
from locutorio.arrangements.standings import MOVES
from locutorio.kernel.faults import Fault
from locutorio.store.models import Arrival, Entry, LostTime, Notice, Visit
from tests.databases import Store
from tests.gate.at_oak import MINUTE, TEN, Gate, at_the_gate, booked

ONE_DAY = timedelta(days=1)
VERBS: dict[str, Callable[[Gate, UUID, datetime], object]] = {
    "arrive": lambda gate, booking, at: gate.arrives(booking, "alder", at),
    "refuse": lambda gate, booking, at: gate.refuses(booking, "alder", at, ground="4.1.list", note="No."),
    "start": lambda gate, booking, at: gate.starts(booking, at + MINUTE, "family"),
    "end": lambda gate, booking, at: gate.ends(booking, at + 20 * MINUTE, "establishment", "a count"),
    "miss": lambda gate, booking, at: gate.misses(booking, at + 20 * MINUTE),
    "make up": lambda gate, booking, at: make_up_time(MakingUp(booking, 1), gate.sent(at + 21 * MINUTE)),
}
TABLES = (Arrival, Visit, LostTime, Notice, Entry)
SETTLED = {("missed", "miss"), ("turned_away", "miss")}  # it is told that this was recorded before


def rows() -> list[int]:
    """Count what the gate writes."""
    return [table.objects.count() for table in TABLES]


def test_nothing_is_done_to_what_does_not_stand(store: Store) -> None:
    """On a booking that is not booked, every verb refuses, changes nothing and leaves no entry."""
    gate = at_the_gate()
    for number, (standing, verb) in enumerate(product([one for one in MOVES if one != "booked"], VERBS)):
        at = TEN + number * ONE_DAY
        booking = booked(gate, starts=at, standing=standing)
        before = rows()
        if (standing, verb) in SETTLED:
            assert getattr(VERBS[verb](gate, booking, at), "outcome", "") == "already"
        else:
            with pytest.raises(Fault):
                VERBS[verb](gate, booking, at)
            assert rows() == before, (standing, verb)
        assert rows()[:-1] == before[:-1], (standing, verb)
        assert gate.seen(booking).standing == standing


def test_two_verbs_in_any_order(store: Store) -> None:
    """Two verbs after one another never leave the table: each step is an allowed way, or none was taken."""
    gate = at_the_gate()
    for number, verbs in enumerate(product(VERBS, VERBS)):
        at = TEN + number * 31 * ONE_DAY
        booking = booked(gate, starts=at)
        seen = ["booked"]
        for verb in verbs:
            try:
                VERBS[verb](gate, booking, at)
            except Fault:
                assert gate.seen(booking).standing == seen[-1], verbs
            seen.append(gate.seen(booking).standing)
        for before, after in pairwise(seen):
            assert before == after or after in MOVES[before], verbs
        took = gate.seen(booking).took
        assert (took is not None and took.ended_at is not None) == (seen[-1] == "happened"), verbs
