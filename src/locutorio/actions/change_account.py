"""Changes the password of an account, or ends the account."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.passwords import refuse_weak
from locutorio.kernel.faults import Fault
from locutorio.store import accounts
from locutorio.store.transaction import Answer, Sent, Transaction, perform

NOBODY = UUID(int=0)


def change_password(name: str, password: str, sent: Sent) -> None:
    """Give an account of the establishment a new password; whoever signed in with the old one is signed out.

    Raises:
        Fault: nobody here has the name, or the password is easy to guess.
    """
    authorize(sent.by, "change_password", _about(sent, name))
    refuse_weak(password, [name, *accounts.own_words(sent.establishment)])
    password_hash = accounts.hashed(password)

    def work(tx: Transaction) -> Answer:
        account = account_named(sent.establishment, name)
        tx.about = accounts.whom(tx, account)
        accounts.set_password(tx, account, password_hash)
        return {}

    perform(sent.command("change_password", {"name": name}), work)


def stop_account(name: str, sent: Sent) -> None:
    """End an account of the establishment: it can sign in no more, and whoever is signed in is signed out.

    Raises:
        Fault: nobody here has the name.
    """
    authorize(sent.by, "stop_account", _about(sent, name), at=sent.at)

    def work(tx: Transaction) -> Answer:
        account = account_named(sent.establishment, name)
        tx.about = accounts.whom(tx, account)
        accounts.stop(account, tx.at)
        return {}

    perform(sent.command("stop_account", {"name": name}), work)


def _about(sent: Sent, name: str) -> About:
    return About(sent.establishment, "account", accounts.of_name(sent.establishment, name) or NOBODY)


def account_named(establishment: UUID, name: str) -> UUID:
    """Give the account of a name that has a role in an establishment.

    Raises:
        Fault: nobody here has it.
    """
    found = accounts.of_name(establishment, name)
    if found is None:
        raise Fault(f'nobody signs in here as "{name}"', remedy="look at how the name is written")
    return found
