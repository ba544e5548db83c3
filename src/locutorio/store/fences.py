"""What the database itself sees to: every change leaves a row for the log, and what is appended stays.

The fences are computed from the models, so that a new table has its own, and are put again after each
migration: SQLite makes a table anew to change it, and loses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from locutorio.store.log.tables import UNCOUNTED, key_columns, naming_columns, recorded

APPENDED: dict[str, tuple[str, ...]] = {
    "store_breakglass": ("reviewed_by", "reviewed_factor", "reviewed_at", "finding", "review"),
    "store_calldecision": (),
    "store_decided": (),
    "store_document": ("paper_id", "mail_id", "petition_id"),
    "store_documentcontent": (),
    "store_entry": (),
    "store_fact": (),
    "store_leaf": ("seal",),
    "store_node": (),
    "store_notice": ("read_at",),
    "store_petition": (),
    "store_petitionevent": (),
    "store_proposal": ("standing", "decided_by", "decided_factor", "decided_at", "ground"),
    "store_service": (),
    "store_signed": (),
}
"""What is appended and never changed, and which columns of it may be."""

ERASED_ONLY = {"store_leaf": "seal"}
"""Columns that may be emptied, and never hold anything else."""

ERASABLE = {
    "store_breakglass": ("person_id", "contact_id"),
    "store_calldecision": ("person_id",),
    "store_decided": ("contact_id", "request_id"),
    "store_document": ("person_id",),
    "store_documentcontent": ("person_id",),
    "store_fact": ("person_id", "contact_id"),
    "store_notice": ("person_id", "contact_id", "request", "mail_id", "call_id", "unplaced_id"),
    "store_petition": ("person_id",),
    "store_petitionevent": ("person_id",),
    "store_proposal": ("person_id",),
    "store_service": ("person_id", "contact_id", "notice_id"),
}
"""What is let go of where it is about somebody who is to be erased and not held: by which columns."""

_WHOSE = {
    "request": "store_request",
    "request_id": "store_request",
    "mail_id": "store_mail",
    "call_id": "store_call",
    "unplaced_id": "store_unplaced",
}
"""Columns that name something of a person's, and its table."""

Fences = list[tuple[str, str]]

_REFUSING = "store_appended"
_REFUSES = (
    "RAISE EXCEPTION '% is appended to and never changed', TG_TABLE_NAME"
    " USING ERRCODE = 'integrity_constraint_violation'"
)
_ESTABLISHMENT = "establishment_id"
_INTO = 'INSERT INTO store_pending (establishment_id, kind, "transaction", body)'
_HERE = "nullif(current_setting('locutorio.establishment', true), '')::uuid"


def put(connection: BaseDatabaseWrapper) -> None:
    """Put the fences that are missing, and take away those that are no longer meant."""
    fences = _fences(connection)
    if not _lacking(connection, fences) and _stamp(connection, fences) == _digest(fences):
        return
    take_away(connection)
    with connection.cursor() as cursor:
        for _, statement in fences:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute(f"COMMENT ON FUNCTION {_REFUSING}() IS '{_digest(fences)}'")


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Take every fence away, for a migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
                " AND p.prorettype = 'trigger'::regtype AND p.proname LIKE 'store\\_%'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')
            return
        for name in _standing(connection):
            cursor.execute(f'DROP TRIGGER "{name}"')


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Give the names of the fences that do not stand, are switched off, or on SQLite were changed."""
    return _lacking(connection, _fences(connection))


def _lacking(connection: BaseDatabaseWrapper, fences: Fences) -> list[str]:
    standing = _standing(connection)
    whole = connection.vendor == "sqlite"
    return [
        name
        for name, statement in fences
        if name and (name not in standing or (whole and standing[name] != statement))
    ]


def _standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Give the triggers of the store that stand and are on, with their text on SQLite."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, '' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND t.tgname LIKE 'store\\_%'"
                " AND c.relnamespace = current_schema()::regnamespace"
            )
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'store\\_%'"
                " ESCAPE '\\'"
            )
        return dict(cursor.fetchall())


def _stamp(connection: BaseDatabaseWrapper, fences: Fences) -> str:
    """Give the digest under which the fences of a PostgreSQL database were put."""
    if connection.vendor == "sqlite":
        return _digest(fences)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(p.oid, 'pg_proc') FROM pg_proc p"
            " WHERE p.proname = %s AND p.pronamespace = current_schema()::regnamespace",
            [_REFUSING],
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _digest(fences: Fences) -> str:
    return sha256("\n".join(statement for _, statement in fences).encode()).hexdigest()


def _fences(connection: BaseDatabaseWrapper) -> Fences:
    """Give each fence for the tables as they are now: the trigger's name (or none), and its statement."""
    columns = _columns(connection)
    found = [*_refusing(connection.vendor)]
    models_by_table = {one._meta.db_table: one for one in apps.get_app_config("store").get_models()}
    for table in sorted(columns.keys() & models_by_table.keys()):
        if table in APPENDED:
            erasable = ERASABLE.get(table, ()) if "store_erasure" in columns else ()
            found += _appended(table, columns[table], connection.vendor, erasable)
        if table in recorded() and "store_pending" in columns:
            recording = _recorded_by_server if connection.vendor == "postgresql" else _recorded_by_file
            found += recording(models_by_table[table], columns[table])
    return found


