"""Notes that a person leaves for another establishment. What is booked from that day on is withdrawn.

It takes two people, as a release does: whoever is noted to have left can be visited no more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
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
from locutorio.actions.two_people import (
    Arguments,
    FourEyes,
    Line,
    Shown,
    identifier,
    note_alone,
    refuse_alone,
)
from locutorio.kernel.moments import day
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
        NotByTwo: somebody asks alone: they propose it, and another approves it.
        Fault: there is no such person here.
    """
    authorize(sent.by, "transfer_person", About(sent.establishment, "person", what.person), at=sent.at)
    return leave(what, sent, "transfer_person", MOVED)


def leave(what: Leaving, sent: Sent, action: str, why: str) -> Touched:
    """Note that a person is not here from a day on, and withdraw what is booked from then.

    Raises:
        NotByTwo: somebody asks alone.
    """
    refuse_alone(action, sent)

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        return _leave(tx, what, why)

    return touched(changed(sent, action, what, work, person=what.person))


def leaving_by_two(act: str, why: str) -> FourEyes:
    """Give leaving as an act that needs two people: a transfer or a release."""
    return FourEyes(
        act=act,
        takes=frozenset(field.name for field in fields(Leaving)),
        shown=_shown,
        run=lambda tx, arguments, _ready: _leave(tx, _read(arguments), why),
        hold=lambda tx, arguments, _ready: hold_person(tx, _read(arguments).person),
    )


def _leave(tx: Transaction, what: Leaving, why: str) -> Answer:
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


def _read(arguments: Arguments) -> Leaving:
    on, where = day(arguments.get("on", "")), arguments.get("where_to_ask", "")
    return Leaving(identifier(arguments, "person"), on, where)


def _shown(at: UUID, arguments: Arguments) -> Shown:
    what = _read(arguments)
    held = people.person(at, what.person)
    lines = [Line("person", f"{held.name}, {held.number}")]
    if held.left_on is not None:
        lines.append(Line("left_on", held.left_on.isoformat(), "day"))
    lines.append(Line("leaves_on", what.on.isoformat(), "day"))
    if what.where_to_ask:
        lines.append(Line("where_to_ask", what.where_to_ask))
    return Shown(tuple(lines), what.person)


FOUR_EYES = leaving_by_two("transfer_person", MOVED)
