"""Every row about one person: the same ones that erasing would take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from locutorio.notices.kept import as_letter
from locutorio.notices.letter import Letter
from locutorio.store.context import within
from locutorio.store.erasing import kept_here, of_person, tables_about
from locutorio.store.log.tables import SECRET, plain_row, recorded
from locutorio.store.models import Account, Contact, Role

EXPORT = "export_person"
PlainRow = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands about a person, by table, and the names of the contacts whom these rows name.

    No secret is among it: no hash of a password, PIN, code or token.
    """

    tables: Mapping[str, list[PlainRow]]
    contacts: Mapping[str, str]

    @property
    def letters(self) -> list[tuple[PlainRow, Letter]]:
        """Give the notices to the person, and to contacts about their visits, the oldest first."""
        found = sorted(self.tables.get("store_notice", ()), key=lambda row: (row["at"], row["id"]))
        return [(row, as_letter(row["letter"])) for row in found]


@within
def rows_about(at: UUID, person: UUID) -> Rows:
    """Give every row about a person."""
    there = recorded()
    tables = {}
    for model in tables_about():
        among = of_person(model, person)
        if among is not None and model._meta.db_table in there:
            tables[model._meta.db_table] = _plain(model, kept_here(model, at).filter(among))
    theirs = Role.objects.filter(establishment=at, person=person).values("account")
    tables[Account._meta.db_table] = _plain(Account, Account.objects.filter(id__in=theirs))
    return Rows({name: rows for name, rows in tables.items() if rows}, _named(at, tables.values()))


def _plain(model: type[Model], found: QuerySet[Any]) -> list[PlainRow]:
    secret = SECRET.get(model._meta.db_table, ())
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    rows = ({columns[name]: value for name, value in row.items()} for row in found.values(*columns))
    return [
        plain_row(model, {name: value for name, value in row.items() if name not in secret}) for row in rows
    ]


def _named(at: UUID, tables: Iterable[list[PlainRow]]) -> dict[str, str]:
    ids = {row.get(name) for rows in tables for row in rows for name in ("contact_id", "child_id")} - {None}
    found = Contact.objects.filter(establishment=at, id__in=ids).values_list("id", "forenames", "surname")
    return {str(id_): f"{forenames} {surname}".strip() for id_, forenames, surname in found}
