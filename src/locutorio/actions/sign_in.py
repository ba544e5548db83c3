"""Signs somebody in, unless they failed too often, and never says whether an account exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any
from uuid import UUID

from locutorio.store import accounts, factors, failures, passkeys
from locutorio.store.accounts import Seat
from locutorio.store.failures import Door
from locutorio.store.passkeys import Site

__all__ = [
    "PASSWORD",
    "NotSignedIn",
    "Seat",
    "SignedIn",
    "Site",
    "ask_for_passkey",
    "is_held_back",
    "network_of",
    "seats",
    "show_code",
    "show_passkey",
    "sign_in",
    "too_many",
]

PASSWORD = "password"  # noqa: S105 - what somebody showed

WINDOW = timedelta(minutes=15)
TRIES_MAX, OF_ONE_NAME_MAX, OF_ONE_ADDRESS_MAX = 5, 30, 50
NAME_LENGTH_MAX, PASSWORD_LENGTH_MAX = 200, 1_000
LONG, NETWORK_BITS = 6, 64


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in. ``stamp`` goes with every later request of theirs.

    ``factor`` is what they showed. ``owes`` names the factors of which they have to show one more before
    they are signed in; nothing where what they showed is enough.
    """

    account: UUID
    stamp: str
    language: str
    factor: str = PASSWORD
    owes: frozenset[str] = frozenset()


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
    longer than they were kept out themselves. What fails is counted, and becomes an entry later.
    """
    if not 0 < len(name) <= NAME_LENGTH_MAX or not 0 < len(password) <= PASSWORD_LENGTH_MAX:
        return NotSignedIn(0)
    door, whose = Door(PASSWORD, network_of(address)), accounts.named(name)
    if too_many(name, address, at):
        return held_back(whose, door, at)
    found = accounts.found(name, password)
    if found is None:
        return failed(whose, door, at)
    accounts.succeeded(name, _network(address), at)
    return SignedIn(found.id, found.stamp, found.language, owes=found.factors)


def show_code(account: UUID, stamp: str, code: str, address: str, at: datetime) -> SignedIn | NotSignedIn:
    """Show a one-time code or a recovery code, after the password.

    Tries are counted as those of a password are, but for themselves: who knows the password starts afresh
    with it, and not with this.
    """
    name, door = f"code of {account}", Door("code", network_of(address))
    if too_many(name, address, at):
        return held_back(account, door, at)
    found = accounts.kept(account)
    factor = _used(account, code, at)
    if found is None or found.stamp != stamp or factor is None:
        return failed(account, door, at)
    accounts.succeeded(name, _network(address), at)
    return SignedIn(found.id, found.stamp, found.language, factor)


def _used(account: UUID, code: str, at: datetime) -> str | None:
    if factors.use_totp(account, code, at):
        return factors.TOTP
    return factors.RECOVERY if factors.use_recovery_code(account, code, at) else None


def show_passkey(
    answer: str, account: UUID | None, site: Site, at: datetime, address: str = ""
) -> SignedIn | NotSignedIn:
    """Sign in by a passkey, which is enough alone: a device that somebody unlocked signs for this site.

    No number of tries by anybody shuts this door: there is nothing to guess.

    Args:
        answer: what the browser gave.
        account: whose passkey it is to be; None for anybody's.
        site: for which it is.
        at: the moment.
        address: from where it comes.
    """
    whose = passkeys.used(answer, account, site, at)
    found = accounts.kept(whose) if whose else None
    if found is None:
        return failed(account, Door(factors.PASSKEY, network_of(address)), at)
    return SignedIn(found.id, found.stamp, found.language, factors.PASSKEY)


def ask_for_passkey(account: UUID | None, site: Site, at: datetime) -> dict[str, Any]:
    """Give what a browser needs to use a passkey: of an account, or of whoever has one for this site."""
    return passkeys.begin_using(account, site, at)


def too_many(name: str, address: str, at: datetime) -> bool:
    """Note a try for a name from an address; tell whether there were too many, and it is not looked at."""
    address = _network(address)
    attempt = accounts.attempt(name, address, at)
    since = at - WINDOW
    if (
        accounts.attempts(since, name=name, address=address) > TRIES_MAX
        or accounts.attempts(since, name=name) > OF_ONE_NAME_MAX
        or accounts.attempts(since, address=address) > OF_ONE_ADDRESS_MAX
    ):
        accounts.forget(attempt)
        return True
    return False


def is_held_back(name: str, address: str, at: datetime) -> bool:
    """Tell whether there were too many tries for a name from an address; nothing is noted."""
    both, names, addresses = accounts.tried(at - WINDOW, name, _network(address))
    return both >= TRIES_MAX or names >= OF_ONE_NAME_MAX or addresses >= OF_ONE_ADDRESS_MAX


def failed(account: UUID | None, door: Door, at: datetime) -> NotSignedIn:
    """Count that somebody did not show who they are; None for the account where nobody has the name."""
    failures.count(account, door, at)
    return NotSignedIn(0)


def held_back(account: UUID | None, door: Door, at: datetime) -> NotSignedIn:
    """Count a try that is not looked at, and say how long to wait."""
    failures.count(account, door, at, held_back=True)
    return NotSignedIn(WINDOW // timedelta(minutes=1))


def network_of(address: str) -> str:
    """Give what kind of network an address is of: private, public or unknown. Only that is ever entered."""
    try:
        return "private" if ip_address(address).is_private else "public"
    except ValueError:
        return "unknown"


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
