"""Opens the store for a process, and brings its tables to their newest form."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from locutorio.kernel.faults import Fault
from locutorio.store.databases import (
    KEYS,
    OWNER,
    VARIABLE,
    Settings,
    database,
    from_environment,
    owners_database,
    with_keys,
)


def start(where: str | None = None, *, isolation: str | None = None) -> None:
    """Open the store, and see that the database can keep what it is given.

    Args:
        where: the path of a file or the address of a PostgreSQL server; the environment says it otherwise.
        isolation: of a PostgreSQL server; the environment says it otherwise.

    Raises:
        Fault: no database is named, it cannot be opened, or it is not set so that nothing is lost.
    """
    settings = database(where, isolation=isolation) if where else from_environment()
    if not settings:
        raise Fault(
            "no database is named",
            remedy=f"name the path of a file, or postgresql://user@host:port/name, or set {VARIABLE} to it",
        )
    for one in with_keys(settings).values():
        _make_private(one)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locutorio.store.settings")
    import django

    django.setup()
    use(settings)
    from django.db import Error, connections

    remedies = {
        "default": (
            "the database cannot be opened",
            "see that its path or address is right and that it runs",
        ),
        "keys": (
            "the database of the keys cannot be opened",
            f"make it, empty, on a server that is copied apart, and set {KEYS} to its address",
        ),
    }
    for alias, (what, remedy) in remedies.items():
        try:
            connections[alias].ensure_connection()
        except Error as error:
            raise Fault(what, why=" ".join(str(error).split()), remedy=remedy) from error


def _make_private(settings: Settings) -> None:
    """Make a file that is not there yet, so that nobody else on this machine can read it."""
    if "sqlite" in str(settings["ENGINE"]):
        with suppress(OSError):  # SQLite then says that it cannot be opened
            os.close(os.open(str(settings["NAME"]), os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def use(settings: Settings, **beside: Settings) -> None:
    """Let this process work on one database from now on; connections of this thread to another are closed.

    Args:
        settings: of the database.
        beside: of others, by the names that Django is to know them by.
    """
    from django.contrib.contenttypes.models import ContentType
    from django.db import connections

    from locutorio.store.log import writers

    writers.forget()
    connections.close_all()
    for alias in [one.alias for one in connections.all(initialized_only=True)]:
        del connections[alias]
    connections.settings = connections.configure_settings({**with_keys(settings), **beside})
    ContentType.objects.clear_cache()


def migrate(to: str | None = None) -> None:
    """Bring the tables to the newest form, or to a named one, and put their fences and policies.

    Nothing else may write meanwhile: without its fences a change leaves nothing for the log. On a PostgreSQL
    server the role that owns the tables does all this, where the environment names it; where it does not, it
    is only seen that there is nothing to do.

    Raises:
        Fault: ``zero`` would take away rows; or there is something to do, and no owner is named.
    """
    from django.db import connection

    from locutorio.store import policies

    if connection.vendor != "postgresql":
        _migrate(to)
        return
    if not owners_database():
        fault = behind() or policies.lacking(connection)
        if fault is not None:
            raise fault
        return
    role = connection.settings_dict["USER"]
    with owning():
        _migrate(to, role)


def let_go() -> None:
    """Close the connections of this thread: it ends, or its process is about to be two."""
    from django.db import connections

    connections.close_all()


@contextmanager
def owning() -> Iterator[None]:
    """Work as the role that owns the tables, which the environment names, until the end of the block."""
    from django.db import connections

    before = dict(connections.settings)
    settings = before.pop("default")
    before.pop("keys", None)
    use({**settings, **owners_database()}, **before)
    try:
        yield
    finally:
        use(settings, **before)


def _migrate(to: str | None, role: str = "") -> None:
    from django.core.management import call_command
    from django.db import connection, connections

    from locutorio.store import fences, keys, policies

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a slow machine thinks for long between two changes of tables
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
    if to or _steps():
        fences.take_away(connection)
        policies.take_away(connection)
    try:
        call_command("migrate", *(["store", to] if to else []), verbosity=0, interactive=False)
    finally:
        fences.put(connection)
        policies.put(connection, role)
    keys.prepare()
    policies.put_on_keys(connections[keys.ALIAS], role)


def _steps() -> bool:
    """Tell whether the tables are not of the newest form."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def behind() -> Fault | None:
    """Say that the tables are not of the newest form, or may not be read at all, if that is so."""
    from django.db import ProgrammingError

    with suppress(ProgrammingError):
        if not _steps():
            return None
    return Fault(
        "the tables of the database are not there, or not of this version",
        why="pages and, on a server, the role that the program works as do not change them",
        remedy=f"start with `locutorio serve`; on a server, once with {OWNER} set to the address of the role "
        "that owns the tables",
    )
