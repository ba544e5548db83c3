"""What may happen to a command on its way: it is sent twice, it is broken off, another comes in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

from locutorio.store import statements

WAIT_SECONDS = 0.3


class Crash(BaseException):
    """The process ends here; nothing that was not committed is kept."""


@contextmanager
def at_each_statement(do: Callable[[int], None]) -> Iterator[None]:
    """Do something before each statement that this thread sends to its database, with its number from 1."""
    mine, number = threading.get_ident(), 0
    session, cursor = statements._session, statements._cursor

    def count() -> None:
        nonlocal number
        if threading.get_ident() == mine:
            number += 1
            do(number)

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        count()
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(wrapper))
        stack.enter_context(patch.object(statements, "_session", lambda now: _Watched(session(now), count)))
        stack.enter_context(
            patch.object(statements, "_cursor", lambda watched: _Watched(cursor(watched.real), count))
        )
        yield


class _Watched:
    """A session or a cursor of the database's own library, with something done before each statement."""

    def __init__(self, real: Any, before: Callable[[], None]) -> None:
        self.real, self._before = real, before

    def execute(self, *args: Any, **named: Any) -> Any:
        self._before()
        return self.real.execute(*args, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def broken_off(call: Callable[[], object], at: int) -> tuple[bool, object]:
    """Run something that ends before its statement of a number; tell whether it did, else what it gave."""

    def crash(number: int) -> None:
        if number == at:
            raise Crash

    try:
        with at_each_statement(crash):
            return False, call()
    except Crash:
        connection.close()
        return True, None


def in_between(call: Callable[[], object], other: Callable[[], object], at: int) -> tuple[object, object]:
    """Run something, and something else beside it from the statement of a number on; give what both gave.

    The first waits for the other a moment at that statement, so that it goes first unless it has to wait.
    """
    given: list[object] = []
    failed: list[BaseException] = []

    def beside() -> None:
        try:
            given.append(other())
        except BaseException as error:  # noqa: BLE001 - it is raised again by who waits
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=beside)

    def begin(number: int) -> None:
        if number == at:
            thread.start()
            thread.join(WAIT_SECONDS)

    with at_each_statement(begin):
        mine = call()
    if thread.ident is None:
        thread.start()
    thread.join()
    for error in failed:
        raise error
    return mine, given[0]
