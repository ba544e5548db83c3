"""Every entry that touched a booking: what was done, by whom, when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from locutorio.store.context import within
from locutorio.store.models import Account, Entry


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One command that was carried out: by whom (their account's name, empty for the program), when, what."""

    at: datetime
    action: str
    actor: str
    asked: Mapping[str, Any]
    noted: Mapping[str, Any]
    answer: Mapping[str, Any]


@within
def history(establishment: UUID, person: UUID, since: datetime, naming: Iterable[UUID]) -> list[EntryRow]:
    """Give the entries that name any of some identifiers, in the order in which they were written.

    Args:
        establishment: where.
        person: only entries about this person, and those of changes that reach everybody, are looked at.
        since: not before this moment.
        naming: of a booking, a request, and the like.
    """
    wanted = [str(one) for one in naming]
    reaching = Q(person=person) | Q(person=None, body__has_key="replayed")
    rows = [*Entry.objects.filter(reaching, establishment=establishment, at__gte=since).order_by("at", "id")]
    found = [row for row in rows if _names(row, wanted)]
    names = dict(Account.objects.filter(id__in={row.actor for row in found}).values_list("id", "name"))
    return [
        EntryRow(
            row.at,
            row.action,
            names.get(row.actor, "") if row.actor else "",
            row.body["asked"],
            {name: value for name, value in row.body.items() if name != "asked"},
            row.answer,
        )
        for row in found
    ]


def _names(row: Entry, wanted: list[str]) -> bool:
    said = json.dumps([row.body, row.answer])
    return any(one in said for one in wanted)
