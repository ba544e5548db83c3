"""In an emergency one officer alone allows a contact, or stops one, for 60 minutes; somebody else reviews it.

It is for life and death, and for safety. It ends by itself. It crosses no paper: what an order, a sanction
or a suspension prohibits stays prohibited. It stops no lawyer or consul, and knows nothing of recording.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from locutorio.actions import deciding
from locutorio.actions.acts import roles_for
from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import Contact
from locutorio.actions.list_contact import PRIVILEGED
from locutorio.actions.plain import as_plain
from locutorio.actions.two_people import WORDS_MAX, NotByTwo, held_by, refuse_stale
from locutorio.decisions.decision import Decision
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices import emergency
from locutorio.notices.audience import Reader
from locutorio.store import break_glass as kept
from locutorio.store import notices, people
from locutorio.store.break_glass import ALLOW, KINDS, STOP
from locutorio.store.knowledge import PartyMember
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction, perform

LASTS, REVIEWED_WITHIN = timedelta(minutes=60), timedelta(hours=24)
PROHIBIT = "prohibit"


class Stopped(Fault):
    """A contact is stopped for safety at this moment."""

    def __init__(self) -> None:
        super().__init__(
            "this contact is stopped for safety: nothing was recorded",
            why="an officer stopped it less than 60 minutes ago",
            remedy="look at the emergency measures; it ends by itself",
        )


@dataclass(frozen=True, slots=True)
class Breaking:
    """``kind`` is allow or stop, for one person and one contact; ``reason`` is what the danger is."""

    person: UUID
    contact: UUID
    kind: str
    reason: str


def break_glass(what: Breaking, sent: Sent) -> UUID:
    """Allow a contact or stop one, from now on for 60 minutes. The person and the contact are told.

    Raises:
        NotByTwo: this account may not; a paper prohibits the contact that is to be allowed; the contact is
            privileged and cannot be stopped so; or the same was done before and nobody has reviewed it.
        NotFresh: whoever acts showed too long ago who they are.
        Fault: no reason is given.
    """
    authorize(sent.by, "break_glass", About(sent.establishment, "person", what.person), at=sent.at)
    if what.kind not in KINDS:
        raise Fault(f'"{what.kind}" is no emergency measure', remedy=suggestion(what.kind, KINDS))
    if not 0 < len(what.reason.strip()) <= WORDS_MAX:
        raise Fault("an emergency measure says why", why="whoever reviews it reads that", remedy="write it")

    def work(tx: Transaction) -> Answer:
        holding = held_by(tx.establishment, sent.by.account, roles_for("break_glass"))
        refuse_stale(sent.by, tx.at)
        hold_person(tx, what.person)
        _refuse_again(tx, what)
        (_refuse_crossing if what.kind == ALLOW else _refuse_privileged)(tx, what)
        columns = {
            "person_id": what.person,
            "contact_id": what.contact,
            "kind": what.kind,
            "reason": what.reason.strip(),
            "by": holding.account,
            "factor": sent.by.factor,
            "ends_at": tx.at + LASTS,
            "review_due_at": tx.at + REVIEWED_WITHIN,
        }
        _tell(tx, what)
        return {"break_glass": str(kept.add(tx, columns))}

    command = sent.command("break_glass", as_plain(what), person=what.person)
    return UUID(perform(command, work)["break_glass"])


def crosses(decision: Decision) -> bool:
    """Tell whether a paper prohibits a contact, or may: nobody can say whether it holds."""
    counted = (*decision.reasons, *decision.supporting)
    prohibited = any(one.instrument is not None and PROHIBIT in one.effects for one in counted)
    return prohibited or any(paper.standing is None for paper in decision.instruments)


def allowed_now(tx: Transaction, person: UUID, contacts: Iterable[UUID]) -> frozenset[UUID]:
    """Give those of some contacts who are allowed in an emergency at this moment.

    Raises:
        Stopped: one of them is stopped for safety.
    """
    held = kept.in_force_for(tx.establishment, person, tx.at)
    coming = frozenset(contacts)
    if any(STOP in held.get(one, ()) for one in coming):
        raise Stopped
    return frozenset(one for one in coming if ALLOW in held.get(one, ()))


def _refuse_again(tx: Transaction, what: Breaking) -> None:
    mine = ((one.person, one.contact, one.kind) for one in kept.unreviewed(tx.establishment))
    if (what.person, what.contact, what.kind) in mine:
        raise NotByTwo(
            "again",
            "the same was done before, and nobody has reviewed it yet",
            why="an emergency measure holds for 60 minutes and is not made longer",
            remedy="have it reviewed; to keep a contact away for longer, enter the paper that says so",
        )


def _refuse_crossing(tx: Transaction, what: Breaking) -> None:
    known = deciding.knowledge(tx.establishment, what.person, [what.contact], known_at=tx.at)
    today = deciding.local_day(known.establishment.zone, tx.at)
    found = deciding.decided(known, Contact([PartyMember(what.contact)], today, today))
    if any(crosses(one) for one in found.decisions):
        raise NotByTwo(
            "crosses",
            "a paper prohibits this contact, or may",
            why="no emergency measure crosses an order, a sanction or a suspension",
            remedy="ask the court or the office that made it; two people can end what the house made",
        )


def _refuse_privileged(tx: Transaction, what: Breaking) -> None:
    places = people.listed_of(tx.establishment, what.person)
    if any(row.contact == what.contact and row.role in PRIVILEGED for row in places):
        raise NotByTwo(
            "privileged",
            "a lawyer or a consul is not stopped so",
            why="it takes two people to keep counsel away",
            remedy="propose to take them off the list, and have somebody else approve it",
        )


def _tell(tx: Transaction, what: Breaking) -> None:
    house = people.establishment(tx.establishment)
    held, contact = (
        people.person(tx.establishment, what.person),
        people.contact(tx.establishment, what.contact),
    )
    told = emergency.Measure(house.name, held.name, contact.name, what.kind, house.zone, tx.at + LASTS)
    letter = emergency.measure(told, Reader.PERSON, deciding.language(held.language))
    notices.keep(tx, kind=emergency.KIND, letter=letter, person=what.person)
    letter = emergency.measure(told, Reader.CONTACT, deciding.language(contact.language))
    notices.keep(tx, kind=emergency.KIND, letter=letter, contact=what.contact)
