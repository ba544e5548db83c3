"""Notes that something about a person was given to somebody: what, to whom, and on which ground."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.acts import acts
from locutorio.actions.authority import About, authorize, reading
from locutorio.actions.plain import as_plain
from locutorio.kernel.faults import Fault
from locutorio.store import disclosing, people
from locutorio.store.actor import Actor
from locutorio.store.disclosing import Disclosed
from locutorio.store.transaction import Answer, Sent, Transaction, perform

WORDS_MAX = 500


@dataclass(frozen=True, slots=True)
class Disclosing:
    """What is given out about a person, to whom, on which ground: a rule, an order, the person's own yes."""

    person: UUID
    to: str
    what: str
    ground: str


def disclose(what: Disclosing, sent: Sent) -> None:
    """Note it before it is given.

    Raises:
        Refused: they may not.
        Fault: there is no such person here, or something of it is not said.
    """
    authorize(sent.by, "disclose", About(sent.establishment, "person", what.person))
    refuse_unsaid(what.to, what.what, what.ground)

    def work(tx: Transaction) -> Answer:
        people.person(tx.establishment, what.person)
        return {}

    perform(sent.command("disclose", as_plain(what), person=what.person), work)


def refuse_unsaid(*said: str) -> None:
    """Refuse what is given out without a word of it.

    Raises:
        Fault: something of it is not said, or at too great a length.
    """
    if any(not one.strip() or len(one) > WORDS_MAX for one in said):
        raise Fault(
            "what is given out is not said, or not to whom, or on which ground",
            why="whoever it is about can ask who was told what about them, and why",
            remedy=f"say each of it in up to {WORDS_MAX} characters",
        )


def disclosures_shown(by: Actor, at: UUID, person: UUID) -> list[Disclosed]:
    """Give who was told what about a person, the latest first.

    Raises:
        Refused: it is not theirs to read.
    """
    with reading(by, "read_disclosures", About(at, "person", person)):
        readings = [act.name for act in acts().values() if act.protected]
        return disclosing.disclosures(at, person, readings)
