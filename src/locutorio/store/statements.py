"""Statements in SQL for what is done most often: one text for both databases, values as each writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

Value = UUID | datetime | date | str | int | bool | None
Statement = tuple[str, Sequence[Value]]
Made = tuple[str, Sequence[str | int | bytes | None]]

ESTABLISHMENT = "locutorio.establishment"

_AS_THEY_ARE = frozenset({str, int, bool, bytes, type(None)})
_SINGLE = _AS_THEY_ARE | {UUID, datetime, date}

_LISTED = {
    "sqlite": ("json_group_array(json_array(", "))"),
    "postgresql": ("json_agg(json_build_array(", "))"),
}


def database_kind() -> str:
    """Give which database this is: sqlite or postgresql."""
    return str(connections[DEFAULT_DB_ALIAS].vendor)


def listed(kind: str, columns: str) -> str:
    """Give the text that collects rows of some columns into one value, which `rows_in` reads."""
    before, after = _LISTED[kind]
    return f"{before}{columns}{after}"


def rows_in(value: Any) -> list[list[Any]]:
    """Read what `listed` collected; its identifiers and moments are text."""
    if value is None:
        return []
    found: list[list[Any]] = json.loads(value) if isinstance(value, str) else value
    return found


def id_in(value: Any) -> UUID | None:
    """Read an identifier as a database gives it."""
    return value if value is None or isinstance(value, UUID) else UUID(str(value))


def moment_in(value: Any) -> datetime | None:
    """Read a moment as a database gives it."""
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def map_in(value: Any) -> dict[str, Any]:
    """Read a map as a database gives it."""
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found


def one_row(text: str, values: Sequence[Value], *, of: UUID | None) -> tuple[Any, ...] | None:
    """Give the first row that a question about an establishment has, if any.

    Outside a transaction, PostgreSQL is told which one in the same journey; None where it is about none.
    """
    current = connections[DEFAULT_DB_ALIAS]
    with current.wrap_database_errors:
        session = _session(current)
        if current.vendor == "sqlite":
            row = session.execute(*made((text, values))).fetchone()
        elif current.in_atomic_block or of is None:
            row = _cursor(session).execute(text, values, prepare=True).fetchone()
        else:
            row = _sent_together(session, [_said({ESTABLISHMENT: str(of)}), (text, values)]).fetchone()
    found: tuple[Any, ...] | None = row
    return found


def say(settings: Mapping[str, str], *, to_look: bool = False) -> None:
    """Set something for the open transaction of a PostgreSQL server, which begins with it in one journey.

    One that begins ``to_look`` reads what is committed at each question, so that no other ends it.
    """
    current: Any = connections[DEFAULT_DB_ALIAS]
    first: list[Statement] = []
    if to_look and current.isolation_level.name != "READ_COMMITTED":
        first = [("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", ())]
    with current.wrap_database_errors:
        _sent_together(_session(current), [*first, _said(settings)])


def _said(settings: Mapping[str, str]) -> Statement:
    """Give what sets something until the end of the transaction."""
    each = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    return f"SELECT {each}", [part for setting in settings.items() for part in setting]


def write(statements: Iterable[Statement], *, of: UUID) -> None:
    """Write everything, in order, or nothing: in the transaction that is open, or in one of its own.

    PostgreSQL gets it all at once and answers once.

    Args:
        statements: what is written.
        of: the establishment, which a transaction of its own is told.

    Raises:
        IntegrityError: something of it may not be.
    """
    current = connections[DEFAULT_DB_ALIAS]
    with current.wrap_database_errors:
        if current.vendor != "sqlite":
            said = [] if current.in_atomic_block else [_said({ESTABLISHMENT: str(of)})]
            _sent_together(_session(current), [*said, *statements])
            return
        with nullcontext() if current.in_atomic_block else transaction.atomic():
            write_made([made(one) for one in statements])


def made(statement: Statement) -> Made:
    """Give a statement as SQLite takes it."""
    text, values = statement
    return _question_marks(text), [*map(_as_sqlite, values)]


def write_made(statements: Iterable[Made]) -> None:
    """Write on SQLite what is made for it, in order, in the transaction that is open.

    Raises:
        IntegrityError: something of it may not be.
        Error: the database cannot write.
    """
    current = connections[DEFAULT_DB_ALIAS]
    with current.wrap_database_errors:
        execute = _session(current).execute
        for text, values in statements:
            execute(text, values)


def inserted(table: str, columns: Mapping[str, Any], *, of: UUID) -> Statement:
    """Give what adds one row to a table of an establishment. Maps and lists are kept as JSON."""
    names = ", ".join(f'"{name}"' for name in ("establishment_id", *columns))
    marks = ", ".join(["%s", *map(placed, columns.values())])
    values = [as_value(value) for value in columns.values()]
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", [of, *values]  # noqa: S608 - names, never values


def placed(value: Any) -> str:
    """Give the mark at which a value stands in a statement."""
    return "%s::jsonb" if _structured(value) and database_kind() != "sqlite" else "%s"


def as_value(value: Any) -> Value:
    """Give a value as a statement takes it: maps and lists as JSON."""
    if isinstance(value, Written):
        return value.text
    return json.dumps(value) if _structured(value) else value


class Written(dict[str, Any]):
    """A map that is kept more than once and changed never: its JSON is written once."""

    @cached_property
    def text(self) -> str:
        """Its JSON."""
        return json.dumps(self)


def _structured(value: Any) -> bool:
    return type(value) not in _SINGLE and isinstance(value, Mapping | list | tuple)


def append(table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Value | bytes]]) -> None:
    """Add many rows to a table, within the transaction that is open.

    Args:
        table: the table.
        columns: its columns, and the type of each as PostgreSQL names it.
        rows: their values, in that order.

    Raises:
        IntegrityError: one of them may not be.
    """
    if not rows:
        return
    current = connections[DEFAULT_DB_ALIAS]
    names = ", ".join(f'"{name}"' for name in columns)
    into = f"INSERT INTO {table} ({names})"
    with current.wrap_database_errors:
        session = _session(current)
        if current.vendor == "sqlite":
            marks = ", ".join("?" * len(columns))
            values = ([_as_sqlite(value) for value in row] for row in rows)
            session.executemany(f"{into} VALUES ({marks})", values)
            return
        arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        text = f"{into} SELECT * FROM unnest({arrays})"  # noqa: S608 - names, never values
        session.execute(text, [[*column] for column in zip(*rows, strict=True)])


def _sent_together(session: Any, statements: Iterable[Statement]) -> Any:
    """Send everything before the first answer is read; give the last answer, or raise the first error.

    Outside a transaction, all that is sent is one until the sending ends. Where it is broken off here, not
    by the server, the session is closed before that end, so that the part which was sent is not kept. Where
    a server refuses at the end to keep it, the session can do nothing more: it is closed too.
    """
    import psycopg
    from psycopg.pq import PipelineStatus

    first: psycopg.Error | None = None
    try:
        with session.pipeline():
            try:
                for text, values in statements:
                    cursor = _cursor(session)
                    cursor.execute(text, values, prepare=True)
            except psycopg.Error as error:
                if error.sqlstate is None:
                    session.close()
                first = error
            except BaseException:
                session.close()
                raise
    except psycopg.Error as error:
        if session.info.pipeline_status != PipelineStatus.OFF:
            session.close()
        raise first or _begun_by(error) from None
    if first is not None:
        raise first
    return cursor


def _begun_by(error: Any) -> Any:
    """Give the server's own error where the library met it and then could not end the sending."""
    met = error
    while met is not None and met.sqlstate is None:
        met = met.__context__
    return met or error


