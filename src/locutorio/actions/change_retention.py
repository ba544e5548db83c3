"""Goes by a class of retention from now on, for so many days by a paper of the establishment, or no more."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.retention import PERSON_FILE, named
from locutorio.actions.two_people import (
    Arguments,
    FourEyes,
    Line,
    Shown,
    note_alone,
    refuse_alone,
    refuse_where_two_can,
)
from locutorio.kernel.faults import Fault
from locutorio.store import keeping
from locutorio.store.transaction import Answer, Sent, Transaction, perform

DAYS_MIN, DAYS_MAX = 30, 40_000


def change_retention(kept_class: str, days: int | None, source: str, sent: Sent) -> None:
    """Go by a class for so many days; without days, no more.

    Raises:
        Refused: they may not.
        NotByTwo: somebody's account asks alone.
        Fault: it is no class, nothing of that class is kept yet, or days or paper are missing.
    """
    authorize(sent.by, "change_retention", About(sent.establishment), at=sent.at)
    refuse_alone("change_retention", sent)
    refuse_where_two_can("change_retention", sent.establishment, sent.by)
    arguments = {"class": kept_class, "days": "" if days is None else str(days), "source": source}

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        return _run(tx, arguments, None)

    perform(sent.command("change_retention", arguments), work)


def _read(arguments: Arguments) -> tuple[str, int | None, str]:
    found = named(arguments.get("class", ""))
    if found.name != PERSON_FILE:
        raise Fault(
            f"nothing of the class {found.name} is kept here yet",
            remedy=f"the class that can be gone by is {PERSON_FILE}",
        )
    said, source = arguments.get("days", ""), arguments.get("source", "").strip()
    if not said:
        return found.name, None, source
    if not (said.isascii() and said.isdigit() and DAYS_MIN <= int(said) <= DAYS_MAX):
        raise Fault(
            f'"{said}" is no number of days', remedy=f"write one between {DAYS_MIN} and {DAYS_MAX}, in digits"
        )
    if not source:
        raise Fault(
            "no paper is named",
            why="how long records are kept is laid down, and nobody here may make it up",
            remedy="name the schedule of records or the order that says so, with its number and day",
        )
    return found.name, int(said), source


def _shown(establishment: UUID, arguments: Arguments) -> Shown:
    name, days, source = _read(arguments)
    before = keeping.adopted(establishment).get(name)
    return Shown(
        (
            Line("kept_class", name),
            Line("days_before", str(before.days) if before else ""),
            Line("days", "" if days is None else str(days)),
            Line("source", source),
        )
    )


def _run(tx: Transaction, arguments: Arguments, _: object) -> Answer:
    name, days, source = _read(arguments)
    keeping.adopt(tx, name, days, source)
    return {}


FOUR_EYES = FourEyes(
    "change_retention",
    takes=frozenset({"class", "days", "source"}),
    shown=_shown,
    run=_run,
)
