"""Lets whoever holds a code of a reset choose a new password for their account."""

from __future__ import annotations

from datetime import datetime, timedelta

from locutorio.actions.passwords import Weakness, weakness
from locutorio.actions.sign_in import NotSignedIn, too_many
from locutorio.actions.start_reset import Kind
from locutorio.store import accounts, resets
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Answer, Sent, Transaction, perform

WAIT = NotSignedIn(timedelta(minutes=15) // timedelta(minutes=1))


def use_reset(
    name: str, code: str, password: str, address: str, at: datetime
) -> Weakness | NotSignedIn | None:
    """Choose a password with a code; give what is wrong with the password, or that the code lets nobody in.

    A name that nobody has is answered as a code that is wrong, after the same work. A password that is too
    easy uses nothing up.
    """
    if too_many(f"reset {name}", address, at):
        return WAIT
    password_hash = accounts.hashed(password)
    found = resets.found(name, code, at)
    wrong = weakness(password, [name, *(accounts.own_words(found[2]) if found else ())])
    if wrong:
        return wrong
    if found is None or found[3] == Kind.PIN:
        return NotSignedIn(0)
    reset, account, establishment, kind = found
    used: list[bool] = []

    def work(tx: Transaction) -> Answer:
        used[:] = [resets.use(tx, reset)]
        if used[0]:
            accounts.set_password(tx, account, password_hash)
            if kind == Kind.EVERYTHING:
                resets.forget_factors(account)
                accounts.tell(tx, account, "factors_forgotten")
        return {}

    sent = Sent(new_id(at), establishment, at)
    perform(sent.command("use_reset", {"account": str(account), "kind": kind}), work)
    return None if used and used[0] else NotSignedIn(0)
