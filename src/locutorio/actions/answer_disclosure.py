"""Answers whoever asks what the records hold, in the same words whether or not there is something to hide.

What may be told and is told stands in the accounting of disclosures of the person whom it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import answer, shelf
from locutorio.actions.authority import About, authorize, reading
from locutorio.actions.deciding import local_day
from locutorio.actions.disclose import refuse_unsaid
from locutorio.actions.plain import as_plain
from locutorio.decisions.decision import Outcome
from locutorio.facts.case import UNKNOWN, Case, Dated
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import LANGUAGES, Value, vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.moments import years_between
from locutorio.notices.compose import compose
from locutorio.notices.kept import as_kept, as_letter
from locutorio.notices.letter import Letter
from locutorio.store import changes, people
from locutorio.store.actor import Actor
from locutorio.store.disclosing import ANSWER
from locutorio.store.entered import read_entered
from locutorio.store.people import EstablishmentRow, PersonRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

ABOUT = "disclosure"
ASKER, ITEM, GROUND = "disclosure.asker", "disclosure.item", "disclosure.ground"
MARKED, FOUND = "person.file_confidential", "disclosure.record_found"
_ASKED = {"asker": ASKER, "item": ITEM, "ground": GROUND}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for what, about whom, on which ground, and what else matters to the law.

    ``to`` names whoever asks; ``number`` is the register number that they give, which may be nobody's, or
    empty where they ask about no one person. ``facts`` are further facts, as a case file writes them.
    """

    to: str
    asker: str
    item: str
    ground: str
    number: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    lang: str = LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class Answered:
    """The letter for whoever asks, and what may be told of what is held here: empty where nothing may."""

    outcome: str
    letter: Letter
    tells: str


def matters(by: Actor, at: UUID, on: date) -> tuple[str, ...]:
    """Give the further facts that can matter to such a question here on a day, in the vocabulary's order."""
    with reading(by, "answer_disclosure", About(at)):
        return _matters(people.establishment(at).law, on)


def _matters(law: str, on: date) -> tuple[str, ...]:
    reach = shelf.shelf(law).on(on).reach_of_contact(ABOUT)
    known = vocabulary().facts
    asked = {*_ASKED.values(), "request.about", "request.on", "request.asked_on"}
    return tuple(path for path in known if path in reach and path not in asked and not known[path].veiled)


def answer_disclosure(what: Asking, sent: Sent) -> Answered:
    """Answer a request, and account for what is told.

    Nobody can tell from the answer a file that is marked confidential from one that is not there; whoever
    answers cannot either. A file of which nobody knows whether it is marked counts as marked.

    Raises:
        Fault: something of it is not said, or cannot be read.
    """
    authorize(sent.by, "answer_disclosure", About(sent.establishment))
    house = people.establishment(sent.establishment)
    _refuse_unusable(what, house, local_day(house.zone, sent.at))
    person = people.person_of(sent.establishment, what.number) if what.number else None

    def work(tx: Transaction) -> Answer:
        today = local_day(house.zone, tx.at)
        decision = answer.answer(_case(what, house, person, tx, today))
        told = decision.outcome is Outcome.PERMIT and person is not None
        return {
            "outcome": decision.outcome.value,
            "letter": as_kept(compose(decision, what.lang)),
            "tells": _tells(what.item, person, house, today) if told else "",
        }

    done = perform(sent.command(ANSWER, as_plain(what), person=person.id if person else None), work)
    return Answered(done["outcome"], as_letter(done["letter"]), done["tells"])


def _refuse_unusable(what: Asking, house: EstablishmentRow, on: date) -> None:
    refuse_unsaid(what.to)
    if what.lang not in LANGUAGES:
        raise Fault(f'"{what.lang}" is no language of answers', remedy=suggestion(what.lang, LANGUAGES))
    for word, path in _ASKED.items():
        known = vocabulary().facts[path].values
        if getattr(what, word) not in known:
            said = getattr(what, word)
            raise Fault(f'"{said}" is nothing that can be asked', remedy=suggestion(said, known))
    more = _matters(house.law, on)
    for path, value in what.facts.items():
        if path not in more:
            raise Fault(f"{path} does not matter here", remedy=suggestion(path, more))
        read_entered(path, value)


def _case(
    what: Asking, house: EstablishmentRow, person: PersonRow | None, tx: Transaction, today: date
) -> Case:
    said: dict[str, Value | None] = {path: read_entered(path, value) for path, value in what.facts.items()}
    said |= {path: getattr(what, word) for word, path in _ASKED.items()}
    said[FOUND] = person is not None
    said[MARKED] = person is not None and _is_marked(tx.establishment, person.id, today)
    law = shelf.pack(house.law)
    reach = shelf.shelf(house.law).on(today).reach_of_contact(ABOUT)
    return Case(
        law=house.law,
        question=Question("contact", today, ABOUT, today),
        facts={path: (Dated(value),) for path, value in sorted(said.items()) if path in reach},
        papers=(),
        complete=frozenset(law.kinds),
    )


def _is_marked(at: UUID, person: UUID, today: date) -> bool:
    """Tell whether a file is marked confidential: what nobody entered is not; what is not known counts as."""
    entered = changes.fact_on(at, person, MARKED, today)
    return entered is not None and (entered == UNKNOWN or read_entered(MARKED, entered) is True)


def is_confidential(by: Actor, at: UUID, person: UUID, on: date) -> bool:
    """Tell those who note what is given out whether a file counts as confidential on a day.

    Raises:
        Refused: there is no such person here, or it is not theirs.
    """
    with reading(by, "disclose", About(at, "person", person)):
        return _is_marked(at, person, on)


def _tells(item: str, person: PersonRow | None, house: EstablishmentRow, today: date) -> str:
    """Give what is held here of what was asked for, as it is read out."""
    if person is None:
        return ""
    held: dict[str, Any] = {
        "name": person.name,
        "register_number": person.number,
        "place": house.name,
        "age": str(years_between(person.born_on, today)) if person.born_on else "",
    }
    return str(held.get(item, ""))
