"""Refuses what somebody proposed, with a reason: it is not done."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions import four_eyes
from locutorio.actions.approve_proposal import over
from locutorio.actions.authority import About, authorize
from locutorio.actions.two_people import WORDS_MAX, NotByTwo, held_by
from locutorio.kernel.faults import Fault
from locutorio.store import proposals
from locutorio.store.proposals import REFUSED
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def refuse_proposal(proposal: UUID, ground: str, sent: Sent) -> None:
    """Refuse a proposal that waits. Whoever proposed it can take it back, and does not refuse it.

    Raises:
        NotByTwo: this account may not, proposed it, or it does not wait any more.
        Fault: there is no such proposal here, or nobody says why.
    """
    authorize(sent.by, "refuse_proposal", About(sent.establishment))
    if not 0 < len(ground.strip()) <= WORDS_MAX:
        raise Fault("a refusal says why", why="whoever proposed it reads that", remedy="write the reason")
    row = proposals.proposal(sent.establishment, proposal)

    def work(tx: Transaction) -> Answer:
        second = held_by(tx.establishment, sent.by.account, four_eyes.of(row.act).approving)
        if second.account == row.proposed_by:
            raise NotByTwo(
                "own", "this proposal is your own", remedy="take it back, if it is not wanted any more"
            )
        if tx.at >= row.expires_at or not proposals.settle(
            tx, proposal, REFUSED, second.account, factor=sent.by.factor, ground=ground.strip()
        ):
            raise over(proposals.proposal(tx.establishment, proposal))
        return {}

    arguments = {"proposal": str(proposal), "ground": ground.strip()}
    perform(sent.command("refuse_proposal", arguments, person=row.person), work)
