"""Gives somebody of staff a role, and an account if they have none. It takes two people.

Whoever could make accounts of staff alone could be both of any two people.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from locutorio.actions.create_account import NAME_LENGTH_MAX, STAFF
from locutorio.actions.two_people import Arguments, FourEyes, Line, Shown
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import accounts, proposals
from locutorio.store.transaction import Answer, Transaction

NO_PASSWORD = "!"  # noqa: S105 - which no password has as its hash: the holder chooses one


def _shown(at: UUID, arguments: Arguments) -> Shown:
    return Shown(tuple(_lines(at, arguments)))


def _lines(at: UUID, arguments: Arguments) -> Iterator[Line]:
    """Say who is to have which role, who that is in the world, and what they may do now."""
    name, role, holder = (arguments.get(each, "").strip() for each in ("name", "role", "holder"))
    if not 0 < len(name) <= NAME_LENGTH_MAX or len(holder) > NAME_LENGTH_MAX:
        raise Fault("the account has no name", remedy=f"write one of at most {NAME_LENGTH_MAX} letters")
    if role not in STAFF:
        raise Fault(f'"{role}" is no role of staff', remedy=suggestion(role, [*STAFF]))
    if arguments.get("language", LANGUAGES[0]) not in LANGUAGES:
        raise Fault("the pages are not in that language", remedy=f"write {' or '.join(LANGUAGES)}")
    id_ = accounts.of_name(at, name)
    found = proposals.holding(at, id_) if id_ else None
    if found is None and not holder:
        raise Fault(
            "nobody says who holds this account",
            why="two accounts of one person do not make two people",
            remedy="write the name and number of who holds it",
        )
    yield Line("account", accounts.plain_name(name))
    yield Line("holder", found.holder if found else holder)
    yield Line("account_made", "account_there" if found else "account_new", "word")
    yield Line("role_given", f"role_{role}", "word")
    for each in sorted(found.roles if found else ()):
        yield Line("role_has", f"role_{each}", "word")


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    name, holder = arguments["name"], arguments.get("holder", "").strip()
    account = accounts.of_name(tx.establishment, name) or accounts.make(
        tx, name, NO_PASSWORD, arguments.get("language", LANGUAGES[0]), holder
    )
    if account is None:
        raise Fault(
            "the name is taken",
            why="each account signs in by a name of its own",
            remedy="choose another name",
        )
    accounts.give_role(tx, account, arguments["role"].strip())
    return {"account": str(account)}


FOUR_EYES = FourEyes(
    act="give_role",
    takes=frozenset({"name", "role", "holder", "language"}),
    shown=_shown,
    run=_run,
)
