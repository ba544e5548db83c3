"""Registers somebody outside, or corrects what is known of somebody who was registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.register_person import CHANGED, NEW, SAME, Registered
from locutorio.actions.replay import Replayed, changed, replay
from locutorio.kernel.faults import Fault
from locutorio.kernel.names import refuse_unclear
from locutorio.store import people, replaying
from locutorio.store.transaction import Sent, Transaction


@dataclass(frozen=True, slots=True)
class NewContact:
    """Somebody outside, by their number here or by ``id``; with neither, always a new one."""

    surname: str
    forenames: str
    born_on: date | None = None
    number: str = ""
    language: str = "en"
    phone: str = ""
    email: str = ""
    id: UUID | None = None


def register_contact(what: NewContact, sent: Sent) -> Registered:
    """Register a contact, or correct one. What is booked with them is decided again.

    Raises:
        Fault: the surname is empty, a name cannot be read as it is written, or there is no contact of that
            identifier.
    """
    authorize(sent.by, "register_contact", About(sent.establishment))
    if not what.surname.strip():
        raise Fault("a contact needs a surname", remedy="write it")
    for name in (what.surname, what.forenames, what.number):
        refuse_unclear(name, "the contact's name or number")
    answer = changed(sent, "register_contact", what, lambda tx: _work(what, tx))
    return Registered(UUID(answer["contact"]), answer["made"])


def _work(what: NewContact, tx: Transaction) -> dict[str, Any]:
    columns = {name: getattr(what, name) for name in what.__dataclass_fields__ if name != "id"}
    if what.id is not None:
        before: people.ContactRow | None = people.contact(tx.establishment, what.id)
    else:
        before = people.contact_of(tx.establishment, what.number) if what.number else None
    if before is None:
        id_ = tx.new_id()
        tx.about = id_
        people.keep_contact(tx, id_, columns)
        return {"contact": str(id_), "made": NEW, "replayed": as_plain(Replayed())}
    tx.about = before.id
    reached = replaying.hold_with(tx, before.id)
    new = people.keep_contact(tx, before.id, columns)
    done = replay(tx, reached) if new else Replayed()
    return {"contact": str(before.id), "made": CHANGED if new else SAME, "replayed": as_plain(done)}
