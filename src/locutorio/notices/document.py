"""Writes a decision for machines, with its letter, as docs/reference/decision.schema.json says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from locutorio.decisions.decision import Branch, Decision
from locutorio.facts.case import NONE
from locutorio.facts.vocabulary import Value
from locutorio.kernel.moments import NEVER
from locutorio.notices.compose import compose
from locutorio.notices.letter import FindingBlock, Items, Letter, Paragraph

FORMAT = "locutorio-decision-1"
_BLOCKS: Mapping[type, str] = {Paragraph: "paragraph", Items: "items", FindingBlock: "finding"}

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def as_document(decision: Decision, lang: str) -> dict[str, Json]:
    """Give everything a decision holds as a JSON object; days are written YYYY-MM-DD.

    Raises:
        Fault: the catalogue does not have this language.
    """
    written = _fields(decision)
    written["assumed"] = _pairs(decision.assumed)
    written["kinds"] = {
        kind: {"label": dict(label), "office": office} for kind, (label, office) in decision.kinds.items()
    }
    return {
        "format": FORMAT,
        "lang": lang,
        "decision": written,
        "letter": letter_as_json(compose(decision, lang)),
    }


def letter_as_json(letter: Letter) -> dict[str, Json]:
    """Give a letter as a JSON object."""
    return _fields(letter)


def _pairs(told: tuple[tuple[str, Value], ...]) -> Json:
    return [{"path": path, "value": as_json(value)} for path, value in told]


def _fields(value: object) -> dict[str, Json]:
    assert is_dataclass(value)
    return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}


def as_json(value: object) -> Json:
    """Give a value of a decision or a letter, and all that it holds, as JSON."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return str(value.value)
        case str():
            return value
        case date():
            return NONE if value == NEVER else value.isoformat()
        case tuple():
            return [as_json(item) for item in value]
        case Mapping():
            return {str(key): as_json(item) for key, item in value.items()}
        case Branch():
            return {**_fields(value), "when": _pairs(value.when)}
        case Paragraph() | Items() | FindingBlock():
            return {"block": _BLOCKS[type(value)], **_fields(value)}
        case _:
            return dict(_fields(value))
