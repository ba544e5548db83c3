"""Proposes an act that needs two people: it is kept as it was shown, and waits for somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from locutorio.actions import four_eyes
from locutorio.actions.authority import About, authorize, reading
from locutorio.actions.plain import as_plain
from locutorio.actions.two_people import STANDS, WORDS_MAX, Changed, held_by, refuse_stale
from locutorio.kernel.faults import Fault
from locutorio.store import proposals
from locutorio.store.actor import Actor
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class Proposing:
    """An act with its arguments, why it is wanted, and the digest of what whoever proposes it was shown."""

    act: str
    arguments: Mapping[str, str]
    why: str
    digest: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be proposed, as it is now."""

    act: str
    arguments: Mapping[str, str]
    lines: tuple[Mapping[str, Any], ...]
    digest: str


def preview(by: Actor, at: UUID, act: str, arguments: Mapping[str, str]) -> Preview:
    """Show an act before it is proposed.

    Raises:
        Fault: it is no such act, or its arguments cannot be read.
    """
    with reading(by, "propose", About(at)):
        _refuse_own(act)
        _, lines, digest = four_eyes.shown(at, act, arguments)
    return Preview(act, dict(arguments), tuple(lines), digest)


def propose(what: Proposing, sent: Sent) -> UUID:
    """Propose an act. Nothing is done until somebody else approves it, within 72 hours.

    Raises:
        NotByTwo: this account may not, or what was shown has changed.
        NotFresh: it showed too long ago who it is.
        Fault: it is no such act, its arguments cannot be read, or nobody said why.
    """
    authorize(sent.by, "propose", About(sent.establishment), at=sent.at)
    kind = four_eyes.of(what.act)
    _refuse_own(what.act)
    if not 0 < len(what.why.strip()) <= WORDS_MAX:
        raise Fault("a proposal says why", why="whoever approves it reads that", remedy="write the reason")
    found, lines, digest = four_eyes.shown(sent.establishment, what.act, what.arguments)

    def work(tx: Transaction) -> Answer:
        holding = held_by(tx.establishment, sent.by.account, kind.proposing)
        refuse_stale(sent.by, tx.at)
        if digest != what.digest:
            raise Changed(lines)
        columns = {
            "act": what.act,
            "arguments": dict(what.arguments),
            "lines": lines,
            "digest": digest,
            "person_id": found.person,
            "why": what.why.strip(),
            "proposed_by": holding.account,
            "proposed_factor": sent.by.factor,
            "expires_at": tx.at + STANDS,
        }
        return {"proposal": str(proposals.add(tx, columns))}

    return UUID(perform(sent.command("propose", as_plain(what), person=found.person), work)["proposal"])


def _refuse_own(act: str) -> None:
    if four_eyes.of(act).own:
        raise Fault("this is proposed where it is made", remedy="make it on the page of your own account")
