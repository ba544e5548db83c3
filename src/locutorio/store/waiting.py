"""Who waits for a place, in the order in which they began to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from locutorio.store.context import within
from locutorio.store.models import Waiting
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

WAITING, OFFERED, TAKEN, ENDED = "waiting", "offered", "taken", "ended"
LIVE = (WAITING, OFFERED)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A request that waits for a place on one of some days."""

    id: UUID
    request: UUID
    first_on: date
    last_on: date
    asked_at: datetime
    standing: str


def wait(tx: Transaction, request: UUID, first_on: date, last_on: date) -> UUID:
    """Let a request wait from now on; one that waits already keeps its turn, for other days."""
    before = waiting_of(tx.establishment, request)
    if before is not None and before.standing in LIVE:
        Waiting.objects.filter(id=before.id).update(first_on=first_on, last_on=last_on, standing=WAITING)
        return before.id
    id_ = tx.new_id()
    Waiting.objects.create(
        id=id_,
        establishment_id=tx.establishment,
        request_id=request,
        first_on=first_on,
        last_on=last_on,
        asked_at=tx.at,
        standing=WAITING,
    )
    return id_


def turn(tx: Transaction, request: UUID, standing: str) -> None:
    """Say what became of a request that waits, if it does."""
    mine = Waiting.objects.filter(establishment=tx.establishment, request=request, standing__in=LIVE)
    mine.update(standing=standing)


@within
def waiting(establishment: UUID, since: date) -> list[WaitingRow]:
    """Give who waits for a day from one on, the first first."""
    found = Waiting.objects.filter(establishment=establishment, standing=WAITING, last_on__gte=since)
    return rows(WaitingRow, found.order_by("asked_at", "id"))


@within
def waiting_of(establishment: UUID, request: UUID) -> WaitingRow | None:
    """Give how a request waits, or waited last; None where it never did."""
    found = Waiting.objects.filter(establishment=establishment, request=request)
    each = rows(WaitingRow, found.order_by("-asked_at", "-id"))
    return each[0] if each else None
