"""The codes that files hold: the ways of writing each, an establishment's own, and how days are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from locutorio.actions.importing.columns import columns, kinds, plain
from locutorio.kernel.faults import suggestion
from locutorio.kernel.texts import Node, read_bytes, read_documents

FILE = Path(__file__).with_name("codes.yaml")
COUNTRIES = Path(__file__).with_name("countries.yaml")
DATES = ("month_first", "day_first")
CALL_TIMES = ("not_said", "local", "utc")
REPEATED_HOUR = ("not_said", "first", "second")
PERSON_NUMBERS = ("not_said", "any", "federal")
KEPT_AS_WRITTEN = frozenset({"custody_level"})
ISO_CODES = frozenset({"nationality"})
_DIGITS_MAX = 20


@dataclass(frozen=True, slots=True)
class Codes:
    """How an establishment writes: codes by table and plain spelling, titles of columns by kind of file,
    whether days begin with the month, whether call times are local, which of two equal hours is meant at a
    clock change, what its person numbers look like, and how many figures a number of a field has.
    """

    tables: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    dates: str = DATES[0]
    call_times: str = CALL_TIMES[0]
    repeated_hour: str = REPEATED_HOUR[0]
    person_numbers: str = PERSON_NUMBERS[0]
    widths: Mapping[str, int] = field(default_factory=dict)

    def value(self, table: str, written: str) -> str | None:
        """Give what a code is read as, or None where it is not known."""
        return self.tables[table].get(plain(written))

    def known(self, table: str) -> tuple[str, ...]:
        """Give the values of a table."""
        return tuple(dict.fromkeys(self.tables[table].values()))


def read_codes(raw: bytes | None, name: str) -> Codes:
    """Read an establishment's own codes and add them to those known; None: only those known.

    Raises:
        Fault: a name or a value is not known, or a way of writing stands for two values.
    """
    if raw is None:
        return Codes(_known())
    (document,) = read_documents(raw, name)
    parts = document.entries(
        optional=("codes", "columns", "dates", "call_times", "repeated_hour", "person_numbers", "widths")
    )

    def choice(name: str, known: tuple[str, ...]) -> str:
        return parts[name].choice(known) if name in parts else known[0]

    return Codes(
        tables=_added(parts["codes"]) if "codes" in parts else _known(),
        titles=_titles(parts["columns"]) if "columns" in parts else {},
        dates=choice("dates", DATES),
        call_times=choice("call_times", CALL_TIMES),
        repeated_hour=choice("repeated_hour", REPEATED_HOUR),
        person_numbers=choice("person_numbers", PERSON_NUMBERS),
        widths=_widths(parts["widths"]) if "widths" in parts else {},
    )


@cache
def _known() -> Mapping[str, Mapping[str, str]]:
    (document,) = read_documents(read_bytes(FILE), FILE.name)
    tables: dict[str, dict[str, str]] = {}
    for table, values in document.entries()["codes"].entries().items():
        tables[table] = {}
        for value, also in values.entries().items():
            for written in (value, *(item.text() for item in also.items())):
                assert tables[table].setdefault(plain(written), value) == value, (table, written)
    tables["nationality"] = {**_countries(), **tables["nationality"]}
    return tables


def _countries() -> dict[str, str]:
    """Give the names of countries in English and Spanish, and their codes, by their ISO 3166 codes."""
    (document,) = read_documents(read_bytes(COUNTRIES), COUNTRIES.name)
    found: dict[str, str] = {}
    for code, names in document.entries().items():
        for written in (code, *_texts(names)):
            assert found.setdefault(plain(written), code) == code, written
    return found


def _added(node: Node) -> dict[str, Mapping[str, str]]:
    tables = dict(_known())
    for table, values in node.entries().items():
        if table not in tables:
            values.name.fail(f'"{table}" has no codes', remedy=suggestion(table, tables))
        known = set(tables[table].values())
        own: dict[str, str] = {}
        for value, also in values.entries().items():
            if value not in known and table not in KEPT_AS_WRITTEN:
                also.name.fail(
                    f'"{value}" is not a value of {table}',
                    remedy=suggestion(value, known, otherwise="docs/reference/import.md lists the values"),
                )
            for item in (also.name, *also.items()):
                written = value if item is also.name else item.text()
                if own.setdefault(plain(written), value) != value:
                    item.fail(
                        f'"{written}" stands for {own[plain(written)]} and for {value}',
                        remedy="keep it under one of them",
                    )
        tables[table] = {**tables[table], **own}
    return tables


def _titles(node: Node) -> dict[str, Mapping[str, tuple[str, ...]]]:
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for kind, fields in node.entries(optional=kinds()).items():
        known = columns(kind).fields
        for name, also in fields.entries().items():
            if name not in known:
                also.name.fail(f'{kind} has no column "{name}"', remedy=suggestion(name, known))
        found[kind] = {name: tuple(_texts(also)) for name, also in fields.entries().items()}
    return found


def _texts(node: Node) -> Iterable[str]:
    return (item.text() for item in node.items())


def _widths(node: Node) -> dict[str, int]:
    known = ("booking_no", "person_no")
    found = {}
    for name, width in node.entries(optional=known).items():
        found[name] = width.whole()
        if not 1 <= found[name] <= _DIGITS_MAX:
            width.fail(f"a number has between 1 and {_DIGITS_MAX} figures", remedy="count them in the paper")
    return found
