"""The times that somebody can choose from: for people who come, or for a request that was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.actions.slots_shown import SlotShown, slots_shown
from locutorio.store import gate, requests
from locutorio.store.actor import Actor
from locutorio.store.knowledge import PartyMember

STAFF = "staff"


def times_shown(
    by: Actor,
    at: UUID,
    person: UUID,
    party: Sequence[PartyMember],
    days: tuple[date, date],
    *,
    asked_at: datetime,
    window: str,
) -> tuple[SlotShown, ...]:
    """Give the times for a party that is not decided yet.

    Args:
        by: who asks.
        at: where.
        person: who is visited.
        party: who would come.
        days: the first and the last.
        asked_at: now.
        window: "public", "person" or "staff".

    Raises:
        Refused: the person is not here, or somebody is not of the family that asks.
    """
    coming = [member.contact for member in party]
    with reading(by, "read_times", About(at, "person", person, coming, as_staff=window == STAFF)):
        return slots_shown(at, person, party, *days, asked_at=asked_at, by=window)


def times_of_request(
    by: Actor,
    at: UUID,
    request: UUID,
    days: tuple[date, date],
    *,
    asked_at: datetime,
    window: str,
    changing: bool = False,
) -> tuple[SlotShown, ...]:
    """Give the times for a request; ``changing``: its booking would be moved, and stands in no way.

    Raises:
        Refused: the request is not here, or not of the family that asks.
    """
    with reading(by, "read_times", About(at, "request", request, as_staff=window == STAFF)):
        asked = requests.request(at, request)
        booked = gate.of_requests(at, [request]).get(request) if changing else None
        return slots_shown(
            at,
            asked.person,
            asked.party,
            *days,
            asked_at=asked_at,
            by=window,
            changing=booked.id if booked else None,
            no_contact=requests.no_contact(asked.conditions),
        )
