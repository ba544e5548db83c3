"""Ends a hold: what it kept is erased again when its time comes. Two people do it."""

from __future__ import annotations

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
)
from locutorio.store import keeping, people
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def end_hold(hold: UUID, sent: Sent) -> None:
    """End a hold.

    Raises:
        Refused: they may not.
        NotByTwo: somebody's account asks alone.
        Fault: there is no such hold here that stands.
    """
    authorize(sent.by, "end_hold", About(sent.establishment), at=sent.at)
    refuse_alone("end_hold", sent)
    arguments = {"hold": str(hold)}

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        return _run(tx, arguments, None)

    perform(sent.command("end_hold", arguments), work)


def _shown(establishment: UUID, arguments: Arguments) -> Shown:
    found = keeping.hold(establishment, identifier(arguments, "hold"))
    whom = (
        people.person(establishment, found.person)
        if found.person
        else people.contact(establishment, found.contact)
        if found.contact
        else None
    )
    lines = (
        *((Line("number", whom.number), Line("name", whom.name)) if whom else ()),
        Line("why", found.why),
        Line("source", found.source),
        Line("known_at", found.known_at.isoformat(), "moment"),
    )
    return Shown(lines, found.person)


def _run(tx: Transaction, arguments: Arguments, _: object) -> Answer:
    found = keeping.hold(tx.establishment, identifier(arguments, "hold"))
    tx.about = tx.about or found.person or found.contact
    keeping.end(tx, found.id)
    return {}


FOUR_EYES = FourEyes(
    "end_hold",
    takes=frozenset({"hold"}),
    shown=_shown,
    run=_run,
)
