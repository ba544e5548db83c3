"""The tree over the entries, by RFC 6962 and RFC 9162: grown leaf by leaf, and proved by few of its hashes.

A *node* is the hash of a complete subtree: level 0 holds the leaves, and node ``index`` of level ``level``
covers the leaves ``[index << level, (index + 1) << level)``. Only complete subtrees are stored. A hash is 32
bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from locutorio.record.unproved import Unproved

HASH_LENGTH = 32
EMPTY_ROOT = sha256(b"").digest()
PATH_LENGTH_MAX = 63

Reader = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Node:
    """The hash of a complete subtree, and where it stands."""

    level: int
    index: int
    hash: bytes


def leaf_hash(entry: bytes) -> bytes:
    """Give the hash by which an entry's bytes stand in the tree: ``SHA-256(0x00 || entry)``."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of two subtrees side by side: ``SHA-256(0x01 || left || right)``."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: its size, and the roots of its complete subtrees, the largest first.

    Raises:
        ValueError: if there are not as many subtrees as the size has bits that are set.
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if size < 0 or len(self.peaks) != size.bit_count():
            raise ValueError("the frontier of a tree has one hash for each bit of its size")

    @classmethod
    def of(cls, size: int, read: Reader) -> Frontier:
        """Give the frontier of a tree whose nodes are stored."""
        return cls(size, [read(level, (size >> level) - 1) for level in _bits(size)])

    def append(self, leaf: bytes) -> list[Node]:
        """Add a leaf hash. Gives the nodes that it completes, to be stored: the leaf itself, then upwards."""
        made = [Node(0, self.size, leaf)]
        rest, level, index, carried = self.size, 0, self.size, leaf
        while rest & 1:
            carried = node_hash(self.peaks.pop(), carried)
            rest, level, index = rest >> 1, level + 1, index >> 1
            made.append(Node(level, index, carried))
        self.peaks.append(carried)
        self.size += 1
        return made

    def root(self) -> bytes:
        """Give the root of the tree as it is now."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def levels_of(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Give all nodes over some leaf hashes, level by level: ``levels[level][index]``."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(*pair) for pair in zip(below[::2], below[1::2], strict=False)])
    return levels


def reader_of(levels: Sequence[Sequence[bytes]]) -> Reader:
    """Give a reader of nodes that are held in memory."""
    return lambda level, index: levels[level][index]


def root_at(size: int, read: Reader) -> bytes:
    """Give the root that the stored tree had when it held ``size`` leaves."""
    return Frontier.of(size, read).root()


def inclusion(index: int, size: int, read: Reader) -> tuple[bytes, ...]:
    """Prove that a leaf is in the tree of a size: the hashes beside its way up, the lowest first.

    Raises:
        ValueError: if the tree holds no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError("there is no such leaf in a tree of that size")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_hash_of(middle, end, read))
            end = middle
        else:
            path.append(_hash_of(start, middle, read))
            start = middle
    return tuple(reversed(path))


def consistency(old: int, new: int, read: Reader) -> tuple[bytes, ...]:
    """Prove that the tree of size ``new`` begins with that of size ``old``. Empty for 0 and equal sizes.

    Raises:
        ValueError: if the old size is the larger one.
    """
    if not 0 <= old <= new:
        raise ValueError("the old tree is not larger than the new one")
    if old in {0, new}:
        return ()
    start, end, path, known = 0, new, [], True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_hash_of(middle, end, read))
            end = middle
        else:
            path.append(_hash_of(start, middle, read))
            start, known = middle, False
    if not known:
        path.append(_hash_of(start, end, read))
    return tuple(reversed(path))


def wanted(prove: Callable[[Reader], object]) -> list[tuple[int, int]]:
    """Give the (level, index) of each node that a proof reads, so that a database is asked once for all."""
    places: list[tuple[int, int]] = []

    def noted(level: int, index: int) -> bytes:
        places.append((level, index))
        return b""

    prove(noted)
    return places


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf hash stands at an index of the tree with that size and root (RFC 9162, 2.1.3.2).

    Raises:
        Unproved: if it is not shown.
    """
    if not 0 <= index < size:
        raise Unproved("the entry is said to stand outside the tree", f"index {index} in a tree of {size}")
    here, last, reached = index, size - 1, leaf
    for beside in path:
        if last == 0:
            raise Unproved("the proof holds more hashes than the tree is high")
        if here & 1 or here == last:
            reached = node_hash(beside, reached)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            reached = node_hash(reached, beside)
        here, last = here >> 1, last >> 1
    if last:
        raise Unproved("the proof holds fewer hashes than the tree is high")
    if reached != root:
        raise Unproved("the proof does not lead from this entry to the root that was signed")


def check_consistency(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> None:
    """Check that a tree only grew from one size and root to another (RFC 9162, 2.1.4.2).

    Raises:
        Unproved: if it is not shown.
    """
    if not 0 <= old <= new:
        raise Unproved("the tree has become smaller", f"from {old} to {new} entries")
    if old in {0, new}:
        if path:
            raise Unproved("a proof that needs no hash holds one")
        if (old == new and old_root != new_root) or (old == 0 and old_root != EMPTY_ROOT):
            raise Unproved("two trees of one size have different roots")
        return
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        raise Unproved("the proof of growth holds no hash")
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = steps[0]
    for beside in steps[1:]:
        if last == 0:
            raise Unproved("the proof of growth holds more hashes than the tree is high")
        if here & 1 or here == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            after = node_hash(after, beside)
        here, last = here >> 1, last >> 1
    if last or before != old_root or after != new_root:
        raise Unproved("the new tree does not begin with the old one")


def _split(count: int) -> int:
    """Give the largest power of two below a count of at least 2."""
    return 1 << (count - 1).bit_length() - 1


def _bits(size: int) -> list[int]:
    """Give the levels of the complete subtrees of a tree, the highest first."""
    return [level for level in reversed(range(size.bit_length())) if size >> level & 1]


def _hash_of(start: int, end: int, read: Reader) -> bytes:
    """Give the hash of the leaves ``[start, end)``, which begin where a subtree that large may begin."""
    count = end - start
    hashes, at = [], start
    for level in _bits(count):
        hashes.append(read(level, at >> level))
        at += 1 << level
    reached = hashes.pop()
    while hashes:
        reached = node_hash(hashes.pop(), reached)
    return reached
