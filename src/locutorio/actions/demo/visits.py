"""Books visits of the coming days at the invented jail, as its families would: through the same actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from uuid import UUID, uuid5

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.demo.people import Inside
from locutorio.actions.end_visit import Ending, end_visit
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.record_arrival import Arriving, record_arrival
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.slots_shown import slots_shown
from locutorio.actions.start_visit import Starting, start_visit
from locutorio.store.gate import at_gate
from locutorio.store.knowledge import PartyMember
from locutorio.store.people import APPROVED
from locutorio.store.transaction import Sent

BOOKED = 110
SEED = 200
DAYS = (-2, -1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8)
PERMIT, ORDER = "permit", "court_no_contact"
SEARCHED = {"contact.search_accepted": "yes"}


@dataclass(frozen=True, slots=True)
class Sends:
    """The changes that open the jail, each with an identifier of its own."""

    establishment: UUID
    at: datetime

    def next(self, name: str) -> Sent:
        """Give what an action must know of a change, by the name that it has here."""
        return Sent(uuid5(self.establishment, name), self.establishment, self.at)


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody held, as registered: with those who visit them, in the order in which they were drawn."""

    drawn: Inside
    person: UUID
    contacts: tuple[UUID, ...]

    def party(self) -> tuple[PartyMember, ...]:
        """Give the approved of the list who come: one adult, and the children whom that adult answers for."""
        own = list(zip(self.contacts, self.drawn.visited_by, strict=True))
        for at, (contact, one) in enumerate(own):
            if one.status == APPROVED and one.relation != "child":
                children = [child for child, drawn in own if drawn.guarded_by == at]
                return tuple(PartyMember(member) for member in (contact, *children))
        return ()


def book_some(entered: Sequence[Entered], today: date, now: datetime, sent: Sends) -> None:
    """Book visits of some days, asked for by telephone a week ago; those that are over took place.

    An order that leaves something open puts one visit to come at risk.
    """
    draws = Random(SEED)  # noqa: S311 - nothing is kept secret with it
    coming = [one for one in entered if one.party()]
    chosen = draws.sample(coming, min(BOOKED, len(coming)))
    found = [_booked(one, today, draws, sent) for one in chosen]
    booked = [one for one in found if one is not None]
    for booking, starts, ends in booked:
        if ends <= now:
            _took_place(booking, starts, ends, sent)
    tomorrow = now + timedelta(days=1)
    later = (one for one, mine in zip(chosen, found, strict=True) if mine and mine[1] > tomorrow)
    for one in islice(later, 1):
        _order(one, today, replace(sent, at=now))


def _booked(one: Entered, today: date, draws: Random, sent: Sends) -> tuple[UUID, datetime, datetime] | None:
    """Book one visit on a day that is drawn; give the booking with its hours, if there is one."""
    party = one.party()
    on = today + timedelta(days=draws.choice(DAYS))
    shown = slots_shown(sent.establishment, one.person, party, on, on, asked_at=sent.at, by="staff")
    free = [slot for slot in shown if not slot.hindrances]
    if not free:
        return None
    slot, number = draws.choice(free), one.drawn.number
    asked = request_visit(
        VisitRequest(one.person, party, on, way="telephone"), sent.next(f"request {number}")
    )
    if asked.outcome != PERMIT:
        return None
    done = book_visit(VisitBooking(asked.request, slot.key, by="staff"), sent.next(f"booking {number}"))
    return (done.booking, slot.starts, slot.ends) if done.booking else None


def _took_place(booking: UUID, starts: datetime, ends: datetime, sent: Sends) -> None:
    """Let everybody of a party in, and the visit last as long as it was to."""
    seen = replace(sent, at=starts - timedelta(minutes=10))
    for contact in (one.contact for one in at_gate(sent.establishment, booking).coming):
        came = Arriving(booking, contact, identity="identity_card", search="PAT", facts=SEARCHED)
        record_arrival(came, seen.next(f"arrival {booking} {contact}"))
    start_visit(Starting(booking), replace(sent, at=starts).next(f"start {booking}"))
    end_visit(Ending(booking), replace(sent, at=ends).next(f"end {booking}"))


def _order(one: Entered, today: date, sent: Sends) -> None:
    """Enter an order of a court against one of those who come; whether a later one was made is not said."""
    facts = {"decider": "court", "signed_on": today.isoformat(), "covers_visits": "yes"}
    contact = one.party()[0].contact
    enter_paper(
        NewPaper(one.person, ORDER, contact=contact, facts=facts, since=today, source="order 26-0311"),
        sent.next("order"),
    )
