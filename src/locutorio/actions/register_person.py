"""Registers somebody who is held, or corrects what is known of somebody who was registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import local_day, read
from locutorio.actions.offering_again import offer_again
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, changed, replay
from locutorio.kernel.faults import Fault
from locutorio.kernel.names import refuse_unclear
from locutorio.store import people, replaying
from locutorio.store.locks import hold_person, share_establishment
from locutorio.store.people import PersonRow
from locutorio.store.transaction import Sent, Transaction

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody held, by register number. Empty text and None are "not known"."""

    number: str
    surname: str
    forenames: str
    born_on: date | None = None
    sex: str = ""
    unit: str = ""
    custody_level: str = ""
    incentive: str = ""
    legal_status: str = ""
    statuses: tuple[str, ...] = ()
    language: str = "en"
    nationality: str = ""
    held_since: datetime | None = None
    release_on: date | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """Who it is, and whether that is new, changed or the same as before."""

    id: UUID
    made: str


def register_person(what: NewPerson, sent: Sent) -> Registered:
    """Register a person, or correct one of the same number. Standing bookings are decided again.

    Somebody who left is here again if they are held since the day on which they left, or a later one.

    Raises:
        Fault: the number or the surname is empty, or a name cannot be read as it is written.
    """
    authorize(sent.by, "register_person", About(sent.establishment))
    if not what.number.strip() or not what.surname.strip():
        raise Fault("a person needs a register number and a surname", remedy="write both")
    for name in (what.surname, what.forenames, what.number):
        refuse_unclear(name, "the person's name or number")
    answer = changed(sent, "register_person", what, lambda tx: _work(what, tx))
    return Registered(UUID(answer["person"]), answer["made"])


def _work(what: NewPerson, tx: Transaction) -> dict[str, Any]:
    columns = {name: getattr(what, name) for name in what.__dataclass_fields__}
    columns["statuses"] = sorted(what.statuses)
    before = people.person_of(tx.establishment, what.number)
    if before is None:
        share_establishment(tx)
        id_ = tx.new_id()
        people.keep_person(tx, id_, columns)
        return {"person": str(id_), "made": NEW, "replayed": as_plain(Replayed())}
    hold_person(tx, before.id)
    if _returned(tx, before, what.held_since):
        columns["left_on"] = None
    new = people.keep_person(tx, before.id, columns)
    done = Replayed()
    if new:
        schedule = read(people.establishment(tx.establishment).schedule)
        standing = replaying.standing(tx.establishment, tx.at, persons=[before.id])
        if schedule is not None:
            offer_again(tx, standing, schedule, schedule, done, was=lambda _: before)
        replay(tx, [before.id], done)
    return {"person": str(before.id), "made": CHANGED if new else SAME, "replayed": as_plain(done)}


def _returned(tx: Transaction, before: PersonRow, held_since: datetime | None) -> bool:
    """Tell whether somebody who left has come back."""
    if before.left_on is None or held_since is None or held_since == before.held_since:
        return False
    return local_day(people.establishment(tx.establishment).zone, held_since) >= before.left_on
