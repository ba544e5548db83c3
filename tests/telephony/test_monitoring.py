"""A monitored call is announced to each in their own language; whatever keeps it from being so ends it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from locutorio.store.calls import CallRow
from locutorio.store.models import Contact
from locutorio.telephony.ending import Ending
from locutorio.telephony.monitoring import Monitoring
from locutorio.telephony.prompts import FOLDER
from locutorio.telephony.recording import NotMonitored
from tests.calls.exchange import NUMBERS, SECOND, Exchange, exchange
from tests.establishment import FOUNDED

pytestmark = pytest.mark.usefixtures("store")


class Recorder:
    """A recorder that does as it is told, and keeps what it was asked."""

    def __init__(self, why: Exception | None = None) -> None:
        self.said: list[Sequence[str]] = []
        self._why = why

    def ready(self) -> str:
        return ""

    def begin(self, grant: bytes, _attempt: str, _tags: Sequence[str], files: Sequence[str]) -> None:
        assert grant
        self.said.append(files)
        if self._why is not None:
            raise self._why


class Engine:
    """An engine with one call that rings no more, which keeps what was ended."""

    def __init__(self, attempt: UUID) -> None:
        self.ended: list[int] = []
        self._attempt = attempt

    def calls(self) -> list[dict[str, Any]]:
        return [{"state": 4, "h_entry": 1, "h_id": 2, "variables": {"attempt": str(self._attempt)}}]

    def end(self, h_entry: int, _h_id: int, _header: str = "") -> None:
        self.ended.append(h_entry)


class Numbers:
    """A register that holds nothing."""

    def kind(self, _number: str, _moment: object) -> str:
        return ""


def answered() -> tuple[Exchange, CallRow]:
    """Have a call that staff may listen to answered."""
    one = exchange(monitors="listen")
    Contact.objects.filter(id=one.oak.contacts["alder"]).update(language="es")
    assert one.dial("one", NUMBERS["alder"]).listen
    row = one.says("one", "answered", FOUNDED + SECOND)
    assert row is not None
    return one, row


def begun(one: Exchange, row: CallRow, recorder: Recorder) -> Engine:
    """Have it begin, twice, as the engine may tell of its answer, and wait until that is done."""
    engine = Engine(row.id)
    ending = Ending(one.oak.id, engine, _later)  # type: ignore[arg-type]
    monitoring = Monitoring(one.oak.id, recorder, Numbers(), ending, FOLDER, _later)  # type: ignore[arg-type]
    for _ in range(2):
        monitoring.begin(row)
    until = time.monotonic() + 10
    while time.monotonic() < until and not (one.row("one").talk_from or one.row("one").ended_at):
        time.sleep(0.02)
    return engine


def _later() -> datetime:
    return FOUNDED + 2 * SECOND


def test_each_in_their_language() -> None:
    """The person hears theirs, the one who is called theirs, once; then their time begins."""
    one, row = answered()
    recorder = Recorder()
    engine = begun(one, row, recorder)
    ((person, called),) = recorder.said
    assert [Path(file).parts[-2:] for file in (person, called)] == [
        ("en", "monitored.wav"),
        ("es", "monitored-called.wav"),
    ]
    assert one.row("one").talk_from == FOUNDED + 2 * SECOND
    assert engine.ended == []


@pytest.mark.parametrize("why", [NotMonitored("no_room"), ValueError("a defect")])
def test_ended(why: Exception) -> None:
    """Where it cannot begin, for a reason that is known or a defect, it ends, and its time is given back."""
    one, row = answered()
    engine = begun(one, row, Recorder(why))
    found = one.row("one")
    assert engine.ended == [1]
    assert (found.disposition, found.cause, found.talk_from) == ("lost", "could-not-record", None)
    assert found.returned_seconds > 0
