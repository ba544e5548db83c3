"""Offers places that came free to those who wait: to the first who fits and still may come, kept for a while.

It goes by what is free now, not by what happened, so it can be run at any time and again: nothing that came
free is lost, whatever came in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from locutorio.actions import deciding, telling
from locutorio.actions.deciding_again import decided_for
from locutorio.actions.slots_shown import slots_shown
from locutorio.decisions.decision import Outcome
from locutorio.kernel.faults import Fault
from locutorio.notices.audience import Reader
from locutorio.notices.booked import Booked
from locutorio.notices.letter import Letter
from locutorio.notices.offered import KIND, offered
from locutorio.store import bookings, people, replaying, requests, waiting
from locutorio.store.requests import RequestRow
from locutorio.store.slots import Known, house_of
from locutorio.store.taking import Taken, Wanted
from locutorio.store.transaction import Sent, Transaction, perform
from locutorio.store.waiting import WaitingRow

KEPT_FOR = timedelta(hours=24)
OFFERS_MAX = 100


def offer_places(sent: Sent) -> tuple[UUID, ...]:
    """Offer what is free now, each offer in a transaction of its own.

    Args:
        sent: the change that may have freed something; the offers are numbered after it.

    Returns:
        the bookings that are held for those who waited.
    """
    today = deciding.local_day(people.establishment(sent.establishment).zone, sent.at)
    made = (_offer(one, today, sent) for one in waiting.waiting(sent.establishment, today)[:OFFERS_MAX])
    return tuple(one for one in made if one is not None)


def _offer(one: WaitingRow, today: date, sent: Sent) -> UUID | None:
    """Offer the first time that is free and permitted; a try that comes to nothing writes nothing."""
    asked = requests.request(sent.establishment, one.request)
    try:
        for key in _to_be_had(one, asked, today, sent):
            named = Sent(uuid5(sent.id, f"offer {one.id} {key}"), sent.establishment, sent.at, sent.by)
            told = {"waiting": str(one.id), "slot": key}
            command = named.command("offer_place", told, person=asked.person)
            done = perform(command, partial(_work, one=one, key=key))
            if done["booking"]:
                return UUID(done["booking"])
    except Fault:
        return None
    return None


def _to_be_had(one: WaitingRow, asked: RequestRow, today: date, sent: Sent) -> Iterator[str]:
    """Give the keys of the slots that are free and permitted; each day is decided once."""
    days = (max(one.first_on, today), one.last_on)
    show = partial(slots_shown, sent.establishment, asked.person, asked.party, *days, by="public")
    usual = show(asked_at=sent.at)
    apart = {slot.key: slot for slot in show(asked_at=sent.at, no_contact=True)}
    contacts = [member.contact for member in asked.party]
    known = deciding.knowledge(sent.establishment, asked.person, contacts, known_at=sent.at)
    permitted: dict[tuple[date, bool | None], str | None] = {}
    for slot in usual:
        if slot.hindrances and apart[slot.key].hindrances:
            continue
        video = deciding.by_video(known.establishment, slot.session)
        if (slot.on, video) not in permitted:
            contact = deciding.Contact(asked.party, slot.on, today, asked.about, video)
            permitted[slot.on, video] = deciding.permitted(known, contact)
        conditions = permitted[slot.on, video]
        if conditions is not None:
            fits = apart[slot.key] if requests.no_contact(conditions) else slot
            if not fits.hindrances:
                yield slot.key


def _work(tx: Transaction, one: WaitingRow, key: str) -> dict[str, Any]:
    bookings.hold_request(tx, one.request)
    now = waiting.waiting_of(tx.establishment, one.request)
    if now is None or now.standing != waiting.WAITING:
        return {"booking": None, "outcome": "ended"}
    house = house_of(tx.establishment)
    known = house.known(key)
    asked = requests.request(tx.establishment, one.request)
    outcome = decided_for(tx, house, asked, known)
    if outcome != Outcome.PERMIT.value:
        return {"booking": None, "outcome": outcome}
    until = _until(tx.at, known)
    _, taken = bookings.take(tx, house, one.request, Wanted(known, None, "public", until, in_turn=True))
    if not isinstance(taken, Taken):
        return {"booking": None, "outcome": outcome}
    waiting.turn(tx, one.request, waiting.OFFERED)
    _tell(tx, taken.booking, until)
    return {"booking": str(taken.booking), "outcome": outcome}


def _until(at: datetime, known: Known) -> datetime:
    """Give until when a place is kept: a day, but at most half of the time that is left."""
    return at + min(KEPT_FOR, (known.slot.starts - at) / 2)


def _tell(tx: Transaction, booking: UUID, until: datetime) -> None:
    standing = next(one for one in replaying.standing(tx.establishment, tx.at) if one.id == booking)
    known = deciding.knowledge(tx.establishment, standing.person, standing.contacts, known_at=tx.at)
    local = until.astimezone(ZoneInfo(known.establishment.zone))

    def compose(booked: Booked, reader: Reader, lang: str) -> Letter:
        return offered(booked, reader, local.date(), f"{local:%H:%M}", lang)

    telling.everybody(tx, known, standing, KIND, compose)
