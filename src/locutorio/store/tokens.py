"""Tokens: what a program signs in with, by digest, and when it last did."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from locutorio.store import accounts
from locutorio.store.accounts import Seat
from locutorio.store.context import of_account, within
from locutorio.store.models import Role, Token, TokenUse
from locutorio.store.transaction import Transaction

PREFIX = "locutorio_"
SECRET_BYTES = 32
USED_AGAIN = timedelta(minutes=1)
_SECRET = re.compile(f"{PREFIX}([0-9a-f]{{32}})_[A-Za-z0-9_-]{{43}}")


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner sees it; the secret is not kept."""

    id: UUID
    kind: str
    name: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


def new_secret(account: UUID) -> str:
    """Give a new secret, which nobody can guess. It names its account, as whom it is then looked up."""
    return f"{PREFIX}{account.hex}_{secrets.token_urlsafe(SECRET_BYTES)}"


def _account_of(secret: str) -> UUID | None:
    named = _SECRET.fullmatch(secret)
    return UUID(named[1]) if named else None


def digest(secret: str) -> str:
    """Give what is kept of a secret. It is drawn at random, so a plain hash cannot be guessed back."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make(tx: Transaction, account: UUID, kind: str, name: str, secret: str, expires_at: datetime) -> UUID:
    """Keep a new token of an account, in the establishment of the command."""
    made = Token.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        account_id=account,
        kind=kind,
        name=name,
        digest=digest(secret),
        made_at=tx.at,
        expires_at=expires_at,
    )
    return made.id


@within
def is_of(establishment: UUID, token: UUID, secret: str) -> bool:
    """Tell whether a secret is the one of a token."""
    return Token.objects.filter(establishment=establishment, id=token, digest=digest(secret)).exists()


def withdraw(tx: Transaction, account: UUID, token: UUID) -> bool:
    """End a token of an account, for good; tell whether there was one that stood."""
    standing = Token.objects.filter(
        establishment=tx.establishment, account=account, id=token, withdrawn_at=None
    )
    return bool(standing.update(withdrawn_at=tx.at))


@within
def tokens_of(establishment: UUID, account: UUID, at: datetime) -> tuple[TokenRow, ...]:
    """Give the tokens of an account that can be used now, the latest first."""
    rows = Token.objects.filter(
        establishment=establishment, account=account, withdrawn_at=None, expires_at__gt=at
    ).order_by("-made_at", "-id")
    used = dict(TokenUse.objects.filter(id__in=[row.id for row in rows]).values_list("id", "used_at"))
    return tuple(
        TokenRow(row.id, row.kind, row.name, row.made_at, row.expires_at, used.get(row.id)) for row in rows
    )


def seat_of(secret: str, kind: str, at: datetime) -> Seat | None:
    """Give what the account of a token may do where it was made; None where the token cannot be used.

    Its use is noted, once a minute at most.
    """
    account = _account_of(secret)
    if account is None:
        return None
    with of_account(account):
        standing = Token.objects.filter(account=account, withdrawn_at=None, expires_at__gt=at)
        found = standing.filter(digest=digest(secret), kind=kind).first()
        seats = accounts.seats_of(account) if found else ()
    seat = next((one for one in seats if found and one.establishment == found.establishment_id), None)
    if seat is not None and found is not None:
        _note(seat.establishment, found.id, at)
    return seat


@within
def _note(establishment: UUID, token: UUID, at: datetime) -> None:
    lately = TokenUse.objects.filter(id=token, used_at__gt=at - USED_AGAIN)
    if not lately.exists():
        used = {"establishment_id": establishment, "used_at": at}
        TokenUse.objects.update_or_create(id=token, defaults=used)


@within
def may_hold(establishment: UUID, account: UUID, roles: Iterable[str]) -> bool:
    """Tell whether an account has one of some roles in an establishment."""
    return Role.objects.filter(establishment=establishment, account=account, role__in=[*roles]).exists()
