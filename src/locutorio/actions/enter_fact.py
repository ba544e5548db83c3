"""Enters a fact about a person, a contact, both, or the establishment. What is booked is decided again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions import shelf
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, changed, replay, touched
from locutorio.facts.case import UNKNOWN
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import changes, people, replaying
from locutorio.store.entered import KIND_OF_PAPER, read_entered
from locutorio.store.locks import hold_establishment, hold_person
from locutorio.store.transaction import Answer, Sent, Transaction

_ASKED = ("request.about", "request.on", "request.asked_on")


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact of the vocabulary, its value as a case file writes it; ``unknown`` is a value.

    With neither person nor contact it is about the establishment, and holds for everybody of whom nothing
    else is entered. The path ``instruments.KIND`` with ``unknown`` says that papers of that kind may exist
    that are not here; with ``known``, that all are. It holds from ``since`` up to, not including, ``until``.
    """

    path: str
    value: str
    person: UUID | None = None
    contact: UUID | None = None
    since: date | None = None
    until: date | None = None
    source: str = ""


def enter_fact(what: NewFact, sent: Sent) -> Touched:
    """Enter a fact, known from now on, and decide again what is booked of everyone it is about.

    Raises:
        Fault: it is no fact that can be entered, or with another one it contradicts itself.
    """
    authorize(sent.by, "enter_fact", About(sent.establishment, "person" if what.person else "", what.person))

    def work(tx: Transaction) -> Answer:
        _refuse_unusable(what, people.establishment(tx.establishment).law)
        reached = _hold(what, tx)
        columns = {name: getattr(what, name) for name in ("path", "value", "since", "until", "source")}
        changes.add_fact(tx, {**columns, "person_id": what.person, "contact_id": what.contact})
        return {"replayed": as_plain(replay(tx, reached))}

    return touched(changed(sent, "enter_fact", what, work, person=what.person))


def _hold(what: NewFact, tx: Transaction) -> list[UUID]:
    """Hold everyone of whom a decision may change, and give them."""
    if what.contact is not None:
        people.contact(tx.establishment, what.contact)
    if what.person is not None:
        hold_person(tx, what.person)
        return [what.person]
    if what.contact is not None:
        tx.about = what.contact
        return replaying.hold_with(tx, what.contact)
    hold_establishment(tx)
    return replaying.persons_booked(tx.establishment, tx.at)


def _refuse_unusable(what: NewFact, law: str) -> None:
    if what.since and what.until and what.until <= what.since:
        raise Fault("the fact ends before it begins", remedy="check the two days")
    if what.path.startswith(KIND_OF_PAPER):
        kinds = shelf.pack(law).kinds
        kind = what.path.removeprefix(KIND_OF_PAPER)
        if kind not in kinds:
            raise Fault(f'"{kind}" is no kind of paper of the law {law}', remedy=suggestion(kind, kinds))
        if what.value not in {UNKNOWN, "known"}:
            raise Fault(f'"{what.value}" does not say whether all are here', remedy="write known or unknown")
        return
    if what.path in _ASKED or what.path.startswith("instrument."):
        known = [path for path in vocabulary().facts if not path.startswith(("instrument.", "request."))]
        raise Fault(f"{what.path} is said elsewhere", remedy=suggestion(what.path, known))
    read_entered(what.path, what.value)
