"""Lets the holder of an account begin anew: a code on paper, which works once and for ten minutes.

Whoever starts it chooses nothing for them, and the holder is told.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from locutorio.actions.authority import About, authorize
from locutorio.actions.change_account import account_named
from locutorio.actions.create_account import STAFF
from locutorio.actions.two_people import note_alone, refuse_alone
from locutorio.kernel.faults import Fault
from locutorio.store import accounts, resets
from locutorio.store.transaction import Answer, Sent, Transaction, perform

LASTS = timedelta(minutes=10)


class Kind(StrEnum):
    """What is chosen anew: the password; that, and every second factor is forgotten; the PIN, at a kiosk."""

    PASSWORD = "password"  # noqa: S105 - what is chosen
    EVERYTHING = "everything"
    PIN = "pin"


def start_reset(name: str, kind: Kind, sent: Sent) -> str:
    """Make a code for an account of the establishment; give it, which nobody can again.

    Of an account of staff only a command on the machine does it: with a code one person could act as two.

    Raises:
        NotByTwo: it is an account of staff, and somebody's account asks.
        Fault: nobody here has the name, or this was done already.
    """
    authorize(sent.by, "start_reset", About(sent.establishment), at=sent.at)
    code = resets.new_code()
    made: list[str] = []

    def work(tx: Transaction) -> Answer:
        account = account_named(sent.establishment, name)
        if resets.roles_of(account) & STAFF:
            refuse_alone("start_reset", sent)
            note_alone(tx)
        tx.about = accounts.whom(tx, account)
        resets.begin(tx, account, kind, code, tx.at + LASTS)
        made[:] = [code]
        return {}

    perform(sent.command("start_reset", {"name": name, "kind": str(kind)}), work)
    if not made:
        raise Fault("this was done already", remedy="start another one: codes are shown once")
    return code
