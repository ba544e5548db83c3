"""Gives an account of staff a further factor. It takes two people: whoever holds the account, and another.

A device that stands open, or a code that somebody overlooked, is enough to enrol a passkey of one's own in
somebody else's account. Of staff it shows nothing before a second person says that it is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from locutorio.actions.acts import acts
from locutorio.actions.two_people import (
    STANDS,
    Arguments,
    FourEyes,
    Line,
    Shown,
    digest_of,
    held_by,
    identifier,
    lines_of,
)
from locutorio.kernel.faults import Fault
from locutorio.store import accounts, enrolments, proposals
from locutorio.store.enrolments import ACT, NAMED, EnrolmentRow, New
from locutorio.store.transaction import Answer, Sent, Transaction

TOLD = "factor_awaited"


def propose_factor(tx: Transaction, sent: Sent, new: New) -> None:
    """Keep a factor that somebody of staff wants to have, and propose it.

    Raises:
        NotByTwo: nobody has written down who holds the account.
    """
    holding = held_by(tx.establishment, sent.by.account, frozenset(acts()[ACT].who))
    arguments = {NAMED: str(enrolments.keep(tx, holding.account, new))}
    lines = lines_of(_shown(tx.establishment, arguments))
    columns = {
        "act": ACT,
        "arguments": arguments,
        "lines": lines,
        "digest": digest_of(tx.establishment, ACT, arguments, lines),
        "why": "",
        "proposed_by": holding.account,
        "proposed_factor": sent.by.factor,
        "expires_at": tx.at + STANDS,
    }
    proposals.add(tx, columns)
    accounts.tell(tx, holding.account, TOLD)


def _shown(at: UUID, arguments: Arguments) -> Shown:
    return Shown(tuple(_lines(at, _waiting(at, arguments))))


def _lines(at: UUID, row: EnrolmentRow) -> Iterator[Line]:
    """Say whose account gets what, and a mark by which the holder tells this factor from another."""
    holding = proposals.holding(at, row.account)
    if holding is None:
        raise Fault("this account may do nothing here any more", remedy="refuse the proposal")
    yield Line("account", holding.name)
    yield Line("holder", holding.holder)
    yield Line("factor", f"factor_{row.kind}", "word")
    if row.name:
        yield Line("factor_name", row.name)
    yield Line("factor_made", row.at.isoformat(), "moment")
    yield Line("factor_mark", row.mark)


def _waiting(at: UUID, arguments: Arguments) -> EnrolmentRow:
    found = enrolments.enrolment(at, identifier(arguments, NAMED))
    if found is None:
        raise Fault(
            "this factor does not wait any more",
            why="another took its place, or the account begins anew",
            remedy="whoever wants it makes it again, in their account",
        )
    return found


def _hold(tx: Transaction, arguments: Arguments, _: Any) -> None:
    enrolments.hold(tx, identifier(arguments, NAMED))


def _run(tx: Transaction, arguments: Arguments, _: Any) -> Answer:
    row = _waiting(tx.establishment, arguments)
    if not enrolments.add(tx, row.id):
        raise Fault("the account has this already", remedy="refuse the proposal: nothing is missing")
    return {"account": str(row.account)}


FOUR_EYES = FourEyes(ACT, takes=frozenset({NAMED}), shown=_shown, run=_run, hold=_hold, own=True)
