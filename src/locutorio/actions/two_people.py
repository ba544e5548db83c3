"""What an act that needs two people is: how it is shown, who may propose and approve it, and how it is done.

What is shown is a list of lines, each with a value; their digest is what an approval is bound to. The person
who proposes and the one who approves are two, not two accounts of one, and each has just shown who they are
with something other than a password.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from locutorio.actions.acts import acts
from locutorio.actions.authority import FRESH, NotFresh
from locutorio.actions.plain import as_plain
from locutorio.facts.vocabulary import Text
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day as read_day
from locutorio.store import proposals
from locutorio.store.actor import Actor
from locutorio.store.factors import kinds
from locutorio.store.proposals import Holding
from locutorio.store.transaction import Answer, Sent, Transaction

STANDS = timedelta(hours=72)
FACTORS = frozenset({"passkey", "totp"})
WORDS_MAX = 2_000

Arguments = Mapping[str, str]


class NotByTwo(Fault):
    """Two people are needed, and this is not two. ``name`` says how, for those who put it in words."""

    def __init__(self, name: str, what: str, *, why: str = "", remedy: str = "") -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.name = name


class Changed(NotByTwo):
    """What was shown is not so any more. ``lines`` are those that differ, as they are now."""

    def __init__(self, lines: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(
            "changed",
            "what this proposal rests on has changed since it was made",
            why=f"changed: {', '.join(line['name'] for line in lines) or 'what is to be done'}",
            remedy="look at how it is now; whoever wants it done proposes it again",
        )
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement: what is said, by name, and its value, the same for every reader.

    A value with words of its own has them in each language. ``kind`` is text, day, moment, word (of the
    pages), or fact: then the name is its path, and the value as a case file writes it.
    """

    name: str
    value: str | Text
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Shown:
    """The statement of an act, and the person it is about, if it is about one."""

    lines: tuple[Line, ...]
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class FourEyes:
    """An act for which two people are needed.

    ``takes`` names its arguments; ``shown`` reads them and what it rests on; ``hold`` holds those rows until
    the end; ``run`` does it in the transaction of the approval. ``around`` stands around that transaction,
    for what is no row: what it gives goes to both, which may be called again where others were in the way,
    and it puts back what they did where the transaction fails. ``own``: it is of the account that proposes it
    and is proposed where it is made; whoever does not approve it sees their own alone.
    """

    act: str
    takes: frozenset[str]
    shown: Callable[[UUID, Arguments], Shown]
    run: Callable[[Transaction, Arguments, Any], Answer]
    hold: Callable[[Transaction, Arguments, Any], object] = lambda _tx, _arguments, _ready: None
    around: Callable[[Sent, Arguments], AbstractContextManager[Any]] = lambda _sent, _arguments: nullcontext()
    frees: bool = False
    own: bool = False

    @property
    def proposing(self) -> frozenset[str]:
        """Give the roles that may propose it, by the table of acts: none of those that approve it.

        Of an act that is of one's own, everybody whose own it can be.
        """
        who = frozenset(acts()[self.act].who)
        return who if self.own else who - self.approving

    @property
    def approving(self) -> frozenset[str]:
        """Give the roles that may approve it, by the table of acts."""
        return acts()[self.act].approving


def lines_of(shown: Shown) -> list[dict[str, Any]]:
    """Give a statement as it is kept."""
    kept: list[dict[str, Any]] = as_plain(shown.lines)
    return kept


def digest_of(establishment: UUID, act: str, arguments: Arguments, lines: Sequence[Mapping[str, Any]]) -> str:
    """Give the SHA-256 of what is shown, in its one canonical form."""
    said = [str(establishment), act, dict(arguments), [dict(line) for line in lines]]
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def refuse_alone(act: str, sent: Sent) -> None:
    """Refuse an act that needs two people to somebody who asks for it alone.

    The program itself may: whoever runs a command on the machine sets an establishment up before it has two
    people. `note_alone` says so in the entry.

    Raises:
        NotByTwo: somebody's account asks.
    """
    if sent.by.account is not None:
        raise NotByTwo(
            "alone",
            f"{act} needs two people",
            why="one proposes it and another approves it, so that no one person can do it",
            remedy="propose it; somebody else who may can approve it within 72 hours",
        )


def refuse_where_two_can(act: str, establishment: UUID, by: Actor) -> None:
    """Refuse the program, run by one person at the machine, what two people here could do on the pages.

    Two can where one of those who may propose and another who may approve have each a passkey or an app with
    codes. Until then, whoever sets the establishment up is alone.

    Raises:
        NotByTwo: they can.
    """
    if by.account is not None:
        return
    rule = acts()[act]
    first, second = (
        {one.one for one in proposals.holders(establishment, roles) if kinds(one.account) & FACTORS}
        for roles in (frozenset(rule.who), rule.approving)
    )
    if any(one != other for one in first for other in second):
        raise NotByTwo(
            "alone",
            f"{act} needs two people, and here are two who can",
            why="a command at the machine is for setting up, before there are any",
            remedy="let one propose it on the pages, and another approve it",
        )


def note_alone(tx: Transaction) -> None:
    """Say in the entry that the program did this without a second person."""
    tx.noted["alone"] = "by a command on the machine, without a second person"


def refuse_stale(by: Actor, at: datetime) -> None:
    """Refuse somebody who has not shown within 5 minutes who they are, or only with a password.

    Raises:
        NotFresh: they must show it again.
    """
    if not is_fresh(by, at):
        raise NotFresh("it is done only within 5 minutes of a passkey or a code")


def is_fresh(by: Actor, at: datetime) -> bool:
    """Tell whether somebody showed within 5 minutes, with a passkey or a code, that it is them."""
    shown = by.authenticated_at
    return by.factor in FACTORS and shown is not None and abs(at - shown) <= FRESH


def held_by(establishment: UUID, account: UUID | None, roles: frozenset[str]) -> Holding:
    """Give an account as it is now, which may do what these roles may, and says who holds it.

    Raises:
        NotByTwo: it may not, or not any more; or nobody knows who holds it.
    """
    found = proposals.holding(establishment, account) if account is not None else None
    if found is None or not found.roles & roles:
        raise NotByTwo(
            "no_right",
            "this account may not do this here, or not any more",
            remedy="ask whoever gives out the roles of this establishment",
        )
    if not found.one:
        raise NotByTwo(
            "no_holder",
            "nobody has written down who holds this account",
            why="two accounts of one person do not make two people",
            remedy="ask an administrator to write who holds it",
        )
    return found


def identifier(arguments: Arguments, name: str) -> UUID:
    """Read an identifier of an argument.

    Raises:
        Fault: it is none.
    """
    try:
        return UUID(arguments.get(name, ""))
    except ValueError as error:
        raise Fault(f"{name} is not said as an identifier", remedy="choose it on the page again") from error


def day_or_none(arguments: Arguments, name: str) -> date | None:
    """Read a day of an argument; None where it is empty."""
    said = arguments.get(name, "")
    return read_day(said) if said else None
