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
from locutorio.store.keys import known_pseudonyms
from locutorio.store.log.gathering import gathered
from locutorio.store.log.reading import contents_of, payloads
from locutorio.store.models import Account, Entry, Leaf

HEADERS_MAX = 1000


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
        person: only entries about this person, and those that changed anything of theirs, are looked at.
        since: not before this moment.
        naming: of a booking, a request, and the like.
    """
    wanted = [str(one) for one in naming]
    said = _waiting(establishment, person)
    said.update(_in_the_log(establishment, person, since))
    named = [id_ for id_, parts in said.items() if any(one in json.dumps(parts) for one in wanted)]
    rows = [*Entry.objects.filter(id__in=named, at__gte=since).order_by("at", "id")]
    first = contents_of(establishment, named)
    names = dict(Account.objects.filter(id__in={row.actor for row in rows}).values_list("id", "name"))
    return [
        EntryRow(
            row.at,
            row.action,
            names.get(row.actor, "") if row.actor else "",
            content["asked"],
            content["noted"],
            content["answer"],
        )
        for row in rows
        if (content := first.get(row.id)) is not None
    ]


def _waiting(establishment: UUID, person: UUID) -> dict[UUID, list[Any]]:
    """Give what waits for the log of a person, by entry."""
    return {
        one.entry: [one.body["content"], theirs]
        for one in gathered(establishment)
        if one.entry is not None
        and (
            (theirs := [changes for whose, changes in one.parts.items() if whose.subject == person])
            or one.body["about"] == str(person)
        )
    }


def _in_the_log(establishment: UUID, person: UUID, since: datetime) -> dict[UUID, list[Any]]:
    """Give what the log holds of a person since a moment, by entry."""
    subject = known_pseudonyms(establishment, [person]).get(person)
    if subject is None:
        return {}
    recent = Entry.objects.filter(establishment=establishment, at__gte=since).values("id")
    theirs = Leaf.objects.filter(establishment=establishment, subject=subject, entry_id__in=recent)
    leaves = Leaf.objects.filter(
        Q(subject=subject) | Q(part=0),
        establishment=establishment,
        entry_id__in=[*theirs.values_list("entry_id", flat=True)],
    )
    found: dict[UUID, list[Any]] = {}
    for leaf, content in zip(leaves, payloads(leaves), strict=True):
        found.setdefault(leaf.entry_id, []).append(content)
    return found


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """What was done and when, by the name of an account (empty for the program); not what it was about."""

    at: datetime
    action: str
    actor: str


@within
def headers(establishment: UUID, since: datetime, until: datetime) -> list[HeaderRow]:
    """Give what was done from one moment until another, the latest first; at most HEADERS_MAX."""
    found = Entry.objects.filter(establishment=establishment, at__gte=since, at__lt=until)
    rows = [*found.order_by("-at", "-id").values_list("at", "action", "actor")[:HEADERS_MAX]]
    names = dict(Account.objects.filter(id__in={actor for *_, actor in rows}).values_list("id", "name"))
    return [HeaderRow(at, action, names.get(actor, "") if actor else "") for at, action, actor in rows]


@within
def sign_ins(establishment: UUID, account: UUID, most: int) -> list[tuple[datetime, Mapping[str, Any]]]:
    """Give when an account was signed in to last, newest first, each with what its entry holds."""
    found = Entry.objects.filter(establishment=establishment, actor=account, action="sign_in")
    rows = [*found.order_by("-at", "-id").values_list("id", "at")[:most]]
    contents = contents_of(establishment, [id_ for id_, _ in rows])
    return [(at, content) for id_, at in rows if (content := contents[id_]) is not None]