def _session(current: Any) -> Any:
    """Give a connection as the database's own library has it."""
    if current.connection is None:
        current.ensure_connection()
    return current.connection


def _cursor(session: Any) -> Any:
    """Give a cursor that lets the server plan a statement once, which Django's own never does.

    Each statement is prepared at its first use: one that is prepared later within a pipeline that fails would
    be taken for prepared. Where many take a connection in turn, none is.
    """
    from psycopg import Cursor

    return Cursor(session)


@cache
def _question_marks(text: str) -> str:
    return text.replace("%s", "?")


def _as_sqlite(value: Value | bytes) -> str | int | bytes | None:
    """Give a value as Django keeps it in SQLite."""
    if type(value) in _AS_THEY_ARE:
        return value  # type: ignore[return-value]
    match value:
        case UUID():
            return value.hex
        case datetime():
            return str(value.astimezone(UTC).replace(tzinfo=None))
        case date():
            return value.isoformat()
    return value


def identifier(value: Any) -> UUID:
    """Read an identifier, however a database gave it."""
    return value if isinstance(value, UUID) else UUID(value)


def moment(value: Any) -> datetime:
    """Read a moment, however a database gave it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value).replace(tzinfo=UTC)


def day(value: Any) -> date:
    """Read a day, however a database gave it."""
    return value if isinstance(value, date) else date.fromisoformat(value)
