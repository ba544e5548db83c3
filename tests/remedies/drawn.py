"""Petitions with histories: by name, and drawn at random."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from locutorio.kernel.faults import Fault
from locutorio.remedies.values import (
    TRAVELS,
    Carried,
    Event,
    Kind,
    Outcome,
    Petition,
    refuse_unsound,
)

FIRST = date(2026, 3, 1)
KNOWN = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)


def event(kind: Kind, on: date | None, name: str = "", **more: Any) -> Event:
    """Give an event that was noted on its own day."""
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC) if on else KNOWN
    return Event(id=name or kind.value, kind=kind, on=on, **{"known_at": at, "proof": "a stamp", **more})


def drawn(rng: random.Random, most: int = 14) -> tuple[Petition, list[Event]]:
    """Draw a petition and events that may all be noted, in the order in which they were."""
    asks = tuple(f"ask {at}" for at in range(rng.randint(1, 4)))
    petition = Petition(
        id="p", office=rng.choice(("warden", "court", "consulate")), asks=asks, clock=rng.choice(("bp9", ""))
    )
    events: list[Event] = []
    for at in range(rng.randint(0, most)):
        one = _one(rng, at, petition, events)
        try:
            refuse_unsound(petition, one, tuple(events))
        except Fault:
            continue
        events.append(one)
    return petition, events


def _one(rng: random.Random, at: int, petition: Petition, before: list[Event]) -> Event:
    kind = rng.choice([*Kind])
    carried = rng.choice([*Carried]) if kind in TRAVELS else Carried.PETITION
    outcome = rng.choice([*Outcome]) if kind is Kind.RULED else None
    some = frozenset(place for place in range(len(petition.asks)) if rng.random() < 0.5)
    return Event(
        id=f"e{at}",
        kind=kind,
        known_at=KNOWN + timedelta(days=rng.randint(0, 90), hours=at),
        on=None if rng.random() < 0.1 else FIRST + timedelta(days=rng.randint(0, 60)),
        proof=rng.choice(("", "a stamp")),
        carried=carried,
        says=rng.choice(("", "danger", "no power")),
        until=FIRST + timedelta(days=70) if outcome is Outcome.REJECTED and rng.random() < 0.5 else None,
        ends_with="the trial" if kind is Kind.OPPOSED and rng.random() < 0.5 else "",
        of=rng.choice(before).id if before and rng.random() < 0.8 else None,
        outcome=outcome,
        granted=some if outcome is Outcome.PART else frozenset(),
        closes=kind is Kind.RULED and rng.random() < 0.3,
        next=rng.choice(("", "court")) if kind is Kind.RULED else "",
    )
