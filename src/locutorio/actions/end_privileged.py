"""Ends the registration of a number, so that calls with it are decided like any other. Two people do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.two_people import (
    Arguments,
    FourEyes,
    Line,
    Shown,
    identifier,
    note_alone,
    refuse_alone,
    refuse_where_two_can,
)
from locutorio.kernel.faults import Fault
from locutorio.store import privileged
from locutorio.store.locks import hold_establishment
from locutorio.store.privileged import PrivilegedRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

WHY_MAX = 200


def end_privileged(number: UUID, why: str, sent: Sent) -> None:
    """End a registered number. What is sealed because of it stays sealed.

    Raises:
        NotByTwo: somebody asks alone, or the program where two people can: one proposes it, another approves.
        Fault: it is not registered here, or nobody said why.
    """
    authorize(sent.by, "end_privileged", About(sent.establishment), at=sent.at)
    refuse_alone("end_privileged", sent)
    refuse_where_two_can("end_privileged", sent.establishment, sent.by)
    arguments = {"privileged": str(number), "ground": why}

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        hold_establishment(tx)
        return _run(tx, arguments, None)

    perform(sent.command("end_privileged", arguments), work)


def _read(at: UUID, arguments: Arguments) -> tuple[PrivilegedRow, str]:
    ground = arguments.get("ground", "").strip()
    if not 0 < len(ground) <= WHY_MAX:
        raise Fault(
            "nobody said why this number is to be monitored like any other again",
            remedy=f"write the reason, in at most {WHY_MAX} characters",
        )
    return privileged.one(at, identifier(arguments, "privileged")), ground


def _shown(at: UUID, arguments: Arguments) -> Shown:
    return Shown(tuple(_lines(*_read(at, arguments))))


def _lines(row: PrivilegedRow, ground: str) -> Iterator[Line]:
    yield Line("privileged_number", row.number)
    yield Line("privileged_kind", f"privileged_{row.kind}", "word")
    yield Line("privileged_name", row.name)
    yield Line("known_at", row.known_at.isoformat(), "moment")
    yield Line("ground", ground)


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    row, _ = _read(tx.establishment, arguments)
    privileged.end(tx, row.id)
    return {"privileged": str(row.id), "number": row.number}


FOUR_EYES = FourEyes(
    act="end_privileged",
    takes=frozenset({"privileged", "ground"}),
    shown=_shown,
    run=_run,
    hold=lambda tx, _arguments, _ready: hold_establishment(tx),
)
