"""Orders that all about a person is erased. Two people do it.

It is erased the next time that what is due is erased, unless a hold is placed meanwhile; and with it the
contacts who stand in no other file.
"""

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
from locutorio.kernel.faults import Fault
from locutorio.store import disclosing, erasing, people
from locutorio.store.erasing import PERSON
from locutorio.store.people import PersonRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

GROUND_MAX = 150


def order_erasure(person: UUID, ground: str, sent: Sent) -> None:
    """Order it.

    Args:
        person: of whom.
        ground: the rule or paper by which it is done. It is kept for ever, so it names nobody.
        sent: by whom.

    Raises:
        Refused: they may not.
        NotByTwo: somebody's account asks alone.
        Fault: they are not here, a hold forbids it, it was ordered already, or there is no ground.
    """
    authorize(sent.by, "order_erasure", About(sent.establishment, "person", person), at=sent.at)
    refuse_alone("order_erasure", sent)
    arguments = {"person": str(person), "ground": ground}

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        return _run(tx, arguments, None)

    perform(sent.command("order_erasure", arguments, person=person), work)


def _read(establishment: UUID, arguments: Arguments) -> tuple[PersonRow, str]:
    ground = arguments.get("ground", "").strip()
    if not ground or len(ground) > GROUND_MAX:
        raise Fault(
            f"the ground has no words, or more than {GROUND_MAX} characters",
            remedy="name the rule or the paper, with its number and day, and nobody's name",
        )
    found = people.person(establishment, identifier(arguments, "person"))
    if erasing.is_held(establishment, found.id):
        raise Fault(
            "a legal hold forbids that anything about them is erased",
            why="a court or an inquiry may need it",
            remedy="look at the list of holds; two people can end one that is over",
        )
    return found, ground


def _shown(establishment: UUID, arguments: Arguments) -> Shown:
    found, ground = _read(establishment, arguments)
    lines = [Line("number", found.number), Line("name", found.name), Line("ground", ground)]
    if copies := _copies(establishment, found.id):
        lines.append(Line("copies", copies))
    return Shown(tuple(lines), found.id)


def _copies(establishment: UUID, person: UUID) -> str:
    """Give who was given the whole file, and when: no erasure reaches that, or tells it afterwards."""
    told = disclosing.exports(establishment, person)
    return "; ".join(f"{one.to}, {one.at:%Y-%m-%d}" for one in told)


def _run(tx: Transaction, arguments: Arguments, _: object) -> Answer:
    found, ground = _read(tx.establishment, arguments)
    tx.about = found.id
    erasing.order(tx, found.id, PERSON, f"by hand: {ground}")
    return {}


FOUR_EYES = FourEyes(
    "order_erasure",
    takes=frozenset({"person", "ground"}),
    shown=_shown,
    run=_run,
)
