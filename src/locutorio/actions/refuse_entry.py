"""A contact is refused at the gate: on a ground of the law, in writing, with what follows for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions import deciding
from locutorio.actions.at_gate import about, held, moment_of, refuse_unless_booked
from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import MemberDecision
from locutorio.actions.entry import (
    Barred,
    Ground,
    barred,
    decide_entry,
    grounds_of,
    grounds_said,
    known_at_gate,
    open_facts,
    refused,
)
from locutorio.actions.plain import as_plain
from locutorio.actions.record_arrival import facts_of, refuse_search
from locutorio.arrangements.standings import REFUSED, TURNED_AWAY
from locutorio.decisions.decision import Decision, Outcome
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.audience import Reader
from locutorio.notices.refused_at_gate import KIND, Refusal, refused_at_gate
from locutorio.store import gate, notices
from locutorio.store.bookings import release
from locutorio.store.gate import Arrived, AtGate
from locutorio.store.knowledge import Knowledge
from locutorio.store.people import establishment
from locutorio.store.transaction import Sent, Transaction, perform

ALREADY = "already"
NOTE_LENGTH_MAX = 2000


@dataclass(frozen=True, slots=True)
class Refusing:
    """``ground`` names a provision of ``grounds_of``; empty where the law itself keeps the contact out.

    ``note`` is what the officer saw, in their words. Somebody who ``may_return`` can come back for this visit
    with what was missing.
    """

    booking: UUID
    contact: UUID
    at: str = ""
    ground: str = ""
    note: str = ""
    identity: str = ""
    search: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    may_return: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """``by_law`` tells whether the law keeps them out on what was noted, or an officer on their own ground.

    It is None for what was recorded before.

    ``notices`` are those written; ``follows`` the others of the party who may not go in without them;
    ``standing`` what became of the booking.
    """

    outcome: str
    at: datetime
    by_law: bool | None
    grounds: tuple[Ground, ...]
    notices: tuple[UUID, ...]
    follows: tuple[Barred, ...]
    standing: str


def refuse_entry(what: Refusing, sent: Sent) -> Turned:
    """Refuse a contact at the gate for this visit, and write the notice they are given.

    A booking of which nobody is left to come in is turned away, unless one of them may return.

    Raises:
        Fault: the booking does not stand, the contact is not of its party, or no ground is given.
    """
    authorize(sent.by, "refuse_entry", About(sent.establishment, "booking", what.booking))
    command = about(what.booking, "refuse_entry", as_plain(what), sent)
    answer = perform(command, lambda tx: as_plain(_refuse(tx, what)))
    return _read(answer)


def _refuse(tx: Transaction, what: Refusing) -> Turned:
    booking = held(tx, what.booking)
    booking.member(what.contact)
    facts = facts_of(what.identity, what.facts)
    before = booking.arrived.get(what.contact)
    if before is not None and before.outcome == REFUSED and not _came_back(before, what, facts):
        return Turned(ALREADY, before.at, None, (), (), (), booking.standing)
    refuse_unless_booked(booking)
    refuse_search(what.search)
    if len(what.note) > NOTE_LENGTH_MAX:
        raise Fault(f"the note is longer than {NOTE_LENGTH_MAX} characters", remedy="write what matters")
    at = moment_of(what.at, booking, establishment(tx.establishment).zone, tx.at)
    known = known_at_gate(tx.establishment, booking, tx.at)
    together = booking.left(and_also=what.contact)
    found = decide_entry(known, booking, together, {what.contact: facts}, tx.at, in_writing=True)
    mine = next(one for one in found.members if one.contact == what.contact)
    by_law, grounds = _grounds(mine.decision, what, known.establishment.law)
    deciding.keep(tx, booking.request, replace(found, members=(mine,)), cause="gate")
    said = "; ".join(one.citation for one in grounds)
    arrived = Arrived(
        what.contact, at, what.identity, what.search, REFUSED, facts, said, what.note.strip(), what.may_return
    )
    gate.record(tx, booking.id, arrived)
    told = _tell(tx, known, booking, arrived, mine, None if by_law else grounds[0])
    after = gate.at_gate(tx.establishment, booking.id)
    left = after.left()
    follows = barred(tx.establishment, after, left, tx.at)
    if not left and after.took is None and not any(one.may_return for one in after.arrived.values()):
        release(tx, booking.id, TURNED_AWAY, by="gate", ground=said)
    standing = gate.at_gate(tx.establishment, booking.id).standing
    return Turned(REFUSED, at, by_law, grounds, told, follows, standing)


def _came_back(before: Arrived, what: Refusing, facts: Mapping[str, str]) -> bool:
    """Tell whether somebody who might come back did, and is refused for good or for something else."""
    return before.may_return and (before.facts != facts or not what.may_return)


def _grounds(decision: Decision, what: Refusing, law: str) -> tuple[bool, tuple[Ground, ...]]:
    """Give whether the law keeps them out, and the grounds: its own, or the one that the officer chose."""
    said = grounds_said(decision)
    if said and decision.outcome in {Outcome.REFUSE, Outcome.REFER}:
        return True, said
    known = {one.provision: one for one in grounds_of(law, decision.on)}
    if not what.ground and decision.outcome is Outcome.PENDING:
        raise Fault(
            f"the law has no answer yet: not known is {', '.join(open_facts(decision)) or 'a fact'}",
            why="nobody is refused for what was not asked",
            remedy="ask, note the answer, and send it again",
        )
    if not what.ground:
        raise Fault(
            "no ground was given for this refusal",
            why="on what was noted at the gate, the law does not refuse this contact",
            remedy="note what keeps them out (no identity, a search refused), or choose a ground of the law",
        )
    if what.ground not in known:
        raise Fault(f'"{what.ground}" is no ground of this law', remedy=suggestion(what.ground, known))
    if not what.note.strip():
        raise Fault(
            "a refusal on an officer's own ground says what happened",
            remedy="write in a few words what was seen",
        )
    return False, (known[what.ground],)


def _tell(
    tx: Transaction,
    known: Knowledge,
    booking: AtGate,
    arrived: Arrived,
    made: MemberDecision,
    ground: Ground | None,
) -> tuple[UUID, ...]:
    """Write the notice to the contact, and the one to the person in custody."""
    contact, zone = known.contacts[arrived.contact], ZoneInfo(known.establishment.zone)
    happened = Refusal(
        known.establishment.name,
        contact.name,
        booking.starts.astimezone(zone),
        arrived.at.astimezone(zone),
        arrived.note,
        (ground.citation, ground.says) if ground else None,
        booking.ends.astimezone(zone) if arrived.may_return else None,
    )
    turned = refused(made, deciding.local_day(known.establishment.zone, tx.at))
    naming = known.naming(contact.id)
    languages = {Reader.CONTACT: contact.language, Reader.PERSON: known.person.language}
    letters = {
        reader: refused_at_gate(turned, happened, reader, naming, deciding.language(language))
        for reader, language in languages.items()
    }
    to_contact = notices.keep(
        tx, kind=KIND, letter=letters[Reader.CONTACT], contact=contact.id, request=booking.request
    )
    to_person = notices.keep(
        tx, kind=KIND, letter=letters[Reader.PERSON], person=known.person.id, request=booking.request
    )
    return to_contact, to_person


def _read(answer: Mapping[str, Any]) -> Turned:
    return Turned(
        answer["outcome"],
        datetime.fromisoformat(answer["at"]),
        answer["by_law"],
        tuple(Ground(**one) for one in answer["grounds"]),
        tuple(UUID(one) for one in answer["notices"]),
        tuple(Barred.read(one) for one in answer["follows"]),
        answer["standing"],
    )
