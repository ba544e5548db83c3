"""How whom to believe about a log changes: by entries, each with the hash of the policy before and after it.

A checkpoint over such an entry that the keys before it signed says who comes after them. So whoever believes
one policy of a log can believe the next, whatever becomes of the old keys.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note
from locutorio.record.proof import Policy, believe
from locutorio.record.unproved import Unproved

FIELD = "policy"
"""The field of an entry that holds the hash of a change, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a log's keys or witnesses: whom to believe before it, and after it."""

    before: Policy
    after: Policy

    def written(self) -> bytes:
        """Give the change as a file: both policies, with an empty line between them."""
        return f"{self.before.text()}\n{self.after.text()}".encode()

    @property
    def hash(self) -> str:
        """Give the SHA-256 of the file, in hexadecimal."""
        return sha256(self.written()).hexdigest()

    @classmethod
    def parse(cls, data: bytes) -> Change:
        """Read a change from its file.

        Raises:
            Unproved: if it is not exactly what ``written`` gives, or the two are of different logs.
        """
        before, _, after = data.decode("utf-8", "replace").partition("\n\n")
        change = cls(Policy.parse(f"{before}\n"), Policy.parse(after))
        if change.written() != data or change.before.origin != change.after.origin:
            raise Unproved("a change of keys or witnesses is not two policies of one log")
        return change


@dataclass(frozen=True, slots=True)
class Terms:
    """Which policy counts over how many entries.

    Args:
        since: the sizes from which each counts, beginning with 0.
        policies: the policy of each.
        first: which of them whoever asks believes without being shown.
        faults: what does not hold of the changes themselves.
    """

    since: tuple[int, ...]
    policies: tuple[Policy, ...]
    first: int
    faults: tuple[str, ...]

    @classmethod
    def of(cls, believed: Policy, named: Sequence[tuple[int, str]], known: Mapping[str, Change]) -> Terms:
        """Follow the changes that a log names.

        Args:
            believed: whom whoever asks believes. Where it has the keys of one of the log's own policies, it
                stands in the place of that one, with witnesses of its own.
            named: the index and the hash of each change, in order.
            known: the changes by their hashes.
        """
        since, policies, faults = [0], [believed], list[str]()
        for number, (index, hash_) in enumerate(named):
            change = known.get(hash_)
            if change is None:
                faults.append(f"entry {index} changes keys or witnesses, and to which is not said here")
                continue
            if number == 0:
                policies = [change.before]
            elif policies[-1] != change.before:
                faults.append(f"entry {index} changes keys or witnesses that were not those before it")
            since.append(index + 1)
            policies.append(change.after)
        mine = [at for at, one in enumerate(policies) if one.log == believed.log]
        if not mine:
            faults.append("the keys that are believed are none that this log went by")
        placed = tuple(believed if one.log == believed.log else one for one in policies)
        return cls(tuple(since), placed, mine[-1] if mine else 0, tuple(faults))

    def at(self, size: int) -> Policy:
        """Give the policy by which a checkpoint over so many entries is judged."""
        return self.policies[bisect_right(self.since, size) - 1]

    def unlinked(self, notes: Iterable[tuple[Checkpoint, Note]]) -> list[str]:
        """Say of which changes of keys nobody who believed the keys before them can know.

        Args:
            notes: the checkpoints that are of this very log.
        """
        found, held = [], [*notes]
        for term in range(self.first + 1, len(self.policies)):
            before, since = self.policies[term - 1], self.since[term]
            if before.log == self.policies[term].log:
                continue
            over = [note for state, note in held if state.size >= since]
            if over and not any(_enough(note, before) for note in over):
                found.append(f"the change of keys by entry {since - 1} is not signed by the keys before it")
        return found


def _enough(note: Note, policy: Policy) -> bool:
    try:
        return len(believe(note, policy).witnessed) >= policy.quorum
    except Unproved:
        return False
