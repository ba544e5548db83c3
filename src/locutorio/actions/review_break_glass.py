"""Somebody else reviews what one officer did alone in an emergency, and says whether it was right."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.acts import roles_for
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.two_people import WORDS_MAX, NotByTwo, held_by, refuse_stale
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import break_glass as kept
from locutorio.store import proposals
from locutorio.store.break_glass import FINDINGS
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class Review:
    """``finding`` is right or wrong; ``review`` says why."""

    break_glass: UUID
    finding: str
    review: str


def review_break_glass(what: Review, sent: Sent) -> None:
    """Review an emergency measure, once. It is due within 24 hours; later it can still be done.

    Raises:
        NotByTwo: this account may not, or is held by who did it; or it was reviewed before.
        NotFresh: whoever reviews showed too long ago who they are.
        Fault: nobody says why.
    """
    authorize(sent.by, "review_break_glass", About(sent.establishment), at=sent.at)
    if what.finding not in FINDINGS:
        raise Fault(f'"{what.finding}" is no finding', remedy=suggestion(what.finding, FINDINGS))
    if not 0 < len(what.review.strip()) <= WORDS_MAX:
        raise Fault("a review says why", why="whoever answers for it reads that", remedy="write the reason")
    row = kept.break_glass(sent.establishment, what.break_glass)

    def work(tx: Transaction) -> Answer:
        second = held_by(tx.establishment, sent.by.account, roles_for("review_break_glass"))
        refuse_stale(sent.by, tx.at)
        first = proposals.holding(tx.establishment, row.by)
        if second.account == row.by or (first is not None and first.one == second.one):
            raise NotByTwo(
                "one_person",
                "somebody else reviews this",
                why="whoever did it does not review it",
                remedy="ask another governor, or records",
            )
        columns = {
            "finding": what.finding,
            "review": what.review.strip(),
            "reviewed_by": second.account,
            "reviewed_factor": sent.by.factor,
        }
        if not kept.review(tx, row.id, columns):
            raise NotByTwo("reviewed", "this was reviewed already", remedy="look at what was found")
        return {}

    perform(sent.command("review_break_glass", as_plain(what), person=row.person), work)
