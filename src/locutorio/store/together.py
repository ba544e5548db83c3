"""What several threads want written to one file, in one transaction: a file is brought to disk once for all.

Whoever comes first writes what waits when its turn has come, its own and others'; those who come meanwhile
are written next, by the first of them. What may not be written is left out, and told to whom it belongs.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from uuid import UUID

from django.db import Error, transaction

from locutorio.store.statements import Made, Statement, database_kind, made, write, write_made
from locutorio.store.turns import one_by_one

AT_ONCE_MAX = 64
MANY, GATHERED_SECONDS = 4, 0.02
"""Where so many were written at once, the next are gathered for a while: the file is brought to disk less
often, and the other processes wait less for it."""


@dataclass(slots=True)
class _Wanted:
    """What one thread wants written, and what became of it: ``done``, or it is its turn to write."""

    statements: Sequence[Made]
    error: BaseException | None = None
    writes: bool = False
    done: Event = field(default_factory=Event)


_lock = Lock()
_waiting: list[_Wanted] = []
_writing = False
_last = 0.0, 0
"""When it was last written, by the machine's own counter, and for how many."""


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
    global _writing
    if database_kind() != "sqlite":
        write(statements, of=of)
        return
    mine = _Wanted([made(one) for one in statements])
    with _lock:
        _waiting.append(mine)
        mine.writes, _writing = not _writing, True
    if not mine.writes:
        mine.done.wait()
    if mine.writes:
        _write_first()
    if mine.error is not None:
        raise mine.error


def _write_first() -> None:
    """Write the first of those who wait, and let the next of them write the next."""
    global _writing, _last  # noqa: PLW0603 - one file, one who writes to it
    wanted: list[_Wanted] = []
    began, many = _last
    try:
        if many >= MANY:
            time.sleep(max(0.0, began + GATHERED_SECONDS - time.monotonic()))
        with one_by_one():
            wanted = _taken()
            _last = time.monotonic(), len(wanted)
            _write(wanted)
    except BaseException as error:  # noqa: BLE001 - whoever waits is told, whatever it was
        wanted = wanted or _taken()
        for one in wanted:
            one.error = one.error or error
    with _lock:
        _writing = bool(_waiting)
        for one in _waiting[:1]:
            one.writes = True
            one.done.set()
    for one in wanted:
        one.done.set()


def _taken() -> list[_Wanted]:
    """Take the first of those who wait."""
    with _lock:
        wanted = _waiting[:AT_ONCE_MAX]
        del _waiting[:AT_ONCE_MAX]
    return wanted


def _write(wanted: Sequence[_Wanted]) -> None:
    """Write all in one transaction; where something may not be, each by itself, and keep the reasons."""
    try:
        with transaction.atomic(durable=True):
            for one in wanted:
                write_made(one.statements)
    except Error as error:
        if len(wanted) == 1:
            wanted[0].error = error
            return
        with transaction.atomic(durable=True):
            for one in wanted:
                _write_alone(one)


def _write_alone(one: _Wanted) -> None:
    """Write what one thread wants, or leave it out and keep the reason."""
    try:
        with transaction.atomic():
            write_made(one.statements)
    except Error as error:
        one.error = error
        with suppress(Error):
            transaction.set_rollback(False)
