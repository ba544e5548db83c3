"""Decides a request again for the day of a slot, where what its decision rests on was changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from locutorio.actions import deciding
from locutorio.actions.deciding import PartyDecision
from locutorio.arrangements.schedule.patterns import Medium
from locutorio.decisions.decision import Outcome
from locutorio.store import people, requests
from locutorio.store.requests import RequestRow, Versions
from locutorio.store.slots import House, Known
from locutorio.store.transaction import Transaction


def decided_for(tx: Transaction, house: House, asked: RequestRow, known: Known) -> str:
    """Give the outcome for the day of a slot: the one that is kept, or a new one, which is then kept.

    The person is held: that counts as one change since the last decision. Whoever was not permitted is always
    decided again: a hold that counted against them may have run out, which changes nothing else.
    """
    slot = known.slot
    person = people.person(tx.establishment, asked.person)
    same = (asked.person_version + 1, asked.establishment_version) == (person.version, house.version)
    permitted = asked.outcome == Outcome.PERMIT.value
    if same and permitted and asked.on == slot.on and slot.medium is not Medium.VIDEO:
        return asked.outcome
    found = decided_anew(tx, house, asked, known, cause="booking")
    keep_outcome(tx, house, asked, known, found)
    return found.outcome.value


def decided_anew(
    tx: Transaction,
    house: House,
    asked: RequestRow,
    known: Known,
    *,
    cause: str,
    before: tuple[datetime, UUID] | None = None,
) -> PartyDecision:
    """Decide a request for the day of a slot, and keep the decisions.

    Args:
        tx: the transaction.
        house: what the establishment goes by.
        asked: the request, with the party that is decided for.
        known: the slot.
        cause: booking or change.
        before: the first decision and the identifier of the booking that would be changed.
    """
    slot = known.slot
    decided = deciding.decide_party(
        tx.establishment,
        asked.person,
        asked.party,
        slot.on,
        about=asked.about,
        known_at=tx.at,
        asked_on=deciding.local_day(house.zone, tx.at),
        before=before,
        video=slot.medium is Medium.VIDEO,
    )
    deciding.keep(tx, asked.id, decided, cause=cause)
    return decided


def keep_outcome(
    tx: Transaction, house: House, asked: RequestRow, known: Known, found: PartyDecision
) -> None:
    """Say of a request what was decided last, for the day of a slot."""
    person = people.person(tx.establishment, asked.person)
    versions = Versions(person.version, house.version)
    requests.keep_outcome(tx, asked.id, found.outcome.value, known.slot.on, versions, found.conditions)
