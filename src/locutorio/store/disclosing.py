"""Who was told what about a person: what was given out, letters about their visits, who read their file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from locutorio.store.context import within
from locutorio.store.exporting import EXPORT
from locutorio.store.log.reading import contents_of
from locutorio.store.models import Entry, Notice, Request

GIVEN, LETTER, READ, EXPORTED, ANSWERED = "given", "letter", "read", "exported", "answered"
ANSWER = "answer_disclosure"
SHOWN_MAX = 500
_GIVING = {"disclose": GIVEN, EXPORT: EXPORTED, ANSWER: ANSWERED}
_TOLD = "permit"


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A telling: to whom, what, why; ``kind`` is given, letter, read, answered, or exported (the whole file).

    Of what was answered, ``what`` and ``why`` are the item and the ground, as the vocabulary names them.
    """

    at: datetime
    kind: str
    to: str
    what: str
    why: str


@within
def disclosures(at: UUID, person: UUID, reads: Collection[str]) -> list[Disclosed]:
    """Give the latest tellings about a person, the latest first; ``reads`` are the acts that are readings."""
    rows = Entry.objects.filter(
        establishment=at, person=person, actor__isnull=False, action__in=[*_GIVING, *reads]
    )
    entries = [*rows.order_by("-at", "-id")[:SHOWN_MAX]]
    program = Entry.objects.filter(establishment=at, person=person, actor=None, action__in=_GIVING)
    entries += [*program.order_by("-at", "-id")[:SHOWN_MAX]]
    contents = contents_of(at, [row.id for row in entries])
    found = []
    for row in entries:
        content = contents[row.id] or {}
        asked = content.get("asked", {})
        if row.action == ANSWER:
            if content.get("answer", {}).get("outcome") == _TOLD:
                found.append(Disclosed(row.at, ANSWERED, asked["to"], asked["item"], asked["ground"]))
        elif row.action in _GIVING:
            said = asked["to"], asked.get("what", ""), asked["ground"]
            found.append(Disclosed(row.at, _GIVING[row.action], *said))
        else:
            found.append(Disclosed(row.at, READ, "", "", asked.get("purpose", "")))
    about = Request.objects.filter(establishment=at, person=person).values("id")
    named = Q(request__in=about) | Q(mail__person=person)
    letters = Notice.objects.filter(named, establishment=at, contact__isnull=False)
    for sent, surname, forenames in letters.order_by("-at", "-id").values_list(
        "at", "contact__surname", "contact__forenames"
    )[:SHOWN_MAX]:
        found.append(Disclosed(sent, LETTER, f"{forenames} {surname}".strip(), "", ""))
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN_MAX]


@within
def exports(at: UUID, person: UUID) -> list[Disclosed]:
    """Give each time that a person's whole file was written out and given to somebody, the oldest first."""
    entries = [*Entry.objects.filter(establishment=at, person=person, action=EXPORT).order_by("at", "id")]
    contents = contents_of(at, [row.id for row in entries])
    asked = [(row.at, (contents[row.id] or {}).get("asked", {})) for row in entries]
    return [Disclosed(moment, EXPORTED, said["to"], "", said["ground"]) for moment, said in asked if said]


@within
def exports_counted(at: UUID, persons: Collection[UUID]) -> Counter[UUID]:
    """Give how often the whole file of each of some people was given to somebody."""
    found = Entry.objects.filter(establishment=at, person__in=persons, action=EXPORT)
    return Counter(one for one in found.values_list("person", flat=True) if one)
