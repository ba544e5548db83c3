"""Writes databases anew without what was taken away: deleted rows stay in a file until it is.

What is written anew are the tables, their indexes and what the database counted of their values. Not reached
from here are copies of the database, what a PostgreSQL server wrote ahead until its next checkpoint, and
blocks of a disk that the file system gave back; docs/how-to/erase.md says what is to be done about each.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import Error, connections

from locutorio.kernel.faults import Fault
from locutorio.store.databases import OWNER, owners_database
from locutorio.store.keys import ALIAS
from locutorio.store.start import owning

_AS_OWNER = f"run `locutorio retention --erase` with {OWNER} set to the address of the owner of the tables"
_COUNTED = "pg_catalog.pg_statistic"


def can_rewrite() -> bool:
    """Tell whether this program may: its databases are files, or the environment names their owner."""
    return connections["default"].vendor != "postgresql" or bool(owners_database())


def rewrite() -> None:
    """Write both databases anew, without a byte of what was taken away. Others wait meanwhile.

    On a PostgreSQL server the role that owns the tables does it, where the environment names it.

    Raises:
        Fault: this user of the database may not.
    """
    if connections["default"].vendor == "postgresql" and owners_database():
        with owning():
            _rewrite()
    else:
        _rewrite()


def _rewrite() -> None:
    for alias in ("default", ALIAS):
        connection = connections[alias]
        try:
            if connection.vendor == "sqlite":
                _file(connection)
            else:
                _server(connection, alias)
        except Error as error:
            raise Fault(
                "what was erased could not be taken out of the files",
                why=" ".join(str(error).split()),
                remedy=f"{_AS_OWNER}, when nobody is at work",
            ) from error


def _file(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("VACUUM")


def _server(connection: Any, alias: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, pg_has_role(c.relowner, 'USAGE') FROM pg_class c"
            " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
        )
        found = dict(cursor.fetchall())
        names = {one._meta.db_table for one in apps.get_models(include_auto_created=True)}
        chosen = [name for name in found if alias == ALIAS or name in names]
        foreign = [name for name in chosen if not found[name]]
        if foreign:
            raise Fault(
                f"the table {foreign[0]} is not this user's to write anew",
                remedy=_AS_OWNER,
            )
        for name in chosen:
            cursor.execute(f'VACUUM (FULL, ANALYZE) "{name}"')
        cursor.execute(f"VACUUM (FULL) {_COUNTED}")
