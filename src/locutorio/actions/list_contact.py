"""Puts a contact on a person's list, approves, denies or removes them, and says who answers for a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions.deciding import read
from locutorio.actions.offering_again import offer_again
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, changed, replay
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import people, replaying
from locutorio.store.locks import hold_contacts, hold_person
from locutorio.store.people import APPROVED, LISTINGS
from locutorio.store.transaction import Sent, Transaction


@dataclass(frozen=True, slots=True)
class Listing:
    """A contact on a person's list. ``status`` is asked, approved, denied or removed; ``ground`` says why.

    ``role`` and ``relation`` are values of those facts of the contact; an empty relation is "not known".
    """

    person: UUID
    contact: UUID
    status: str = APPROVED
    role: str = "social"
    relation: str = ""
    since: date | None = None
    until: date | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Guardian:
    """An adult who answers for a child; ``source`` is the paper that says so."""

    adult: UUID
    child: UUID
    until: date | None = None
    source: str = ""


def list_contact(what: Listing, sent: Sent) -> bool:
    """Put a contact on a list, or change the place; tell whether anything is other than before.

    Where it is, what is booked of the person is decided again: an approval withdrawn withdraws visits.

    Raises:
        Fault: a word is not one that can be used, or someone is not of this establishment.
    """
    words = vocabulary().facts
    _refuse_unknown("status", what.status, LISTINGS)
    _refuse_unknown("role", what.role, [*words["contact.role"].values])
    _refuse_unknown("relation", what.relation, ["", *words["contact.relation"].values])
    done = changed(sent, "list_contact", what, lambda tx: _work(what, tx), person=what.person)
    return bool(done["changed"])


def name_guardian(what: Guardian, sent: Sent) -> bool:
    """Say that an adult answers for a child; tell whether anything is other than before.

    Where it is, what is booked with the child is decided again.

    Raises:
        Fault: one of them is not of this establishment.
    """

    def work(tx: Transaction) -> dict[str, Any]:
        for one in (what.adult, what.child):
            people.contact(tx.establishment, one)
        reached = replaying.hold_with(tx, what.child)
        columns = {"until": what.until, "source": what.source}
        new = people.keep_guardian(tx, what.adult, what.child, columns)
        done = replay(tx, reached) if new else Replayed()
        return {"changed": new, "replayed": as_plain(done)}

    return bool(changed(sent, "name_guardian", what, work)["changed"])


def _work(what: Listing, tx: Transaction) -> dict[str, Any]:
    hold_person(tx, what.person)
    people.contact(tx.establishment, what.contact)
    hold_contacts(tx, [what.contact])
    columns = {
        name: getattr(what, name) for name in ("role", "relation", "status", "since", "until", "ground")
    }
    new = people.keep_listed(tx, what.person, what.contact, columns)
    done = Replayed()
    if new:
        schedule = read(people.establishment(tx.establishment).schedule)
        if schedule is not None:
            standing = replaying.standing(tx.establishment, tx.at, persons=[what.person])
            offer_again(tx, standing, schedule, schedule, done)
        replay(tx, [what.person], done)
    return {"changed": new, "replayed": as_plain(done)}


def _refuse_unknown(what: str, value: str, known: list[str] | tuple[str, ...]) -> None:
    if value not in known:
        raise Fault(
            f'"{value}" is no {what} on a list', remedy=suggestion(value, [one for one in known if one])
        )
