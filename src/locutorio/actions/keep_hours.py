"""Lets what is booked stay at the hour that was promised, where the rules of the time zone are changed later.

A visit is promised for a time of day at its establishment. What is kept beside it is a moment, which is that
time by the rules of its zone as they were then.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from locutorio.actions.change_schedule import change_schedule
from locutorio.actions.deciding import read
from locutorio.arrangements.schedule.slots import slot_of
from locutorio.store import people, replaying
from locutorio.store.transaction import Sent


def displaced(establishment: UUID, at: datetime) -> int:
    """Count the visits, booked and not begun, whose moment is not that of their hour by today's rules."""
    schedule = read(people.establishment(establishment).schedule)
    if schedule is None:
        return 0
    booked = [one for one in replaying.standing(establishment, at) if not one.under_way]
    slots = {key: slot_of(schedule, key) for key in {one.key for one in booked}}
    found = ((one, slots[one.key]) for one in booked)
    return sum(1 for one, slot in found if slot and replaying.is_displaced(one, slot))


def keep_hours(establishment: UUID, at: datetime) -> int:
    """Give each visit the moment of the hour that was promised; give how many had another.

    It is looked at again whatever stands, as with another schedule: who cannot come at that hour after all
    is told.

    Raises:
        Fault, Faults: the schedule cannot be used any more.
    """
    found = displaced(establishment, at)
    if found:
        sent = Sent(uuid5(establishment, f"keep_hours {at.isoformat()}"), establishment, at)
        change_schedule(people.establishment(establishment).schedule, sent)
    return found
