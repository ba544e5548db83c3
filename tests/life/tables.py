"""Reads every table by plain SQL, with none of the store's own functions: what is there, as values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tests.beside import beside

Row = Mapping[str, Any]
Key = tuple[Any, ...]

# The columns that tell one row from another; "id" where nothing is said.
KEYS = {
    "place": ("establishment_id", "slot_id", "kind", "number"),
    "tick": ("establishment_id", "subject", "tick"),
}
TABLES = (
    *("establishment", "person", "contact", "listed", "guardianship", "approvednumber", "fact", "paper"),
    *("separation", "closure", "slot", "request", "member", "booking", "place", "tick", "debit", "waiting"),
    *("arrival", "visit", "losttime", "decided", "notice", "entry"),
)
# Rows of these are only added, and are wide: each is read once.
ADDED = ("decided", "notice", "entry")
# Read with each row: what an entry holds waits beside it for the log, into which no life puts it.
_WITH = {
    "entry": """(SELECT entry.*, pending.body FROM store_entry entry
        LEFT JOIN store_pending pending ON pending.kind = 'entry' AND pending.entry = entry.id) AS held"""
}
_IDENTIFIERS = {"id", "subject", "other_person", "by", "request", "command", "person", "actor"}
_JSON = {
    *("statuses", "facts", "body", "letter", "document"),
}
_DAYS = {
    *("on", "since", "until", "born_on", "release_on", "left_on", "ended_on", "first_on", "last_on"),
}
_MOMENTS = {
    *("at", "starts", "ends", "hold_until", "decided_at", "ended_at", "known_at", "lifted_at", "asked_at"),
    *("read_at", "started_at", "ended_known_at", "held_since"),
}


@dataclass
class Tables:
    """All rows at one moment, by table and key. What did not change is shared with an earlier reading."""

    raw: dict[str, dict[Key, tuple[Any, ...]]] = field(default_factory=dict)
    rows: dict[str, dict[Key, Row]] = field(default_factory=dict)
    _by: dict[tuple[str, str], dict[Any, list[Row]]] = field(default_factory=dict, repr=False)

    def of(self, table: str, **wanted: object) -> list[Row]:
        """Give the rows of a table that have some values."""
        (name, value), *rest = wanted.items()
        if (table, name) not in self._by:
            by: dict[Any, list[Row]] = defaultdict(list)
            for row in self.rows[table].values():
                by[row[name]].append(row)
            self._by[table, name] = by
        found = self._by[table, name].get(value, [])
        return [row for row in found if all(row[name] == value for name, value in rest)]

    def one(self, table: str, id_: UUID) -> Row:
        """Give the row of an identifier."""
        return self.rows[table][id_,]

    def changed(self, before: Tables, table: str) -> Iterator[tuple[Row | None, Row | None]]:
        """Give each row that differs from an earlier reading, as it was and as it is."""
        old, new = before.rows.get(table, {}), self.rows[table]
        for key in {**old, **new}:
            was, is_ = old.get(key), new.get(key)
            if was is not is_ and was != is_:
                yield was, is_

    def differs(self, before: Tables) -> list[str]:
        """Give the tables in which anything differs from an earlier reading."""
        return [table for table in TABLES if self.raw[table] != before.raw[table]]


def read(before: Tables | None = None) -> Tables:
    """Read every table; what an earlier reading holds of rows that are only added is taken from it."""
    found = Tables()
    for table in TABLES:
        old = before.raw[table] if before else {}
        columns, rows = _added(table, old) if table in ADDED else _rows(f"SELECT * FROM store_{table}")
        key = [columns.index(name) for name in KEYS.get(table, ("id",))]
        raw = {_key(row, key): row for row in rows} if table not in ADDED else {**old, **_by_key(rows, key)}
        found.raw[table] = raw
        known = before.rows[table] if before else {}
        found.rows[table] = {
            keyed: known[keyed] if old.get(keyed) == row else _typed(table, columns, row)
            for keyed, row in raw.items()
        }
    return found


def _added(table: str, known: Mapping[Key, tuple[Any, ...]]) -> tuple[list[str], list[tuple[Any, ...]]]:
    watched = "read_at" if table == "notice" else "id"
    _, now = _rows(f"SELECT id, {watched} FROM store_{table}")
    full = _columns(table)
    at = full.index(watched)
    keyed = {(_uuid(id_),): (id_, value) for id_, value in now}
    missing = known.keys() - keyed.keys()
    assert not missing, f"{len(missing)} rows of {table} are gone, which are never taken away"
    wanted = [id_ for key, (id_, value) in keyed.items() if key not in known or known[key][at] != value]
    found: list[tuple[Any, ...]] = []
    for first in range(0, len(wanted), 500):
        some = wanted[first : first + 500]
        marks = ", ".join(["%s"] * len(some))
        found += _rows(f"SELECT * FROM {_from(table)} WHERE id IN ({marks})", some)[1]
    return full, found


_known_columns: dict[str, list[str]] = {}


def _columns(table: str) -> list[str]:
    if table not in _known_columns:
        _known_columns[table], _ = _rows(f"SELECT * FROM {_from(table)} WHERE 1 = 0")
    return _known_columns[table]


def _from(table: str) -> str:
    return _WITH.get(table, f"store_{table}")


def _rows(text: str, values: Iterable[Any] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
    with beside().cursor() as cursor:
        cursor.execute(text, list(values))
        return [column[0] for column in cursor.description], [tuple(row) for row in cursor.fetchall()]


def _by_key(rows: Iterable[tuple[Any, ...]], key: list[int]) -> dict[Key, tuple[Any, ...]]:
    return {_key(row, key): row for row in rows}


def _key(row: tuple[Any, ...], key: list[int]) -> Key:
    return tuple(_uuid(row[at]) if _is_uuid(row[at]) else row[at] for at in key)


def _is_uuid(value: object) -> bool:
    return isinstance(value, UUID) or (isinstance(value, str) and len(value) == 32)


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _typed(table: str, columns: list[str], row: tuple[Any, ...]) -> Row:
    return {column: _value(table, column, value) for column, value in zip(columns, row, strict=True)}


def _value(table: str, column: str, value: Any) -> Any:
    if value is None:
        return None
    if column in _JSON or (table, column) in {("slot", "places"), ("contact", "identity")}:
        return json.loads(value) if isinstance(value, str) else value
    if column.endswith("_id") or column in _IDENTIFIERS:
        return _uuid(value) if _is_uuid(value) else value
    if column in _DAYS:
        return value if isinstance(value, date) else date.fromisoformat(value)
    if column in _MOMENTS:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return bool(value) if column in {"lap", "may_return"} else value
