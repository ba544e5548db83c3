"""Looks again at what the schedule offers to those who are booked, when it or what is known of them changed.

What stood against a booking before the change too (an officer went beyond a limit) is left as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from locutorio.actions.attending import party_of, who_of
from locutorio.actions.replay import Replayed, by_the_house, known_by_person
from locutorio.arrangements.schedule.offering import offered
from locutorio.arrangements.schedule.parties import too_close
from locutorio.arrangements.schedule.quotas import charges
from locutorio.arrangements.schedule.slots import slot_of, ticks
from locutorio.arrangements.schedule.values import Hindrance, Party, Schedule, Slot, Who
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.notices.hindrances import hindrance_told
from locutorio.notices.withdrawn import NO_PLACE, NO_SESSION
from locutorio.store import replaying
from locutorio.store.charging import Debit, Debited, debits, spent
from locutorio.store.people import PersonRow
from locutorio.store.replaying import Standing
from locutorio.store.requests import no_contact
from locutorio.store.transaction import Transaction

GONE = "no_slot"
FULL = "full"
BUSY = "busy_contact"


@dataclass(slots=True)
class Offering:
    """What a schedule offers, as bookings are added to it in their first order."""

    schedule: Schedule | None
    debited: list[Debited]
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    present: dict[UUID, set[int]] = field(default_factory=lambda: defaultdict(set))

    def slot(self, one: Standing) -> Slot | None:
        """Give the slot of a booking, if the schedule has it."""
        return slot_of(self.schedule, one.key) if self.schedule else None

    def against(self, one: Standing, who: Who, party: Party) -> tuple[Hindrance, ...]:
        """Give what stands against a booking, after those that were added."""
        slot = self.slot(one)
        if slot is None or self.schedule is None:
            return (Hindrance(GONE),)
        charged = charges(self.schedule, slot, who, party)
        left = slot.places.get(one.kind, 0) - self.taken[one.key, one.kind]
        full = (Hindrance(FULL),) if slot.places and left < one.places else ()
        during = self.ticks(one)
        busy = any(not self.present[who_].isdisjoint(during) for who_ in (one.person, *one.contacts))
        offers = offered(self.schedule, slot, who, party, asked_at=one.decided_at, by="staff")
        elsewhere = (Hindrance(BUSY),) if busy else ()
        close = too_close(slot, one.kind) if no_contact(one.conditions) else ()
        return (*offers, *spent(charged, self.debited, one.person, one.contacts), *full, *elsewhere, *close)

    def ticks(self, one: Standing) -> range:
        """Give the time that a booking takes of its people."""
        slot = self.slot(one)
        return ticks(slot, self.schedule.tick_minutes) if slot and self.schedule else range(0)

    def add(self, one: Standing, who: Who, party: Party) -> list[Debit]:
        """Count a booking; give what it takes of the quotas."""
        slot = self.slot(one)
        self.taken[one.key, one.kind] += one.places
        for who_ in (one.person, *one.contacts):
            self.present[who_].update(self.ticks(one))
        if slot is None or self.schedule is None:
            return []
        owed = debits(charges(self.schedule, slot, who, party), one.person, one.contacts)
        self.debited += [Debited(debit.subject, debit.quota, one.on, debit.amount) for debit in owed]
        return owed


def offer_again(
    tx: Transaction,
    standing: Iterable[Standing],
    before: Schedule | None,
    after: Schedule | None,
    done: Replayed,
    *,
    was: Callable[[PersonRow], PersonRow] = lambda person: person,
) -> None:
    """Withdraw what the establishment cannot hold any more, in the order of the first decisions.

    Args:
        tx: the change; whoever it reaches is held.
        standing: the bookings it reaches, in first order.
        before: the schedule until now.
        after: the schedule from now on.
        done: what the change does to bookings.
        was: gives a person as known until now.
    """
    standing = [*standing]
    ids = {one.id for one in standing}
    moved: list[Standing] = []
    elsewhere = replaying.debited(tx.establishment, but=ids)
    old, new = Offering(before, [*elsewhere]), Offering(after, [*elsewhere])
    known_of = known_by_person(tx, standing)
    for one in standing:
        known = known_of[one.person]
        who, party = who_of(known.person), party_of(known, one.party, one.on)
        who_was = who_of(was(known.person))
        stood = {hindrance.rule for hindrance in old.against(one, who_was, party)}
        old.add(one, who_was, party)
        against = [*new.against(one, who, party), *_elsewhere(tx, one, old, new, ids)]
        newly = [hindrance for hindrance in against if hindrance.rule not in stood]
        if newly:
            why = NO_SESSION if newly[0].rule == GONE else NO_PLACE
            by_the_house(tx, known, one, why, done, ground=_ground(newly))
        else:
            owed = new.add(one, who, party)
            replaying.set_debits(tx, one, owed)
            if _is_moved(one, old, new):
                moved.append(one)
    replaying.set_ticks(tx, [(one, new.ticks(one)) for one in moved])


def _elsewhere(
    tx: Transaction, one: Standing, old: Offering, new: Offering, but: Collection[UUID]
) -> Iterable[Hindrance]:
    """Say whether somebody is at a visit that is not looked at, in the time that a slot now takes."""
    if _is_moved(one, old, new) and replaying.busy(tx.establishment, one, new.ticks(one), but=but):
        yield Hindrance(BUSY)


def _is_moved(one: Standing, old: Offering, new: Offering) -> bool:
    """Tell whether the slot of a booking is another now, or its hours another moment than when it was booked.

    So it is where the rules of the time zone were changed meanwhile.
    """
    slot = new.slot(one)
    return slot != old.slot(one) or (slot is not None and replaying.is_displaced(one, slot))


def _ground(hindrances: Iterable[Hindrance]) -> dict[str, str]:
    told = [hindrance for hindrance in hindrances if hindrance.rule not in {GONE, FULL, BUSY}]
    return {lang: " ".join(hindrance_told(lang, one) for one in told) for lang in LANGUAGES}
