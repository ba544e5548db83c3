"""Finds a person or a contact by the number under which they are written here."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.kernel.faults import Fault
from locutorio.store import people
from locutorio.store.actor import Actor

PERSON, CONTACT = "person", "contact"


def find_whom(by: Actor, at: UUID, kind: str, number: str) -> UUID:
    """Give the identifier of a person, by their register number, or of a contact, by theirs.

    Raises:
        Refused: it is not theirs to look for.
        Fault: nobody has that number, or it is neither a person nor a contact that is asked for.
    """
    with reading(by, "find_person", About(at)):
        found = {PERSON: people.person_of, CONTACT: people.contact_of}
        one = found[kind](at, number) if kind in found and number else None
    if one is None:
        raise Fault(
            f'nobody here has the number "{number}"', remedy="look for them, and write the number shown there"
        )
    return one.id
