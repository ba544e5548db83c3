"""Shows the times of a schedule to somebody who wants to come: how many places are left, and what hinders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from locutorio.actions import deciding
from locutorio.actions.attending import party_of, who_of
from locutorio.arrangements.schedule.offering import offered
from locutorio.arrangements.schedule.parties import places_needed, too_close
from locutorio.arrangements.schedule.quotas import charges
from locutorio.arrangements.schedule.slots import ticks
from locutorio.arrangements.schedule.values import Hindrance, Party, Slot, Who
from locutorio.store.charging import Debited, spent
from locutorio.store.knowledge import PartyMember
from locutorio.store.slots import House, closed_on, house_of, taken
from locutorio.store.spending import debited, present
from locutorio.store.view import View

DAYS_AHEAD_MAX = 60


@dataclass(frozen=True, slots=True)
class SlotShown:
    """One time. ``needed`` places of ``kind`` are needed; ``left`` is None where no number is stated.

    ``hindrances`` is all that stands against it now; there is none where it can be booked.
    """

    key: str
    session: str
    room: str
    on: date
    starts: datetime
    ends: datetime
    visit_minutes: int
    kind: str
    needed: int
    left: int | None
    hindrances: tuple[Hindrance, ...]


def slots_shown(  # noqa: PLR0913 - each says another thing of one question
    establishment: UUID,
    person: UUID,
    party: Sequence[PartyMember],
    first: date,
    last: date,
    *,
    asked_at: datetime,
    by: str,
    changing: UUID | None = None,
    no_contact: bool = False,
) -> tuple[SlotShown, ...]:
    """Give the times from one day to another, both included, in their order.

    Args:
        establishment: where.
        person: who is visited.
        party: who would come.
        first: the first day.
        last: the last day.
        asked_at: now.
        by: "public", "person" or "staff".
        changing: a booking that would be moved, which then stands in no way.
        no_contact: it is permitted only without physical contact.

    Raises:
        Fault: somebody is not of this establishment, or it has no schedule.
    """
    house = house_of(establishment)
    contacts = [member.contact for member in party]
    known = deciding.knowledge(establishment, person, contacts, known_at=asked_at)
    coming = partial(party_of, known, party)
    times = _Times(house, person, who_of(known.person), contacts, coming, asked_at, by, changing, no_contact)
    return tuple(times.shown(first, last))


def next_free(house: House, seen: View, after: Slot, *, asked_at: datetime, by: str) -> str | None:
    """Give the key of the first time after a slot that can be booked; None: there is none in two months."""
    asked = (seen.person, seen.who, seen.contacts, seen.party)
    times = _Times(house, *asked, asked_at, by, no_contact=seen.no_contact)
    for days in range(DAYS_AHEAD_MAX):
        on = after.on + timedelta(days=days)
        for shown in times.shown(on, on):
            if shown.starts > after.starts and not shown.hindrances:
                return shown.key
    return None


@dataclass(frozen=True, slots=True)
class _Times:
    """The times of one establishment as they are for one party, which ``party`` gives for a day."""

    house: House
    person: UUID
    who: Who
    contacts: Sequence[UUID]
    party: Callable[[date], Party]
    asked_at: datetime
    by: str
    changing: UUID | None = None
    no_contact: bool = False

    def shown(self, first: date, last: date) -> Iterator[SlotShown]:
        """Give those of some days, one after the other."""
        slots = self.house.slots(first, last)
        if not slots:
            return
        closed = closed_on(self.house.id, first, last)
        places = taken(self.house.id, (slot.key for slot in slots), but=self.changing)
        used, elsewhere = self._used(slots), self._elsewhere(slots)
        for slot in slots:
            coming = self.party(slot.on)
            kind, needed = places_needed(self.house.schedule, slot, coming, no_contact=self.no_contact)
            left = None if not slot.places else max(0, slot.places.get(kind, 0) - places[slot.key, kind])
            reason = closed.get((slot.on, "")) or closed.get((slot.on, slot.session))
            yield SlotShown(
                slot.key,
                slot.session,
                self.house.schedule.rooms[slot.room].name,
                slot.on,
                slot.starts,
                slot.ends,
                slot.visit_minutes,
                kind,
                needed,
                left,
                (
                    *([Hindrance("closed", {"reason": reason})] if reason else ()),
                    *(too_close(slot, kind) if self.no_contact else ()),
                    *([Hindrance("full")] if left is not None and left < needed else ()),
                    *self._hindrances(slot, coming, used),
                    *self._busy(slot, elsewhere),
                ),
            )

    def _hindrances(self, slot: Slot, coming: Party, used: Sequence[Debited]) -> Iterator[Hindrance]:
        schedule = self.house.schedule
        yield from offered(schedule, slot, self.who, coming, asked_at=self.asked_at, by=self.by)
        charged = charges(schedule, slot, self.who, coming)
        yield from spent(charged, used, self.person, self.contacts)

    def _busy(self, slot: Slot, elsewhere: Mapping[int, set[UUID]]) -> Iterator[Hindrance]:
        busy = {
            one for tick in ticks(slot, self.house.schedule.tick_minutes) for one in elsewhere.get(tick, ())
        }
        if self.person in busy:
            yield Hindrance("busy_person")
        if busy - {self.person}:
            yield Hindrance("busy_contact")

    def _used(self, slots: Sequence[Slot]) -> list[Debited]:
        each = [self.house.known(slot.key) for slot in slots]
        first, last = min(one.first for one in each), max(one.last for one in each)
        return debited(self.house.id, [self.person, *self.contacts], first, last, but=self.changing)

    def _elsewhere(self, slots: Sequence[Slot]) -> dict[int, set[UUID]]:
        every = [ticks(slot, self.house.schedule.tick_minutes) for slot in slots]
        span = range(min(one.start for one in every), max(one.stop for one in every))
        found: dict[int, set[UUID]] = defaultdict(set)
        subjects = [self.person, *self.contacts]
        for subject, tick in present(self.house.id, subjects, span, but=self.changing):
            found[tick].add(subject)
        return found
