"""Puts a contact on a person's list, approves, denies or removes them, and says who answers for a child.

Whose contact is privileged by their role is put there, or taken away, by two people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import read
from locutorio.actions.offering_again import offer_again
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, changed, replay
from locutorio.actions.two_people import (
    Arguments,
    FourEyes,
    Line,
    Shown,
    day_or_none,
    identifier,
    note_alone,
    refuse_alone,
)
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import people, replaying
from locutorio.store.locks import hold_contacts, hold_person
from locutorio.store.people import APPROVED, LISTINGS
from locutorio.store.transaction import Answer, Sent, Transaction

PRIVILEGED = frozenset({"attorney", "attorney_staff", "consul"})


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
        NotByTwo: the contact is privileged by their role, before or after, and somebody asks alone.
        Fault: a word is not one that can be used, or someone is not of this establishment.
    """
    authorize(sent.by, "list_contact", About(sent.establishment, "person", what.person))
    _refuse_unusable(what)

    def work(tx: Transaction) -> Answer:
        if _privileged(what, tx.establishment):
            refuse_alone("list_contact", sent)
            note_alone(tx)
        return put(tx, what)

    return bool(changed(sent, "list_contact", what, work, person=what.person)["changed"])


def name_guardian(what: Guardian, sent: Sent) -> bool:
    """Say that an adult answers for a child; tell whether anything is other than before.

    Where it is, what is booked with the child is decided again.

    Raises:
        Fault: one of them is not of this establishment.
    """
    authorize(sent.by, "name_guardian", About(sent.establishment, "contact", what.child))

    def work(tx: Transaction) -> dict[str, Any]:
        for one in (what.adult, what.child):
            people.contact(tx.establishment, one)
        reached = replaying.hold_with(tx, what.child)
        columns = {"until": what.until, "source": what.source}
        new = people.keep_guardian(tx, what.adult, what.child, columns)
        done = replay(tx, reached) if new else Replayed()
        return {"changed": new, "replayed": as_plain(done)}

    return bool(changed(sent, "name_guardian", what, work)["changed"])


def put(tx: Transaction, what: Listing) -> dict[str, Any]:
    """Put a contact on a list in a transaction, and decide again what is booked of the person.

    Raises:
        Fault: someone is not of this establishment.
    """
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


def _privileged(what: Listing, at: UUID) -> bool:
    """Tell whether a listing gives or takes away the privilege of a role."""
    before = _place(what, at)
    return what.role in PRIVILEGED or (before is not None and before.role in PRIVILEGED)


def _place(what: Listing, at: UUID) -> people.ListedRow | None:
    """Give the place that the contact has on the list now."""
    return next((row for row in people.listed_of(at, what.person) if row.contact == what.contact), None)


def _refuse_unusable(what: Listing) -> None:
    words = vocabulary().facts
    _refuse_unknown("status", what.status, LISTINGS)
    _refuse_unknown("role", what.role, [*words["contact.role"].values])
    _refuse_unknown("relation", what.relation, ["", *words["contact.relation"].values])


def _read(arguments: Arguments) -> Listing:
    what = Listing(
        identifier(arguments, "person"),
        identifier(arguments, "contact"),
        arguments.get("status", APPROVED),
        arguments.get("role", ""),
        arguments.get("relation", ""),
        day_or_none(arguments, "since"),
        day_or_none(arguments, "until"),
        arguments.get("ground", ""),
    )
    _refuse_unusable(what)
    return what


def _shown(at: UUID, arguments: Arguments) -> Shown:
    what = _read(arguments)
    return Shown(tuple(_lines(at, what)), what.person)


def _lines(at: UUID, what: Listing) -> Iterator[Line]:
    """Say who is listed for whom, as what, and what stands on the list now."""
    held, before, words = people.person(at, what.person), _place(what, at), vocabulary().facts
    yield Line("person", f"{held.name}, {held.number}")
    yield Line("contact", people.contact(at, what.contact).name)
    yield Line("role", words["contact.role"].values[what.role])
    yield Line("status", f"listing_{what.status}", "word")
    if what.relation:
        yield Line("relation", words["contact.relation"].values[what.relation])
    days = {"since": what.since, "until": what.until}
    yield from (Line(name, found.isoformat(), "day") for name, found in days.items() if found is not None)
    if what.ground:
        yield Line("ground", what.ground)
    yield Line("status_now", f"listing_{before.status if before else 'none'}", "word")
    if before is not None:
        yield Line("role_now", words["contact.role"].values[before.role])


def _hold(tx: Transaction, arguments: Arguments, _ready: Any) -> None:
    what = _read(arguments)
    hold_person(tx, what.person)
    hold_contacts(tx, [what.contact])


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    return put(tx, _read(arguments))


def _refuse_unknown(what: str, value: str, known: list[str] | tuple[str, ...]) -> None:
    if value not in known:
        raise Fault(
            f'"{value}" is no {what} on a list', remedy=suggestion(value, [one for one in known if one])
        )


FOUR_EYES = FourEyes(
    act="list_contact",
    takes=frozenset(field.name for field in fields(Listing)),
    shown=_shown,
    run=_run,
    hold=_hold,
)
