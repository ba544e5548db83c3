"""The last place: however many want it at one moment, exactly one has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import psycopg
import pytest

from tests.booking import races
from tests.booking.clients import Clients
from tests.booking.crowded import Crowd, crowd_of
from tests.databases import WANTED, Lacking, fresh, server

MODES = [
    mode
    for mode in (
        ("sqlite", "read committed"),
        ("postgresql", "read committed"),
        ("postgresql", "serializable"),
    )
    if mode[0] in WANTED
]


@contextmanager
def racing(mode: tuple[str, str], clients: int) -> Iterator[tuple[Crowd, Clients]]:
    """Give one place in each slot, and clients; see afterwards that all agrees, and without a deadlock."""
    try:
        with fresh(*mode) as store:
            made = crowd_of(clients)
            with Clients(store, clients) as together:
                yield made, together
            made.whole()
            if store.kind == "postgresql":
                with psycopg.connect(server().address("postgres")) as session:
                    found = session.execute("SELECT sum(deadlocks) FROM pg_stat_database").fetchone()
                assert found == (0,)
    except Lacking as lacking:
        pytest.skip(str(lacking))


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_exactly_one_gets_the_last_place(mode: tuple[str, str]) -> None:
    """
    1, 2, 10, 20, 32 and 200 clients want the one place that is left: one gets it, everybody else is told that
    the time is full, and no two wait for each other.
    """
    with racing(mode, max(races.SIZES)) as (made, clients):
        for size in races.SIZES:
            for turn in range(3 if size < max(races.SIZES) else 1):
                races.last_place(made, clients, size, Random(f"{size} {turn}"))


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_a_place_given_up_before_the_end_goes_to_another(mode: tuple[str, str]) -> None:
    """Whoever took the last place and did not finish leaves it to exactly one of the others."""
    with racing(mode, 10) as (made, clients):
        for turn in range(5):
            races.rolled_back(made, clients, 10, Random(turn))


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode[1] == "read committed"], ids=" ".join)
def test_counting_first_and_inserting_then_sells_too_many(mode: tuple[str, str]) -> None:
    """The same race oversells where places are counted before one is inserted: so it is a real one."""
    with fresh(*mode) as store:
        made = crowd_of(20)
        with Clients(store, 20) as clients:
            assert races.oversold(made, clients, 20, 10, Random(1)) > 0
