"""Recordings on the wire: the engine, both relays and the recorder, with telephones that speak."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from locutorio.telephony.ng import Relay
from locutorio.telephony.prompts import prompt
from locutorio.telephony.recording import NotMonitored, Recordings, Standing
from tests.telephony.phones import FAR, PHONE, Phone
from tests.telephony.recorders import SIGNER, grant, opened, small_disk
from tests.telephony.wire import ENGINE_PARTS, Wire, wired

NUMBER = "+12025550101"
DIALLED = f"1001*4711*{NUMBER}"
ANNOUNCED, SHORT = ("recorded", "recorded-called"), ("ended-by-order", "ended-by-order")


@pytest.fixture(scope="module")
def plane_of_module() -> Iterator[Wire]:
    """Give a plane with a recorder, which imports nothing any more once it is its own user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPROFILEIMPORTTIME", "1")
        with wired((*ENGINE_PARTS, "recorder")) as wire:
            wire.plane.grants_key.write_text(SIGNER.key.text())
            yield wire
            log = (wire.plane.logs / "recorder.log").read_text()
    for start in log.split("import time: self [us] | cumulative | imported package")[1:]:
        _, answers, after = start.partition("the recorder answers, as user")
        assert answers
        assert "import time:" not in after


@dataclass
class Monitored:
    """A monitored call that was answered: its telephone, its attempt, and the tags of its two legs."""

    wire: Wire
    phone: Phone
    call: Any
    attempt: str
    tags: tuple[str, str]
    asked: Recordings

    def begin(self, said: tuple[str, str] = SHORT, **changed: object) -> Standing:
        """Have it begin by a grant, with what is said to each: something short where that is all one."""
        files = [str(self.wire.plane.prompts / prompt(slug, "en").name) for slug in said]
        signed = grant(self.attempt, **changed).signed(SIGNER)
        return self.asked.begin(signed, self.attempt, self.tags, files)

    def failed_within(self) -> tuple[str, float]:
        """Give why it failed, and how long it took until that was told."""
        began = time.monotonic()
        while time.monotonic() - began < 8:
            try:
                standing = self.asked.watch().get(self.attempt)
            except NotMonitored as error:
                return error.why, time.monotonic() - began
            if standing is None or standing.failed:
                return standing.why if standing else "unknown", time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError("it was not told that the call failed")


@pytest.fixture
def answered(wire: Wire) -> Monitored:
    """Have a monitored call answered; nobody hears anybody yet."""
    wire.point.says(NUMBER, media="monitored")
    phone = wire.phone()
    call = phone.call(DIALLED)
    assert call.final().code == 200
    event = wire.point.event("answered")
    tags = event["from_tag"], event["to_tag"]
    return Monitored(wire, phone, call, event["attempt"], tags, Recordings(wire.plane.recorder))


def sides(phone: Phone, wire: Wire) -> tuple[bool, bool]:
    """Whether each hears the other."""
    assert phone.voice is not None
    return phone.voice.hears(FAR, within=1), wire.far.voice.hears(PHONE, within=1)


def test_a_recorded_call_is_announced_heard_and_sealed(wire: Wire, answered: Monitored) -> None:
    """Nobody hears anybody before the announcement is over; the recording plays, no plain file is left."""
    assert answered.asked.ready() == ""
    assert sides(answered.phone, wire) == (False, False)
    began = time.monotonic()
    standing = answered.begin(ANNOUNCED)
    announced = time.monotonic() - began
    assert announced >= prompt("recorded-called", "en").seconds - 0.1
    assert standing.recording
    assert sides(answered.phone, wire) == (True, True)
    time.sleep(1)
    assert not answered.asked.watch()[answered.attempt].failed
    answered.call.hang_up()
    wire.point.event("ended")
    kept = answered.asked.finish(answered.attempt)

    assert kept is not None
    whole = opened(wire.plane.recordings / kept.file, answered.attempt)
    assert set(whole.left[2_000:6_000]) == {PHONE}
    assert set(whole.right[2_000:6_000]) == {FAR}
    assert _plain(wire.plane.spool) == []


def test_the_recorder_is_the_user_of_the_relay_and_nobody_else(wire: Wire) -> None:
    """Also where root starts the plane; what others need of it is the socket alone."""
    users = {part: Path(f"/proc/{wire.pid(part)}").stat().st_uid for part in ("monitored", "recorder")}

    assert users["recorder"] == users["monitored"] == wire.plane.spool.stat().st_uid
    assert wire.plane.recordings.stat().st_uid == users["recorder"]
    assert wire.plane.spool.stat().st_mode & 0o077 == 0


