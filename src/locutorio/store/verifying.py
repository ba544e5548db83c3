"""Whether a log holds: its tree, its counts, its signatures, and that state is what its entries made of it.

Nothing is written, and nothing is believed because this database says so: whoever can write it can write all
of it. What they cannot write is what a witness has seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import connection

from locutorio.record.audit import Auditor
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note
from locutorio.record.proof import Policy
from locutorio.record.unproved import Unproved
from locutorio.store import documents, fences
from locutorio.store.context import at_one_moment, within
from locutorio.store.log import succeeding
from locutorio.store.log.leaves import Leaves
from locutorio.store.log.replayed import derived
from locutorio.store.models import Signed


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a log.

    Args:
        size: how many entries there are.
        signed: the size of the largest checkpoint that holds; 0 if none does.
        witnessed: the size of the largest that a quorum of witnesses has signed too.
        waiting: how many transactions wait to be put into the log.
        faults: what does not hold, in plain words; empty if all does.
    """

    size: int
    signed: int
    witnessed: int
    waiting: int
    faults: tuple[str, ...]


def verify(
    establishment: UUID,
    policy: Policy,
    at: datetime,
    *,
    seen: Iterable[bytes] = (),
    told: Mapping[str, Checkpoint] = MappingProxyType({}),
) -> Found:
    """Check a log and what was made of it, as they are at one moment.

    Args:
        establishment: whose log.
        policy: whom to believe about checkpoints.
        at: the moment.
        seen: checkpoints that witnesses hold, as they show them.
        told: states of this log without a signature that are believed, by who told them: its signer, from
            what it remembers; a witness, on paper.
    """
    with at_one_moment(establishment):
        stored, faults = _stored(establishment)
        checkpoints = [*stored, *seen]
        sizes = [state.size for state in told.values()]
        auditor = Auditor(checkpoints, policy, sizes, changes=succeeding.changes_of(establishment))
        leaves = Leaves(establishment, auditor)
        leaves.go(at)
        faults += leaves.faults
        faults += succeeding.by_hand(establishment, [hash_ for _, hash_ in auditor.named])
        faults += leaves.replay.differences(establishment)
        faults += derived(establishment, at)
        faults += documents.differences(establishment)
        faults += [f"the fence {name} of the database is missing" for name in fences.missing(connection)]
    audit = auditor.found()
    if checkpoints or policy.quorum:
        faults += audit.faults
    faults += [
        f"{who} knows {state.size} entries that are not the first ones of this log"
        for who, state in told.items()
        if state.origin != policy.origin or auditor.root(state.size) != state.root
    ]
    return Found(leaves.size, audit.signed, audit.witnessed, leaves.waiting, tuple(faults))


@within
def _stored(establishment: UUID) -> tuple[list[bytes], list[str]]:
    """Give the checkpoints that are kept here, and what is wrong with those that cannot be read."""
    rows = Signed.objects.filter(establishment=establishment).order_by("size", "at")
    kept: list[bytes] = []
    faults: list[str] = []
    for size, data in rows.values_list("size", "note"):
        said = f"the checkpoint over {size} entries"
        try:
            if Checkpoint.parse(Note.parse(bytes(data)).text).size != size:
                faults.append(f"{said} says another size")
        except Unproved as fault:
            faults.append(f"{said}: {fault.what}")
        else:
            kept.append(bytes(data))
    return kept, faults
