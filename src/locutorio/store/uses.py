"""The visits that count as used: those that took place, and those that are booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from locutorio.store.context import within
from locutorio.store.models import Booking, Member

HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class Used:
    """One visit. ``minutes_had`` is 0 until it took place."""

    id: UUID
    decided_at: datetime
    on: date
    happened: bool
    minutes_had: int
    contacts: frozenset[UUID]

    def roles(self, role: Callable[[UUID], str]) -> frozenset[str]:
        """Give the roles of those who come."""
        return frozenset(map(role, self.contacts))


@within
def used_of(at: UUID, person: UUID, moment: datetime) -> list[Used]:
    """Give the visits of a person that count. A hold that ran out by the moment is none."""
    held = Q(standing="held") & (Q(hold_until=None) | Q(hold_until__gt=moment))
    found = Booking.objects.filter(
        Q(establishment=at, person=person) & (Q(standing__in=["booked", HAPPENED]) | held)
    )
    columns = ("id", "decided_at", "standing", "request", "slot__on", "visit__started_at", "visit__ended_at")
    rows = [*found.values(*columns)]
    contacts: dict[UUID, set[UUID]] = defaultdict(set)
    members = Member.objects.filter(establishment=at, request__in=[row["request"] for row in rows])
    for request, contact in members.values_list("request", "contact"):
        contacts[request].add(contact)
    return [
        Used(
            row["id"],
            row["decided_at"],
            row["slot__on"],
            row["standing"] == HAPPENED,
            _minutes(row["visit__started_at"], row["visit__ended_at"]),
            frozenset(contacts[row["request"]]),
        )
        for row in rows
    ]


def _minutes(started: datetime | None, ended: datetime | None) -> int:
    return (ended - started) // timedelta(minutes=1) if started and ended else 0
