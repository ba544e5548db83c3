"""Keeps all about a person or a contact from being erased, for a court or an inquiry, until it is ended."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.kernel.faults import Fault
from locutorio.store import keeping, people
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class Holding:
    """A hold on what is kept of a person, or of a contact: why, and by which paper."""

    why: str
    source: str
    person: UUID | None = None
    contact: UUID | None = None


def place_hold(what: Holding, sent: Sent) -> UUID:
    """Place a hold; give its identifier.

    Raises:
        Refused: they may not.
        Fault: not exactly one is named, they are not here, or why or by which paper is not said.
    """
    kind = "contact" if what.person is None else "person"
    authorize(sent.by, "place_hold", About(sent.establishment, kind, what.person or what.contact))
    if (what.person is None) == (what.contact is None):
        raise Fault("a hold is on one person or one contact", remedy="name one of them")
    if not what.why.strip() or not what.source.strip():
        raise Fault(
            "a hold needs its reason and its paper",
            remedy="write why nothing may be erased, and the letter or order that says so",
        )

    def work(tx: Transaction) -> Answer:
        if what.person is not None:
            people.person(tx.establishment, what.person)
        if what.contact is not None:
            people.contact(tx.establishment, what.contact)
            tx.about = what.contact
        placed = keeping.place(tx, person=what.person, contact=what.contact, why=what.why, source=what.source)
        return {"hold": str(placed)}

    done = perform(sent.command("place_hold", as_plain(what), person=what.person), work)
    return UUID(done["hold"])
