"""A contact comes to the gate: who they are, how they are searched, whether the law lets them in today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.actions import deciding
from locutorio.actions.at_gate import about, held, moment_of, refuse_unless_booked, schedule_here
from locutorio.actions.authority import About, authorize
from locutorio.actions.break_glass import allowed_now, crosses
from locutorio.actions.entry import (
    IDENTITY_SHOWN,
    Ground,
    decide_entry,
    grounds_said,
    known_at_gate,
    open_facts,
)
from locutorio.actions.plain import as_plain
from locutorio.arrangements.schedule.slots import slot_of
from locutorio.arrangements.standings import ADMITTED, REFUSED
from locutorio.decisions.decision import Outcome
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import gate
from locutorio.store.gate import Arrived, AtGate
from locutorio.store.people import establishment
from locutorio.store.transaction import Sent, Transaction, perform

NOT_ADMITTED, ALREADY, TOO_LATE = "not_admitted", "already", "too_late"
NO_IDENTITY = "none"
IDENTITIES = (
    "passport",
    "identity_card",
    "driving_licence",
    "consular_card",
    "professional_card",
    "birth_certificate",
    "other",
    NO_IDENTITY,
)
SEARCHES = ("none", "PAT", "RUB", "STR", "FULL")
SEARCH_LENGTH_MAX = 20


@dataclass(frozen=True, slots=True)
class Arriving:
    """``at`` is the time of day on the establishment's clock, empty for now; ``identity`` one of IDENTITIES;
    ``search`` a level as the establishment names it. ``facts`` are what else was seen or said at the gate, as
    a case file writes them. ``beyond`` names who let them in after the last time of entry.
    """

    booking: UUID
    contact: UUID
    at: str = ""
    identity: str = ""
    search: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """``outcome`` is admitted, already (recorded before), too_late (after ``entry_last``), or not_admitted.

    Then ``decided`` is the law's answer, on ``grounds``, or because ``unknown`` facts are open. Nobody is
    refused by it: an officer does that.
    """

    outcome: str
    at: datetime
    decided: str = ""
    grounds: tuple[Ground, ...] = ()
    unknown: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    entry_last: datetime | None = None


def record_arrival(what: Arriving, sent: Sent) -> Answered:
    """Record that a contact came, ask the law whether they may enter today, and let them in if it permits.

    Raises:
        Fault: the booking does not stand, they are not of its party, or something written cannot be read.
    """
    authorize(sent.by, "record_arrival", About(sent.establishment, "booking", what.booking))
    command = about(what.booking, "record_arrival", as_plain(what), sent)
    answer = perform(command, lambda tx: as_plain(_record(tx, what)))
    return _read(answer)


def facts_of(identity: str, said: Mapping[str, str]) -> dict[str, str]:
    """Give what was said at the gate, with what follows from the identity that was shown.

    Raises:
        Fault: it is no kind of identity.
    """
    if identity and identity not in IDENTITIES:
        raise Fault(f'"{identity}" is no kind of identity', remedy=suggestion(identity, IDENTITIES))
    shown = {IDENTITY_SHOWN: "no" if identity == NO_IDENTITY else "yes"} if identity else {}
    return {**shown, **said}


def refuse_search(search: str) -> None:
    """Refuse what is no level of search.

    Raises:
        Fault: it is longer than a level's name.
    """
    if len(search) > SEARCH_LENGTH_MAX:
        raise Fault(
            "a level of search has a short name", remedy=f"write one such as {', '.join(SEARCHES[1:])}"
        )


def _record(tx: Transaction, what: Arriving) -> Answered:
    booking = held(tx, what.booking)
    booking.member(what.contact)
    before = booking.arrived.get(what.contact)
    if before is not None and before.outcome == ADMITTED:
        return Answered(ALREADY, before.at)
    refuse_unless_booked(booking)
    refuse_search(what.search)
    allowed = allowed_now(tx, booking.person, [what.contact])
    at = moment_of(what.at, booking, establishment(tx.establishment).zone, tx.at)
    if (
        booking.took is not None
        and before is not None
        and before.outcome == REFUSED
        and not before.may_return
    ):
        raise Fault(
            "this contact was refused, and the visit has begun without them",
            remedy="only somebody who was told that they may come back can be let in now",
        )
    entry_last = _entry_last(tx, booking)
    if entry_last is not None and at > entry_last and not what.beyond.strip():
        return Answered(TOO_LATE, at, entry_last=entry_last)
    facts = facts_of(what.identity, what.facts)
    known = known_at_gate(tx.establishment, booking, tx.at)
    together = booking.left(and_also=what.contact)
    found = decide_entry(known, booking, together, {what.contact: facts}, tx.at)
    mine = next(one for one in found.members if one.contact == what.contact)
    deciding.keep(tx, booking.request, replace(found, members=(mine,)), cause="gate")
    decision = mine.decision
    if decision.outcome is not Outcome.PERMIT and (what.contact not in allowed or crosses(decision)):
        return Answered(
            NOT_ADMITTED, at, decision.outcome.value, grounds_said(decision), open_facts(decision)
        )
    if decision.outcome is not Outcome.PERMIT:
        tx.noted["emergency"] = decision.outcome.value
    gate.record(tx, booking.id, Arrived(what.contact, at, what.identity, what.search, ADMITTED, facts))
    return Answered(
        ADMITTED, at, decision.outcome.value, conditions=tuple(one.token for one in decision.conditions)
    )


def _entry_last(tx: Transaction, booking: AtGate) -> datetime | None:
    schedule = schedule_here(tx.establishment)
    slot = slot_of(schedule, booking.key) if schedule else None
    return slot.entry_last if slot else None


def _read(answer: Mapping[str, Any]) -> Answered:
    last = answer["entry_last"]
    return Answered(
        answer["outcome"],
        datetime.fromisoformat(answer["at"]),
        answer["decided"],
        tuple(Ground(**one) for one in answer["grounds"]),
        tuple(answer["unknown"]),
        tuple(answer["conditions"]),
        datetime.fromisoformat(last) if last else None,
    )
