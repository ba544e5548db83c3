"""What the entries hold, as tests look at it: read back from what waits for the log, or from the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.store.log.reading import contents_of
from locutorio.store.models import Entry


@dataclass(frozen=True, slots=True)
class Told:
    """One entry with its content."""

    id: UUID
    command: UUID
    action: str
    at: datetime
    asked: dict[str, Any]
    noted: dict[str, Any]
    answer: dict[str, Any]


def entries(**chosen: Any) -> list[Told]:
    """Give entries in the order in which they were made."""
    found = []
    rows = [*Entry.objects.filter(**chosen).order_by("at", "id")]
    for establishment in {row.establishment_id for row in rows}:
        here = [row for row in rows if row.establishment_id == establishment]
        contents = contents_of(establishment, [row.id for row in here])
        for row in here:
            content = contents[row.id]
            assert content is not None, "what it held was erased"
            found.append(
                Told(
                    row.id,
                    row.command,
                    row.action,
                    row.at,
                    *(content[name] for name in ("asked", "noted", "answer")),
                )
            )
    return found
