"""What is kept in an establishment, and for how long: holds, what is due to be erased, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.actions.retention import PERSON_FILE, GoneBy, RetentionClass, classes, gone_by
from locutorio.store import disclosing, erasing, keeping, people
from locutorio.store.actor import Actor
from locutorio.store.erasing import ErasureRow
from locutorio.store.keeping import HoldRow

SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class HoldShown:
    """A hold that stands, and whom it is on: their number and name."""

    row: HoldRow
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class LeftShown:
    """Somebody who left, and the day from which all about them is erased by itself; None where no rule says.

    ``ordered``: it was ordered, by a rule or by two people. ``held``: a hold forbids it. ``copies``: how
    often the whole file was given to somebody, which no erasure reaches.
    """

    person: UUID
    number: str
    name: str
    left_on: date
    erased_on: date | None
    ordered: bool
    held: bool
    copies: int


@dataclass(frozen=True, slots=True)
class KeptShown:
    """All of it. ``classes`` come with what is gone by here, None for those that are off.

    ``left`` begins with whoever left first, and ``more`` tells that there are others.
    """

    classes: tuple[tuple[RetentionClass, GoneBy | None], ...]
    holds: tuple[HoldShown, ...]
    left: tuple[LeftShown, ...]
    more: bool
    erasures: tuple[ErasureRow, ...]


def kept_shown(by: Actor, at: UUID) -> KeptShown:
    """Give what is kept.

    Raises:
        Refused: it is not theirs to read.
    """
    with reading(by, "read_kept", About(at)):
        rules, holds = gone_by(at), keeping.holds(at)
        persons = people.persons(at, [one.person for one in holds if one.person])
        contacts = people.contacts(at, [one.contact for one in holds if one.contact])
        named = {one.id: (one.number, one.name) for one in persons.values()}
        named |= {one.id: (one.number, one.name) for one in contacts.values()}
        held = {id_ for one in holds for id_ in (one.person, one.contact) if id_}
        erasures = erasing.erasures(at)
        ordered = {one.whom for one in erasures}
        rule = rules.get(PERSON_FILE)
        left = people.persons_left(at, SHOWN_MAX + 1)
        copies = disclosing.exports_counted(at, [one.id for one in left])
        return KeptShown(
            tuple((one, rules.get(one.name)) for one in classes().values()),
            tuple(
                HoldShown(one, *named[id_])
                for one in holds
                for id_ in (one.person, one.contact)
                if id_ in named
            ),
            tuple(
                LeftShown(
                    one.id,
                    one.number,
                    one.name,
                    one.left_on,
                    one.left_on + timedelta(days=rule.days) if rule else None,
                    ordered=one.id in ordered,
                    held=one.id in held,
                    copies=copies[one.id],
                )
                for one in left[:SHOWN_MAX]
                if one.left_on
            ),
            len(left) > SHOWN_MAX,
            tuple(erasures),
        )
