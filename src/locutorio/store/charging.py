"""What a party needs of a slot, and what stands in its way: places, quotas. Lawful, but not to be had."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.arrangements.schedule.values import Charge, Hindrance, Slot

PERSON, CONTACT = "person", "contact"


@dataclass(frozen=True, slots=True)
class Debited:
    """What was taken of a quota on one day, less what was given back."""

    subject: UUID
    quota: str
    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Debit:
    """What a booking takes of one quota, of a person or of a contact."""

    subject: UUID
    quota: str
    unit: str
    amount: int


def free_numbers(slot: Slot, kind: str, taken: Collection[int]) -> list[int] | None:
    """Give the numbers of the free places of a kind; None where the schedule states no number."""
    if not slot.places:
        return None
    places = slot.places.get(kind, 0)
    free = [number for number in range(1, places + 1) if number not in taken]
    return free[: max(0, places - len(taken))]


def subjects(charge: Charge, person: UUID, contacts: Sequence[UUID]) -> Sequence[UUID]:
    """Give of whom a charge is taken."""
    return contacts if charge.subject == CONTACT else (person,)


def spent(
    charges: Iterable[Charge], debited: Sequence[Debited], person: UUID, contacts: Sequence[UUID]
) -> Iterator[Hindrance]:
    """Give each quota of which too little is left, once."""
    seen = set()
    for charge in charges:
        for subject in subjects(charge, person, contacts):
            used = sum(
                one.amount
                for one in debited
                if one.subject == subject
                and one.quota == charge.quota
                and charge.first <= one.on <= charge.last
            )
            if used + charge.amount > charge.limit and charge.quota not in seen:
                seen.add(charge.quota)
                words = {
                    "used": str(used),
                    "limit": str(charge.limit),
                    "first": charge.first.isoformat(),
                    "last": charge.last.isoformat(),
                }
                yield Hindrance(f"spent_{charge.unit.value}_{charge.subject}", words, charge.more)


def debits(charges: Iterable[Charge], person: UUID, contacts: Sequence[UUID]) -> list[Debit]:
    """Give what is debited: once of each quota, however many stretches of days it counts in."""
    found = {
        (subject, charge.quota): Debit(subject, charge.quota, charge.unit.value, charge.amount)
        for charge in charges
        for subject in subjects(charge, person, contacts)
    }
    return [found[key] for key in sorted(found)]
