"""A whole log, checked from its entries and checkpoints alone, by whoever holds a policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from locutorio.record.checkpoint import Checkpoint
from locutorio.record.entry import CHAIN_START, Fields, read
from locutorio.record.notes import Note
from locutorio.record.proof import Policy, believe
from locutorio.record.succession import FIELD, Change, Terms
from locutorio.record.tree import EMPTY_ROOT, levels_of, node_hash
from locutorio.record.unproved import Unproved

PIECE = 1 << 10
_TEXT = r"[^\"]++"
_NUMBER = r"0|[1-9][0-9]{0,14}|[1-8][0-9]{15}"
_HASH = '"[0-9a-f]{64}"'
_OR_NULL = f'(?:null|"{_TEXT}")'
# One that changes keys or witnesses does not match, and is read.
# What matches is in its one form, where all characters are printed ones of ASCII and none is escaped.
_PRINTED = bytes(code for code in range(0x20, 0x7F) if code != ord("\\"))
_PLAIN = re.compile(
    rf"""^{{"action":{_OR_NULL},"actor":{_OR_NULL},"at":(?:{_NUMBER}),"establishment":"{_TEXT}","factor":{_OR_NULL}"""
    rf""","id":"({_TEXT})"(?:,"law":{_HASH})?,"payload":(?:null|{_HASH})(?:,"people":(?:{_NUMBER}))?(?:,"roll":{_HASH})?"""
    rf"""(?:,"rule":"{_TEXT}")?,"subject":(?:null,"subject_count":null,"subject_previous":null|"({_TEXT})","subject_count":"""
    rf"""(?:1,"subject_previous":null|([2-9]|[1-9][0-9]{{1,14}}),"subject_previous":({_NUMBER})))"""
    rf""","type":"[a-z][a-z0-9_]*","v":1,"writer":"({_TEXT})","writer_count":([1-9][0-9]{{0,14}})}}$""".encode(),
    re.MULTILINE,
)
_Links = tuple[bytes, bytes, bytes, bytes, bytes, bytes]


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


@dataclass(frozen=True, slots=True)
class Piece:
    """What some entries in a row come to: all nodes over them by level, and the running hash at each.

    ``levels`` holds the nodes over these entries alone; of a whole piece the last level is one node.
    """

    levels: list[list[bytes]]
    chains: list[bytes]


def audit(
    entries: Iterable[bytes], checkpoints: Iterable[bytes], policy: Policy, changes: Iterable[Change] = ()
) -> Audit:
    """Check that every entry is whole and counted, and that every checkpoint is signed and of this very tree.

    What stands after the largest checkpoint is checked too, but nobody has signed it yet. The checkpoint that
    a witness holds belongs among the checkpoints: it shows an end that was cut off.
    """
    auditor = Auditor(checkpoints, policy, changes=changes)
    rest = iter(entries)
    while piece := list(islice(rest, PIECE)):
        auditor.take(piece)
    return auditor.found()


class Auditor:
    """Checks a log piece by piece, so that it need not be held whole.

    Args:
        checkpoints: signed ones, each to be checked by the policy.
        policy: whom to believe.
        changes: of keys or witnesses, as the log's own entries may name them.
        sizes: further sizes of which the root is wanted.
        reading: whether each entry is read and counted too, or hashed only.
    """

    def __init__(
        self,
        checkpoints: Iterable[bytes],
        policy: Policy,
        sizes: Iterable[int] = (),
        *,
        changes: Iterable[Change] = (),
        reading: bool = True,
    ) -> None:
        self._policy = policy
        self._changes = {one.hash: one for one in changes}
        self._faults: list[str] = []
        self._notes: list[tuple[int, Checkpoint, Note]] = []
        for number, data in enumerate(checkpoints, 1):
            try:
                note = Note.parse(data)
                self._notes.append((number, Checkpoint.parse(note.text), note))
            except Unproved as fault:
                self._faults.append(f"checkpoint {number}: {fault.what}")
        self._asked = sorted({*sizes, *(state.size for _, state, _ in self._notes)})
        self._counted = _Counts() if reading else None
        self._peaks: list[tuple[int, bytes]] = []
        self._size = 0
        self._root, self._chain = EMPTY_ROOT, CHAIN_START
        self._roots = {0: EMPTY_ROOT}

    def take(self, entries: Sequence[bytes]) -> Piece:
        """Check the next entries: PIECE of them, fewer only where they are the last ones.

        Returns:
            what they come to, to be compared with what is stored.
        """
        start = self._size
        if self._counted:
            self._faults += self._counted.check(start, entries)
        leaves = [sha256(b"\x00" + entry).digest() for entry in entries]
        chain, chains = self._chain, []
        for leaf in leaves:
            chain = sha256(chain + leaf).digest()
            chains.append(chain)
        levels = levels_of(leaves)
        self._size, self._chain = start + len(leaves), chain
        for size in self._asked:
            if start < size <= self._size:
                self._roots[size] = self._root_at(levels, size - start)
        self._root = self._root_at(levels, len(leaves))
        self._carry(levels)
        return Piece(levels, chains)

    def root(self, size: int) -> bytes | None:
        """Give the root at a size that was wanted; none where there are fewer entries."""
        return self._roots.get(size)

    @property
    def named(self) -> tuple[tuple[int, str], ...]:
        """The changes of keys or witnesses that the entries name: the index and the hash of each."""
        return tuple(self._counted.named) if self._counted else ()

    def found(self) -> Audit:
        """Say what was found of all that was taken."""
        terms = Terms.of(self._policy, self.named, self._changes)
        faults = [*self._faults, *terms.faults]
        held: list[tuple[Checkpoint, Note]] = []
        witnessed, enough = 0, False
        for number, state, note in self._notes:
            policy = terms.at(state.size)
            try:
                seen = len(believe(note, policy).witnessed) >= policy.quorum
            except Unproved as fault:
                faults.append(f"checkpoint {number}: {fault.what}")
                continue
            enough = enough or seen
            if state.size not in self._roots:
                faults.append(
                    f"a checkpoint was signed over {state.size} entries, and there are {self._size}"
                )
            elif self._roots[state.size] != state.root:
                faults.append(f"the first {state.size} entries are not those that were signed")
            else:
                held.append((state, note))
                witnessed = max(witnessed, state.size) if seen else witnessed
        if not enough:
            faults.append("no checkpoint is signed by the log and by enough witnesses")
        signed = max((state.size for state, _ in held), default=0)
        return Audit(self._size, self._root, signed, witnessed, (*faults, *terms.unlinked(held)))

    def _root_at(self, levels: list[list[bytes]], count: int) -> bytes:
        """Give the root over all before these entries and the first of them."""
        peaks, at = [peak for _, peak in self._peaks], 0
        for level in reversed(range(count.bit_length())):
            if count >> level & 1:
                peaks.append(levels[level][at >> level])
                at += 1 << level
        root = peaks.pop() if peaks else EMPTY_ROOT
        while peaks:
            root = node_hash(peaks.pop(), root)
        return root

    def _carry(self, levels: list[list[bytes]]) -> None:
        """Join a whole piece with the subtrees before it that are as large."""
        (carried, *rest), level = levels[-1], len(levels) - 1
        assert not rest or self._size % PIECE
        while self._peaks and self._peaks[-1][0] == level:
            carried, level = node_hash(self._peaks.pop()[1], carried), level + 1
        self._peaks.append((level, carried))


class _Counts:
    """What the next entry of each writer and subject must say."""

    def __init__(self) -> None:
        self.ids: set[bytes] = set()
        self.writers: dict[bytes, int] = {}
        self.subjects: dict[bytes, int] = {}
        self.lasts: dict[bytes, int] = {}
        self.named: list[tuple[int, str]] = []

    def check(self, start: int, entries: Sequence[bytes]) -> list[str]:
        """Give what is wrong with entries that stand from an index on."""
        joined = b"\n".join(entries)
        plain: list[_Links] = _PLAIN.findall(joined)
        between = b"\n" * (len(entries) - 1)
        if len(plain) == len(entries) and joined.translate(None, _PRINTED) == between:
            return self._all(start, plain)
        faults = []
        for index, entry in enumerate(entries, start):
            try:
                fields = read(entry)
                faults += self._all(index, [_links(fields)])
                if FIELD in fields:
                    self.named.append((index, str(fields[FIELD])))
            except Unproved as fault:
                faults.append(f"entry {index}: {fault.what}")
        return faults

    def _all(self, start: int, plain: Sequence[_Links]) -> list[str]:
        """Count entries that can be read. It is one loop without calls: much of the time goes here."""
        faults: list[str] = []
        ids, writers, subjects, lasts = self.ids, self.writers, self.subjects, self.lasts
        for index, (name, subject, count, previous, writer, writer_count) in enumerate(plain, start):
            if name in ids:
                faults.append(f"entry {index}: an entry's id stands twice")
                continue
            ids.add(name)
            due = writers.get(writer, 0) + 1
            writers[writer] = due
            if int(writer_count) != due:
                faults.append(
                    f"entry {index}: an entry of its writer is missing, or stands in the wrong order"
                )
                continue
            if subject:
                before, last = subjects.get(subject, 0) + 1, lasts.get(subject, -1)
                subjects[subject], lasts[subject] = before, index
                if int(count or 1) != before or int(previous or -1) != last:
                    faults.append(
                        f"entry {index}: an entry about its subject is missing, or stands in the wrong order"
                    )
        return faults


def _links(fields: Fields) -> _Links:
    """Give of an entry what the pattern of plain entries gives."""
    count = fields["subject_count"]
    said = (
        fields["id"],
        fields["subject"],
        None if count == 1 else count,
        fields["subject_previous"],
        fields["writer"],
        fields["writer_count"],
    )
    name, subject, count_said, previous, writer, writer_count = (
        b"" if value is None else (json.dumps(value)[1:-1] if isinstance(value, str) else str(value)).encode()
        for value in said
    )
    return name, subject, count_said, previous, writer, writer_count
