"""Approves what somebody else proposed: the act is done in the same transaction, or nothing is."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any
from uuid import UUID

from locutorio.actions import four_eyes
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, Touched, changed, touched
from locutorio.actions.two_people import (
    Changed,
    FourEyes,
    NotByTwo,
    digest_of,
    held_by,
    refuse_stale,
)
from locutorio.store import proposals
from locutorio.store.proposals import APPROVED, WAITING, Holding, ProposalRow
from locutorio.store.transaction import Answer, Sent, Transaction


def approve_proposal(proposal: UUID, digest: str, sent: Sent) -> Touched:
    """Approve a proposal, and do what it says.

    Args:
        proposal: which.
        digest: of the statement that was shown to whoever approves.
        sent: by whom: somebody else than who proposed it, who has just shown who they are.

    Raises:
        NotByTwo: these are not two people who may, it does not wait any more, or what it says has changed.
        NotFresh: whoever approves showed too long ago who they are.
        Fault: there is no such proposal here, or the act itself cannot be done.
    """
    authorize(sent.by, "approve_proposal", About(sent.establishment), at=sent.at)
    found = proposals.proposal(sent.establishment, proposal)
    kind = four_eyes.of(found.act)
    with kind.around(sent, found.arguments) as ready:

        def work(tx: Transaction) -> Answer:
            row = _settled(tx, proposal, sent)
            first, second = _two(tx, row, kind, sent)
            kind.hold(tx, row.arguments, ready)
            _refuse_changed(tx, row, digest)
            done = kind.run(tx, row.arguments, ready)
            tx.noted["two_people"] = _noted(row, first, second, sent)
            return {"act": row.act, "done": done, "replayed": done.get("replayed", as_plain(Replayed()))}

        arguments = {"proposal": proposal, "digest": digest}
        answer = changed(sent, "approve_proposal", arguments, work, person=found.person, frees=kind.frees)
    return touched(answer)


def _settled(tx: Transaction, proposal: UUID, sent: Sent) -> ProposalRow:
    """Take a proposal that waits, so that nobody else can, and give it as it was proposed."""
    if sent.by.account is None:
        raise NotByTwo(
            "nobody",
            "a proposal is approved by somebody with an account",
            why="its entry names two people",
            remedy="sign in, and approve it on the page",
        )
    before = proposals.proposal(tx.establishment, proposal)
    waited = proposals.settle(tx, proposal, APPROVED, sent.by.account, factor=sent.by.factor)
    if not waited:
        raise over(proposals.proposal(tx.establishment, proposal))
    if tx.at >= before.expires_at:
        raise over(before)
    return before


def over(row: ProposalRow) -> NotByTwo:
    """Say what became of a proposal that does not wait any more."""
    name = "lapsed" if row.standing == WAITING else row.standing
    return NotByTwo(
        name,
        "nobody approved this proposal within 72 hours"
        if name == "lapsed"
        else f"this proposal was {row.standing} already",
        remedy="nothing was done now; if it is still wanted, it is proposed again",
    )


def _two(tx: Transaction, row: ProposalRow, kind: FourEyes, sent: Sent) -> tuple[Holding, Holding]:
    """See that these are two people, who both may at this moment, and that the second is really here."""
    if sent.by.account == row.proposed_by:
        raise _one_person("whoever proposes something does not approve it")
    second = held_by(tx.establishment, sent.by.account, kind.approving)
    first = held_by(tx.establishment, row.proposed_by, kind.proposing)
    if first.one == second.one:
        raise _one_person("both accounts are held by one person")
    refuse_stale(sent.by, tx.at)
    return first, second


def _one_person(why: str) -> NotByTwo:
    return NotByTwo(
        "one_person", "this needs a second person", why=why, remedy="ask somebody else who may approve it"
    )


def _refuse_changed(tx: Transaction, row: ProposalRow, digest: str) -> None:
    """Refuse where what was proposed, what was shown now, and what is so are not one and the same."""
    bound = digest_of(tx.establishment, row.act, row.arguments, row.lines)
    _, lines, now = four_eyes.shown(tx.establishment, row.act, row.arguments)
    if now != row.digest:
        raise Changed(four_eyes.differing(row.lines, lines))
    if not (compare_digest(digest.encode(), row.digest.encode()) and bound == row.digest):
        raise Changed(())


def _noted(row: ProposalRow, first: Holding, second: Holding, sent: Sent) -> dict[str, Any]:
    """Say in the entry who the two are, and how each showed it."""
    return {
        "act": row.act,
        "arguments": row.arguments,
        "digest": row.digest,
        "proposed_by": {"account": str(first.account), "holder": first.holder, "factor": row.proposed_factor},
        "approved_by": {"account": str(second.account), "holder": second.holder, "factor": sent.by.factor},
    }
