"""As which role a PostgreSQL server is read and filled for a backup, and that it is read whole.

The program's role sees one establishment at a time, and the owner of the tables no row at all. What is copied
is read by a role that no policy binds; what is put back belongs to the owner of the tables.
"""

from __future__ import annotations

import os
from typing import Any

from locutorio.kernel.faults import Fault
from locutorio.store.databases import (
    BACKUP_ROLE,
    OTHER_ROLE,
    OWNER,
    Settings,
    database,
    from_environment,
    owners_database,
)

_WITHOUT_PORT = 5432
_BYPASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_HELD = {
    "store_establishment": "SELECT EXISTS (SELECT FROM public.store_establishment)",
    "store_key": "SELECT to_regclass('public.store_key') IS NOT NULL",
}


def is_server(settings: Settings) -> bool:
    """Tell whether a database is on a PostgreSQL server, or else a file."""
    return "postgresql" in str(settings["ENGINE"])


def read_for_backup(where: str | None) -> Settings:
    """Give the settings of a database as the role that copies it; none where none is named.

    Args:
        where: its address in that role, or a file. The environment says it otherwise: a server's in the role
            for backups, or else the program's own, which on a server is refused when it comes to copying.
    """
    named = where or os.environ.get(BACKUP_ROLE)
    settings = database(named) if named else from_environment()
    return {**settings, OTHER_ROLE: True} if settings else {}


def filled_by_owner(where: str) -> Settings:
    """Give the settings of a database that is to be filled: on a server as the owner of its tables.

    Raises:
        Fault: no owner is named, or the owner's address is another database's.
    """
    settings, owner = database(where), owners_database()
    if not is_server(settings):
        return settings
    if not owner:
        raise Fault(
            "the owner of the tables is not named",
            why="the role that the program works as may make no table",
            remedy=f"set {OWNER} to the address of the same database as the role that is to own the tables",
        )
    if _place(settings) != _place(owner):
        raise Fault(
            f"--database and {OWNER} do not name the same database",
            why="one would be filled, and the other one verified",
            remedy="write both with the same host, port and name, those of the server itself",
        )
    return {**settings, **owner}


def see_that_all_is_read(settings: Settings, table: str) -> None:
    """See that the role of a database is shown every row, and that it is a database of ours.

    Args:
        settings: of the database.
        table: ``store_establishment``, where a row must be, or ``store_key``, which must be there.

    Raises:
        Fault: a copy would hold nothing, or a part; or the database does not answer.
    """
    if not is_server(settings):
        return
    ((bypasses,),) = asked(settings, _BYPASSES)
    if not bypasses:
        raise Fault(
            f'the role "{settings["USER"]}" does not see every row of {settings["NAME"]}',
            why="policies bind it: a backup that it took would hold nothing, or a part",
            remedy=f"set {BACKUP_ROLE} to the address of the database as a role with BYPASSRLS that may read "
            "everything; docs/how-to/postgresql.md says how to make one",
        )
    ((held,),) = asked(settings, _HELD[table])
    if not held:
        raise Fault(
            f"there is nothing to back up in {settings['NAME']}",
            why=f"{table} is empty or not there",
            remedy="see that the address names the database that the program uses",
        )


def asked(settings: Settings, *statements: str) -> list[tuple[Any, ...]]:
    """Say statements to a server, each by itself, and give what the last one answers.

    Raises:
        Fault: it does not answer, or refuses.
    """
    import psycopg

    options: Any = settings["OPTIONS"]
    said = {name: value for name, value in options.items() if name.startswith("ssl")}
    try:
        with psycopg.connect(
            dbname=str(settings["NAME"]),
            user=str(settings["USER"]),
            password=str(settings["PASSWORD"]),
            host=str(settings["HOST"]),
            port=str(settings["PORT"]),
            autocommit=True,
            **said,
        ) as session:
            for statement in statements[:-1]:
                session.execute(statement.encode())
            cursor = session.execute(statements[-1].encode())
            return cursor.fetchall() if cursor.description else []
    except psycopg.Error as error:
        raise Fault(
            f'the database {settings["NAME"]} does not do what the role "{settings["USER"]}" asks',
            why=" ".join(str(error).split()),
            remedy="see that the address, the role and its rights are as docs/how-to/postgresql.md says",
        ) from error


def _place(settings: Settings) -> tuple[object, object, object]:
    return settings["HOST"], settings["PORT"] or _WITHOUT_PORT, settings["NAME"]
