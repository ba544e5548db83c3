"""Begins a session: that somebody signed in, and by what, is an entry before anything is shown to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from locutorio.actions.sign_in import PASSWORD, Seat, SignedIn, network_of
from locutorio.store import accounts
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Answer, Command, Transaction, perform


def begin_session(signed: SignedIn, kiosk: UUID | None, address: str, at: datetime) -> tuple[Seat, ...]:
    """Enter that somebody signed in; give what they may do, by establishment.

    Raises:
        Fault: it cannot be entered; then nobody is signed in.
    """
    found = accounts.seats(signed.account, signed.stamp)
    if found:
        said = {**where(address, kiosk), "factor": signed.factor}
        entered(signed.account, "sign_in", said, at, factor=signed.factor)
    return found


def password_shown(signed: SignedIn, address: str, at: datetime) -> None:
    """Enter that somebody knew the password of an account that needs more; of many in a minute, one.

    Raises:
        Fault: it cannot be entered.
    """
    minute, said = at.replace(second=0, microsecond=0), where(address, None)
    id_ = uuid5(signed.account, f"show_password {said} {minute.isoformat()}")
    entered(signed.account, "show_password", said, minute, factor=PASSWORD, once=id_)


def stepped_up(signed: SignedIn, kiosk: UUID | None, address: str, at: datetime) -> None:
    """Enter that somebody who is signed in showed once more that it is they.

    Raises:
        Fault: it cannot be entered.
    """
    entered(signed.account, "step_up", where(address, kiosk), at, factor=signed.factor)


def where(address: str, kiosk: UUID | None) -> dict[str, str | None]:
    """Say from where somebody came: at which kiosk, or from what kind of network; never the address."""
    return {
        "network": "kiosk" if kiosk else network_of(address),
        "kiosk": str(kiosk) if kiosk else None,
    }


def entered(
    account: UUID,
    action: str,
    said: Mapping[str, object],
    at: datetime,
    *,
    factor: str = "",
    once: UUID | None = None,
    by_itself: bool = True,
) -> None:
    """Make an entry about an account in each establishment where it has a role, under the key of whose it is.

    Args:
        account: which.
        action: what was done.
        said: what is entered of it.
        at: the moment.
        factor: what showed who it is.
        once: the same one is entered once.
        by_itself: whether its holder did it, or the program.

    Raises:
        Fault: it cannot be entered.
    """
    for home in accounts.homes(account):

        def work(tx: Transaction, about: UUID | None = home.whom) -> Answer:
            tx.about = about
            return {}

        perform(
            Command(
                uuid5(once, str(home.establishment)) if once else new_id(at),
                action,
                home.establishment,
                at,
                {**said, "account": str(account)},
                account if by_itself else None,
                home.person,
                factor,
            ),
            work,
        )
