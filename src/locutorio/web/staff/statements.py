"""The lines of a statement, as a reader of one language sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from locutorio.kernel.moments import day
from locutorio.notices.words import Words
from locutorio.store.entered import read_entered
from locutorio.web.saying import day_said, moment_said
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class LineSaid:
    """One line: what it is, and what it says."""

    label: str
    value: str


def said(lines: Iterable[Mapping[str, Any]], lang: str, zone: str) -> tuple[LineSaid, ...]:
    """Give lines in words."""
    return tuple(LineSaid(_label(line, lang), _value(line, lang, zone)) for line in lines)


def _label(line: Mapping[str, Any], lang: str) -> str:
    if line["kind"] == "fact":
        return Words(lang).label(line["name"])
    return words(lang)[f"proposal_line_{line['name']}"]


def _value(line: Mapping[str, Any], lang: str, zone: str) -> str:
    value = line["value"]
    if isinstance(value, Mapping):
        return str(value[lang])
    match line["kind"]:
        case "word":
            return words(lang)[f"proposal_word_{value}"]
        case "day":
            return day_said(lang, day(value))
        case "moment":
            return moment_said(lang, datetime.fromisoformat(value), zone)
        case "fact":
            return Words(lang).value(line["name"], read_entered(line["name"], value))
    return str(value)
