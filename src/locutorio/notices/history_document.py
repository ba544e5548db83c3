"""Writes a day of a chronicle, its contradictions and its events for machines."""

from __future__ import annotations

from collections.abc import Iterable

from locutorio.chronicle.asked import Answered, Laws
from locutorio.chronicle.cells import Cell
from locutorio.chronicle.people import People
from locutorio.chronicle.telling import Day
from locutorio.chronicle.values import Chronicle, Event
from locutorio.chronicle.weighed import Found, Weighed
from locutorio.notices.document import Json, as_json

FORMAT = "locutorio-history-1"


def day_as_document(chronicle: Chronicle, day: Day, laws: Laws, lang: str) -> dict[str, Json]:
    """Give one day as a JSON object; days are written YYYY-MM-DD, possible days as {first, last}."""
    return {
        "format": FORMAT,
        "lang": lang,
        "on": day.on.isoformat(),
        "known_at": as_json(day.knowledge.known_at),
        "least_trust": day.knowledge.least_trust,
        "stage": as_json(day.stage),
        "measures": [
            {"measure": one.measure, "sign": one.sign.value, "tokens": list(one.tokens), "event": one.event}
            for one in day.measures
        ],
        "contacts": [_cell(one, chronicle.people) for one in day.cells],
        "counts": [{**_fields(one), "in_force": one.in_force.value} for one in day.counts],
        "grants": [
            {
                "event": one.statement.event,
                "text": one.statement.text,
                "carried": one.carried.value,
                "because": list(one.because),
            }
            for one in day.grants
        ],
        "petitions": as_json(day.petitions),
        "routes": as_json(day.routes),
        "overtaken": as_json(day.overtaken),
        "uncertain": [one.name for one in day.uncertain],
        "perhaps_known": [one.name for one in day.perhaps],
        "law": {
            name: _law(one, lang)
            for name, one in (
                ("old_order", laws.old_order),
                ("remedy", laws.remedy),
                ("extension", laws.extension),
            )
        },
    }


def _fields(value: object) -> dict[str, Json]:
    found = as_json(value)
    assert isinstance(found, dict)
    return found


def _cell(cell: Cell, people: People) -> dict[str, Json]:
    someone = people.get(cell.whom[0])
    return {
        **_fields(cell),
        "role": someone.role if someone else None,
        "words": someone.words if someone else "",
    }


def _law(answered: Answered | None, lang: str) -> Json:
    if answered is None:
        return None
    return {**_fields(answered), "says": answered.says[lang]}


def weighed_as_document(weighed: Iterable[Weighed], lang: str) -> list[Json]:
    """Give contradictions as a JSON list: each version with what became of it, and what was worked out."""
    return [
        {
            "name": one.contradiction.name,
            "about": one.contradiction.about,
            "versions": [
                {
                    "text": version.text,
                    "source": version.source,
                    "kind": version.kind.value,
                    "mark": mark.value,
                }
                for version, mark in zip(one.versions, one.marks, strict=True)
            ],
            "found": [_found(found, lang) for found in one.found],
        }
        for one in weighed
    ]


def _found(found: Found, lang: str) -> Json:
    return {**_fields(found), "law": _law(found.law, lang)}


def events_as_document(events: Iterable[Event]) -> list[Json]:
    """Give events as a JSON list: every text word for word, with what was read of it."""
    return [
        {
            "name": one.name,
            "days": as_json(one.days),
            "basis": one.basis.value,
            "filed": as_json(one.filed),
            "entered": as_json(one.entered),
            "trust": one.trust,
            "paper": one.paper,
            "who": list(one.who),
            "what": one.what,
            "texts": [
                {
                    "path": told.path,
                    "text": told.text,
                    "read": told.read,
                    "statements": as_json(told.statements),
                    "signals": as_json(told.signals),
                }
                for told in one.told
            ],
        }
        for one in events
    ]
