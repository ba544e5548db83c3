"""Makes a token, with which a program acts as somebody; it is shown once, and only its digest is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from locutorio.actions.acts import roles_for
from locutorio.actions.authority import About, authorize
from locutorio.kernel.faults import Fault
from locutorio.kernel.names import refuse_unclear
from locutorio.store import tokens
from locutorio.store.tokens import TokenRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

__all__ = ["NAME_LENGTH_MAX", "TOKEN_ROLES", "Kind", "MadeToken", "NewToken", "TokenRow", "make_token"]

NAME_LENGTH_MAX, DAYS_MAX, TOKENS_MAX = 60, 366, 20
TOKEN_ROLES = tuple(sorted(roles_for("make_token")))


class Kind(StrEnum):
    """What a token is for: the API; or a calendar of one's own bookings, which stands in an address."""

    API = "api"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class NewToken:
    """Whose token, called what by them, and for how many days."""

    account: UUID
    name: str
    kind: Kind = Kind.API
    days: int = 90


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token that was made. ``secret`` cannot be had again."""

    id: UUID
    secret: str


def make_token(new: NewToken, sent: Sent) -> MadeToken:
    """Make a token of an account that has a role here with something to do by API.

    Raises:
        Fault: it has no name or too long a one, it would last for less than a day or more than a year, the
            account has no such role or too many tokens, or the same command made it before.
    """
    authorize(sent.by, "make_token", About(sent.establishment, "account", new.account))
    if not 0 < len(new.name.strip()) <= NAME_LENGTH_MAX:
        raise Fault(
            "the token has no name that can be used",
            remedy=f"give it one of at most {NAME_LENGTH_MAX} letters: it tells you later which one it is",
        )
    refuse_unclear(new.name, "the token's name")
    if not 1 <= new.days <= DAYS_MAX:
        raise Fault(f"{new.days} days are no time for a token", remedy=f"write 1 to {DAYS_MAX} days")
    secret = tokens.new_secret(new.account)

    def work(tx: Transaction) -> Answer:
        if not tokens.may_hold(tx.establishment, new.account, TOKEN_ROLES):
            raise Fault(
                "this account can have no token",
                why="a token is for those who can do something with it",
                remedy="ask with an account of a family or of a visits officer",
            )
        if len(tokens.tokens_of(tx.establishment, new.account, tx.at)) >= TOKENS_MAX:
            raise Fault(f"this account has {TOKENS_MAX} tokens", remedy="withdraw one that is not used")
        until = tx.at + timedelta(days=new.days)
        made = tokens.make(tx, new.account, new.kind, new.name.strip(), secret, until)
        return {"token": str(made)}

    arguments = {
        "account": str(new.account),
        "name": new.name.strip(),
        "kind": new.kind.value,
        "days": new.days,
    }
    made = UUID(perform(sent.command("make_token", arguments), work)["token"])
    if not tokens.is_of(sent.establishment, made, secret):
        raise Fault(
            "this token was made before, and is shown only once",
            remedy="withdraw it, and make another",
        )
    return MadeToken(made, secret)
