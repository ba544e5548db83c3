"""Takes back what one proposed oneself."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.approve_proposal import over
from locutorio.actions.authority import About, authorize
from locutorio.actions.two_people import NotByTwo
from locutorio.store import proposals
from locutorio.store.proposals import WITHDRAWN
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def withdraw_proposal(proposal: UUID, sent: Sent) -> None:
    """Take back a proposal that waits.

    Raises:
        NotByTwo: somebody else proposed it, or it does not wait any more.
        Fault: there is no such proposal here.
    """
    authorize(sent.by, "withdraw_proposal", About(sent.establishment))
    row = proposals.proposal(sent.establishment, proposal)

    def work(tx: Transaction) -> Answer:
        if sent.by.account != row.proposed_by:
            raise NotByTwo(
                "not_own", "somebody else proposed this", remedy="whoever may approve it can refuse it"
            )
        if not proposals.settle(tx, proposal, WITHDRAWN, row.proposed_by):
            raise over(proposals.proposal(tx.establishment, proposal))
        return {}

    perform(sent.command("withdraw_proposal", {"proposal": str(proposal)}, person=row.person), work)
