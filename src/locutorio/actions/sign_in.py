"""Signs somebody in, unless they failed too often, and never says whether an account exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from uuid import UUID

from locutorio.store import accounts
from locutorio.store.accounts import Seat

__all__ = ["NotSignedIn", "Seat", "SignedIn", "seats", "sign_in"]

WINDOW = timedelta(minutes=15)
TRIES_MAX, OF_ONE_NAME_MAX, OF_ONE_ADDRESS_MAX = 5, 30, 50
NAME_LENGTH_MAX, PASSWORD_LENGTH_MAX = 200, 1_000
LONG, NETWORK_BITS = 6, 64


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in. ``stamp`` goes with every later request of theirs."""

    account: UUID
    stamp: str
    language: str


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Nobody signed in. ``wait_minutes`` is 0 where name and password do not fit together."""

    wait_minutes: int


def sign_in(name: str, password: str, address: str, at: datetime) -> SignedIn | NotSignedIn:
    """Sign somebody in by name and password.

    After 5 failures within 15 minutes for a name from one address, 30 for a name or 50 from an address,
    nobody is let in that way until some of them have passed: the same for a name that nobody has. Each try
    is noted before the password is looked at, so that many at once are counted as many. One whose password
    is not looked at does not count, so that nobody keeps somebody else out from a single address, or for
    longer than they were kept out themselves.
    """
    if not 0 < len(name) <= NAME_LENGTH_MAX or not 0 < len(password) <= PASSWORD_LENGTH_MAX:
        return NotSignedIn(0)
    address = _network(address)
    attempt = accounts.attempt(name, address, at)
    since = at - WINDOW
    if (
        accounts.attempts(since, name=name, address=address) > TRIES_MAX
        or accounts.attempts(since, name=name) > OF_ONE_NAME_MAX
        or accounts.attempts(since, address=address) > OF_ONE_ADDRESS_MAX
    ):
        accounts.forget(attempt)
        return NotSignedIn(WINDOW // timedelta(minutes=1))
    found = accounts.found(name, password)
    if found is None:
        return NotSignedIn(0)
    accounts.succeeded(name, address, at)
    return SignedIn(found.id, found.stamp, found.language)


def _network(address: str) -> str:
    """Give the part of an address that its owner cannot choose: of a long one, the first half."""
    try:
        whole = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((whole, NETWORK_BITS), strict=False)) if whole.version == LONG else address


def seats(account: UUID, stamp: str) -> tuple[Seat, ...]:
    """Give what somebody who signed in may do, by establishment; nothing once they may not any more."""
    return accounts.seats(account, stamp)
