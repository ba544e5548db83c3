"""What several threads want written to one file, in one transaction: a file is brought to disk once for all.

Whoever comes first writes what waits, its own and others'; those who come meanwhile are the next to be
written. What may not be written is left out, and told to whom it belongs alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from uuid import UUID

from django.db import DatabaseError, Error, transaction

from locutorio.store.statements import Statement, database_kind, write
from locutorio.store.turns import one_by_one

AT_ONCE_MAX = 64


@dataclass(slots=True)
class _Wanted:
    """What one thread wants written, and what became of it."""

    statements: Sequence[Statement]
    of: UUID
    error: BaseException | None = None
    done: Event = field(default_factory=Event)


_lock = Lock()
_waiting: list[_Wanted] = []
_writing = False


def write_together(statements: Sequence[Statement], *, of: UUID) -> None:
    """Write everything, in order, or nothing; when it returns, it is on disk.

    On SQLite it goes with what other threads of this process want written at the time. On a server, which
    does that by itself, it is a transaction of its own.

    Args:
        statements: what is written.
        of: the establishment.

    Raises:
        IntegrityError: something of it may not be.
        Error: the database cannot write.
    """
    if database_kind() != "sqlite":
        write(statements, of=of)
        return
    mine = _Wanted(statements, of)
    if _joined(mine):
        _write_all()
    mine.done.wait()
    if mine.error is not None:
        raise mine.error


def _joined(mine: _Wanted) -> bool:
    """Join those who wait; tell whether it falls to this thread to write."""
    global _writing  # noqa: PLW0603 - one file, one who writes to it
    with _lock:
        _waiting.append(mine)
        if _writing:
            return False
        _writing = True
        return True


def _write_all() -> None:
    """Write what waits, until nothing does."""
    global _writing  # noqa: PLW0603 - as above
    while True:
        with _lock:
            wanted = _waiting[:AT_ONCE_MAX]
            del _waiting[:AT_ONCE_MAX]
            if not wanted:
                _writing = False
                return
        try:
            with one_by_one(), transaction.atomic(durable=True):
                for one in wanted:
                    _write(one)
        except BaseException as error:  # noqa: BLE001 - whoever waits is told, whatever it was
            for one in wanted:
                one.error = one.error or error
        for one in wanted:
            one.done.set()


def _write(one: _Wanted) -> None:
    """Write what one thread wants, or leave it out and keep the reason."""
    try:
        with transaction.atomic():
            write(one.statements, of=one.of)
    except (DatabaseError, Error) as error:
        one.error = error
        with suppress(Error):
            transaction.set_rollback(False)
