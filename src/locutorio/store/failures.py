"""How often somebody did not show who they are: counted at the door, and made an entry a little later.

A name that nobody has is counted as one that somebody has, by the same two statements: who asks learns
nothing from the time it takes, and nothing of what was typed is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from locutorio.store.context import trying
from locutorio.store.models import Failure
from locutorio.store.people import rows

WINDOW = timedelta(minutes=15)
_NAMES = UUID("6f0dcbb2-6f0e-4c0a-9d2c-9b3c53a6a9d0")


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody tries: ``name`` is password, code, passkey, pin or reset; ``network`` of what kind.

    ``kiosk_at`` is the establishment of a ``kiosk``.
    """

    name: str
    network: str
    kiosk: UUID | None = None
    kiosk_at: UUID | None = None


@dataclass(frozen=True, slots=True)
class FailureRow:
    """What was counted of an account (None: of names that nobody has) at one door in a quarter of an hour."""

    id: UUID
    account: UUID | None
    kiosk: UUID | None
    kiosk_at: UUID | None
    door: str
    network: str
    since: datetime
    last_at: datetime
    wrong: int
    held_back: int


@trying
def count(account: UUID | None, door: Door, at: datetime, *, held_back: bool = False) -> None:
    """Count one try that failed, or that was not looked at because there were too many."""
    since = at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % WINDOW
    name = f"{account} {door.name} {door.network} {door.kiosk} {since.isoformat()}"
    row = Failure(
        id=uuid5(_NAMES, name),
        account=account,
        kiosk=door.kiosk,
        kiosk_at=door.kiosk_at,
        door=door.name,
        network=door.network,
        since=since,
        last_at=at,
    )
    column = "held_back" if held_back else "wrong"
    with transaction.atomic():
        Failure.objects.bulk_create([row], ignore_conflicts=True)
        Failure.objects.filter(id=row.id).update(last_at=at, **{column: F(column) + 1})


@trying
def over(at: datetime) -> list[FailureRow]:
    """Give what was counted in quarters of an hour that are over, and a minute more."""
    ended = at - WINDOW - timedelta(minutes=1)
    return rows(FailureRow, Failure.objects.filter(since__lte=ended).order_by("since", "id"))


@trying
def entered(row: FailureRow) -> None:
    """Forget what has become an entry, unless there is more of it by now."""
    Failure.objects.filter(id=row.id, last_at=row.last_at).delete()
