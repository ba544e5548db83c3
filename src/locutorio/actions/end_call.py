"""Asks that a call under way ends: the decision point ends it in two seconds, and the person reads why."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, Refused, authorize, may
from locutorio.actions.plain import as_plain
from locutorio.arrangements.call_course import UNDER_WAY
from locutorio.kernel.faults import Fault
from locutorio.store import calls
from locutorio.store.calls import CallRow
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction, perform

OFFICER = "officer"
WORDS_MAX = 500


@dataclass(frozen=True, slots=True)
class EndingCall:
    """A call that an officer ends, and why, which the person reads."""

    call: UUID
    why: str


def end_call(what: EndingCall, sent: Sent) -> None:
    """Ask that it ends.

    Raises:
        Refused: it is private, and whoever acts does not see private calls.
        Fault: no reason is given, it is not under way, or is ending already.
    """
    authorize(sent.by, "end_call", About(sent.establishment, "call", what.call))
    if not what.why.strip() or len(what.why) > WORDS_MAX:
        raise Fault("it is not said why the call ends", remedy=f"write it in up to {WORDS_MAX} characters")
    found = calls.call(sent.establishment, what.call)
    if found is None or (found.plane == calls.PRIVATE and not may(sent.by, "read_calls_of")):
        raise Refused

    def work(tx: Transaction) -> Answer:
        one = held_call(tx, what.call)
        if one.disposition != UNDER_WAY:
            raise Fault("this call is over", remedy="look at the list of calls again")
        if one.ending:
            raise Fault("this call is being ended already", remedy="look at the list of calls again")
        calls.change(tx, one.id, {"ending": OFFICER, "ending_why": what.why.strip()})
        return {}

    perform(sent.command("end_call", as_plain(what), person=found.person), work)


def held_call(tx: Transaction, id_: UUID) -> CallRow:
    """Hold the person of a call, where that is known, and give the call as it is then.

    Raises:
        Fault: there is no such call.
    """
    one = calls.call(tx.establishment, id_)
    if one is not None and one.person is not None:
        hold_person(tx, one.person)
        one = calls.call(tx.establishment, id_)
    if one is None:
        raise Fault("there is no such call here", remedy="look at the list of calls again")
    return one
