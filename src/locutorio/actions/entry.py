"""What the law says of entry today of those who come, on what is known at the gate."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from locutorio.actions import deciding, shelf
from locutorio.actions.break_glass import crosses
from locutorio.actions.deciding import Contact, MemberDecision, PartyDecision
from locutorio.decisions.assess import assess, view_of
from locutorio.decisions.decision import Decision, Finding, Outcome, Truth
from locutorio.decisions.findings import Findings
from locutorio.decisions.weighing import Weighing, told
from locutorio.facts.case import Case, see
from locutorio.facts.vocabulary import Value, vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.rules.provision import Prohibit, Require
from locutorio.store.entered import read_entered
from locutorio.store.gate import AtGate
from locutorio.store.knowledge import Knowledge, PartyMember

ENTRY = "entry"
IDENTITY_SHOWN, SEARCH_ACCEPTED = "contact.identity_shown", "contact.search_accepted"
OBSERVED = ("contact.", "visit.", "escort.")


@dataclass(frozen=True, slots=True)
class Ground:
    """What keeps somebody out: a provision with its citation, and what it says by language."""

    provision: str
    citation: str
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Barred:
    """Somebody whom the law does not let in as things stand: the outcome, on what, and what is not known."""

    contact: UUID
    outcome: str
    grounds: tuple[Ground, ...]
    unknown: tuple[str, ...]

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Barred:
        """Give back what was written in an entry."""
        grounds = tuple(Ground(**one) for one in plain["grounds"])
        return cls(UUID(plain["contact"]), plain["outcome"], grounds, tuple(plain["unknown"]))


def known_at_gate(at: UUID, booking: AtGate, now: datetime) -> Knowledge:
    """Read what is known now of the person and of all who come."""
    coming = [one.contact for one in booking.coming]
    return deciding.knowledge(at, booking.person, coming, known_at=now)


def decide_entry(
    known: Knowledge,
    booking: AtGate,
    contacts: Sequence[UUID],
    said: Mapping[UUID, Mapping[str, str]],
    now: datetime,
    *,
    in_writing: bool = False,
) -> PartyDecision:
    """Ask the law about entry of some of a party, together, on the day of their slot.

    Args:
        known: as `known_at_gate` gives it.
        booking: what they come for.
        contacts: those who would be there together.
        said: what was said at the gate of each, over what was recorded of them before.
        now: the moment at which they stand there.
        in_writing: whether who is refused is told so in writing now.

    Raises:
        Fault: a fact is none of the vocabulary, has no such value, or what is known contradicts itself.
    """
    here = known.establishment
    laps = {one.contact: one.lap for one in booking.coming}
    today = deciding.local_day(here.zone, now)
    asked = Contact(
        [PartyMember(one, laps[one]) for one in contacts],
        booking.on,
        min(today, booking.on),
        ENTRY,
        deciding.by_video(here, booking.session),
        (booking.decided_at, booking.id),
        {one: dict(_values({**_recorded(booking, one), **said.get(one, {})})) for one in contacts},
    )
    return deciding.decided(known, asked, told_on=today if in_writing else None)


def barred(
    at: UUID,
    booking: AtGate,
    contacts: Sequence[UUID],
    now: datetime,
    *,
    allowed: Collection[UUID] = frozenset(),
) -> tuple[Barred, ...]:
    """Give those of some of a party who may not be there together, as things stand now.

    Whoever is allowed in an emergency is barred by a paper alone.
    """
    if not contacts:
        return ()
    found = decide_entry(known_at_gate(at, booking, now), booking, contacts, {}, now)
    return tuple(
        barred_by(one.contact, one.decision)
        for one in found.members
        if one.decision.outcome is not Outcome.PERMIT
        and (one.contact not in allowed or crosses(one.decision))
    )


def barred_by(contact: UUID, decision: Decision) -> Barred:
    """Give what a decision that does not permit says of somebody."""
    return Barred(contact, decision.outcome.value, grounds_said(decision), open_facts(decision))


def grounds_said(decision: Decision) -> tuple[Ground, ...]:
    """Give what keeps somebody out by a decision: what prohibits, and every key known to be missing."""
    if decision.outcome is Outcome.PERMIT:
        return ()
    missing = (key.finding for key in decision.keys if key.state is Truth.NO)
    found = {one.provision: _ground(one) for one in (*decision.reasons, *missing)}
    return tuple(found.values())


def open_facts(decision: Decision) -> tuple[str, ...]:
    """Give the facts that nobody has said and that the gate can see, those that turn the answer first."""
    wanted = (*decision.unknown, *(key.fact for key in decision.keys if key.state is Truth.UNKNOWN))
    words = vocabulary().facts
    return tuple(dict.fromkeys(path for path in wanted if path in words and path.startswith(OBSERVED)))


def grounds_of(law: str, on: date) -> tuple[Ground, ...]:
    """Give every provision of a law that can keep somebody out at the gate on a day, in the order of the law.

    Raises:
        Fault: the law has no text of that day.
    """
    book = shelf.shelf(law).on(on)
    off = book.off(frozenset())
    found = (book.provisions[index] for index in book.general(ENTRY).indices if index not in off)
    return tuple(
        Ground(one.name, one.citation, dict(one.says))
        for one in found
        if not one.residual and any(isinstance(effect, Prohibit | Require) for effect in one.effects)
    )


def refused(made: MemberDecision, told_on: date) -> Decision:
    """Give a decision as one that refuses, told in writing on a day: with the notices owed and the routes."""
    case, decision = made.case, made.decision
    if decision.outcome is Outcome.REFUSE:
        return decision
    facts = {**deciding.in_writing(told_on), **case.facts}
    notices, routes = told(_weighed(replace(case, facts=facts)), Outcome.REFUSE)
    return replace(
        decision, outcome=Outcome.REFUSE, notices=notices, routes=routes, conditions=(), may_last={}
    )


def _weighed(case: Case) -> Weighing:
    law = shelf.pack(case.law)
    book = shelf.shelf(case.law).on(case.question.on)
    snapshot = see(case, on=case.question.on, zone=law.zone, kinds=law.kinds)
    return Weighing(assess(view_of(snapshot, book), book), Findings(book, snapshot), snapshot)


def _ground(finding: Finding) -> Ground:
    return Ground(finding.provision, finding.citation, dict(finding.says))


def _recorded(booking: AtGate, contact: UUID) -> Mapping[str, str]:
    arrived = booking.arrived.get(contact)
    return arrived.facts if arrived else {}


def _values(said: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    """Read what was said at the gate, as a case file writes it; what is not known is left out.

    Raises:
        Fault: it is no fact that can be seen at the gate, or has no such value.
    """
    known = [path for path in vocabulary().facts if path.startswith(OBSERVED)]
    for path, text in said.items():
        if path not in known:
            raise Fault(f'"{path}" is nothing that the gate records', remedy=suggestion(path, known))
        value = read_entered(path, text)
        if value is not None:
            yield path, value
