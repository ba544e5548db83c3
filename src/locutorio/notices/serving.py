"""What happened to a notice on its way to whom it is for, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SENT, DELIVERED, ACKNOWLEDGED, RETURNED = FACTS = ("sent", "delivered", "acknowledged", "returned")
WAYS = ("hand", "post", "registered", "electronic")
WAITING = "waiting"
STANDINGS = (WAITING, *FACTS)
REACHED = (DELIVERED, ACKNOWLEDGED)
_LEAST_FIRST = (SENT, *REACHED)


@dataclass(frozen=True, slots=True)
class Served:
    """One thing that happened: ``fact`` on a day, by a way, and what shows it (a number, who signed)."""

    fact: str
    way: str
    on: date
    proof: str


def standing(facts: Iterable[Served]) -> str:
    """Give what facts come to, told in the order in which they became known: one of STANDINGS.

    A notice that came back is returned until it is sent or handed over again, on that day or later. Of what
    happened since, what shows most counts: an acknowledgement, then a delivery, then that it was sent.
    """
    in_order = sorted(facts, key=lambda one: one.on)
    back = max((place for place, one in enumerate(in_order) if one.fact == RETURNED), default=-1)
    since = {one.fact for one in in_order[back + 1 :]}
    found = max(since, key=_LEAST_FIRST.index, default="")
    return found or (RETURNED if back >= 0 else WAITING)
