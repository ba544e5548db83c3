"""Gives one's own account a second factor: an app with one-time codes, or a passkey."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.kernel.faults import Fault
from locutorio.store import accounts, factors, passkeys
from locutorio.store.actor import Actor
from locutorio.store.passkeys import Site
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class Enrolled:
    """``stamp`` goes with every later request of the session; all others ended.

    ``codes`` are the recovery codes that came with the first factor: nobody can be given them again.
    """

    stamp: str
    codes: tuple[str, ...]


def new_secret() -> str:
    """Give a fresh secret for one-time codes, sealed, so that a session can keep it."""
    return factors.new_secret()


def letters_of(secret: str) -> str:
    """Give a sealed secret as it is entered into an app.

    Raises:
        Fault: this keyring does not open it.
    """
    return factors.letters(secret)


def ask_for_new_passkey(by: Actor, site: Site, at: datetime) -> dict[str, Any]:
    """Give what a browser needs to make a passkey for one's own account."""
    authorize(by, "enrol_passkey", itself(by))
    return passkeys.begin_making(own(by), site, at)


def enrol_totp(secret: str, code: str, stamp: str, sent: Sent) -> Enrolled | None:
    """Take an app that gives one-time codes, if it gives the right one; nothing where it does not.

    Args:
        secret: what the app was given, sealed.
        code: what it shows now.
        stamp: of the session.
        sent: by whom.

    Raises:
        Fault: there is one already, or the account was changed meanwhile.
    """
    authorize(sent.by, "enrol_totp", itself(sent.by, sent.establishment))
    step = factors.step_of(factors.letters(secret), code, sent.at)
    if step is None:
        return None
    return _enrolled(factors.TOTP, stamp, sent, lambda tx, who: factors.add_totp(tx, who, secret, step))


def enrol_passkey(answer: str, name: str, stamp: str, site: Site, sent: Sent) -> Enrolled | None:
    """Take a passkey that a browser made; nothing where what it gave is not right.

    Raises:
        Fault: it is enrolled already, or the account was changed meanwhile.
    """
    authorize(sent.by, "enrol_passkey", itself(sent.by, sent.establishment))
    made = passkeys.made(answer, own(sent.by), site, sent.at)
    if made is None:
        return None
    return _enrolled(factors.PASSKEY, stamp, sent, lambda tx, who: passkeys.add(tx, who, name, made))


def _enrolled(kind: str, stamp: str, sent: Sent, add: Callable[[Transaction, UUID], bool]) -> Enrolled:
    made: list[Enrolled] = []

    def work(tx: Transaction) -> Answer:
        account = own(sent.by)
        tx.about = accounts.whom(tx, account)
        first = not factors.kinds(account)
        renewed = renewed_stamp(account, stamp)
        if not add(tx, account):
            raise Fault("the account has this already", remedy="remove it first, or keep it")
        accounts.tell(tx, account, f"{kind}_added")
        made[:] = [Enrolled(renewed, factors.make_recovery_codes(tx, account) if first else ())]
        return {}

    perform(sent.command(f"enrol_{kind}", {"account": str(own(sent.by))}), work)
    if not made:
        raise Fault("this was done already", remedy="open your account to see how it stands")
    return made[0]


def itself(by: Actor, at: UUID | None = None) -> About:
    """Say that an act is about whoever acts, at the establishment where they change something."""
    here = at or by.establishment
    assert here is not None, "somebody acts from a seat"
    return About(here, "account", own(by))


def own(by: Actor) -> UUID:
    """Give the account that does something to itself."""
    assert by.account is not None, "nobody but its holder changes what an account signs in with"
    return by.account


def renewed_stamp(account: UUID, stamp: str) -> str:
    """End all sessions of an account; give the stamp with which one goes on.

    Raises:
        Fault: somebody changed the account since the session with the old stamp was seen.
    """
    renewed = accounts.renew(account, stamp)
    if renewed is None:
        raise Fault(
            "your account was changed in another window",
            remedy="sign in again, and see in your account how it stands",
        )
    return renewed
