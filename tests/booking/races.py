"""Races for the last place, and the other races that a booking can meet."""

from __future__ import annotations

from collections import Counter
from random import Random

from tests.booking.clients import Clients
from tests.booking.crowded import Crowd

SIZES = (1, 2, 10, 20, 32, 200)


def last_place(crowd: Crowd, clients: Clients, size: int, rng: Random) -> None:
    """So many clients want the one place that is left: one gets it, everybody else is told it is full.

    Raises:
        AssertionError: one too many, or one too few.
    """
    slot = crowd.slot()
    people = rng.sample(range(len(crowd.people)), size)
    wanted = [("book", crowd.given(one, slot)) for one in crowd.requests(slot, people)]

    found = Counter(outcome for outcome, _ in clients.together(wanted))

    assert found == Counter({"booked": 1, "full": size - 1}), found
    assert crowd.taken(slot) == 1


def rolled_back(crowd: Crowd, clients: Clients, size: int, rng: Random) -> None:
    """One client takes the last place and gives up before the end: exactly one of the others gets it.

    Raises:
        AssertionError: one too many, or one too few.
    """
    slot = crowd.slot()
    people = rng.sample(range(len(crowd.people)), size)
    first, *others = crowd.requests(slot, people)
    giving_up = ("book_and_roll_back", crowd.given(first, slot, seconds=0.01))

    found = Counter(
        outcome
        for outcome, _ in clients.together([giving_up, *(("book", crowd.given(one, slot)) for one in others)])
    )

    assert found["booked"] == 1, found
    assert crowd.taken(slot) == 1


def oversold(crowd: Crowd, clients: Clients, size: int, rounds: int, rng: Random) -> int:
    """Give how many places too many are sold in some rounds by those who count first and insert then."""
    too_many = 0
    for _ in range(rounds):
        slot = crowd.slot()
        people = rng.sample(range(len(crowd.people)), size)
        wanted = [
            ("count_then_insert", crowd.given(one, slot, places=1)) for one in crowd.requests(slot, people)
        ]
        clients.together(wanted)
        too_many += crowd.taken(slot) - 1
    return too_many
