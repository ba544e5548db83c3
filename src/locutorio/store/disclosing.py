"""Who was told what about a person: what was given out, letters about their visits, who read their file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from locutorio.store.context import within
from locutorio.store.log.reading import contents_of
from locutorio.store.models import Entry, Notice, Request

GIVEN, LETTER, READ = "given", "letter", "read"
SHOWN_MAX = 500


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One telling: ``kind`` is given, letter or read; to whom, what, on which ground or for what purpose."""

    at: datetime
    kind: str
    to: str
    what: str
    why: str


@within
def disclosures(at: UUID, person: UUID, reads: Collection[str]) -> list[Disclosed]:
    """Give the latest tellings about a person, the latest first; ``reads`` are the acts that are readings."""
    rows = Entry.objects.filter(
        establishment=at, person=person, actor__isnull=False, action__in=["disclose", *reads]
    )
    entries = [*rows.order_by("-at", "-id")[:SHOWN_MAX]]
    program = Entry.objects.filter(establishment=at, person=person, actor=None, action="disclose")
    entries += [*program.order_by("-at", "-id")[:SHOWN_MAX]]
    contents = contents_of(at, [row.id for row in entries])
    found = []
    for row in entries:
        asked = (contents[row.id] or {}).get("asked", {})
        if row.action == "disclose":
            found.append(Disclosed(row.at, GIVEN, asked["to"], asked["what"], asked["ground"]))
        else:
            found.append(Disclosed(row.at, READ, "", "", asked.get("purpose", "")))
    about = Request.objects.filter(establishment=at, person=person).values("id")
    letters = Notice.objects.filter(establishment=at, request__in=about, contact__isnull=False)
    for sent, surname, forenames in letters.order_by("-at", "-id").values_list(
        "at", "contact__surname", "contact__forenames"
    )[:SHOWN_MAX]:
        found.append(Disclosed(sent, LETTER, f"{forenames} {surname}".strip(), "", ""))
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN_MAX]
