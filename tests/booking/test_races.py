"""What else can happen at the same moment: two ways with one booking, one person, one contact, one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest

from locutorio.store.identifiers import new_id
from locutorio.store.models import Booking, Separation
from tests.booking import acts
from tests.booking.clients import Clients
from tests.booking.crowded import AT, Crowd, crowd_of, moment
from tests.booking.test_last_place import MODES
from tests.databases import Lacking, fresh

ROUNDS = 6
QUOTA = "quotas:\n  - {id: visits_a_week, unit: visits, limit: 2, per: week, week_starts: sun}\n"


@contextmanager
def several(
    mode: tuple[str, str], clients: int = 4, people: int = 8, more: str = ""
) -> Iterator[tuple[Crowd, Clients]]:
    """Give three places in each slot, and clients; see afterwards that what is written agrees."""
    try:
        with fresh(*mode) as store:
            made = crowd_of(people, places=3, more=more)
            with Clients(store, clients, processes=2) as together:
                yield made, together
            made.whole()
    except Lacking as lacking:
        pytest.skip(str(lacking))


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_a_hold_is_confirmed_or_lapses_never_both(mode: tuple[str, str]) -> None:
    """
    While a hold is confirmed by its last moment, another program gives up what ran out: the booking ends as
    booked or as lapsed, and whoever confirmed it is told which.
    """
    with several(mode) as (made, clients):
        for turn in range(ROUNDS):
            slot = made.slot()
            (request,) = made.requests(slot, [turn % 8])
            booking = _booked(made, request, slot, hold=True)
            confirming = made.given(request, slot, booking=booking, at=moment(14))
            lapsing = made.given(request, slot, at=moment(16))
            told, *_ = clients.together([("confirm", {**confirming}), ("lapse", {**lapsing})])
            assert Booking.objects.get(id=booking).standing == told


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_a_booking_is_changed_and_cancelled_in_some_order(mode: tuple[str, str]) -> None:
    """A booking that is moved and cancelled at one moment is cancelled in the end, and holds no place."""
    with several(mode) as (made, clients):
        for turn in range(ROUNDS):
            slot, other = made.slot(), made.slot()
            (request,) = made.requests(slot, [turn % 8])
            booking = _booked(made, request, slot)
            clients.together(
                [
                    ("change", made.given(request, other, booking=booking)),
                    ("cancel", made.given(request, slot, booking=booking)),
                ]
            )
            assert Booking.objects.get(id=booking).standing == "cancelled"
            assert made.taken(slot) == made.taken(other) == 0


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_nobody_is_booked_into_a_day_that_is_closed_meanwhile(mode: tuple[str, str]) -> None:
    """When a day is closed while people book for it, nothing stands on that day in the end."""
    with several(mode) as (made, clients):
        for _ in range(ROUNDS):
            slot = _of_another_day(made)
            requests = made.requests(slot, range(3))
            closing = {"establishment": made.id, "at": AT, "on": date.fromisoformat(slot[4:14])}
            clients.together([*(("book", made.given(one, slot)) for one in requests), ("close", closing)])
            assert made.taken(slot) == 0
            assert not Booking.objects.filter(slot__key=slot, standing__in=["held", "booked"]).exists()


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_a_person_has_one_visit_at_one_time(mode: tuple[str, str]) -> None:
    """Two requests for one person in one slot, booked at once: one is booked, the other is told of it."""
    with several(mode) as (made, clients):
        for turn in range(ROUNDS):
            slot = made.slot()
            requests = made.requests(slot, [turn % 8] * 2, [[0], [1]])
            found = clients.together([("book", made.given(one, slot)) for one in requests])
            assert _outcomes(found)["booked"] == 1, found


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_a_contact_is_in_one_place_at_one_time(mode: tuple[str, str]) -> None:
    """One contact asked for by four people in one slot: one visit is booked, the other three are not."""
    with several(mode) as (made, clients):
        for _ in range(ROUNDS):
            slot = made.slot()
            requests = made.requests(slot, range(4), [[7]] * 4)
            found = clients.together([("book", made.given(one, slot)) for one in requests])
            assert _outcomes(found)["booked"] == 1, found


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_the_last_visit_of_a_week_is_had_once(mode: tuple[str, str]) -> None:
    """Four bookings of one person at different times of a week that allows two: two are had, never three."""
    with several(mode, more=QUOTA) as (made, clients):
        for person in range(ROUNDS):
            slots = [made.slot() for _ in range(4)]
            requests = [made.requests(slot, [person])[0] for slot in slots]
            wanted = [("book", made.given(one, slot)) for one, slot in zip(requests, slots, strict=True)]
            found = clients.together(wanted)
            assert sum(made.taken(slot) for slot in slots) == 2, found


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_people_who_must_not_meet_are_never_booked_together(mode: tuple[str, str]) -> None:
    """Two people kept apart, booked into one slot at one moment: one of them is, the other is not."""
    with several(mode) as (made, clients):
        for first, other in pairwise(range(8)):
            Separation.objects.create(
                id=new_id(AT),
                establishment_id=made.id,
                person_id=made.people[first],
                other_person_id=made.people[other],
                scope="at_once",
                known_at=AT,
            )
        for turn in range(ROUNDS):
            slot = made.slot()
            requests = made.requests(slot, [turn, turn + 1])
            found = clients.together([("book", made.given(one, slot)) for one in requests])
            assert _outcomes(found)["booked"] == 1, found


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_a_command_sent_by_several_at_once_is_carried_out_once(mode: tuple[str, str]) -> None:
    """The same command from four clients at one moment books once, and all four are answered alike."""
    with several(mode) as (made, clients):
        for turn in range(ROUNDS):
            slot = made.slot()
            (request,) = made.requests(slot, [turn % 8])
            given = made.given(request, slot, id=new_id(AT))
            found = clients.together([("book", given)] * 4)
            assert len({*found}) == 1, found
            assert made.taken(slot) == 1


def _booked(made: Crowd, request: UUID, slot: str, *, hold: bool = False) -> UUID:
    _, booking = acts.book(made.given(request, slot, hold=hold))
    assert booking is not None
    return booking


def _outcomes(found: list[tuple[str, object]]) -> Counter[str]:
    return Counter(outcome for outcome, _ in found)


def _of_another_day(made: Crowd) -> str:
    """Give a slot on a day that no slot before it was on."""
    first = made.slot()
    while (slot := made.slot())[:14] == first[:14]:
        pass
    return slot