def _columns(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Give the columns of each table of the store, as the database has them."""
    introspection = connection.introspection
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return _columns_of_file(cursor)
        return {
            table: [column.name for column in introspection.get_table_description(cursor, table)]
            for table in introspection.table_names(cursor)
            if table.startswith("store_")
        }


def _columns_of_file(cursor: Any) -> dict[str, list[str]]:
    """Give the same of SQLite, without the time that Django takes to read how each table was made."""
    cursor.execute(
        "SELECT one.name, two.name FROM sqlite_master one, pragma_table_info(one.name) two"
        " WHERE one.type = 'table' AND one.name LIKE 'store\\_%' ESCAPE '\\' ORDER BY one.name, two.cid"
    )
    found: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        found.setdefault(table, []).append(column)
    return found


def _refusing(vendor: str) -> Iterator[tuple[str, str]]:
    if vendor == "postgresql":
        yield "", _function(_REFUSING, _REFUSES)


def _appended(
    table: str, columns: list[str], vendor: str, erasable: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Give what refuses to change a row, or to remove one that is not to be erased."""
    kept = [name for name in columns if name not in APPENDED[table]]
    changed = _differs(kept, vendor)
    if table in ERASED_ONLY:
        changed = f'{changed} OR NEW."{ERASED_ONLY[table]}" IS NOT NULL'
    if vendor == "postgresql":
        do = f"EXECUTE FUNCTION {_REFUSING}()"
        if erasable:
            does = f"IF {_erased(erasable)} THEN RETURN OLD; END IF; {_REFUSES}"
            yield "", _function(f"{table}_erased", does)
            do_erased = f"EXECUTE FUNCTION {table}_erased()"
            when = f"BEFORE DELETE ON {table} FOR EACH ROW"
            yield f"{table}_kept", f"CREATE TRIGGER {table}_kept {when} {do_erased}"
        for name, when in (
            ("kept", f"BEFORE DELETE ON {table} FOR EACH ROW"),
            ("unchanged", f"BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed})"),
            ("whole", f"BEFORE TRUNCATE ON {table}"),
        )[1 if erasable else 0 :]:
            yield f"{table}_{name}", f"CREATE TRIGGER {table}_{name} {when} {do}"
        return
    do = f"BEGIN SELECT RAISE(ABORT, '{table} is appended to and never changed'); END"
    for name, when in (
        ("kept", "BEFORE DELETE ON {}" + (f" WHEN NOT {_erased(erasable)}" if erasable else "")),
        ("unchanged", f"BEFORE UPDATE ON {{}} WHEN {changed}"),
    ):
        yield f"{table}_{name}", f"CREATE TRIGGER {table}_{name} {when.format(table)} {do}"


def _erased(columns: tuple[str, ...]) -> str:
    """Give the question whether the row that goes is about somebody who is to be erased, and not held."""
    named = [f"OLD.{name}" for name in columns if name not in _WHOSE]
    named += [
        f"(SELECT person_id FROM {_WHOSE[name]} WHERE id = OLD.{name})"  # noqa: S608 - names, never values
        for name in columns
        if name in _WHOSE
    ]
    return (
        "EXISTS (SELECT 1 FROM store_erasure one WHERE one.establishment_id = OLD.establishment_id"  # noqa: S608
        f" AND one.whom IN ({', '.join(named)}) AND NOT EXISTS (SELECT 1 FROM store_hold held"
        " WHERE held.ended_at IS NULL AND one.whom IN (held.person_id, held.contact_id)))"
    )


def _recorded_by_server(model: type[models.Model], columns: list[str]) -> Iterator[tuple[str, str]]:
    """Give what keeps the changes of a table on PostgreSQL.

    Rows that are made or taken away are kept a statement at a time, rows that change one by one: only so a
    change of a column that says nothing costs nothing.
    """
    table = model._meta.db_table
    kept = [name for name in columns if name not in UNCOUNTED]
    left_out = ", ".join(f"'{name}'" for name in columns if name in UNCOUNTED)
    row = f"to_jsonb(one) - ARRAY[{left_out}]" if left_out else "to_jsonb(one)"
    names = ", ".join(f"'{name}', one.\"{name}\"" for name in naming_columns(model) if name in columns)
    where = _where(model, columns, "one")

    def kept_row(op: str, said: str) -> str:
        body = f"jsonb_build_object('table', '{table}', 'op', '{op}', 'row', {said})"
        return f"{_INTO} SELECT {where}, 'change', pg_current_xact_id()::text, {body}"

    for name, does, when in (
        (
            "made",
            f"{kept_row('insert', row)} FROM made one",
            f"AFTER INSERT ON {table} REFERENCING NEW TABLE AS made FOR EACH STATEMENT",
        ),
        (
            "removed",
            f"{kept_row('delete', f'jsonb_build_object({names})')} FROM removed one",
            f"AFTER DELETE ON {table} REFERENCING OLD TABLE AS removed FOR EACH STATEMENT",
        ),
        (
            "changed",
            f"{kept_row('update', row)} FROM (SELECT NEW.*) one",
            f"AFTER UPDATE OF {_quoted(kept)} ON {table} FOR EACH ROW WHEN ({_differs(kept, 'postgresql')})",
        ),
    ):
        yield "", _function(f"{table}_{name}", f"{does}; RETURN NULL")
        yield (
            f"{table}_{name}",
            f"CREATE TRIGGER {table}_{name} {when} EXECUTE FUNCTION {table}_{name}()",
        )
    if table not in APPENDED:
        yield (
            f"{table}_whole",
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {_REFUSING}()",
        )


def _recorded_by_file(model: type[models.Model], columns: list[str]) -> Iterator[tuple[str, str]]:
    """Give what keeps the changes of a table on SQLite, row by row."""
    table = model._meta.db_table
    kept = [name for name in columns if name not in UNCOUNTED]
    binary = {field.column for field in model._meta.concrete_fields if isinstance(field, models.BinaryField)}
    for name, op, when, of, said in (
        ("made", "insert", f"AFTER INSERT ON {table}", "NEW", kept),
        ("removed", "delete", f"AFTER DELETE ON {table}", "OLD", naming_columns(model)),
        (
            "changed",
            "update",
            f"AFTER UPDATE OF {_quoted(kept)} ON {table} WHEN {_differs(kept, 'sqlite')}",
            "NEW",
            kept,
        ),
    ):
        values = ", ".join(
            f"'{one}', " + (f'hex({of}."{one}")' if one in binary else f'{of}."{one}"')
            for one in said
            if one in columns
        )
        body = f"json_object('table', '{table}', 'op', '{op}', 'row', json_object({values}))"
        does = f"{_INTO} VALUES ({_where(model, columns, of)}, 'change', '', {body})"
        yield f"{table}_{name}", f"CREATE TRIGGER {table}_{name} {when} BEGIN {does}; END"


def _function(name: str, does: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; END $$"


def _where(model: type[models.Model], columns: list[str], row: str) -> str:
    """Give what says of which establishment a row is."""
    if model._meta.db_table == "store_establishment":
        return f'{row}."{key_columns(model)[0]}"'
    if _ESTABLISHMENT in columns:
        return f'{row}."{_ESTABLISHMENT}"'
    return _HERE if row == "one" else "NULL"


def _differs(columns: list[str], vendor: str) -> str:
    than = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    return " OR ".join(f'NEW."{name}" {than} OLD."{name}"' for name in columns)


def _quoted(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
