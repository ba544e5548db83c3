"""Puts a telephone number on a person's list, blocks it or ends it. What is booked is decided again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, Touched, changed, replay, touched
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import people, replaying
from locutorio.store.locks import hold_establishment, hold_person
from locutorio.store.transaction import Answer, Sent, Transaction


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A number in the form +15555550100; whose it is, and whether it may be called.

    With no person it is said of everybody: such a number can be blocked for all.
    """

    person: UUID | None
    number: str
    kind: str
    status: str = "approved"
    contact: UUID | None = None
    record: str = ""
    owner: str = ""
    relation: str = ""
    since: date | None = None
    until: date | None = None


def change_number(what: NewNumber, sent: Sent) -> Touched:
    """Put a number on a person's list, or change it. Where nothing is other than before, nothing is decided.

    Raises:
        Fault: the status is none, or someone is not of this establishment.
    """
    authorize(
        sent.by, "change_number", About(sent.establishment, "person" if what.person else "", what.person)
    )
    if what.status not in people.NUMBERS:
        raise Fault(
            f'"{what.status}" is no status of a number', remedy=suggestion(what.status, people.NUMBERS)
        )

    def work(tx: Transaction) -> Answer:
        if what.person is None:
            hold_establishment(tx)
            reached = replaying.persons_booked(tx.establishment, tx.at)
        else:
            reached = [what.person]
            hold_person(tx, what.person)
        if what.contact is not None:
            people.contact(tx.establishment, what.contact)
        names = ("kind", "status", "record", "owner", "relation", "since", "until")
        columns = {name: getattr(what, name) for name in names}
        new = people.keep_number(tx, what.person, what.number, {**columns, "contact_id": what.contact})
        return {"replayed": as_plain(replay(tx, reached) if new else Replayed())}

    return touched(changed(sent, "change_number", what, work, person=what.person))
