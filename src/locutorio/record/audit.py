"""A whole log, checked from its entries and checkpoints alone, by whoever holds a policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from locutorio.record.entry import read
from locutorio.record.notes import Note
from locutorio.record.proof import Believed, Policy, believe
from locutorio.record.tree import Frontier, leaf_hash
from locutorio.record.unproved import Unproved


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found of a log.

    Args:
        size: how many entries there are.
        root: the root of their tree.
        signed: the size of the largest checkpoint that holds; 0 if none does.
        witnessed: the size of the largest that a quorum of witnesses has signed too.
        faults: what does not hold, in plain words; empty if all does.
    """

    size: int
    root: bytes
    signed: int
    witnessed: int
    faults: tuple[str, ...]


def audit(entries: Iterable[bytes], checkpoints: Iterable[bytes], policy: Policy) -> Audit:
    """Check that every entry is whole and counted, and that every checkpoint is signed and of this very tree.

    What stands after the largest checkpoint is checked too, but nobody has signed it yet. The checkpoint that
    a witness holds belongs among the checkpoints: it shows an end that was cut off.
    """
    faults: list[str] = []
    believed: list[Believed] = []
    for number, data in enumerate(checkpoints, 1):
        try:
            believed.append(believe(Note.parse(data), policy))
        except Unproved as fault:
            faults.append(f"checkpoint {number}: {fault.what}")
    asked = {one.state.size for one in believed}
    tree, counted = Frontier(), _Counts()
    roots = {0: tree.root()}
    for index, entry in enumerate(entries):
        try:
            counted.check(index, entry)
        except Unproved as fault:
            faults.append(f"entry {index}: {fault.what}")
        tree.append(leaf_hash(entry))
        if tree.size in asked:
            roots[tree.size] = tree.root()
    signed = witnessed = 0
    for one in believed:
        size = one.state.size
        if size not in roots:
            faults.append(f"a checkpoint was signed over {size} entries, and there are {tree.size}")
        elif roots[size] != one.state.root:
            faults.append(f"the first {size} entries are not those that were signed")
        else:
            signed = max(signed, size)
            witnessed = max(witnessed, size) if len(one.witnessed) >= policy.quorum else witnessed
    if not any(len(one.witnessed) >= policy.quorum for one in believed):
        faults.append("no checkpoint is signed by the log and by enough witnesses")
    return Audit(tree.size, tree.root(), signed, witnessed, tuple(faults))


class _Counts:
    """What the next entry of each writer and subject must say."""

    def __init__(self) -> None:
        self.ids: set[object] = set()
        self.writers: dict[object, int] = {}
        self.subjects: dict[object, tuple[int, int]] = {}

    def check(self, index: int, entry: bytes) -> None:
        fields = read(entry)
        if fields["id"] in self.ids:
            raise Unproved("an entry's id stands twice")
        self.ids.add(fields["id"])
        due = self.writers.get(fields["writer"], 0) + 1
        self.writers[fields["writer"]] = due
        if fields["writer_count"] != due:
            raise Unproved("an entry of its writer is missing, or stands in the wrong order")
        if fields["subject"] is None:
            return
        count, previous = self.subjects.get(fields["subject"], (0, None))
        self.subjects[fields["subject"]] = count + 1, index
        if (fields["subject_count"], fields["subject_previous"]) != (count + 1, previous):
            raise Unproved("an entry about its subject is missing, or stands in the wrong order")
