"""Ends a paper: from a day on it does not hold any more. What is booked is decided again.

An order is lifted or shortened by two people; one is enough to enter it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import shelf
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, changed, replay, touched
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
from locutorio.store.entered import PaperRow
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction


def end_paper(paper: UUID, on: date, sent: Sent) -> Touched:
    """End a paper from a day on.

    Raises:
        NotByTwo: somebody asks alone: they propose it, and another approves it.
        Fault: there is no such paper here, or it has ended on another day.
    """
    authorize(sent.by, "end_paper", About(sent.establishment, "paper", paper), at=sent.at)
    refuse_alone("end_paper", sent)
    row = changes.paper(sent.establishment, paper)

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        return _end(tx, row, on)

    arguments = {"paper": paper, "on": on}
    return touched(changed(sent, "end_paper", arguments, work, person=row.person))


def _end(tx: Transaction, row: PaperRow, on: date) -> Answer:
    hold_person(tx, row.person)
    ended_on = changes.paper(tx.establishment, row.id).ended_on
    if ended_on is not None and ended_on != on:
        raise Fault(
            f"this paper ended on {ended_on.isoformat()}",
            why="a paper ends once",
            remedy="enter a new paper if it holds again",
        )
    changes.end_paper(tx, row.id, on)
    return {"replayed": as_plain(replay(tx, [row.person]))}


def _shown(at: UUID, arguments: Arguments) -> Shown:
    row = changes.paper(at, identifier(arguments, "paper"))
    on = day(arguments.get("on", ""))
    return Shown(tuple(_lines(at, row, on)), row.person)


def _lines(at: UUID, row: PaperRow, on: date) -> Iterator[Line]:
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
    if row.source:
        yield Line("source", row.source)
    yield Line("known_at", row.known_at.isoformat(), "moment")
    yield Line("ends_on", on.isoformat(), "day")


def _hold(tx: Transaction, arguments: Arguments, _ready: Any) -> None:
    hold_person(tx, changes.paper(tx.establishment, identifier(arguments, "paper")).person)


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    row = changes.paper(tx.establishment, identifier(arguments, "paper"))
    return _end(tx, row, day(arguments.get("on", "")))


FOUR_EYES = FourEyes(
    act="end_paper",
    takes=frozenset({"paper", "on"}),
    shown=_shown,
    run=_run,
    hold=_hold,
)
