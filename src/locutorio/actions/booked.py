"""What is answered when places are asked for: had, or not to be had and why. Never a refusal by law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.actions.plain import as_plain
from locutorio.arrangements.schedule.patterns import Authority
from locutorio.arrangements.schedule.values import Hindrance
from locutorio.arrangements.standings import STANDING
from locutorio.kernel.faults import Fault
from locutorio.store import gate
from locutorio.store.bookings import BookingRow
from locutorio.store.taking import Obstacle, Taken
from locutorio.store.transaction import Answer, Transaction

HAD = ("booked", "held")


@dataclass(frozen=True, slots=True)
class Booked:
    """The answer. ``outcome`` is booked or held; full, busy, spent, apart, closed or not_offered, which are
    lawful but not to be had; or what the law says instead: refuse, refer or pending.

    ``hindrances`` say why not. ``busy`` are those who are elsewhere at that time: to be told only to who may
    know it. ``next_slot`` is the next time with a place.
    """

    outcome: str
    request: UUID
    slot: str
    booking: UUID | None = None
    kind: str = ""
    places: int = 0
    hold_until: datetime | None = None
    hindrances: tuple[Hindrance, ...] = ()
    busy: tuple[UUID, ...] = ()
    next_slot: str | None = None

    @property
    def had(self) -> bool:
        """Tell whether the places are had."""
        return self.outcome in HAD


def answered(
    request: UUID, slot: str, taken: Taken | Obstacle | str, *, next_slot: str | None = None
) -> dict[str, Any]:
    """Give an answer in plain values; a bare text is the outcome of a decision that permits nothing."""
    match taken:
        case Taken():
            answer = Booked(
                taken.standing, request, slot, taken.booking, taken.kind, taken.places, taken.hold_until
            )
        case Obstacle():
            answer = Booked(
                taken.outcome,
                request,
                slot,
                hindrances=taken.hindrances,
                busy=taken.busy,
                next_slot=next_slot,
            )
        case _:
            answer = Booked(taken, request, slot)
    plain: dict[str, Any] = as_plain(answer)
    return plain


def read(plain: Answer) -> Booked:
    """Read an answer as it was kept."""
    return Booked(
        plain["outcome"],
        UUID(plain["request"]),
        plain["slot"],
        UUID(plain["booking"]) if plain["booking"] else None,
        plain["kind"],
        plain["places"],
        datetime.fromisoformat(plain["hold_until"]) if plain["hold_until"] else None,
        tuple(map(_hindrance, plain["hindrances"])),
        tuple(map(UUID, plain["busy"])),
        plain["next_slot"],
    )


def refuse_begun(tx: Transaction, booking: BookingRow) -> None:
    """Refuse to change or cancel a visit of which the time has come.

    Raises:
        Fault: its time has begun, or it is under way.
    """
    if booking.standing in STANDING and (
        booking.starts <= tx.at or gate.at_gate(tx.establishment, booking.id).took is not None
    ):
        raise Fault(
            "the time of this visit has begun",
            why="what becomes of it now is recorded at the gate",
            remedy="tell the staff at the gate",
        )


def _hindrance(plain: Mapping[str, Any]) -> Hindrance:
    needs = plain["needs"]
    who = needs and Authority(tuple(needs["offices"]), needs["together"], needs["ground"])
    return Hindrance(plain["rule"], plain["words"], who)
