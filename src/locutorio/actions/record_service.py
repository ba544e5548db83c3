"""Records what happened to a notice on its way: sent, delivered, acknowledged, returned, each with proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions import deciding
from locutorio.actions.authority import About, authorize, reading
from locutorio.actions.petitioning import refuse_unopened
from locutorio.actions.plain import as_plain
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.serving import FACTS, WAYS, Served
from locutorio.store import people, serving
from locutorio.store.actor import Actor
from locutorio.store.notices import NoticeRow
from locutorio.store.serving import Unreached
from locutorio.store.transaction import Answer, Sent, Transaction, perform

PROOF_MAX = 200


@dataclass(frozen=True, slots=True)
class Serving:
    """What happened to a notice, on a day of the establishment's calendar.

    ``fact`` is sent, delivered, acknowledged or returned; ``way`` is hand, post, registered or electronic;
    ``proof`` is what shows it: a number, who signed, what the envelope says.
    """

    notice: UUID
    fact: str
    way: str
    on: date
    proof: str


class NotServed(Fault):
    """It was not recorded; ``name`` tells why in one word: value, proof, before, or future."""

    def __init__(self, name: str, what: str, remedy: str) -> None:
        super().__init__(what, remedy=remedy)
        self.name = name


def record_service(what: Serving, sent: Sent) -> UUID:
    """Record one thing that happened. It stays: what turns out otherwise is recorded beside it.

    Raises:
        Refused: they may not, or there is no such notice here.
        NotServed: it is none that is recorded, has no proof, or did not happen between the notice and today.
    """
    authorize(sent.by, "record_service", About(sent.establishment, "notice", what.notice))
    for value, known in ((what.fact, FACTS), (what.way, WAYS)):
        if value not in known:
            raise NotServed("value", f'"{value}" is nothing that is recorded', suggestion(value, known))
    if not 0 < len(what.proof.strip()) <= PROOF_MAX:
        raise NotServed("proof", "nothing shows that it happened", "write the number, or who signed")

    def work(tx: Transaction) -> Answer:
        one, _ = serving.served(tx.establishment, what.notice)
        zone = people.establishment(tx.establishment).zone
        if what.on < deciding.local_day(zone, one.at):
            raise NotServed("before", "the notice was not written yet on that day", "check the day")
        if what.on > deciding.local_day(zone, tx.at):
            raise NotServed("future", "that day is still to come", "record it when it has happened")
        tx.about = one.person or one.contact
        kept = serving.keep(tx, one, Served(what.fact, what.way, what.on, what.proof.strip()))
        return {"service": str(kept)}

    command = sent.command("record_service", as_plain(what))
    return UUID(perform(command, work)["service"])


def service_shown(by: Actor, at: UUID, notice: UUID) -> tuple[NoticeRow, tuple[Served, ...]]:
    """Give a notice, and what happened to it on its way, in the order in which that became known.

    Raises:
        Refused: there is none here, or it was sent to somebody else.
    """
    with reading(by, "read_service", About(at, "notice", notice)):
        found = serving.served(at, notice)
        refuse_unopened(by, found[0])
        return found


def unreached_shown(by: Actor, at: UUID) -> tuple[list[Unreached], bool]:
    """Give the notices that nobody has read or been given, the oldest first; tell whether there are more.

    Raises:
        Refused: it is not theirs to see.
    """
    with reading(by, "read_unreached", About(at)):
        return serving.unreached(at)
