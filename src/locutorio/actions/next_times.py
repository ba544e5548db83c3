"""Finds the next times at which a booking could be instead: offered to the same people, with a place left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from locutorio.actions.deciding import local_day
from locutorio.actions.slots_shown import SlotShown, slots_shown
from locutorio.actions.telling import clock_time
from locutorio.notices.booked import Time
from locutorio.store.knowledge import Knowledge
from locutorio.store.replaying import Standing
from locutorio.store.requests import no_contact
from locutorio.store.transaction import Transaction

TIMES_MAX, WEEKS_AHEAD = 3, 5


def next_times(tx: Transaction, known: Knowledge, one: Standing) -> tuple[Time, ...]:
    """Give the first few times within some weeks, each once; none where there is no schedule."""
    if not known.establishment.schedule:
        return ()
    zone = known.establishment.zone
    found: dict[Time, None] = {}
    for slot in _free(tx, zone, one):
        found[Time(slot.on, clock_time(zone, slot.starts), clock_time(zone, slot.ends))] = None
        if len(found) == TIMES_MAX:
            break
    return tuple(found)


def _free(tx: Transaction, zone: str, one: Standing) -> Iterator[SlotShown]:
    first = local_day(zone, tx.at)
    for _ in range(WEEKS_AHEAD):
        last = first + timedelta(days=6)
        shown = slots_shown(
            tx.establishment,
            one.person,
            one.party,
            first,
            last,
            asked_at=tx.at,
            by="public",
            no_contact=no_contact(one.conditions),
        )
        yield from (slot for slot in shown if not slot.hindrances and slot.key != one.key)
        first = last + timedelta(days=1)
