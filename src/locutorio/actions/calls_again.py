"""Decides calls under way again, as something changed on which they rest: part of every such change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from locutorio.actions import deciding, deciding_calls
from locutorio.actions.course import holding
from locutorio.actions.judged import Judged
from locutorio.decisions.decision import Outcome
from locutorio.facts.vocabulary import vocabulary
from locutorio.store import calls, people, privileged
from locutorio.store.calls import MONITORED, CallRow
from locutorio.store.transaction import Transaction

ORDER, PRIVILEGE = "order", "privilege"


def calls_again(tx: Transaction, persons: Iterable[UUID]) -> list[UUID]:
    """Decide again the call under way of each of some people, whom the caller holds.

    A call that is not permitted any more is to end; one at which nobody may listen any more goes on, unheard.
    Whoever keeps the engine carries it out within two seconds. Nothing is written of a call that stands.

    Returns:
        the calls that are to end, or to be unheard.

    Raises:
        Fault: what is known contradicts itself.
    """
    wanted = {*persons}
    found = [one for one in calls.under_way(tx.establishment) if one.person in wanted and not one.ending]
    return [one.id for one in found if _again(tx, one)]


def _again(tx: Transaction, call: CallRow) -> bool:
    assert call.person is not None
    theirs = people.numbers_of(tx.establishment, call.person)
    house = people.establishment(tx.establishment)
    on = deciding.local_day(house.zone, tx.at)
    kept = calls.decisions_of(tx.establishment, call.id)
    if not kept:
        return False  # a line that anybody may call rests on nothing that changes
    number = deciding_calls.number_of(theirs, call.called, _kind(tx, call, on), on)
    whose = [number.contact] if number.contact else []
    known = deciding.knowledge(tx.establishment, call.person, whose, known_at=tx.at)
    found = deciding_calls.decide(known, number, on, before=(call.started_at, call.id))
    ending = _ending(call, found)
    if not ending:
        return False
    calls.keep_decision(tx, deciding_calls.row_of(tx, call, known.person, found, "replay"))
    calls.change(tx, call.id, {"ending": ending, "outcome": found.decision.outcome.value})
    return True


def _kind(tx: Transaction, call: CallRow, on: date) -> str:
    """Give the privileged kind of its number: as it is registered now, else as it was when it was dialled."""
    dialled = str(call.engine.get("kind", ""))
    return privileged.kinds(tx.establishment, on).get(call.called, dialled)


def _ending(call: CallRow, found: Judged) -> str:
    if found.decision.outcome is not Outcome.PERMIT:
        return ORDER
    words = vocabulary().conditions
    protected = any(words[one].protective for one in holding(found.decision) if one in words)
    return PRIVILEGE if protected and call.plane == MONITORED else ""
