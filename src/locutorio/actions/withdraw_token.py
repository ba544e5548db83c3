"""Ends a token: whatever program holds it can act no more."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.kernel.faults import Fault
from locutorio.store import tokens
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def withdraw_token(account: UUID, token: UUID, sent: Sent) -> None:
    """End a token of an account, at once and for good.

    Raises:
        Fault: the account has no such token that stands.
    """
    authorize(sent.by, "withdraw_token", About(sent.establishment, "account", account))

    def work(tx: Transaction) -> Answer:
        if not tokens.withdraw(tx, account, token):
            raise Fault("there is no such token of this account", remedy="look at the list of its tokens")
        return {}

    perform(sent.command("withdraw_token", {"account": str(account), "token": str(token)}), work)
