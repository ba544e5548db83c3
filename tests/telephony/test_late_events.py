"""What the engine connected by itself, while nothing else answered, is a call of the record all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any
from unittest.mock import Mock
from uuid import UUID, uuid4

import pytest

from locutorio.actions.take_spool import take_spool
from locutorio.store import calls
from locutorio.store.actor import PROGRAM
from locutorio.store.calls import CallRow
from locutorio.store.spool import Spool
from locutorio.telephony.decision_point import WAITED_FOR, DecisionPoint, Unknown
from locutorio.telephony.questions import Happened
from tests.calls.exchange import HELP, Exchange, exchange
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.telephony.standing_by import ALWAYS, House, house, question

BACK = FOUNDED + WAITED_FOR
SECOND = timedelta(seconds=1)


@pytest.fixture
def made(store: Store) -> Exchange:
    return exchange()


def point(made: Exchange, moment: datetime) -> DecisionPoint:
    """Give the decision point as it takes events at a moment; it has no call to monitor."""
    return DecisionPoint(made.oak.id, Mock(), Mock(), Mock(), lambda: moment)


def happened(attempt: UUID, what: str, at: datetime, **more: Any) -> Happened:
    said = {"why": "", "by": "", "code": 0, "began": None, "engine": {"call_id": "c"}, **more}
    return Happened(event=what, attempt=attempt, telephone="north-1", called=HELP, at=at, **said)


def row(made: Exchange, attempt: UUID) -> CallRow:
    found = calls.call(made.oak.id, attempt)
    assert found is not None
    return found


def test_what_nobody_connected_is_a_call_too(made: Exchange) -> None:
    """Its events wait a minute for whoever connected it; then it is a private call, in any order."""
    seen: list[tuple[object, ...]] = []
    for order in permutations((0, 1)):
        attempt = uuid4()
        began = FOUNDED + len(seen) * SECOND
        events = [
            happened(attempt, "answered", began),
            happened(attempt, "ended", began + 30 * SECOND, why="caller", began=began),
        ]
        for at in order:
            with pytest.raises(Unknown):
                point(made, events[at].at or began).happened(events[at])
        for at in (*order, *order):
            point(made, BACK + 60 * SECOND).happened(events[at])
        found = row(made, attempt)
        seen.append((found.by, found.plane, found.person, found.disposition, found.talk_seconds, found.cause))

    assert seen == [("engine", "private", None, "answered", 30, "caller")] * 2


def test_what_the_standby_connected_is_the_standbys(made: Exchange, tmp_path: Any) -> None:
    """Its line may come after a minute too: the call is told as the standby connected it."""
    stood: House = house(tmp_path)
    spool = Spool(stood.spooled)
    asked = question(ALWAYS)
    stood.standby(spool).answer(asked, FOUNDED.timestamp() - 60, 0.0)
    spool.close()
    answered = happened(asked.attempt, "answered", FOUNDED)
    point(made, BACK).happened(answered)
    assert row(made, asked.attempt).by == "engine"

    take_spool(PROGRAM, made.oak.id, stood.spooled, BACK)

    found = row(made, asked.attempt)
    assert (found.by, found.plane, found.disposition) == ("standby", "private", "under_way")


@pytest.mark.parametrize("first", ["line", "event"])
def test_what_the_engine_refused_is_refused(made: Exchange, tmp_path: Any, first: str) -> None:
    """Where the standby allowed too late, no call is left under way: the engine refused it, as it says."""
    stood: House = house(tmp_path)
    spool = Spool(stood.spooled)
    asked = question(ALWAYS)
    stood.standby(spool).answer(asked, FOUNDED.timestamp(), 0.0)
    spool.close()
    refused = happened(asked.attempt, "refused", FOUNDED, why="could-not-decide", by="engine", code=503)
    steps: list[Callable[[], object]] = [
        lambda: take_spool(PROGRAM, made.oak.id, stood.spooled, BACK),
        lambda: point(made, BACK).happened(refused),
    ]
    for step in steps if first == "line" else reversed(steps):
        step()

    found = row(made, asked.attempt)
    assert (found.disposition, found.cause) == ("blocked", "could-not-decide")
    assert found.ended_at is not None
