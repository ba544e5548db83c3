"""Enters a paper about a person: an order, a sanction, a suspension. What is booked is decided again.

A paper that binds others, as its kind says, is entered by two people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import answer_lead, deciding, shelf
from locutorio.actions.authority import About, authorize
from locutorio.actions.new_paper import (
    EXTENDS,
    TAKES,
    NewPaper,
    form_of,
    lines,
    read_paper,
    standing,
    stated,
)
from locutorio.actions.paper_checks import refuse_unproven, refuse_unusable
from locutorio.actions.paper_document import lines_of_file, refuse_unconfirmed
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, changed, replay, touched
from locutorio.actions.telling_of_papers import Telling
from locutorio.actions.two_people import Arguments, FourEyes, Shown, note_alone, refuse_alone
from locutorio.facts.case import PAPERS_MAX
from locutorio.kernel.faults import Fault
from locutorio.rules.provision import Pack
from locutorio.store import changes, documents, people
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction

__all__ = ["FOUR_EYES", "NewPaper", "PaperEntered", "enter_paper"]

ENDED = {"supersedes": "superseded", "vacates": "vacated"}


@dataclass(frozen=True, slots=True)
class PaperEntered:
    """What it is on the day (or its first day): stands, defective, void, …; waits, where it awaits an event.

    ``standing`` is None where that is not known.
    """

    paper: UUID
    standing: str | None
    touched: Touched


def enter_paper(what: NewPaper, sent: Sent) -> PaperEntered:
    """Enter a paper, decide again what is booked of the person, and tell everybody whom it affects.

    Raises:
        NotByTwo: it binds others, and somebody enters it alone: they propose it, and another approves it.
        NotEntered: it says no day or two things, or was entered before.
        Fault: the law has no such form, the form does not state that, or a value cannot be read.
    """
    authorize(sent.by, "enter_paper", About(sent.establishment, "person", what.person))

    def work(tx: Transaction) -> Answer:
        if by_two(what, _law(tx.establishment)):
            refuse_alone("enter_paper", sent)
            note_alone(tx)
        return _work(what, tx)

    done = changed(sent, "enter_paper", what, work, person=what.person)
    return PaperEntered(UUID(done["paper"]), done["standing"], touched(done))


def by_two(what: NewPaper, law: Pack) -> bool:
    """Tell whether two people enter a paper, as its kind says.

    Raises:
        Fault: the law has no such form.
    """
    return law.kinds[form_of(what, law).kind].by_two


def _work(what: NewPaper, tx: Transaction) -> dict[str, Any]:
    hold_person(tx, what.person)
    house, law = people.establishment(tx.establishment), _law(tx.establishment)
    if what.contact is not None:
        people.contact(tx.establishment, what.contact)
    facts, today = stated(what, law), deciding.local_day(house.zone, tx.at)
    if tx.command.actor is not None and by_two(what, law):
        refuse_unproven(what, facts, law)
        refuse_unconfirmed(what, tx.establishment)
    refuse_unusable(what, facts, law, tx.establishment, today)
    _refuse_too_many(tx, what.person, today)
    first = max(today, what.since or today)
    telling = Telling(tx, what.person, _reached(what, tx), first)
    row = changes.add_paper(tx, {**what.columns, "facts": facts})
    if what.document is not None:
        documents.attach(tx, what.document, paper=row.id)
    if what.lead is not None:
        answer_lead.close(tx, what.lead, row.id)
    if what.earlier is not None and what.earlier_how != EXTENDS:
        changes.end_paper(tx, what.earlier, what.since or today, ENDED[what.earlier_how])
    found = standing(row, law.name, first)
    done = replay(tx, [what.person])
    telling.tell(row, law)
    return {"paper": str(row.id), "standing": found, "replayed": as_plain(done)}


def _reached(what: NewPaper, tx: Transaction) -> frozenset[UUID]:
    """Give the contacts whom a paper, and the one that it ends, are about; none where that is everybody."""
    about = [what.contact]
    if what.earlier is not None:
        about.append(changes.paper(tx.establishment, what.earlier).contact)
    named = frozenset(one for one in about if one is not None)
    return named if len(about) == len([one for one in about if one is not None]) else frozenset()


def _law(at: UUID) -> Pack:
    return shelf.pack(people.establishment(at).law)


def _refuse_too_many(tx: Transaction, person: UUID, today: date) -> None:
    ends = (row.holds_until for row in changes.papers_of(tx.establishment, person))
    if sum(until is None or until > today for until in ends) >= PAPERS_MAX:
        raise Fault(
            f"this person has {PAPERS_MAX} papers in force, and a case holds no more",
            remedy="end those that do not hold any more, then enter this one",
        )


def _shown(at: UUID, arguments: Arguments) -> Shown:
    what, law = read_paper(arguments), _law(at)
    if by_two(what, law):
        refuse_unproven(what, stated(what, law), law)
    return Shown((*lines(at, what), *lines_of_file(what, at)), what.person)


def _hold(tx: Transaction, arguments: Arguments, _ready: Any) -> None:
    hold_person(tx, read_paper(arguments).person)


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    return _work(read_paper(arguments), tx)


FOUR_EYES = FourEyes(
    act="enter_paper",
    takes=TAKES,
    shown=_shown,
    run=_run,
    hold=_hold,
)
