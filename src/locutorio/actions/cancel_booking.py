"""Cancels a booking, by whom and why. What was taken is free, and goes to those who wait."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions import telling
from locutorio.actions.authority import About, authorize
from locutorio.actions.booked import refuse_begun
from locutorio.actions.offer_places import offer_places
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import known_of
from locutorio.arrangements.standings import CANCELLED
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.audience import Reader
from locutorio.notices.booked import Booked
from locutorio.notices.cancelled import KIND, cancelled
from locutorio.notices.letter import Letter
from locutorio.store import bookings, replaying
from locutorio.store.locks import hold_person
from locutorio.store.replaying import Standing
from locutorio.store.transaction import Answer, Sent, Transaction, perform

ESTABLISHMENT = "establishment"
CANCELLERS = ("contact", "person", ESTABLISHMENT)


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Which booking is cancelled, by whom (contact, person or establishment), and why."""

    booking: UUID
    by: str
    why: str = ""


def cancel_booking(what: Cancelling, sent: Sent) -> None:
    """Cancel it. The person and all who were to come are told so.

    Raises:
        Fault: there is no such booking, it does not stand or its time has begun, or the establishment gives
            no reason.
    """
    authorize(
        sent.by,
        "cancel_booking",
        About(sent.establishment, "booking", what.booking, as_staff=what.by != "contact"),
    )
    if what.by not in CANCELLERS:
        raise Fault(f'"{what.by}" cancels nothing', remedy=suggestion(what.by, CANCELLERS))
    if what.by == ESTABLISHMENT and not what.why.strip():
        raise Fault(
            "the establishment must say why it cancels",
            why="those who were to come are told it",
            remedy="write the reason",
        )
    perform(sent.command("cancel_booking", as_plain(what)), lambda tx: _work(what, tx))
    offer_places(sent)


def _work(what: Cancelling, tx: Transaction) -> Answer:
    person = tx.about = bookings.one_booking(tx.establishment, what.booking).person
    hold_person(tx, person)
    refuse_begun(tx, bookings.hold_booking(tx, what.booking))
    stood = replaying.standing(tx.establishment, tx.at, persons=[person])
    bookings.release(tx, what.booking, CANCELLED, by=what.by, ground=what.why)
    for one in stood:
        if one.id == what.booking:
            _tell(tx, one, what)
    return {"booking": str(what.booking)}


def _tell(tx: Transaction, one: Standing, what: Cancelling) -> None:
    """Tell everybody, with the reason where the establishment cancels: a family's own is theirs."""
    ground = what.why if what.by == ESTABLISHMENT else ""

    def compose(booked: Booked, reader: Reader, lang: str) -> Letter:
        return cancelled(booked, reader, what.by, lang, ground=ground)

    telling.everybody(tx, known_of(tx, one), one, KIND, compose)
