"""Enters that the event came for which a paper waits: from then on the paper holds. Two people do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import deciding, shelf
from locutorio.actions.authority import About, authorize
from locutorio.actions.new_paper import named
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
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.store import changes, people
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction


def enter_event(paper: UUID, on: date, sent: Sent) -> Touched:
    """Enter on which day the event came that a paper awaits, and tell everybody whom that affects.

    Raises:
        NotByTwo: somebody asks alone: they propose it, and another approves it.
        Fault: there is no such paper here, it awaits nothing (any more), or the day is still to come.
    """
    authorize(sent.by, "enter_event", About(sent.establishment, "paper", paper), at=sent.at)
    refuse_alone("enter_event", sent)
    row = changes.paper(sent.establishment, paper)

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        return _enter(tx, paper, on)

    return touched(changed(sent, "enter_event", {"paper": paper, "on": on}, work, person=row.person))


def _enter(tx: Transaction, paper: UUID, on: date) -> Answer:
    row = changes.paper(tx.establishment, paper)
    hold_person(tx, row.person)
    row = changes.paper(tx.establishment, paper)
    house = people.establishment(tx.establishment)
    today = deciding.local_day(house.zone, tx.at)
    if row.came_on == on:
        return {"replayed": as_plain(replay(tx, [row.person]))}
    if not row.waits or row.ended_on is not None:
        raise Fault(
            "this paper waits for no event",
            why="it holds already, or it has ended",
            remedy="open the paper to see what it is",
        )
    if on > today:
        raise Fault(
            f"{on.isoformat()} is still to come",
            why="an event is entered when it came",
            remedy="enter it on that day, if it comes",
        )
    telling = Telling(tx, row.person, [row.contact] if row.contact else [], max(today, row.since or today))
    changes.note_event(tx, paper, on)
    done = replay(tx, [row.person])
    telling.tell(changes.paper(tx.establishment, paper), shelf.pack(house.law))
    return {"replayed": as_plain(done)}


def _shown(at: UUID, arguments: Arguments) -> Shown:
    row = changes.paper(at, identifier(arguments, "paper"))
    return Shown(tuple(_lines(at, row.id, day(arguments.get("on", "")))), row.person)


def _lines(at: UUID, paper: UUID, on: date) -> Iterator[Line]:
    """Say which paper, about whom, for what it waits, and on which day that came."""
    row = changes.paper(at, paper)
    held = people.person(at, row.person)
    yield Line("person", f"{held.name}, {held.number}")
    yield Line("paper", named(row, shelf.pack(people.establishment(at).law)))
    if row.contact is not None:
        yield Line("contact", people.contact(at, row.contact).name)
    yield Line("paper_awaits", row.awaits)
    if row.came_on is not None:
        yield Line("paper_came_before", row.came_on.isoformat(), "day")
    yield Line("paper_came", on.isoformat(), "day")


def _hold(tx: Transaction, arguments: Arguments, _ready: Any) -> None:
    hold_person(tx, changes.paper(tx.establishment, identifier(arguments, "paper")).person)


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    return _enter(tx, identifier(arguments, "paper"), day(arguments.get("on", "")))


FOUR_EYES = FourEyes(
    act="enter_event",
    takes=frozenset({"paper", "on"}),
    shown=_shown,
    run=_run,
    hold=_hold,
)
