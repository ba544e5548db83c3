"""The stored tree of a log, read a few nodes at a time."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from locutorio.record.tree import Frontier, Reader, wanted
from locutorio.store.context import within
from locutorio.store.models import Leaf, Log, Node

Places = list[tuple[int, int]]


@within
def size(establishment: UUID) -> int:
    """Give how many leaves a log has."""
    return Log.objects.filter(establishment=establishment).values_list("size", flat=True).first() or 0


@within
def nodes(establishment: UUID, places: Places) -> Reader:
    """Give a reader of nodes that are named by level and index.

    Raises:
        KeyError: when a node is read that is not stored.
    """
    by_level: dict[int, set[int]] = defaultdict(set)
    for level, index in places:
        by_level[level].add(index)
    found = {}
    for level, indexes in by_level.items():
        rows = (
            Node.objects.filter(establishment=establishment, level=level, index__in=indexes)
            if level
            else Leaf.objects.filter(establishment=establishment, index__in=indexes)
        )
        for index, hash_ in rows.values_list("index", "hash"):
            found[level, index] = bytes(hash_)
    return lambda level, index: found[level, index]


def frontier(establishment: UUID, size: int) -> Frontier:
    """Give the right edge of a stored tree."""
    return Frontier.of(size, nodes(establishment, wanted(lambda read: Frontier.of(size, read).size)))
