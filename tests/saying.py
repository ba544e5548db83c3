"""Whatever the program reads without saying whose rows it is about fails here on SQLite as well.

PostgreSQL shows no row then, so that the program would go on as if there were none; SQLite shows every row.
What each table needs to be said of it is read off its policy. What a test asks for itself is its own affair.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from locutorio.store import apps, context, start
from locutorio.store.statements import ESTABLISHMENT
from tests.beside import asked_by_test

_TABLES = re.compile(r'\b(?:FROM|JOIN|UPDATE)\s+"?(\w+)"?', re.IGNORECASE)
_LOOKS = re.compile(r"\s*(?:SELECT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
_SETTINGS = re.compile(r"current_setting\('([\w.]+)'")


class Unsaid(AssertionError):
    """The program looked at rows, and had said nothing that shows it any: on PostgreSQL there are none."""


_OWNERS = (start._migrate.__code__, apps._migrating.__code__)


def watch() -> None:
    """Look over each statement on SQLite from now on, in every thread of this process."""
    connection_created.connect(_watched, dispatch_uid=__name__)


def _watched(connection: BaseDatabaseWrapper, **_: object) -> None:
    if connection.vendor == "sqlite" and connection.alias == "default":
        wrappers = connection.execute_wrappers
        if _looked_over not in wrappers:
            wrappers.append(_looked_over)


def _looked_over(execute: Callable[..., Any], sql: str, params: Any, many: bool, about: Any) -> Any:
    said = {name for name, value in context._said.get().items() if value}
    said |= {ESTABLISHMENT} if context.current() else set()
    for table in _named(sql):
        needed = shown_by(table)
        if needed and not needed & said and not asked_by_test() and not _by_owner():
            raise Unsaid(f"{table} is read, and none of {sorted(needed)} was said: {sql[:200]}")
    return execute(sql, params, many, about)


def _by_owner() -> bool:
    """Tell whether tables are being made or changed, which their owner does, whom no policy binds then."""
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code in _OWNERS:
            return True
        frame = frame.f_back
    return False


@lru_cache(maxsize=10_000)
def _named(sql: str) -> frozenset[str]:
    return frozenset(_TABLES.findall(sql)) if _LOOKS.match(sql) else frozenset()


@cache
def shown_by(table: str) -> frozenset[str]:
    """Give the settings of which one must be said for a row of a table to be seen; none where any is."""
    from locutorio.store import policies
    from locutorio.store.models import Account

    model = policies.fenced().get(table)
    if model is None:
        return frozenset()
    found = frozenset(_SETTINGS.findall(policies.rule(model)[0]))
    return found or frozenset(_SETTINGS.findall(policies.rule(Account)[0]))
