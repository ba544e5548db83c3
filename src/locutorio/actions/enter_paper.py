"""Enters a paper about a person: an order, a sanction, a suspension. What is booked is decided again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import answer, deciding, shelf
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, changed, replay, touched
from locutorio.facts.case import PAPERS_MAX, Case
from locutorio.facts.snapshot import Question
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import changes, people
from locutorio.store.entered import PaperRow, case_paper, read_entered
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Sent, Transaction

NAMES_CONTACT = "names_contact"


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper by a form of the establishment's law; about one contact, or about all where there is none.

    ``facts`` holds what it states, by the form's parameters, each value as a case file writes it. Whether it
    names the contact follows from ``contact``. It holds from ``since`` up to, not including, ``until``.
    """

    person: UUID
    form: str
    contact: UUID | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PaperEntered:
    """What it is on the day (or its first day): stands, defective, void, …; None where that is not known."""

    paper: UUID
    standing: str | None
    touched: Touched


def enter_paper(what: NewPaper, sent: Sent) -> PaperEntered:
    """Enter a paper, and decide again what is booked of the person.

    Raises:
        Fault: the law has no such form, the form does not state that, or a value cannot be read.
    """
    authorize(sent.by, "enter_paper", About(sent.establishment, "person", what.person))
    done = changed(sent, "enter_paper", what, lambda tx: _work(what, tx), person=what.person)
    return PaperEntered(UUID(done["paper"]), done["standing"], touched(done))


def _work(what: NewPaper, tx: Transaction) -> dict[str, Any]:
    hold_person(tx, what.person)
    house = people.establishment(tx.establishment)
    if what.contact is not None:
        people.contact(tx.establishment, what.contact)
    facts = _stated(what, house.law)
    today = deciding.local_day(house.zone, tx.at)
    _refuse_too_many(tx, what.person, today)
    columns = {name: getattr(what, name) for name in ("form", "since", "until", "source")}
    row = changes.add_paper(
        tx, {**columns, "person_id": what.person, "contact_id": what.contact, "facts": facts}
    )
    standing = _standing(row, house.law, max(today, what.since or today))
    return {"paper": str(row.id), "standing": standing, "replayed": as_plain(replay(tx, [what.person]))}


def _stated(what: NewPaper, law: str) -> dict[str, str]:
    """Give what the paper states, all of which its form can state and the vocabulary can read."""
    forms = shelf.pack(law).forms
    if what.form not in forms:
        raise Fault(f'the law {law} has no form "{what.form}"', remedy=suggestion(what.form, forms))
    known = forms[what.form].parameters
    facts = dict(what.facts)
    if NAMES_CONTACT in known:
        facts[NAMES_CONTACT] = "no" if what.contact is None else "yes"
    for word, value in facts.items():
        if word not in known:
            raise Fault(
                f'a paper of the form {what.form} does not state "{word}"', remedy=suggestion(word, known)
            )
        read_entered(f"instrument.{word}", value)
    if what.since and what.until and what.until <= what.since:
        raise Fault(
            "the paper ends before it begins",
            why="its end is the first day on which it does not hold any more",
            remedy="check the two days",
        )
    return facts


def _refuse_too_many(tx: Transaction, person: UUID, today: date) -> None:
    papers = changes.papers_of(tx.establishment, person)
    ends = ([day for day in (row.until, row.ended_on) if day is not None] for row in papers)
    if sum(not days or min(days) > today for days in ends) >= PAPERS_MAX:
        raise Fault(
            f"this person has {PAPERS_MAX} papers in force, and a case holds no more",
            remedy="end those that do not hold any more, then enter this one",
        )


def _standing(row: PaperRow, law: str, on: date) -> str | None:
    """Judge the paper itself, so that whoever enters it learns at once that it is defective."""
    question = Question("instrument", on, subject=row.name)
    found = answer.answer(Case(law, question, {}, (case_paper(row, row.until),), None))
    return found.outcome.value if found.firm else None
