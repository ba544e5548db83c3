"""How it is seen that a log is whole: every leaf in its place, every count and hash as it must be."""

from __future__ import annotations

from uuid import UUID

from locutorio.record.audit import audit
from locutorio.record.entry import chain_of, read
from locutorio.record.tree import leaf_hash, levels_of, reader_of, root_at
from locutorio.store.log.nodes import frontier, size
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Entry, Establishment, Leaf, Pending
from tests.record.logs import POLICY


def bodies(establishment: UUID) -> list[bytes]:
    """Give the entries of a log, in order."""
    rows = Leaf.objects.filter(establishment=establishment).order_by("index")
    return [bytes(one) for one in rows.values_list("body", flat=True)]


def gaps(establishment: UUID) -> list[str]:
    """Give what is wrong with the entries themselves; nobody has signed them."""
    found = audit(bodies(establishment), [], POLICY).faults
    return [fault for fault in found if fault.startswith("entry")]


def whole(establishment: UUID) -> None:
    """See that a log is one: numbered, hashed, chained, and each writer and subject counted."""
    entries = bodies(establishment)
    leaves = [leaf_hash(entry) for entry in entries]
    rows = [*Leaf.objects.filter(establishment=establishment).order_by("index")]
    assert [one.index for one in rows] == [*range(size(establishment))]
    assert [bytes(one.hash) for one in rows] == leaves
    if rows:
        assert bytes(rows[-1].chain) == chain_of(leaves)
        assert frontier(establishment, len(rows)).root() == root_at(len(rows), reader_of(levels_of(leaves)))
    assert gaps(establishment) == []


def all_whole() -> None:
    """See that every log is whole, and that each command that was carried out stands in its log once."""
    sequence()
    assert not Pending.objects.exists()
    for id_ in Establishment.objects.values_list("id", flat=True):
        whole(id_)
        said = [str(one["id"]) for one in map(read, bodies(id_)) if one["type"] == "command"]
        made = [str(one) for one in Entry.objects.filter(establishment=id_).values_list("id", flat=True)]
        assert sorted(said) == sorted(made)
