"""Which rows PostgreSQL shows the program: those that the transaction says it is about, and no other.

Every table gets row-level security, forced, with one policy made from its model; a table of which no policy
says whose its rows are cannot be put up. The program's own role owns nothing, and may do no more with a table
than its work needs. `store/context.py` is what says it; where nothing is said, no row is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction

from locutorio.kernel.faults import Fault
from locutorio.store import keys
from locutorio.store.context import ACCOUNT, DOOR, HELD, LISTING, NAME, SESSION
from locutorio.store.fences import APPENDED, ERASABLE
from locutorio.store.models import Account, Attempt, Challenge, Establishment, Failure, Kiosk, Pending, Reset
from locutorio.store.statements import ESTABLISHMENT

POLICY = "said"
# Django's own lists of names, with nothing in them about anybody.
ABOUT_NOBODY = frozenset(
    {
        "django_content_type",
        "django_migrations",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
    }
)


def _said(setting: str, kind: str = "text") -> str:
    """Give what a transaction says, or null. In brackets of its own, it is asked for once."""
    return f"(SELECT nullif(current_setting('{setting}', true), '')::{kind})"


_HERE, _OWN = _said(ESTABLISHMENT, "uuid"), _said(ACCOUNT, "uuid")
_OF_HERE, _HELD = f"establishment_id = {_HERE}", _said(HELD)
_NAMED, _AT_DOOR, _LISTING = f"name = {_said(NAME)}", f"{_said(DOOR)} = 'on'", f"{_said(LISTING)} = 'on'"
_WITH_ROLE = (
    "EXISTS (SELECT 1 FROM store_role r WHERE r.account_id = store_account.id AND r.establishment_id = {})"
)
# Of a table that no general rule fits: which rows are seen, and which may be written.
_OF: Mapping[type[models.Model], tuple[str, str]] = {
    Establishment: (f"id = {_HERE} OR {_LISTING}", f"id = {_HERE}"),
    Account: (
        f"id = {_OWN} OR {_NAMED} OR {_WITH_ROLE.format(_HERE)}",
        f"id = {_OWN} OR {_NAMED} OR {_HERE} IS NOT NULL",
    ),
    Attempt: (_AT_DOOR, _AT_DOOR),
    Challenge: (_AT_DOOR, _AT_DOOR),
    Failure: (_AT_DOOR, _AT_DOOR),
    Kiosk: (f"{_OF_HERE} OR {_HELD} IN (code, key)", _OF_HERE),
    Reset: (f"{_OF_HERE} OR account_id = {_OWN} OR digest = {_HELD}", _OF_HERE),
    # What an account changes of itself is of no establishment until one puts it into its log.
    Pending: (
        f"establishment_id = {_HERE} OR establishment_id IS NULL AND {_HERE} IS NOT NULL",
        f"establishment_id = {_HERE} OR establishment_id IS NULL",
    ),
    Session: (
        f"session_key = {_said(SESSION)} OR {_AT_DOOR} AND expire_date < now()",
        f"session_key = {_said(SESSION)}",
    ),
}


def rule(model: type[models.Model]) -> tuple[str, str]:
    """Give which rows of a table are seen, and which may be written, as conditions in SQL.

    Raises:
        TypeError: nothing says whose its rows are.
    """
    if model in _OF:
        return _OF[model]
    table, fields = shape(model)
    owners = [name for name, field in fields.items() if field.related_model is Account]
    own = [f"{fields[name].column} = {_OWN}" for name in owners]
    if "establishment" in fields:
        here = f"{fields['establishment'].column} = {_HERE}"
        return " OR ".join([here, *own]), here
    if owners:
        account = f"{table}.{fields[owners[0]].column}"
        theirs = f"EXISTS (SELECT 1 FROM store_account a WHERE a.id = {account})"  # noqa: S608 - names, never values
        return theirs, theirs
    raise TypeError(f"say in store/policies.py whose the rows of {table} are: no policy does")


def shape(model: type[models.Model]) -> tuple[str, dict[str, Any]]:
    """Give the name of a model's table, and its fields by their names."""
    about = model._meta
    return about.db_table, {field.name: field for field in about.concrete_fields}


