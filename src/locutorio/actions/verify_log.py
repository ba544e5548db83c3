"""Verifies a log: its tree, its signatures, and that everything is as its entries left it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note
from locutorio.record.paper import from_paper
from locutorio.record.proof import Policy
from locutorio.record.unproved import Unproved
from locutorio.store.actor import Actor
from locutorio.store.log import asking, succeeding
from locutorio.store.log.sequencer import sequence
from locutorio.store.transaction import answering
from locutorio.store.verifying import Found, verify

__all__ = ["Found"]


def verify_log(
    by: Actor,
    establishment: UUID,
    at: datetime,
    *,
    policy: Policy | None = None,
    witnesses: Iterable[str | bytes] = (),
) -> Found:
    """Verify one log, after what waits was put into it.

    Args:
        by: who asks.
        establishment: whose.
        at: the moment.
        policy: whom to believe; left out: whom this installation believes.
        witnesses: what each is asked at (an address), or what it gave (a signed checkpoint, or one on paper).

    Raises:
        Refused: it is not theirs.
        Fault: a witness or the database does not answer, what it gave cannot be read, or the keys cannot be
            used.
    """
    authorize(by, "verify_log", About(establishment))
    origin = succeeding.origin_of(establishment)
    seen: list[bytes] = []
    told: dict[str, Checkpoint] = {}
    for number, one in enumerate(witnesses, 1):
        given = asking.last_seen(one, origin) if isinstance(one, str) else one
        try:
            Note.parse(given)
            seen.append(given)
        except Unproved:
            told[f"witness {number}"] = from_paper(given.decode("utf-8", "replace"))
    with answering():
        sequence(establishment)
        signer = succeeding.signer_of(establishment)
        last = signer.last()
        if last.size:
            told["the log's signer"] = last
        return verify(establishment, policy or succeeding.policy_of(establishment), at, seen=seen, told=told)
