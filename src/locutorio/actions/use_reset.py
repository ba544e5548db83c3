"""Lets whoever holds a code of a reset choose a new password for their account."""

from __future__ import annotations

from datetime import datetime

from locutorio.actions.passwords import Weakness, weakness
from locutorio.actions.sign_in import NotSignedIn, failed, held_back, network_of, too_many
from locutorio.actions.start_reset import Kind
from locutorio.store import accounts, resets
from locutorio.store.failures import Door
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def use_reset(
    name: str, code: str, password: str, address: str, at: datetime
) -> Weakness | NotSignedIn | None:
    """Choose a password with a code; give what is wrong with the password, or that the code lets nobody in.

    A name that nobody has is answered as a code that is wrong, after the same work. A password that is too
    easy uses nothing up.
    """
    door, whose = Door("reset", network_of(address)), accounts.named(name)
    if too_many(f"reset {name}", address, at):
        return held_back(whose, door, at)
    password_hash = accounts.hashed(password)
    found = resets.found(name, code, at)
    wrong = weakness(password, [name, *(accounts.own_words(found[2]) if found else ())])
    if wrong:
        return wrong
    if found is None or found[3] == Kind.PIN:
        return failed(whose, door, at)
    reset, account, establishment, kind = found
    used: list[bool] = []

    def work(tx: Transaction) -> Answer:
        used[:] = [resets.use(tx, reset)]
        if used[0]:
            tx.about = accounts.whom(tx, account)
            accounts.set_password(tx, account, password_hash)
            if kind == Kind.EVERYTHING:
                resets.forget_factors(account)
                accounts.tell(tx, account, "factors_forgotten")
        return {}

    sent = Sent(new_id(at), establishment, at)
    perform(sent.command("use_reset", {"account": str(account), "kind": kind}), work)
    return None if used and used[0] else failed(whose, door, at)
