"""Gives the tokens of an account, and who acts by one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.actions.make_token import TOKEN_ROLES, Kind
from locutorio.store import tokens
from locutorio.store.accounts import Seat
from locutorio.store.actor import Actor
from locutorio.store.tokens import TokenRow


def tokens_held(by: Actor, at: UUID, account: UUID, now: datetime) -> tuple[TokenRow, ...]:
    """Give the tokens of an account that can be used, the latest first.

    Raises:
        Refused: it is somebody else's.
    """
    with reading(by, "read_tokens", About(at, "account", account)):
        return tokens.tokens_of(at, account, now)


def seat_of_token(secret: str, kind: Kind, now: datetime) -> Seat | None:
    """Give who acts by a token, with the roles for which there are tokens; None where it cannot be used."""
    seat = tokens.seat_of(secret, kind, now)
    return seat if seat is not None and seat.roles & {*TOKEN_ROLES} else None
