"""Which tables the log can be replayed into, how their values stand in it, and whose each row is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

LOG = ("store_entry", "store_pending", "store_leaf", "store_node", "store_log", "store_signed")
DERIVED = ("store_place", "store_tick")
OUTSIDE = ("store_attempt", "store_challenge", "store_failure", "store_pinuse", "store_tokenuse")
"""Written by no command: who tries to sign in, and when a token was last used."""

BYTES = ("store_documentcontent",)
"""What the log holds a digest of, in the row that says what it is of."""

UNCOUNTED = ("version", "last_login")
"""Columns that say nothing: how often a row was held, when somebody last signed in."""

SECRET = {
    "store_account": ("password", "pin"),
    "store_enrolment": ("kept",),
    "store_kiosk": ("code", "key"),
    "store_reset": ("digest",),
    "store_telephone": ("ha1",),
    "store_token": ("digest",),
}
"""Columns of which the log holds a hash of what is stored: enough to see that it was exchanged."""

_PERSON, _CONTACT = "store_person", "store_contact"
ACCOUNT = "store_account"
_BY_PERSON = ("person_id",)
_BY_CONTACT = ("contact_id", "child_id")
THROUGH = {"request_id": "store_request", "booking_id": "store_booking", "account_id": ACCOUNT}
"""Columns through which a row is a person's, or of whom an account is, and the table that says whose."""


def recorded() -> dict[str, type[models.Model]]:
    """Give the tables whose every change stands in the log."""
    left_out = {*LOG, *DERIVED, *OUTSIDE, *BYTES}
    found = {model._meta.db_table: model for model in apps.get_app_config("store").get_models()}
    return {table: found[table] for table in sorted(found) if table not in left_out}


def key_columns(model: type[models.Model]) -> list[str]:
    """Give the columns by which a row is told from others."""
    return [field.column for field in model._meta.pk_fields]


def naming_columns(model: type[models.Model]) -> list[str]:
    """Give the columns that hold identifiers, and with them no word about anybody."""
    named = [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey | models.UUIDField)
    ]
    return list(dict.fromkeys([*key_columns(model), *named]))


def plain_row(
    model: type[models.Model], row: Mapping[str, Any], *, json_as_text: bool = False
) -> dict[str, Any]:
    """Give a row in the one form it has in the log, however a database or Django gave it.

    Args:
        model: of which table.
        row: values by column; columns that the table no longer has stay as they are.
        json_as_text: whether JSON stands in it as a text, as SQLite keeps it.
    """
    fields = {field.column: field for field in model._meta.concrete_fields}
    secret = SECRET.get(model._meta.db_table, ())
    found = {}
    for column, value in row.items():
        plain = _plain(fields[column], value) if column in fields else value
        if json_as_text and plain is not None and isinstance(fields.get(column), models.JSONField):
            plain = json.loads(plain)
        if column in secret and plain:
            plain = sha256(plain.encode()).hexdigest()
        found[column] = plain
    return found


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.UUIDField):
        return str(value if isinstance(value, UUID) else UUID(value))
    if isinstance(field, models.DateTimeField):
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    if isinstance(field, models.DateField):
        return value if isinstance(value, str) else value.isoformat()
    if isinstance(field, models.BooleanField):
        return bool(value)
    if isinstance(field, models.BinaryField):
        return bytes(value).hex() if not isinstance(value, str) else value.removeprefix("\\x").lower()
    return value


def through(table: str, row: Mapping[str, Any]) -> tuple[str, UUID] | None:
    """Give the table and identifier of the row that says whose a row is, where it does not say so itself.

    Whose an account is, its roles say.
    """
    if table == ACCOUNT:
        return ACCOUNT, UUID(row["id"])
    if row.get("person_id") or (row.get("account_id") and row.get("contact_id")):
        return None
    return next(((table, UUID(row[name])) for name, table in THROUGH.items() if row.get(name)), None)


def subject_of(table: str, row: Mapping[str, Any], persons: Mapping[tuple[str, UUID], UUID]) -> UUID | None:
    """Give whose a row is: the person's it is about, else the contact's, None for the establishment's own.

    Args:
        table: where it stands.
        row: as `plain_row` gives it, or its naming columns alone.
        persons: whose the rows are that `through` names.
    """
    if table in {_PERSON, _CONTACT}:
        return UUID(row["id"])
    beyond = through(table, row)
    if beyond is not None and beyond in persons:
        return persons[beyond]
    for name in (*_BY_PERSON, *_BY_CONTACT):
        if row.get(name):
            return UUID(row[name])
    return None
