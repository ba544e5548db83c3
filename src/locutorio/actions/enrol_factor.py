"""Gives one's own account a second factor: an app with one-time codes, or a passkey.

The first one of an account, or the first after it began anew, stands at once: whoever made the account or its
reset saw to whom it went. A further one of staff waits for a second person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.actions.add_factor import propose_factor
from locutorio.actions.authority import About, authorize
from locutorio.actions.roles import STAFF
from locutorio.kernel.faults import Fault
from locutorio.store import accounts, enrolments, factors, passkeys, resets
from locutorio.store.actor import Actor
from locutorio.store.enrolments import New
from locutorio.store.passkeys import Site
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class Awaited:
    """It is kept, and shows nothing before a second person approves it."""


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


def enrol_totp(secret: str, code: str, stamp: str, sent: Sent) -> Enrolled | Awaited | None:
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
    return _enrolled(New(factors.TOTP, "", {"secret": secret, "step": step}), stamp, sent)


def enrol_passkey(answer: str, name: str, stamp: str, site: Site, sent: Sent) -> Enrolled | Awaited | None:
    """Take a passkey that a browser made; nothing where what it gave is not right.

    Raises:
        Fault: it is enrolled already, or the account was changed meanwhile.
    """
    authorize(sent.by, "enrol_passkey", itself(sent.by, sent.establishment))
    made = passkeys.made(answer, own(sent.by), site, sent.at)
    if made is None:
        return None
    return _enrolled(New(factors.PASSKEY, name, made), stamp, sent)


def _enrolled(new: New, stamp: str, sent: Sent) -> Enrolled | Awaited:
    """Let the account have it at once, or propose it where somebody of staff has, or had, another."""
    account, made = own(sent.by), list[Enrolled | Awaited]()
    by_two = enrolments.has_begun(account) and bool(resets.roles_of(account) & STAFF)
    if by_two:
        authorize(sent.by, "add_factor", itself(sent.by, sent.establishment), at=sent.at)

    def work(tx: Transaction) -> Answer:
        tx.about = accounts.whom(tx, account)
        kinds = factors.kinds(account)
        if enrolments.has(account, new):
            raise Fault("the account has this already", remedy="remove it first, or keep it")
        if by_two:
            _refuse_changed(account, stamp)
            propose_factor(tx, sent, new)
            made[:] = [Awaited()]
            return {}
        renewed = renewed_stamp(account, stamp)
        enrolments.put(tx, account, new)
        enrolments.began(tx, account)
        accounts.tell(tx, account, f"{new.kind}_added")
        made[:] = [Enrolled(renewed, () if kinds else factors.make_recovery_codes(tx, account))]
        return {}

    perform(sent.command(f"enrol_{new.kind}", {"account": str(account)}), work)
    if not made:
        raise Fault("this was done already", remedy="open your account to see how it stands")
    return made[0]


def _refuse_changed(account: UUID, stamp: str) -> None:
    now = accounts.kept(account)
    if now is None or now.stamp != stamp:
        raise _changed()


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
        raise _changed()
    return renewed


def _changed() -> Fault:
    return Fault(
        "your account was changed in another window",
        remedy="sign in again, and see in your account how it stands",
    )
