"""Says what became of a lead: the paper that a person entered for it, or why none is entered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.kernel.faults import Fault
from locutorio.store import changes, watching
from locutorio.store.transaction import Answer, Sent, Transaction, perform

WHY_MAX = 500


@dataclass(frozen=True, slots=True)
class Answering:
    """A lead, and either the paper that answers it or why there is none to enter."""

    lead: UUID
    paper: UUID | None = None
    why: str = ""


def answer_lead(what: Answering, sent: Sent) -> None:
    """Close a lead. If the court's entry says something else later, it is open again.

    Raises:
        Refused: they may not, or there is no such lead here.
        Fault: it is not open; not exactly one of paper and reason is given; the paper is about somebody else.
    """
    authorize(sent.by, "answer_lead", About(sent.establishment, "lead", what.lead))
    why = what.why.strip()
    if (what.paper is None) == (not why) or len(why) > WHY_MAX:
        raise Fault(
            "a lead is closed by a paper, or by a reason why none is entered",
            why="whoever asks later must see which",
            remedy=f"choose the paper that was entered, or write the reason in up to {WHY_MAX} characters",
        )
    person = watching.lead(sent.establishment, what.lead).person

    def work(tx: Transaction) -> Answer:
        close(tx, what.lead, what.paper, why)
        return {}

    perform(sent.command("answer_lead", as_plain(what), person=person), work)


def close(tx: Transaction, lead: UUID, paper: UUID | None, why: str = "") -> None:
    """Close a lead within the change of another action, such as the entering of its paper.

    Raises:
        Fault: it is not open, or the paper is about somebody else.
    """
    found = watching.lead(tx.establishment, lead)
    if paper is not None and changes.paper(tx.establishment, paper).person != found.person:
        raise Fault("this paper is about somebody else", remedy="choose a paper about this person")
    watching.close_lead(tx, lead, paper=paper, why=why)
