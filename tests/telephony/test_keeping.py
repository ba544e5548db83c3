"""What was recorded is kept once, tried again where it could not be, and forgotten once it is kept."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from locutorio.store import calls
from locutorio.store.calls import CallRow
from locutorio.telephony.keeping import Keeping
from locutorio.telephony.recording import NotMonitored, Recordings

NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
FAILS, EMPTY, DEFECT, UNGRANTED = (uuid4() for _ in range(4))


class Recorder:
    """Refuses one call as often as it is told, has recorded nothing of another, and is broken for a third."""

    def __init__(self, refuses: int) -> None:
        self.refuses = refuses
        self.asked = Counter[UUID]()

    def finish(self, call: str) -> Any:
        self.asked[UUID(call)] += 1
        if UUID(call) == DEFECT:
            raise ValueError("a defect")
        if UUID(call) == FAILS and self.asked[FAILS] <= self.refuses:
            raise NotMonitored("not sealed yet")


def row(id_: UUID) -> CallRow:
    engine = {} if id_ == UNGRANTED else {"grant": "a grant"}
    return CallRow(id_, NOW, "+12025550101", "answered", plane="monitored", ended_at=NOW, engine=engine)


def test_tried_until_it_is_done(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """What failed is tried at each turn until it is done; nothing else is tried twice, nothing held on to."""
    unkept = [row(one) for one in (FAILS, EMPTY, DEFECT, UNGRANTED)]
    monkeypatch.setattr(calls, "monitored_since", lambda *_: unkept)
    recorder = Recorder(refuses=2)
    keeping = Keeping(uuid4(), cast("Recordings", recorder), lambda: NOW)
    for _ in range(5):
        keeping.all()
        time.sleep(0.1)
    assert recorder.asked == {FAILS: 3, EMPTY: 1, DEFECT: 1}
    told = capfd.readouterr().err
    assert told.count("not sealed yet") == 2
    assert told.count("ValueError: a defect") == 1

    unkept.clear()
    keeping.all()
    assert not keeping._in_hand
