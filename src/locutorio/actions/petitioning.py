"""What the actions on petitions have in common: who may see one, and its days in an establishment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from locutorio.actions import deciding
from locutorio.actions.authority import Refused, may
from locutorio.actions.roles import Role
from locutorio.kernel.faults import Fault
from locutorio.notices.petition import EXTENDED, RULED
from locutorio.remedies.values import Event, refuse_unsound
from locutorio.store import people, petitions
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.locks import hold_person
from locutorio.store.notices import NoticeRow
from locutorio.store.petitions import Kept
from locutorio.store.transaction import Transaction

WORDS_MAX, TEXT_MAX, SHORT_MAX = 500, 20_000, 200
SEE_SENSITIVE = frozenset({Role.PERSON, Role.LIAISON, Role.OMBUDSMAN})


def sees_sensitive(by: Actor) -> bool:
    """Tell whether somebody sees petitions that the establishment itself does not see."""
    return by == PROGRAM or bool(by.roles & SEE_SENSITIVE)


def visible(at: UUID, id_: UUID, by: Actor) -> Kept:
    """Give a petition to somebody who may do something to it.

    Raises:
        Refused: it is sensitive, and they may not see it.
    """
    found = petitions.petition(at, id_)
    refuse_unseen(found, by)
    return found


def refuse_unseen(found: Kept, by: Actor) -> None:
    """Refuse a sensitive petition to those who may not see it, as what is not there.

    Raises:
        Refused: so it is.
    """
    if found.row.sensitive and not sees_sensitive(by):
        raise Refused


def may_open(by: Actor, row: NoticeRow) -> bool:
    """Tell whether somebody may open a notice: one about a petition only who may read petitions."""
    return row.kind not in (RULED, EXTENDED) or may(by, "read_petition")


def refuse_unopened(by: Actor, row: NoticeRow) -> None:
    """Refuse a notice about a petition to those who may not read petitions.

    Raises:
        Refused: so it is.
    """
    if not may_open(by, row):
        raise Refused


def note(tx: Transaction, id_: UUID, event: Event) -> Kept:
    """Hold the person of a petition, and keep an event that can have happened; give it as it is then.

    Raises:
        Fault: it cannot have happened, or its day has not come.
    """
    hold_person(tx, petitions.petition(tx.establishment, id_).row.person)
    before = petitions.petition(tx.establishment, id_)
    house = people.establishment(tx.establishment)
    refuse_ahead(event.on, deciding.local_day(house.zone, tx.at))
    taken_back = {one.of for one in before.events if one.kind.value == "taken_back"}
    standing = tuple(one for one in before.events if one.id not in taken_back)
    refuse_unsound(before.row.petition, event, standing)
    petitions.note(tx, before.row, event)
    return petitions.petition(tx.establishment, id_)


def refuse_ahead(on: date | None, today: date) -> None:
    """Refuse a day that has not come.

    Raises:
        Fault: so it is.
    """
    if on is not None and on > today:
        raise Fault(
            f"{on.isoformat()} has not come yet",
            why="what is noted of a petition has happened",
            remedy="note it on the day, or check the year",
        )


def refuse_long(most: int, **said: str) -> None:
    """Refuse words that are too many.

    Raises:
        Fault: so they are; it names which.
    """
    for name, text in said.items():
        if len(text) > most:
            raise Fault(f'"{name}" is longer than {most} characters', remedy="say it in fewer words")
