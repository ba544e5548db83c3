"""The slots of an establishment's schedule: their rows, and how many of their places are taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from locutorio.arrangements.schedule.quotas import stretches
from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.arrangements.schedule.slots import slots_of, ticks
from locutorio.arrangements.schedule.values import Schedule, Slot
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.store.context import within
from locutorio.store.models import Closure, Establishment, Place
from locutorio.store.models import Slot as SlotModel
from locutorio.store.transaction import Transaction

DAYS_KEPT_MAX = 200
HOUSES_KEPT_MAX = 64
_DAY_LENGTH = len("2000-01-01")


@dataclass(frozen=True, slots=True)
class Known:
    """A slot of a schedule with what follows from it: its ticks, and the days that its quotas look at."""

    slot: Slot
    ticks: range
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class House:
    """What an establishment went by at a version: its time zone and its schedule."""

    id: UUID
    zone: str
    version: int
    schedule: Schedule
    _known: dict[str, Known] = field(default_factory=dict, compare=False, repr=False)
    _days: dict[date, tuple[Slot, ...]] = field(default_factory=dict, compare=False, repr=False)

    def known(self, key: str) -> Known:
        """Give a slot by its key.

        Raises:
            Fault: the schedule has no such slot.
        """
        if key not in self._known:
            on = _day_of(key)
            slot = next((slot for slot in self.slots(on, on) if slot.key == key), None) if on else None
            if slot is None:
                raise Fault(
                    f'there is no time "{key}" in the schedule',
                    why="it may have been changed since the times were shown",
                    remedy="look at the times again, and choose one",
                )
            self._known[key] = self._with_what_follows(slot)
        return self._known[key]

    def slots(self, first: date, last: date) -> tuple[Slot, ...]:
        """Give the slots from one day to another, both included, in their order."""
        found: list[Slot] = []
        for days in range((last - first).days + 1):
            on = first + timedelta(days=days)
            if on not in self._days:
                if len(self._days) >= DAYS_KEPT_MAX:
                    self._days.clear()
                    self._known.clear()
                self._days[on] = slots_of(self.schedule, on, on)
            found += self._days.get(on, ())
        return tuple(found)

    def _with_what_follows(self, slot: Slot) -> Known:
        days = [(slot.on, slot.on)]
        days += (stretch for quota in self.schedule.quotas for stretch in stretches(quota, slot.on))
        first, last = min(first for first, _ in days), max(last for _, last in days)
        return Known(slot, ticks(slot, self.schedule.tick_minutes), first, last)


def _day_of(key: str) -> date | None:
    try:
        return day(key.rpartition("@")[2][:_DAY_LENGTH])
    except Fault:
        return None


_houses: dict[UUID, House] = {}


@within
def house_of(establishment: UUID) -> House:
    """Give what an establishment goes by now.

    Raises:
        Fault, Faults: there is no such establishment, or its schedule is missing or cannot be read.
    """
    found = Establishment.objects.filter(id=establishment).values_list("zone", "version", "schedule").first()
    if found is None:
        raise Fault(f"there is no establishment {establishment}", remedy="open it first")
    zone, version, text = found
    schedule = schedule_read(text)
    last = _houses.get(establishment)
    if last is None or last.schedule is not schedule:
        house = House(establishment, zone, version, schedule)
    elif (last.zone, last.version) != (zone, version):
        house = replace(last, zone=zone, version=version)
    else:
        return last
    if len(_houses) >= HOUSES_KEPT_MAX:
        _houses.clear()
    _houses[establishment] = house
    return house


def house_last_seen(establishment: UUID) -> House:
    """Give what an establishment went by when this process looked last; it may have changed since."""
    return _houses.get(establishment) or house_of(establishment)


def schedule_of(establishment: UUID) -> Schedule:
    """Give the schedule of an establishment; raises as `house_of`."""
    return house_of(establishment).schedule


@lru_cache(maxsize=HOUSES_KEPT_MAX)
def schedule_read(text: str) -> Schedule:
    """Read the text of a schedule, once.

    Raises:
        Fault, Faults: there is none, or it cannot be used.
    """
    if not text:
        raise Fault("this establishment has no schedule", remedy="enter its schedule first")
    return read_schedule(text.encode(), "schedule")


def slot_row(tx: Transaction, slot: Slot) -> UUID:
    """Give the row of a slot, made where there was none, and as the schedule now has it."""
    rows = SlotModel.objects.filter(establishment=tx.establishment, key=slot.key)
    now = {
        "session": slot.session,
        "room": slot.room,
        "on": slot.on,
        "starts": slot.starts,
        "ends": slot.ends,
        "places": dict(slot.places),
    }
    found = rows.values("id", *now).first()
    if found is None:
        row = SlotModel(id=tx.new_id(), establishment_id=tx.establishment, key=slot.key, **now)
        SlotModel.objects.bulk_create([row], ignore_conflicts=True)
        found = rows.values("id", *now).get()
    elif any(found[name] != value for name, value in now.items()):
        rows.update(**now)
    id_: UUID = found["id"]
    return id_


@within
def closed_on(establishment: UUID, first: date, last: date) -> dict[tuple[date, str], str]:
    """Give the reasons of closures that stand, by day and session; an empty session is the whole day."""
    rows = Closure.objects.filter(establishment=establishment, on__range=(first, last), lifted_at=None)
    return {(on, session): reason for on, session, reason in rows.values_list("on", "session", "reason")}


@within
def taken(
    establishment: UUID, keys: Iterable[str], *, but: UUID | None = None
) -> Mapping[tuple[str, str], int]:
    """Give how many places are taken, by the key of the slot and the kind of place; one booking's are not."""
    found = Place.objects.filter(establishment=establishment, slot__key__in=[*keys])
    if but is not None:
        found = found.exclude(booking=but)
    return Counter(found.values_list("slot__key", "kind"))
