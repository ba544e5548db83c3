"""Turns the values of an action into plain ones, as a command and its entry in the record hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID


def as_plain(value: object) -> Any:
    """Give a value as text, numbers, lists and maps: days and moments in ISO 8601, identifiers as text."""
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {str(name): as_plain(item) for name, item in value.items()}
        case tuple() | list():
            return [as_plain(item) for item in value]
        case frozenset() | set():
            return sorted(as_plain(item) for item in value)
        case _ if is_dataclass(value):
            return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    raise AssertionError(f"{type(value).__name__} has no plain form")
