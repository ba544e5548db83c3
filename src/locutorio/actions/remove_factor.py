"""Takes a second factor away from one's own account."""

from __future__ import annotations

from locutorio.actions.authority import authorize
from locutorio.actions.enrol_factor import itself, own, renewed_stamp
from locutorio.kernel.faults import Fault
from locutorio.store import accounts, factors
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def remove_factor(factor: int, stamp: str, sent: Sent) -> str:
    """Remove one; give the stamp with which the session goes on. With the last one go the recovery codes.

    Raises:
        Fault: the account has no such factor, or was changed meanwhile.
    """
    authorize(sent.by, "remove_factor", itself(sent.by, sent.establishment))
    stamps = [stamp]

    def work(tx: Transaction) -> Answer:
        account = own(sent.by)
        tx.about = accounts.whom(tx, account)
        stamps.append(renewed_stamp(account, stamp))
        kind = factors.remove(account, factor)
        if kind is None:
            raise Fault("the account does not have this", remedy="open your account to see how it stands")
        accounts.tell(tx, account, f"{kind}_removed")
        return {}

    perform(sent.command("remove_factor", {"factor": factor, "account": str(own(sent.by))}), work)
    return stamps[-1]
