"""The one table of what may become of a booking, and of one contact at the gate."""

from __future__ import annotations

from collections.abc import Mapping

from locutorio.kernel.faults import Fault

HELD, BOOKED = "held", "booked"
WITHDRAWN, CANCELLED, LAPSED = "withdrawn", "cancelled", "lapsed"
HAPPENED, MISSED, TURNED_AWAY = "happened", "missed", "turned_away"
ADMITTED, REFUSED, ABSENT = "admitted", "refused", "absent"

STANDING = (HELD, BOOKED)
ENDED = (WITHDRAWN, CANCELLED, LAPSED)

MOVES: Mapping[str, tuple[str, ...]] = {
    HELD: (BOOKED, WITHDRAWN, CANCELLED, LAPSED),
    BOOKED: (WITHDRAWN, CANCELLED, HAPPENED, MISSED, TURNED_AWAY),
    WITHDRAWN: (),
    CANCELLED: (),
    LAPSED: (),
    HAPPENED: (),
    MISSED: (),
    TURNED_AWAY: (),
}

# Somebody refused may come back with what was missing, and be refused on another ground; somebody let in may
# still be sent out.
ARRIVAL_MOVES: Mapping[str, tuple[str, ...]] = {
    "": (ADMITTED, REFUSED, ABSENT),
    ADMITTED: (REFUSED,),
    REFUSED: (ADMITTED, REFUSED),
    ABSENT: (ADMITTED, REFUSED),
}


def refuse_move(before: str, after: str) -> None:
    """Refuse a way that no booking goes.

    Raises:
        Fault: a booking that stands at ``before`` does not become ``after``.
    """
    if after not in MOVES[before]:
        ways = ", ".join(MOVES[before]) or "nothing else"
        raise Fault(
            f"this booking is {before.replace('_', ' ')}, and cannot become {after.replace('_', ' ')}",
            why=f"from there it can become: {ways}".replace("_", " "),
            remedy="look at the booking again: somebody may have changed it",
        )


def refuse_arrival(before: str, after: str) -> None:
    """Refuse a way that no contact at the gate goes. ``before`` is empty for somebody who is expected.

    Raises:
        Fault: who is recorded as ``before`` is not recorded as ``after``.
    """
    if after not in ARRIVAL_MOVES[before]:
        raise Fault(
            f"a contact who is {before or 'expected'} at the gate cannot become {after}",
            why=f"from there they can become: {', '.join(ARRIVAL_MOVES[before])}",
            remedy="look at the booking again: somebody may have changed it",
        )
