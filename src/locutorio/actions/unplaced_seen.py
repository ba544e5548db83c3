"""What is seen of calls that were allowed and not made: the list of the establishment, and a person's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.actions.unplacing import due_on
from locutorio.store import people, unplaced
from locutorio.store.actor import Actor
from locutorio.store.people import ContactRow, PersonRow
from locutorio.store.unplaced import UnplacedRow


@dataclass(frozen=True, slots=True)
class UnplacedSeen:
    """One of them with the names of the two, and the day by which it is to be made up, where one is set."""

    row: UnplacedRow
    person: str
    number: str
    contact: str
    due: date | None


@dataclass(frozen=True, slots=True)
class UnplacedOfPerson:
    """Those of a person, the latest first, and with whom another could have been to be."""

    person: PersonRow
    items: tuple[UnplacedSeen, ...]
    contacts: tuple[ContactRow, ...]


def owed_calls(by: Actor, at: UUID) -> tuple[UnplacedSeen, ...]:
    """Give those that are not made up, those before the governor first, then the oldest."""
    with reading(by, "read_owed_calls", About(at)):
        found = _seen(at, unplaced.owed_here(at))
    return tuple(sorted(found, key=lambda one: one.row.escalated_at is None))


def unplaced_of_person(by: Actor, at: UUID, person: UUID) -> UnplacedOfPerson:
    """Give those of one person.

    Raises:
        Refused: there is no such person here.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_calls_of", About(at, "person", person)):
        listed = people.contacts(at, {one.contact for one in people.listed_of(at, person)})
        contacts = sorted(listed.values(), key=lambda one: (one.name, one.id))
        found = _seen(at, unplaced.unplaced_of(at, person))
        return UnplacedOfPerson(people.person(at, person), found, tuple(contacts))


def own_unplaced(by: Actor, at: UUID) -> tuple[UnplacedSeen, ...]:
    """Give a person their own, the latest first."""
    with reading(by, "read_own_calls", About(at)):
        return _seen(at, unplaced.unplaced_of(at, by.person)) if by.person else ()


def _seen(at: UUID, found: Iterable[UnplacedRow]) -> tuple[UnplacedSeen, ...]:
    items, house = [*found], people.establishment(at)
    persons = people.persons(at, {one.person for one in items})
    contacts = people.contacts(at, {one.contact for one in items if one.contact})
    return tuple(
        UnplacedSeen(
            one,
            persons[one.person].name,
            persons[one.person].number,
            contacts[one.contact].name if one.contact in contacts else "",
            due_on(one, house),
        )
        for one in items
    )
