"""What a self-check looks at in the store: who is privileged, what waits, what was found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from locutorio.store.context import within
from locutorio.store.log.reading import content_of
from locutorio.store.models import Entry, Listed, Pending
from locutorio.store.people import APPROVED


@within
def register_root(at: UUID, roles: Collection[str]) -> str:
    """Give a hash of who is whose counsel or consul, and the like, by roles; in 64 hexadecimal digits."""
    columns = ("person", "contact", "role", "since", "until")
    found = Listed.objects.filter(establishment=at, role__in=[*roles], status=APPROVED).order_by("id")
    said = "\n".join(" ".join(map(str, row)) for row in found.values_list(*columns))
    return sha256(said.encode()).hexdigest()


@within
def changed_by(at: UUID, actions: Collection[str], since: datetime) -> bool:
    """Tell whether any of some actions was done since a moment."""
    return Entry.objects.filter(establishment=at, action__in=[*actions], at__gte=since).exists()


@within
def waiting_since(at: UUID) -> datetime | None:
    """Give the moment of the first entry that is not in the log yet."""
    body = (
        Pending.objects.filter(establishment=at, kind="entry").order_by("id").values_list("body", flat=True)
    )
    first = body.first()
    return datetime.fromisoformat(first["at"]) if first else None


@within
def last_answer(at: UUID, action: str) -> tuple[datetime, dict[str, Any]] | None:
    """Give what an action answered the last time, and when."""
    row = Entry.objects.filter(establishment=at, action=action).order_by("-at", "-id").first()
    content = content_of(at, row.id) if row else None
    return (row.at, content["answer"]) if row and content else None
