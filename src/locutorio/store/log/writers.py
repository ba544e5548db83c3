"""Who wrote an entry, and how many before it: a gap shows that one was taken away before it was in the log.

A writer is a run of transactions, one after the other, of one process. Its count is kept in memory, so that
nobody waits for another's. A writer of whom it is not certain what was kept writes no more.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4


@dataclass(slots=True)
class Writer:
    """One run of transactions, and how many of its entries each log has."""

    id: str = field(default_factory=lambda: uuid4().hex)
    counts: dict[UUID, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbered:
    """A number that a transaction may give to its entry."""

    writer: str
    count: int
    used: bool = False

    def use(self) -> tuple[str, int]:
        """Give the writer and the number, which is then taken if the transaction is kept."""
        self.used = True
        return self.writer, self.count


_idle: deque[Writer] = deque()


def forget() -> None:
    """Write as new writers from now on: another database is used, or another process begins."""
    _idle.clear()


os.register_at_fork(after_in_child=forget)


@contextmanager
def numbered(establishment: UUID) -> Iterator[Numbered]:
    """Number the entry of the transaction within. Where that is not kept, its writer writes no more."""
    try:
        writer = _idle.pop()
    except IndexError:
        writer = Writer()
    number = Numbered(writer.id, writer.counts.get(establishment, 0) + 1)
    yield number
    if number.used:
        writer.counts[establishment] = number.count
    _idle.append(writer)
