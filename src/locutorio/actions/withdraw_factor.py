"""Takes back a further factor of one's own account that waits for a second person."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import authorize
from locutorio.actions.enrol_factor import itself, own
from locutorio.kernel.faults import Fault
from locutorio.store import enrolments, proposals
from locutorio.store.proposals import WITHDRAWN
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def withdraw_factor(enrolment: UUID, sent: Sent) -> None:
    """Take it back: nobody can approve it any more.

    Raises:
        Fault: nothing of one's own waits by that identifier.
    """
    authorize(sent.by, "withdraw_factor", itself(sent.by, sent.establishment))
    account = own(sent.by)

    def work(tx: Transaction) -> Answer:
        waiting = enrolments.waiting(tx.establishment, account, tx.at)
        found = next((one for one in waiting if one.id == enrolment), None)
        if found is None or found.proposal is None:
            raise Fault("nothing of yours waits here", remedy="open your account to see how it stands")
        proposals.settle(tx, found.proposal, WITHDRAWN, account)
        enrolments.forget(tx, enrolment)
        return {}

    perform(sent.command("withdraw_factor", {"enrolment": str(enrolment), "account": str(account)}), work)
