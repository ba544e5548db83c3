"""Whose rows may be seen: PostgreSQL shows a row only where the transaction says of which establishment.

What is said holds for one transaction, so that a connection which many take in turn (a pooler's) keeps
nothing of it. Where nothing is said, no row of anybody is seen. `store/policies.py` has what is shown for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, transaction

from locutorio.store.statements import ESTABLISHMENT, say

ACCOUNT, NAME, SESSION, LISTING = (
    *("locutorio.account", "locutorio.signing_in", "locutorio.session", "locutorio.listing"),
)

P = ParamSpec("P")
R = TypeVar("R")

_here: ContextVar[UUID | None] = ContextVar("establishment", default=None)


@contextmanager
def inside(establishment: UUID) -> Iterator[None]:
    """See the rows of one establishment, and of no other.

    On PostgreSQL it is one transaction, which is kept if no exception leaves it; on SQLite, where one file
    is read by those who may read all of it, it is none. Within it, the same establishment may be entered
    again, which changes nothing.

    Raises:
        RuntimeError: another establishment is entered within it, or a transaction was begun before it.
    """
    if _here.get() == establishment:
        yield
        return
    with _entered(establishment):
        if connection.vendor == "sqlite":
            yield
            return
        with transaction.atomic(durable=True):
            say({ESTABLISHMENT: str(establishment)})
            yield


@contextmanager
def changing(establishment: UUID) -> Iterator[None]:
    """Change rows of one establishment in one transaction, on disk when it ends; it is never within another.

    Raises:
        RuntimeError: an establishment is entered, or a transaction was begun, before it.
    """
    with _entered(establishment), transaction.atomic(durable=True):
        if connection.vendor != "sqlite":
            say({ESTABLISHMENT: str(establishment)})
        yield


@contextmanager
def at_one_moment(establishment: UUID) -> Iterator[None]:
    """See the rows of one establishment as they are now, whatever is written meanwhile; nothing is changed.

    Raises:
        RuntimeError: an establishment is entered, or a transaction was begun, before it.
    """
    with _entered(establishment), transaction.atomic(durable=True):
        if connection.vendor != "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            say({ESTABLISHMENT: str(establishment)})
        yield


@contextmanager
def _entered(establishment: UUID) -> Iterator[None]:
    before = _here.get()
    if before is not None:
        raise RuntimeError(f"{establishment} is entered inside {before}: nothing is of two establishments")
    mark = _here.set(establishment)
    try:
        yield
    finally:
        _here.reset(mark)


def within(read: Callable[Concatenate[UUID, P], R]) -> Callable[Concatenate[UUID, P], R]:
    """Have a read made inside the establishment that is its first argument. It gives no iterator."""

    @wraps(read)
    def reading(establishment: UUID, /, *args: P.args, **more: P.kwargs) -> R:
        if _here.get() == establishment:
            return read(establishment, *args, **more)
        with inside(establishment):
            return read(establishment, *args, **more)

    return reading


def listing() -> Any:
    """See which establishments there are, and nothing of what is in them."""
    return _saying(LISTING, "on")


def of_account(account: UUID) -> Any:
    """See what an account is, and its roles wherever it has some."""
    return _saying(ACCOUNT, str(account))


def signing_in(name: str) -> Any:
    """See the account of one name, and what was tried for names."""
    return _saying(NAME, name)


def of_session(key: str) -> Any:
    """See the session of one key."""
    return _saying(SESSION, key)


@contextmanager
def _saying(setting: str, value: str) -> Iterator[None]:
    """Say something in the transaction that is open, until the end of the block, or in one of its own."""
    if connection.vendor == "sqlite":
        yield
    elif connection.in_atomic_block:
        say({setting: value})
        try:
            yield
        finally:
            if _goes_on():
                say({setting: ""})
    else:
        with transaction.atomic(durable=True):
            say({setting: value})
            yield


def _goes_on() -> bool:
    """Tell whether the open transaction can still do something."""
    from psycopg.pq import TransactionStatus

    session = connection.connection
    return session is not None and session.info.transaction_status == TransactionStatus.INTRANS
