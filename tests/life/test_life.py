"""Lives of a small establishment: whatever is done, in whatever order, its promises hold."""

from __future__ import annotations

import random

import pytest

from tests.databases import WANTED, Lacking, Store
from tests.life import law, visits
from tests.life.house import repeatable
from tests.life.life import Life, Step
from tests.life.living import live, perform, shortest, told
from tests.life.timetable import Slot

# One seed for each season: both changes of the clock, a change of the rules, a winter.
LIVES = [("sqlite", seed, 50) for seed in range(4)] + [("postgresql", seed, 30) for seed in range(2)]


@pytest.mark.parametrize(("kind", "seed", "steps"), [one for one in LIVES if one[0] in WANTED])
def test_every_promise_holds_through_a_life(kind: str, seed: int, steps: int) -> None:
    """No place is sold twice, nobody is booked whom the law refuses, nobody is forgotten, at every step."""
    try:
        lived = live(seed, steps, kind)
    except Lacking as lacking:
        pytest.skip(str(lacking))
    assert not lived.broken, told(shortest(lived, kind))
    assert lived.days, "a life without days"


def test_a_command_broken_off_anywhere_is_whole(store: Store) -> None:
    """Whatever statement the process ends at, all was done or nothing; sent again, it is done once."""
    with repeatable(0):
        life, salt = Life(0, store.kind), iter(range(1000))
        while not any(life.world.timetable.rooms[slot.session.room].places > 1 for slot in booked(life)):
            perform(life, Step(life.now, "request", next(salt)))
        slot = next(one for one in booked(life) if life.world.timetable.rooms[one.session.room].places > 1)
        while (doing := visits.book(life, random.Random(next(salt)), at=slot)) is None:
            perform(life, Step(life.now, "request", next(salt)))

        life.step(Step(life.now, "book", next(salt)), doing, anywhere=True)
        life.step(Step(life.now, "paper", 3), law.paper(life, random.Random(3)), anywhere=True)

        assert life.tally["broken off"] > 20


def booked(life: Life) -> list[Slot]:
    """Give the slots in which something stands."""
    keys = (life.world.slot(row)["key"] for row in life.world.standing())
    return [slot for slot in map(life.world.timetable.slot, keys) if slot]


def test_the_same_seed_is_the_same_life() -> None:
    """A life that went wrong can be lived again, step by step."""
    assert live(7, 20) == live(7, 20)