def test_without_a_grant_a_monitored_call_stays_silent(wire: Wire, answered: Monitored) -> None:
    """The engine lets no voice through by itself; the relay writes nothing."""
    with pytest.raises(NotMonitored) as refused:
        answered.begin(issued=1, expires=20)

    assert refused.value.why == "lapsed"
    assert sides(answered.phone, wire) == (False, False)
    assert _plain(wire.plane.spool) == []


def test_a_private_call_never_reaches_the_monitored_relay(wire: Wire) -> None:
    """Not a packet, not a call, not a file: the relay that can record says so itself."""
    relay, asked = Relay(wire.plane.monitored_control), Recordings(wire.plane.recorder)
    before = relay.ask("statistics")["statistics"]["totalstatistics"]
    wire.point.says(NUMBER)
    phone = wire.phone()
    call = phone.call(DIALLED)
    assert call.final().code == 200
    assert sides(phone, wire) == (True, True)
    attempt = wire.point.event("answered")["attempt"]
    with pytest.raises(NotMonitored) as refused:
        asked.begin(grant(attempt).signed(SIGNER), attempt, ("a", "b"), ("/x", "/y"))
    call.hang_up()
    wire.point.event("ended")
    after = relay.ask("statistics")["statistics"]["totalstatistics"]

    assert refused.value.why == "call_gone"
    for counted in ("relayedpackets", "relayedbytes", "managedsessions"):
        assert after.get(counted) == before.get(counted), counted
    assert _plain(wire.plane.spool) == []


def test_five_pressed_in_a_call_stops_its_recording(wire: Wire, answered: Monitored) -> None:
    """As a telephone sends it, in its voice; the call goes on."""
    answered.begin()
    wire.far.voice.press(5)
    wire.until(lambda: not answered.asked.watch()[answered.attempt].recording, wait=2)

    assert answered.asked.watch()[answered.attempt].claimed == "called"
    assert sides(answered.phone, wire) == (True, True)
    wire.until(lambda: _plain(wire.plane.spool) == [], wait=2)
    answered.call.hang_up()
    wire.point.event("ended")
    assert answered.asked.finish(answered.attempt) is not None


@pytest.mark.parametrize("part", ["monitored", "recorder"])
def test_a_part_that_dies_in_mid_call_is_told_within_two_seconds(
    wire: Wire, answered: Monitored, part: str
) -> None:
    """Whatever dies is told as a call that must end; both are there again, and the next call is recorded."""
    answered.begin()
    time.sleep(0.5)
    os.kill(wire.pid(part), signal.SIGKILL)
    why, took = answered.failed_within()

    assert why in ({"relay_gone", "call_gone"} if part == "monitored" else {"recorder_gone"})
    assert took <= 2
    wire.until(lambda: answered.asked.ready() == "")
    answered.call.hang_up()
    wire.point.event("ended")
    kept = answered.asked.finish(answered.attempt)
    assert kept is not None
    assert _plain(wire.plane.spool) == []


def finished(answered: Monitored) -> bool:
    """Tell whether what was recorded is sealed; what cannot be sealed yet is asked for again."""
    with suppress(NotMonitored):
        return answered.asked.finish(answered.attempt) is not None
    return False


def test_a_full_disk_silences_the_call_and_begins_no_other(wire: Wire, answered: Monitored) -> None:
    """Where voices are written fills up in mid-call; it is told in two seconds, and nobody is heard after."""
    with small_disk(wire.plane.spool, megabytes=40):
        wire.until(lambda: answered.asked.ready() == "")
        answered.begin()
        assert sides(answered.phone, wire) == (True, True)
        with pytest.raises(OSError, match="No space"):
            (wire.plane.spool / "filler").write_bytes(bytes(41 * 2**20))
        why, took = answered.failed_within()

        assert why in ("no_room", "not_written")
        assert took <= 2
        assert sides(answered.phone, wire) == (False, False)
        assert answered.asked.ready() == "no_room"
        answered.call.hang_up()
        wire.point.event("ended")
        wire.until(lambda: finished(answered))


def test_no_file_of_the_plane_holds_a_voice_after_a_call(wire: Wire, answered: Monitored) -> None:
    """Neither where the plane keeps things nor in memory does a packet of either stand in the clear."""
    answered.begin()
    time.sleep(1)
    assert any(_has_voice(path) for path in wire.plane.spool.rglob("*.pcap"))
    answered.call.hang_up()
    wire.point.event("ended")
    assert answered.asked.finish(answered.attempt) is not None

    files = [path for folder in (wire.plane.home, wire.plane.spool.parent) for path in folder.rglob("*")]
    assert len([path for path in files if path.is_file()]) > 5
    assert [path for path in files if path.is_file() and _has_voice(path)] == []


def _has_voice(path: Path) -> bool:
    data = path.read_bytes()
    return any(bytes([byte]) * 160 in data for byte in (PHONE, FAR))


def _plain(spool: Path) -> list[Path]:
    return [path for path in spool.rglob("*") if path.is_file()]