def fenced() -> dict[str, type[models.Model]]:
    """Give the models whose tables hold something about somebody, by the names of the tables."""
    places: dict[str, str | None] = {**settings.MIGRATION_MODULES}
    unmade = {app for app, where in places.items() if where is None}
    of_apps = (one for one in apps.get_app_configs() if one.label not in unmade)
    found = {shape(one)[0]: one for app in of_apps for one in app.get_models(include_auto_created=True)}
    return {table: found[table] for table in sorted(found) if table not in ABOUT_NOBODY}


def put(connection: Any, role: str) -> None:
    """Put up the policies of every table that is there, and the rights of the program's role; the owner does.

    Where they stand as they should already, nothing is done.
    """
    if connection.vendor == "postgresql":
        _put(connection, [*_statements(_there(connection), connection.ops.quote_name(role))])


def put_on_keys(connection: Any, role: str) -> None:
    """Do the same in the database of the keys, whose few tables have no models."""
    if connection.vendor == "postgresql":
        here = f"establishment = {_said(ESTABLISHMENT)}"
        may = "SELECT, INSERT, UPDATE, DELETE"
        name = connection.ops.quote_name(role)
        _put(connection, [one for table in keys.TABLES for one in _guarded(table, here, here, may, name)])


def _put(connection: Any, statements: Iterable[str]) -> None:
    mark = sha256("\n".join(statements).encode()).hexdigest()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(current_schema()::regnamespace, 'pg_namespace')")
        if cursor.fetchone() == (mark,):
            return
        for statement in statements:
            cursor.execute(statement)
        _mark(cursor, f"'{mark}'")


def _mark(cursor: Any, mark: str) -> None:
    """Note on the schema which policies it has."""
    cursor.execute("SELECT quote_ident(current_schema())")
    (schema,) = cursor.fetchone()
    cursor.execute(f"COMMENT ON SCHEMA {schema} IS {mark}")


def take_away(connection: Any) -> None:
    """Let the owner change tables and rows. The program sees no row until the policies are put again."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE schemaname = current_schema() AND policyname = %s",
            [POLICY],
        )
        for (table,) in cursor.fetchall():
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY {POLICY} ON {name}")
        _mark(cursor, "NULL")


def lacking(connection: Any) -> Fault | None:
    """Say what of an open database shows rows to whom it should not, if anything does."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(_LACKING, [[*ABOUT_NOBODY]])
        found = [name for (name,) in cursor.fetchall()]
    if not found:
        return None
    return Fault(
        f"the database does not guard the rows of {', '.join(found)}",
        why="its policies, which show one establishment's rows at a time, are not put up",
        remedy="start once with LOCUTORIO_OWNER set to the address of the role that owns the tables",
    )


_LACKING = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relname <> ALL(%s) AND (
        c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
        OR c.relkind = 'v' AND NOT coalesce(c.reloptions, '{}') @> '{security_invoker=true}'
        OR c.relkind IN ('m', 'f'))
    UNION ALL
    SELECT p.proname FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prosecdef
    ORDER BY 1"""


def _there(connection: Any) -> set[tuple[str, str]]:
    """Give the columns that there are, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema()"
        )
        return {*cursor.fetchall()}


def _statements(there: Iterable[tuple[str, str]], role: str) -> Iterator[str]:
    tables = {table for table, _ in there}
    for table, model in fenced().items():
        if table in tables:
            may = "SELECT, INSERT, UPDATE, DELETE"
            if table in APPENDED:
                changed = ", ".join(APPENDED[table])
                may = f"SELECT, INSERT{f', UPDATE ({changed})' if changed else ''}"
                may += ", DELETE" if table in ERASABLE else ""
            yield from _guarded(table, *rule(model), may, role)
    for table in sorted(tables & ABOUT_NOBODY):
        yield f"REVOKE ALL ON {table} FROM PUBLIC, {role}"
        yield f"GRANT SELECT ON {table} TO {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"


def _guarded(table: str, seen: str, written: str, may: str, role: str) -> Iterator[str]:
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS {POLICY} ON {table}"
    yield f"CREATE POLICY {POLICY} ON {table} USING ({seen}) WITH CHECK ({written})"
    yield f"REVOKE ALL ON {table} FROM PUBLIC, {role}"
    yield f"GRANT {may} ON {table} TO {role}"
