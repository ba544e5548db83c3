"""The roll call: for each person how many entries there are and which is the last, under one root.

A person who holds their row, with its proof, and their entries sees that none was left out, and sees nobody
else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from locutorio.record.entry import Fields
from locutorio.record.tree import (
    EMPTY_ROOT,
    check_inclusion,
    inclusion,
    leaf_hash,
    levels_of,
    reader_of,
    root_at,
)
from locutorio.record.unproved import Unproved


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One person on the roll: pseudonym, how many entries are about them, leaf index of the last."""

    subject: str
    count: int
    last: int

    def leaf(self) -> bytes:
        """Give the hash by which the row stands in the roll: its three values, each on its line."""
        return leaf_hash(f"{self.subject}\n{self.count}\n{self.last}\n".encode())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands on a roll of ``size`` rows, and the hashes that lead from it to the root."""

    index: int
    size: int
    path: tuple[bytes, ...]


class RollCall:
    """The rows of one day, in the order of their pseudonyms.

    Raises:
        Unproved: if a pseudonym stands twice or holds the end of a line, or a count or an index cannot be.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(sorted(rows))
        if len({row.subject for row in self.rows}) != len(self.rows):
            raise Unproved("a person stands twice on the roll")
        for row in self.rows:
            if not row.subject or "\n" in row.subject or row.count < 1 or row.last < row.count - 1:
                raise Unproved("a row of the roll cannot be")
        self._read = reader_of(self._levels()) if self.rows else None

    def root(self) -> bytes:
        """Give the hash that the day's entry holds."""
        return root_at(len(self.rows), self._read) if self._read else EMPTY_ROOT

    def place(self, subject: str) -> tuple[Row, Place]:
        """Give a person's row, and the proof that it stands on the roll.

        Raises:
            KeyError: if there is no entry about the person.
        """
        for index, row in enumerate(self.rows):
            if row.subject == subject and self._read:
                size = len(self.rows)
                return row, Place(index, size, inclusion(index, size, self._read))
        raise KeyError(subject)

    def _levels(self) -> list[list[bytes]]:
        return levels_of([row.leaf() for row in self.rows])


def check_row(row: Row, place: Place, root: bytes) -> None:
    """Check that a row stands on the roll with this root.

    Raises:
        Unproved: if it is not shown.
    """
    check_inclusion(row.leaf(), place.index, place.size, place.path, root)


def check_complete(row: Row, entries: Sequence[tuple[int, Fields]], called_at: int) -> None:
    """Check that these are all entries about the person whose row it is.

    Args:
        row: the person's row, checked by ``check_row``.
        entries: the leaf index and the fields of each entry, each proved by itself, in the order of the log.
        called_at: the leaf index of the roll call's own entry; the row speaks of what stands before it.

    Raises:
        Unproved: if one is missing, stands twice, or is about somebody else.
    """
    if len(entries) != row.count:
        raise Unproved(
            "there are more or fewer entries than the roll says", f"{len(entries)} and {row.count}"
        )
    before: int | None = None
    for number, (index, fields) in enumerate(entries, 1):
        said = (fields["subject"], fields["subject_count"], fields["subject_previous"])
        if said != (row.subject, number, before):
            raise Unproved(f"entry {number} about the person is missing, or another stands for it")
        if index >= called_at or (before is not None and index <= before):
            raise Unproved(f"entry {number} about the person stands where it cannot")
        before = index
    if before != row.last:
        raise Unproved("the last entry about the person is not the one that the roll names")
