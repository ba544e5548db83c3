"""Registers a number that nobody listens to: of counsel, a court, a consulate, an ombudsman, or a free line.

Two people do it. From then on calls with it go by the private line alone; one that is monitored at that
moment ends, and what was recorded with it before is sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.telephones import read_telephone
from locutorio.actions.seal_recordings import sealed_now
from locutorio.actions.two_people import (
    Arguments,
    FourEyes,
    Line,
    Shown,
    day_or_none,
    note_alone,
    refuse_alone,
    refuse_where_two_can,
)
from locutorio.kernel.faults import Fault, suggestion
from locutorio.record.register import KINDS, SHORT_KINDS, RegisterLine
from locutorio.record.unproved import Unproved
from locutorio.store import calls, people, privileged
from locutorio.store.locks import hold_establishment
from locutorio.store.transaction import Answer, Sent, Transaction, perform

SHORT_LENGTH_MAX = 6


class NotRegistered(Fault):
    """A number cannot be registered. ``name`` says why, ``values`` fill the sentence of a page."""

    def __init__(self, name: str, what: str, *, why: str = "", remedy: str = "", **values: str) -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.name = name
        self.values = values


@dataclass(frozen=True, slots=True)
class NewPrivileged:
    """A number as it is written or dialled here, of which kind, and whose it is.

    ``kind`` is one of `record.register.KINDS`. It stands from ``since`` up to, not including, ``until``.
    """

    number: str
    kind: str
    name: str
    since: date | None = None
    until: date | None = None


def enter_privileged(what: NewPrivileged, sent: Sent) -> UUID:
    """Register a number.

    Raises:
        NotByTwo: somebody asks alone, or the program where two people can: one proposes it, another approves.
        NotRegistered: it is no number, of no kind, registered already, or known as that of family or friends.
    """
    authorize(sent.by, "enter_privileged", About(sent.establishment), at=sent.at)
    refuse_alone("enter_privileged", sent)
    refuse_where_two_can("enter_privileged", sent.establishment, sent.by)
    arguments = {
        "number": what.number,
        "kind": what.kind,
        "name": what.name,
        "since": what.since.isoformat() if what.since else "",
        "until": what.until.isoformat() if what.until else "",
    }

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        hold_establishment(tx)
        return _run(tx, arguments, None)

    return UUID(perform(sent.command("enter_privileged", arguments), work)["privileged"])


def number_of(at: UUID, said: str, kind: str) -> str:
    """Give a number as the register writes it: E.164, or a short one of a line that may have one.

    Raises:
        NotRegistered: it is no number.
    """
    digits = said.strip()
    if kind in SHORT_KINDS and digits.isdecimal() and digits.isascii() and len(digits) <= SHORT_LENGTH_MAX:
        return digits
    region = calls.settings(people.establishment(at)).region
    try:
        read = read_telephone(said, region)
    except Unread:
        raise NotRegistered(
            "number",
            "this is no telephone number that can be dialled",
            why=f"numbers are read as they are dialled from {region}",
            remedy="write it with + and the code of its country",
            region=region,
        ) from None
    if read.extension:
        raise NotRegistered(
            "extension",
            "a registered number has no extension",
            why="the telephone knows a call by the number alone",
            remedy="register the number without it, if all of it is theirs",
        )
    return read.number


def _read(at: UUID, arguments: Arguments) -> NewPrivileged:
    kind, name = arguments.get("kind", ""), " ".join(arguments.get("name", "").split())
    if kind not in KINDS:
        raise NotRegistered(
            "kind", f'"{kind}" is no kind of registered number', remedy=suggestion(kind, KINDS)
        )
    what = NewPrivileged(
        number_of(at, arguments.get("number", ""), kind),
        kind,
        name,
        day_or_none(arguments, "since"),
        day_or_none(arguments, "until"),
    )
    try:
        RegisterLine(what.number, kind, name)
    except Unproved as error:
        remedy = "write whose number it is, on one line"
        raise NotRegistered("name", error.what, why=error.why, remedy=remedy) from error
    if what.since is not None and what.until is not None and what.until <= what.since:
        raise NotRegistered("days", "it would end before it begins", remedy="check both days")
    _refuse_contradicted(at, what)
    return what


def _refuse_contradicted(at: UUID, what: NewPrivileged) -> None:
    """Refuse a number of which something else is known here."""
    before = next((row for row in privileged.entered(at) if row.number == what.number), None)
    if before is not None:
        raise NotRegistered(
            "already",
            f"{what.number} is registered already, as {before.kind}: {before.name}",
            why="a number is of one kind, and one holder",
            remedy="end that first, if it is wrong",
            number=what.number,
            holder=before.name,
        )
    family = privileged.family_of(at, what.number)
    if family:
        names = ", ".join(one.name for one in family)
        raise NotRegistered(
            "family",
            f"{what.number} is on a list as the number of family or friends: {names}",
            why="nobody would hear what is said with them any more, whoever answers",
            remedy="find out whose it is; take it off that list first, if it is not theirs",
            number=what.number,
            names=names,
        )


def _shown(at: UUID, arguments: Arguments) -> Shown:
    return Shown(tuple(_lines(_read(at, arguments))))


def _lines(what: NewPrivileged) -> Iterator[Line]:
    yield Line("privileged_number", what.number)
    yield Line("privileged_kind", f"privileged_{what.kind}", "word")
    yield Line("privileged_name", what.name)
    days = {"since": what.since, "until": what.until}
    yield from (Line(name, found.isoformat(), "day") for name, found in days.items() if found is not None)


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    what = _read(tx.establishment, arguments)
    columns = {one.name: getattr(what, one.name) for one in fields(NewPrivileged)}
    made = privileged.add(tx, columns)
    silenced = privileged.silence(tx, what.number, f"registered as {what.kind}")
    sealed = sealed_now(tx)
    return {
        "privileged": str(made),
        "number": what.number,
        "silenced": silenced,
        "sealed": [str(one) for one in sealed],
    }


FOUR_EYES = FourEyes(
    act="enter_privileged",
    takes=frozenset(one.name for one in fields(NewPrivileged)),
    shown=_shown,
    run=_run,
    hold=lambda tx, _arguments, _ready: hold_establishment(tx),
)
