"""What the pages of two people show: what waits, who proposed it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.actions import four_eyes
from locutorio.actions.authority import About, reading
from locutorio.actions.create_account import Role
from locutorio.kernel.faults import Fault
from locutorio.store import proposals
from locutorio.store.actor import Actor
from locutorio.store.proposals import WAITING, ProposalRow

LAPSED, GONE = "lapsed", "gone"


@dataclass(frozen=True, slots=True)
class ProposalSeen:
    """A proposal as one account sees it.

    ``state`` is its standing, or lapsed. ``differing`` are the lines that are not as they were shown, as
    they are now; None where that was not looked at. ``mine``: this account proposed it.
    """

    row: ProposalRow
    state: str
    proposed_by: str
    decided_by: str
    mine: bool
    may_approve: bool
    differing: tuple[Mapping[str, Any], ...] | None = None

    @property
    def waits(self) -> bool:
        """Tell whether it can still be approved."""
        return self.state == WAITING


@dataclass(frozen=True, slots=True)
class ProposalsSeen:
    """What waits for this account to approve, what waits for others, and what is over."""

    to_approve: tuple[ProposalSeen, ...]
    waiting: tuple[ProposalSeen, ...]
    over: tuple[ProposalSeen, ...]


def may_see(roles: Iterable[str], act: str) -> bool:
    """Tell whether somebody of some roles sees proposals of an act: who may propose or approve it."""
    kind = four_eyes.ACTS.get(act)
    return kind is not None and not {*roles}.isdisjoint(kind.proposing | kind.approving | {Role.OMBUDSMAN})


def proposals_seen(by: Actor, at: UUID, moment: datetime) -> ProposalsSeen:
    """Give every proposal of an establishment that somebody may see, as of a moment."""
    with reading(by, "read_proposals", About(at)):
        waiting = _seen(by, at, proposals.waiting(at, moment), moment)
        return ProposalsSeen(
            tuple(one for one in waiting if one.may_approve),
            tuple(one for one in waiting if not one.may_approve),
            tuple(_seen(by, at, proposals.recent(at, moment), moment)),
        )


def proposal_seen(by: Actor, at: UUID, id_: UUID, moment: datetime) -> ProposalSeen | None:
    """Give one proposal with what has changed since it was shown; None where they may see none."""
    with reading(by, "read_proposal", About(at)):
        try:
            row = proposals.proposal(at, id_)
        except Fault:
            return None
        found = _seen(by, at, [row], moment)
        if not found:
            return None
        (one,) = found
        return one if not one.waits else _compared(one, at)


def _compared(one: ProposalSeen, at: UUID) -> ProposalSeen:
    try:
        _, lines, _ = four_eyes.shown(at, one.row.act, one.row.arguments)
    except Fault:
        return replace(one, differing=({"name": GONE, "value": "", "kind": "text"},))
    return replace(one, differing=tuple(four_eyes.differing(one.row.lines, lines)))


def _seen(by: Actor, at: UUID, rows: list[ProposalRow], moment: datetime) -> list[ProposalSeen]:
    mine = [row for row in rows if may_see(by.roles, row.act) and not _others_own(by, row)]
    named = {one for row in mine for one in (row.proposed_by, row.decided_by) if one}
    names = proposals.names_of(at, [*named])
    return [_one(by, row, names, moment) for row in mine]


def _others_own(by: Actor, row: ProposalRow) -> bool:
    """Tell whether a proposal is of another's own account, and not for this one to approve."""
    kind = four_eyes.of(row.act)
    return kind.own and by.account != row.proposed_by and by.roles.isdisjoint(kind.approving)


def _one(by: Actor, row: ProposalRow, names: Mapping[UUID, str], moment: datetime) -> ProposalSeen:
    state = LAPSED if row.standing == WAITING and moment >= row.expires_at else row.standing
    own = by.account == row.proposed_by
    return ProposalSeen(
        row=row,
        state=state,
        proposed_by=names.get(row.proposed_by, ""),
        decided_by=names.get(row.decided_by, "") if row.decided_by else "",
        mine=own,
        may_approve=not own and state == WAITING and not by.roles.isdisjoint(four_eyes.of(row.act).approving),
    )
