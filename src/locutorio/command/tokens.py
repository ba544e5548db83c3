"""The command `token`: what a program signs in with for an account."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from locutorio.command.serving import Database, Establishment, opened, sent_here
from locutorio.command.telling import say, telling
from locutorio.kernel.faults import Fault


def token(
    account: Annotated[str, typer.Argument(help="The name with which its owner signs in.")],
    establishment: Establishment,
    name: Annotated[str, typer.Option(help="Make one that is called so; left out: list them.")] = "",
    days: Annotated[int, typer.Option(help="For how many days it can be used.")] = 90,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="It shows the account's own bookings, and nothing else.")
    ] = False,
    withdraw: Annotated[str, typer.Option(help="End the one with this identifier.")] = "",
    database: Database = None,
) -> None:
    """Make a token of an account, show which it has, or withdraw one. A new one is printed this once."""
    with telling(), opened(database):
        from locutorio.actions.make_token import Kind, NewToken, make_token
        from locutorio.actions.tokens_held import tokens_held
        from locutorio.actions.withdraw_token import withdraw_token
        from locutorio.store.accounts import of_name

        sent = sent_here(establishment)
        owner = of_name(sent.establishment, account)
        if owner is None:
            raise Fault(f'nobody signs in here as "{account}"', remedy="look at how the name is written")
        if withdraw:
            withdraw_token(owner, _identifier(withdraw), sent)
            say("the token was withdrawn")
        elif name:
            kind = Kind.CALENDAR if calendar else Kind.API
            say(make_token(NewToken(owner, name, kind, days), sent).secret)
        else:
            for one in tokens_held(sent.by, sent.establishment, owner, sent.at):
                used = one.used_at.date().isoformat() if one.used_at else "never used"
                say(f"{one.id}  {one.kind}  until {one.expires_at.date().isoformat()}  {used}  {one.name}")


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Fault(f'"{text}" is no identifier', remedy="list the tokens: it stands first") from error
