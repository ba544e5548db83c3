"""Keeps that a call which was allowed was not made, and tells both sides of it: part of several actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from locutorio.actions.deciding import Contact, decided, knowledge, language
from locutorio.decisions.decision import Decision
from locutorio.kernel.faults import Fault
from locutorio.notices import calls as letters
from locutorio.notices.audience import Reader
from locutorio.notices.calls import ESCALATED, UNPLACED, NotMade
from locutorio.notices.letter import Letter
from locutorio.store import calls, notices, people, unplaced
from locutorio.store.knowledge import Knowledge, PartyMember
from locutorio.store.people import EstablishmentRow
from locutorio.store.transaction import Transaction
from locutorio.store.unplaced import UnplacedRow

Compose = Callable[[NotMade, Reader, str], Letter]


@dataclass(frozen=True, slots=True)
class Unmade:
    """A call that was allowed between two on a day, why it was not made, and what staff write of it.

    ``why`` is no_monitor, no_interpreter, no_answer_here or fault. The person reads what staff write.
    """

    person: UUID
    contact: UUID
    on: date
    why: str
    says: str = ""


def kept_unplaced(tx: Transaction, what: Unmade) -> UUID:
    """Keep it, and tell both sides in the language of each. The person is held by the caller.

    Where the establishment sets no day by which such a call is made up, it is before the governor at once.
    """
    house = people.establishment(tx.establishment)
    row = UnplacedRow(tx.new_id(), what.person, what.contact, what.on, what.why, what.says, tx.at)
    if due_on(row, house) is None:
        row = replace(row, escalated_at=tx.at)
    unplaced.keep(tx, row)
    known = knowledge(tx.establishment, what.person, [what.contact], known_at=tx.at)
    decision = _decision(known, row)

    def compose(one: NotMade, reader: Reader, lang: str) -> Letter:
        return letters.unplaced(one, reader, decision, what.says, lang)

    _tell(tx, known, row, UNPLACED, compose)
    return row.id


def kept_unplaced_once(tx: Transaction, what: Unmade) -> UUID | None:
    """Keep it, unless one between the same two on the same day is owed already; whoever tries again has one.

    The person is held by the caller.
    """
    known = unplaced.unplaced_of(tx.establishment, what.person)
    owed = [one for one in known if one.made_up_by is None and one.contact == what.contact]
    return None if any(one.on == what.on for one in owed) else kept_unplaced(tx, what)


def tell_escalated(tx: Transaction, row: UnplacedRow) -> None:
    """Tell both sides that it was not made up in time, and that the governor has it now."""
    if row.contact is not None:
        known = knowledge(tx.establishment, row.person, [row.contact], known_at=tx.at)
        _tell(tx, known, row, ESCALATED, letters.escalated)


def due_on(row: UnplacedRow, house: EstablishmentRow) -> date | None:
    """Give the last day on which it can be made up in time; None where the establishment sets none."""
    days = calls.settings(house).make_up_days
    return None if days is None else row.on + timedelta(days=days)


def _decision(known: Knowledge, row: UnplacedRow) -> Decision | None:
    """Ask the law of such a call on its day; None where it has no answer."""
    assert row.contact is not None
    try:
        asked = Contact((PartyMember(row.contact),), row.on, row.on, "call")
        return decided(known, asked).members[0].decision
    except Fault:
        return None


def _tell(tx: Transaction, known: Knowledge, row: UnplacedRow, kind: str, compose: Compose) -> None:
    assert row.contact is not None
    house, contact = known.establishment, known.contacts[row.contact]
    one = NotMade(
        house.name,
        known.person.name,
        contact.name,
        row.on,
        row.why,
        due_on(row, house),
        str(row.id)[-8:],
    )
    letter = compose(one, Reader.PERSON, language(known.person.language))
    notices.keep(tx, kind=kind, letter=letter, person=row.person, unplaced=row.id)
    letter = compose(one, Reader.CONTACT, language(contact.language))
    notices.keep(tx, kind=kind, letter=letter, contact=row.contact, unplaced=row.id)
