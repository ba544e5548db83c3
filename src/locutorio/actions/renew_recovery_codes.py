"""Makes new recovery codes for one's own account, in place of those before."""

from __future__ import annotations

from locutorio.actions.authority import authorize
from locutorio.actions.enrol_factor import Enrolled, itself, own, renewed_stamp
from locutorio.kernel.faults import Fault
from locutorio.store import accounts, factors
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def renew_recovery_codes(stamp: str, sent: Sent) -> Enrolled:
    """Make them; those before are worth nothing. They are given once.

    Raises:
        Fault: the account has no second factor, was changed meanwhile, or this was done already.
    """
    authorize(sent.by, "renew_recovery_codes", itself(sent.by, sent.establishment))
    made: list[Enrolled] = []

    def work(tx: Transaction) -> Answer:
        account = own(sent.by)
        tx.about = accounts.whom(tx, account)
        if not factors.kinds(account) - {factors.RECOVERY}:
            raise Fault("the account has no second factor", remedy="enrol one: recovery codes come with it")
        renewed = renewed_stamp(account, stamp)
        accounts.tell(tx, account, "recovery_made")
        made[:] = [Enrolled(renewed, factors.make_recovery_codes(tx, account))]
        return {}

    perform(sent.command("renew_recovery_codes", {"account": str(own(sent.by))}), work)
    if not made:
        raise Fault("this was done already", remedy="open your account to see how it stands")
    return made[0]
