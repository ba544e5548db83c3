"""Notes that a person leaves for another establishment. What is booked from that day on is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import (
    Replayed,
    Touched,
    by_the_house,
    changed,
    each_person,
    note,
    same,
    touched,
)
from locutorio.notices.withdrawn import MOVED
from locutorio.store import people, replaying
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves, and on which day. ``where_to_ask`` is what families are told: empty for nothing."""

    person: UUID
    on: date
    where_to_ask: str = ""


def transfer_person(what: Leaving, sent: Sent) -> Touched:
    """Note a transfer; everyone whose visit is withdrawn is told so, and where to ask.

    Raises:
        Fault: there is no such person here.
    """
    authorize(sent.by, "transfer_person", About(sent.establishment, "person", what.person))
    return leave(what, sent, "transfer_person", MOVED)


def leave(what: Leaving, sent: Sent, action: str, why: str) -> Touched:
    """Note that a person is not here from a day on, and withdraw what is booked from then."""

    def work(tx: Transaction) -> Answer:
        hold_person(tx, what.person)
        people.keep_person(tx, what.person, {"left_on": what.on})
        replaying.end_waiting(tx, what.person, what.on)
        done = Replayed()
        for known, standing in each_person(tx, [what.person]):
            for one in standing:
                done.looked_at += 1
                if one.on >= what.on:
                    by_the_house(tx, known, one, why, done, ground=same(what.where_to_ask))
        note(tx, done)
        return {"replayed": as_plain(done)}

    return touched(changed(sent, action, what, work, person=what.person))
