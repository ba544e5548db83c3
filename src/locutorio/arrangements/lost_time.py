"""How much of a visit was lost, and how much of that the establishment owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from locutorio.kernel.faults import Fault

ESTABLISHMENT, FAMILY, PERSON, ORDER, TIME = "establishment", "family", "person", "order", "time"
LATE_CAUSES = (ESTABLISHMENT, FAMILY, PERSON)
END_CAUSES = (TIME, ESTABLISHMENT, FAMILY, PERSON, ORDER)
LOST_IN_VISIT, NOT_HELD, MADE_UP = "lost_in_visit", "not_held", "made_up"
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Held:
    """One visit as it took place, in moments of one clock.

    ``due_minutes`` is how long it was to last, at most the slot. ``arrived_at`` is when the first of those
    let in came to the gate. ``late_by`` is a LATE_CAUSES or empty, ``ended_by`` one of END_CAUSES.
    """

    starts: datetime
    ends: datetime
    due_minutes: int
    arrived_at: datetime | None
    started_at: datetime
    ended_at: datetime
    late_by: str = ""
    ended_by: str = TIME


@dataclass(frozen=True, slots=True)
class Lost:
    """Whole minutes: of a late start, of an early end, missing in all, and owed by the establishment."""

    late: int
    early: int
    missing: int
    owed: int


def lost(held: Held) -> Lost:
    """Reckon what a visit lost.

    Only time that the establishment caused is owed. Of a late start it owes the minutes after the family had
    come; and never more than is missing of the whole, so that time added at the end is not owed again.

    Raises:
        Fault: the visit ends before it starts.
    """
    if held.ended_at.astimezone(UTC) < held.started_at.astimezone(UTC):
        raise Fault(
            f"the visit ended at {held.ended_at:%H:%M}, before it started at {held.started_at:%H:%M}",
            remedy="check both times",
        )
    waited_from = max(held.starts, held.arrived_at or held.starts)
    should_end = min(held.ends, held.started_at.astimezone(UTC) + timedelta(minutes=held.due_minutes))
    late, early = _minutes(held.starts, held.started_at), _minutes(held.ended_at, should_end)
    missing = max(0, held.due_minutes - _minutes(held.started_at, held.ended_at))
    caused = _minutes(waited_from, held.started_at) if held.late_by == ESTABLISHMENT else 0
    caused += early if held.ended_by == ESTABLISHMENT else 0
    return Lost(late, early, missing, min(missing, caused))


def _minutes(start: datetime, end: datetime) -> int:
    return max(0, (end.astimezone(UTC) - start.astimezone(UTC)) // _MINUTE)
