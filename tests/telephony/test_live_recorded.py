"""Recordings on a living plane: played to staff, and lost for want of room."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.open_recording import recording_played
from locutorio.store.actor import PROGRAM
from locutorio.telephony.monitoring import READY_SECONDS
from locutorio.telephony.recording import Recordings
from tests.calls.exchange import NUMBERS
from tests.telephony.live import Live, living
from tests.telephony.phones import FAR, PHONE
from tests.telephony.recorders import Opened, small_disk
from tests.telephony.test_live_monitored import recorded, talking

NOTICED_SECONDS = 2.0
ENDED_SECONDS = 4.0


@pytest.fixture(scope="module")
def plane() -> Iterator[Live]:
    with living(monitors="record", recordings_days=30) as live:
        enter_fact(NewFact("arcadia.recording_told", "yes"), live.exchange.oak.sent("told"))
        yield live


@pytest.fixture
def live(plane: Live) -> Iterator[Live]:
    ready(plane)
    yield plane
    plane.clean()


def ready(live: Live) -> None:
    """Wait until a recorded call can begin, and everybody knows."""
    live.until(lambda: Recordings(live.wire.plane.recorder).ready() == "")
    time.sleep(2 * READY_SECONDS)


def test_what_was_recorded_is_played(live: Live) -> None:
    """From the engine to those who may hear it: the person on the left, who was called on the right."""
    call, row = talking(live, live.phone())
    time.sleep(1)
    call.hang_up()
    live.becomes(call, disposition="answered", cause="caller")
    kept = recorded(live, row)
    found, wav = recording_played(PROGRAM, live.at, kept.id, live.wire.plane.recordings)
    heard = Opened(wav)

    assert found.sha256 == kept.sha256
    assert set(heard.left[2_000:6_000]) == {PHONE}
    assert set(heard.right[2_000:6_000]) == {FAR}
    assert found.keep_until is not None


def test_the_disk_fills_in_mid_call(live: Live) -> None:
    """Nothing more is said and the call ends; the record says why; no other begins meanwhile."""
    phone = live.phone()
    with small_disk(live.wire.plane.spool, megabytes=40):
        ready(live)
        call, _ = talking(live, phone)
        with pytest.raises(OSError, match="No space"):
            (live.wire.plane.spool / "filler").write_bytes(bytes(41 * 2**20))
        began = time.monotonic()
        assert call.ended.wait(ENDED_SECONDS)
        assert time.monotonic() - began < ENDED_SECONDS
        live.becomes(call, disposition="lost", cause="recording-lost")
        time.sleep(2 * READY_SECONDS)
        refused = live.dial(NUMBERS["alder"]).final(30)
        assert (refused.code, refused.why) == (503, "could-not-record")
    ready(live)
