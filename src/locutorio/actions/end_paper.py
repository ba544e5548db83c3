"""Ends a paper: from a day on it does not hold any more. What is booked is decided again.

A paper is lifted, vacated or shortened by two people, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import deciding, shelf
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, changed, replay, touched
from locutorio.actions.telling_of_papers import Telling
from locutorio.actions.two_people import (
    Arguments,
    FourEyes,
    Line,
    Shown,
    identifier,
    note_alone,
    refuse_alone,
)
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.moments import day
from locutorio.store import changes, people
from locutorio.store.entered import PaperRow
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction

LIFTED, VACATED = HOW = ("lifted", "vacated")


def end_paper(paper: UUID, on: date, sent: Sent, how: str = LIFTED) -> Touched:
    """End a paper from a day on, and tell everybody whom that affects.

    Args:
        paper: which.
        on: the first day on which it does not hold any more.
        sent: by whom, and when.
        how: lifted, or vacated: set aside by whoever may.

    Raises:
        NotByTwo: somebody asks alone: they propose it, and another approves it.
        Fault: there is no such paper here, or it has ended on another day.
    """
    authorize(sent.by, "end_paper", About(sent.establishment, "paper", paper), at=sent.at)
    refuse_alone("end_paper", sent)
    row = changes.paper(sent.establishment, paper)

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        return end(tx, row, on, how)

    arguments = {"paper": paper, "on": on, "how": how}
    return touched(changed(sent, "end_paper", arguments, work, person=row.person))


def end(tx: Transaction, row: PaperRow, on: date, how: str = LIFTED) -> Answer:
    """End a paper in a transaction, decide again what is booked of its person, and tell whom it concerned.

    Args:
        tx: the change.
        row: the paper.
        on: the first day on which it does not hold any more.
        how: in which way it ends.

    Raises:
        Fault: it has ended on another day.
    """
    if how not in HOW:
        raise Fault(f'"{how}" is no way in which a paper ends', remedy=suggestion(how, HOW))
    hold_person(tx, row.person)
    ended_on = changes.paper(tx.establishment, row.id).ended_on
    if ended_on is not None and ended_on != on:
        raise Fault(
            f"this paper ended on {ended_on.isoformat()}",
            why="a paper ends once",
            remedy="enter a new paper if it holds again",
        )
    if ended_on is not None:
        return {"replayed": as_plain(replay(tx, [row.person]))}
    house = people.establishment(tx.establishment)
    first = max(on, deciding.local_day(house.zone, tx.at))
    telling = Telling(tx, row.person, [row.contact] if row.contact else [], first)
    changes.end_paper(tx, row.id, on, how)
    done = replay(tx, [row.person])
    telling.tell(changes.paper(tx.establishment, row.id), shelf.pack(house.law))
    return {"replayed": as_plain(done)}


def _shown(at: UUID, arguments: Arguments) -> Shown:
    row = changes.paper(at, identifier(arguments, "paper"))
    on = day(arguments.get("on", ""))
    return Shown((*lines(at, row, on), Line("ends_how", f"paper_{_how(arguments)}", "word")), row.person)


def _how(arguments: Arguments) -> str:
    return arguments.get("how") or LIFTED


def lines(at: UUID, row: PaperRow, on: date) -> Iterator[Line]:
    """Say which paper, about whom, all that it states, since when it is known, and what happens to it."""
    form = shelf.pack(people.establishment(at).law).forms.get(row.form)
    held = people.person(at, row.person)
    yield Line("person", f"{held.name}, {held.number}")
    yield Line("paper", form.title if form else row.form)
    if row.contact is not None:
        yield Line("contact", people.contact(at, row.contact).name)
    yield from (Line(f"instrument.{word}", str(value), "fact") for word, value in sorted(row.facts.items()))
    days = {"since": row.since, "until": row.until, "ended_on": row.ended_on}
    yield from (Line(name, found.isoformat(), "day") for name, found in days.items() if found is not None)
    if row.cited:
        yield Line("source", row.cited)
    yield Line("known_at", row.known_at.isoformat(), "moment")
    yield Line("ends_on", on.isoformat(), "day")


def _hold(tx: Transaction, arguments: Arguments, _ready: Any) -> None:
    hold_person(tx, changes.paper(tx.establishment, identifier(arguments, "paper")).person)


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    row = changes.paper(tx.establishment, identifier(arguments, "paper"))
    return end(tx, row, day(arguments.get("on", "")), _how(arguments))


FOUR_EYES = FourEyes(
    act="end_paper",
    takes=frozenset({"paper", "on", "how"}),
    shown=_shown,
    run=_run,
    hold=_hold,
)
