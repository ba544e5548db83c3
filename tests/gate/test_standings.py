"""States move only along the ways of one table."""

from __future__ import annotations

from itertools import product

import pytest

from locutorio.arrangements.standings import ARRIVAL_MOVES, MOVES, STANDING, refuse_arrival, refuse_move
from locutorio.kernel.faults import Fault

ENDS = {"withdrawn", "cancelled", "lapsed", "happened", "missed", "turned_away"}
ALLOWED = {
    *(("held", after) for after in ("booked", "withdrawn", "cancelled", "lapsed")),
    *(("booked", after) for after in ("withdrawn", "cancelled", "happened", "missed", "turned_away")),
}


@pytest.mark.parametrize(("before", "after"), sorted(product(MOVES, MOVES)))
def test_every_way(before: str, after: str) -> None:
    """Each of the 64 ways between two states is either one of the nine, or refused with what is possible."""
    if (before, after) in ALLOWED:
        refuse_move(before, after)
        return
    with pytest.raises(Fault, match=f"cannot become {after.replace('_', ' ')}"):
        refuse_move(before, after)


def test_what_ended_stays_ended() -> None:
    """No way leads out of an end, and only what stands can end."""
    assert {state for state, ways in MOVES.items() if not ways} == ENDS
    assert set(STANDING) == MOVES.keys() - ENDS


@pytest.mark.parametrize(
    ("before", "after"), sorted(product(ARRIVAL_MOVES, ("admitted", "refused", "absent")))
)
def test_a_contact_at_the_gate(before: str, after: str) -> None:
    """Somebody refused may come back, and somebody let in be sent out; nobody who came becomes absent."""
    ways = {"": {"admitted", "refused", "absent"}, "admitted": {"refused"}}
    if after in ways.get(before, {"admitted", "refused"}):
        refuse_arrival(before, after)
        return
    with pytest.raises(Fault, match=f"cannot become {after}"):
        refuse_arrival(before, after)
