"""A row or more in every table, whatever tables there are, with every column set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from locutorio.store.models import Document
from locutorio.store.models.documents import ATTACHED_TO
from tests.beside import beside

WHEN = datetime(2026, 11, 2, 14, 0, 0, 123456, tzinfo=UTC)
ROWS = 3


def filled(rows: int = ROWS) -> None:
    """Add some rows to every table of the store; those of one number belong together."""
    for number in range(1, rows + 1):
        made: dict[type[models.Model], models.Model] = {}
        left = list(apps.get_app_config("store").get_models())
        while left:
            ready = [model for model in left if not _needed(model) & set(left) - {model}]
            for model in ready:
                made[model] = model._default_manager.create(**_row(model, number, made))
            left = [model for model in left if model not in ready]


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table of the database, of the store or not, in an order of its own."""
    found = {}
    with beside().cursor() as cursor:
        for table in sorted(cursor.db.introspection.table_names(cursor)):
            if table != "django_migrations":
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def other(value: object) -> Any:
    """Give another value of the same kind."""
    if isinstance(value, models.Model):
        return UUID(int=9)
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, UUID):
        return UUID(int=value.int + 9)
    if isinstance(value, datetime):
        return value.replace(year=value.year + 1)
    if isinstance(value, date):
        return value.replace(year=value.year + 1)
    if isinstance(value, bytes | memoryview):
        return bytes(value) + b"x"
    return {"other": True}


def _needed(model: type[models.Model]) -> set[type[models.Model]]:
    return {
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    }


def _row(
    model: type[models.Model], number: int, made: Mapping[type[models.Model], models.Model]
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for place, field in enumerate(model._meta.concrete_fields):
        if isinstance(field, models.AutoField):
            continue
        if isinstance(field, models.ForeignKey) and model is Document and field.name in ATTACHED_TO[1:]:
            row[field.name] = None  # it belongs to one thing at most
        elif isinstance(field, models.ForeignKey):
            related = field.related_model
            row[field.name] = made.get(related) if isinstance(related, type) else None
        else:
            row[field.name] = _value(field, number, place)
    return row


def _value(field: models.Field[Any, Any], number: int, place: int) -> object:
    values: dict[type[models.Field[Any, Any]], object] = {
        models.UUIDField: UUID(int=number << 16 | place),
        models.DateTimeField: WHEN.replace(minute=number, second=place),
        models.DateField: WHEN.date().replace(day=number),
        models.BooleanField: bool(number % 2),
        models.BinaryField: bytes([number]) * 32,
        models.BigIntegerField: 2**40 + number,
        models.IntegerField: number,
        models.JSONField: {"number": number, "said": "añadido", "list": [1, {"deep": None}]},
        models.CharField: f"{field.name[:20]} {number} ñ",
        models.TextField: f"{field.name} {number}\nñ “”",
    }
    return next(values[kind] for kind in type(field).__mro__ if kind in values)
