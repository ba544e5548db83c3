"""Whose rows may be seen: PostgreSQL shows a row only where the transaction says of which establishment.

What is said holds for one transaction, so that a connection which many take in turn (a pooler's) keeps
nothing of it. Where nothing is said, no row of anybody is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from locutorio.store.statements import say

ESTABLISHMENT = "locutorio.establishment"

_here: ContextVar[UUID | None] = ContextVar("establishment", default=None)


@contextmanager
def inside(establishment: UUID) -> Iterator[None]:
    """See and write the rows of one establishment, and of no other.

    On PostgreSQL it is one transaction, which is kept if no exception leaves it; on SQLite, where one file
    is read by those who may read all of it, it is none. Within it, the same establishment may be entered
    again, which changes nothing.

    Raises:
        RuntimeError: another establishment is entered within it, or a transaction was begun before it.
    """
    before = _here.get()
    if before == establishment:
        yield
        return
    if before is not None:
        raise RuntimeError(f"{establishment} is entered inside {before}: nothing is of two establishments")
    mark = _here.set(establishment)
    try:
        if connection.vendor == "sqlite":
            yield
            return
        with transaction.atomic(durable=True):
            say({ESTABLISHMENT: str(establishment)})
            yield
    finally:
        _here.reset(mark)
