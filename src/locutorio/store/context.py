"""Whose rows may be seen: PostgreSQL shows a row only where the transaction says of which establishment.

What is said holds for one transaction, so that a connection which many take in turn (a pooler's) keeps
nothing of it. Where nothing is said, no row of anybody is seen. `store/policies.py` has what is shown for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, transaction

from locutorio.store.statements import ESTABLISHMENT, say

ACCOUNT, SESSION, LISTING = "locutorio.account", "locutorio.session", "locutorio.listing"
DOOR, NAME, HELD = "locutorio.at_the_door", "locutorio.signing_in", "locutorio.holding"

P = ParamSpec("P")
R = TypeVar("R")

_here: ContextVar[UUID | None] = ContextVar("establishment", default=None)
_said: ContextVar[Mapping[str, str]] = ContextVar("said", default=MappingProxyType({}))


@contextmanager
def inside(establishment: UUID) -> Iterator[None]:
    """See the rows of one establishment, and of no other.

    On PostgreSQL it is one transaction, which is kept if no exception leaves it, or a part of the one that is
    open; on SQLite, where one file is read by those who may read all of it, it is none. Within it, the same
    establishment may be entered again, which changes nothing.

    Raises:
        RuntimeError: another establishment is entered within it.
    """
    if _here.get() == establishment:
        yield
        return
    with _entered(establishment), _saying({ESTABLISHMENT: str(establishment)}):
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


def current() -> UUID | None:
    """Give the establishment that is entered now, if one is."""
    return _here.get()


def listing() -> AbstractContextManager[None]:
    """See which establishments there are, and nothing of what is in them."""
    return _saying({LISTING: "on"})


def of_account(account: UUID) -> AbstractContextManager[None]:
    """See what an account is and has, and its roles wherever it has some."""
    return _saying({ACCOUNT: str(account), LISTING: "on"})


def at_door(name: str = "") -> AbstractContextManager[None]:
    """See what was tried by those who sign in, and the account of one name."""
    return _saying({DOOR: "on", NAME: name})


def holding(digest: str) -> AbstractContextManager[None]:
    """See what a secret opens that somebody holds: a code on paper, the key of a device."""
    return _saying({HELD: digest})


def of_session(key: str) -> AbstractContextManager[None]:
    """See the session of one key."""
    return _saying({SESSION: key})


def owning(read: Callable[Concatenate[UUID, P], R]) -> Callable[Concatenate[UUID, P], R]:
    """Have a read made as of the account that is its first argument. It gives no iterator."""

    @wraps(read)
    def reading(account: UUID, /, *args: P.args, **more: P.kwargs) -> R:
        with of_account(account):
            return read(account, *args, **more)

    return reading


def trying(read: Callable[P, R]) -> Callable[P, R]:
    """Have something done as by somebody who is at the door: nobody yet. It gives no iterator."""

    @wraps(read)
    def reading(*args: P.args, **more: P.kwargs) -> R:
        with at_door():
            return read(*args, **more)

    return reading


@contextmanager
def _saying(settings: Mapping[str, str]) -> Iterator[None]:
    """Say something until the end of the block, in the transaction that is open or in one of its own."""
    before = _said.get()
    mark = _said.set({**before, **settings})
    try:
        if connection.vendor == "sqlite":
            yield
        elif connection.in_atomic_block:
            say(settings)
            try:
                yield
            finally:
                if _goes_on():
                    say({name: before.get(name, "") for name in settings})
        else:
            with transaction.atomic(durable=True):
                say(settings, to_look=True)
                yield
    finally:
        _said.reset(mark)


def _goes_on() -> bool:
    """Tell whether the open transaction can still do something."""
    from psycopg.pq import TransactionStatus

    session = connection.connection
    return session is not None and session.info.transaction_status == TransactionStatus.INTRANS
