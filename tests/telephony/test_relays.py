"""The two relays: which one a call gets, who hears, and what happens when one dies, hangs or is overheard."""

import os
import signal
import socket
import struct
import time
import wave
from pathlib import Path

import pytest

from locutorio.telephony.closing import CLOSED, OPEN, close_control, open_control
from locutorio.telephony.ng import Relay, RelayGone, RelayRefused
from locutorio.telephony.sip import EngineRefused
from tests.telephony.phones import FAR, PHONE, Call
from tests.telephony.wire import Wire

NUMBER = "+12025550101"
DIALLED = f"1001*4711*{NUMBER}"


def _call(wire: Wire, media: str, name: str = "oak-1") -> tuple[Call, str]:
    wire.point.says(NUMBER, media=media)
    call = wire.phone(name).call(DIALLED)
    assert call.final().code == 200
    return call, wire.point.asked[-1]["attempt"]


def test_monitored_is_silent_until_told(wire: Wire) -> None:
    """In a monitored call nobody hears anybody until its relay, which knows the attempt, is told to."""
    call, attempt = _call(wire, "monitored")
    assert call.phone.voice is not None
    assert not call.phone.voice.hears(FAR, within=0.4)
    assert not wire.far.voice.heard[PHONE]
    assert (
        Relay(wire.plane.monitored_control).ask("unblock media", call_id=attempt, all="all")["result"] == "ok"
    )
    assert call.phone.voice.hears(FAR)
    assert wire.far.voice.hears(PHONE)
    call.hang_up()


def test_private_is_not_on_the_relay_that_records(wire: Wire) -> None:
    """The monitored relay knows nothing of a private call, and the private one has no place to record."""
    call, attempt = _call(wire, "private")
    with pytest.raises(RelayRefused):
        Relay(wire.plane.monitored_control).ask("start recording", call_id=attempt)
    command = Path(f"/proc/{wire.pid('private')}/cmdline").read_text()
    assert "recording" not in command
    assert "recording" in Path(f"/proc/{wire.pid('monitored')}/cmdline").read_text()
    call.hang_up()
    assert not list(wire.plane.spool.glob("*/*"))


def test_private_control_is_closed(wire: Wire) -> None:
    """No process but the engine's reaches the private relay, unless the plane says that it is open."""
    asked = Relay(wire.plane.private_control)
    if OPEN in wire.said:
        assert asked.ask("ping")["result"] == "pong"
    else:
        assert wire.said == [CLOSED]
        with pytest.raises(RelayGone, match="not permitted"):
            asked.ask("ping")
    assert Relay(wire.plane.monitored_control).ask("ping")["result"] == "pong"


def test_play(wire: Wire, tmp_path: Path) -> None:
    """One party of a call can be played a file, by those who know the plane's secret alone."""
    sound = _sound(wire)
    call, attempt = _call(wire, "private")
    assert call.phone.voice is not None
    before = call.phone.voice.heard.copy()
    wire.engine.play("private", attempt, call.tag, str(sound))
    wire.until(
        lambda: sum((call.phone.voice.heard - before).values()) > before[FAR] if call.phone.voice else 0
    )
    wire.until(lambda: set(call.phone.voice.heard) - {FAR} if call.phone.voice else set())
    for changed in ({"media": "recorded"}, {"tag": "a b"}, {"sound": "/x y"}, {"call_id": "all"}):
        asked = {"media": "private", "call_id": attempt, "tag": call.tag, "sound": str(sound), **changed}
        with pytest.raises(EngineRefused):
            wire.engine.play(**asked)
    call.hang_up()


def test_strangers_are_neither_heard_nor_hear(wire: Wire) -> None:
    """Packets that a stranger sends to the ports of a call reach nobody, and it is sent nothing."""
    call, _attempt = _call(wire, "private")
    assert call.phone.voice is not None
    assert call.phone.voice.hears(FAR)
    ports = {_port(call.answer.body if call.answer else ""), _port(wire.far.leg().invite.body)}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.setblocking(False)
        for number in range(50):
            head = struct.pack("!BBHII", 0x80, 0, number, number * 160, 0xDEADBEEF)
            for port in ports:
                stranger.sendto(head + b"\x33" * 160, ("127.0.0.1", port))
            time.sleep(0.005)
        with pytest.raises(BlockingIOError):
            stranger.recv(2048)
    assert call.phone.voice.hears(FAR)
    assert wire.far.voice.hears(PHONE)
    assert 0x33 not in call.phone.voice.heard
    assert 0x33 not in wire.far.voice.heard
    call.hang_up()


@pytest.mark.parametrize("media", ["private", "monitored"])
def test_over_is_over(wire: Wire, media: str) -> None:
    """Once a call ended, its relay carries nothing of it, even where the parties go on speaking."""
    call, attempt = _call(wire, media)
    if media == "monitored":
        Relay(wire.plane.monitored_control).ask("unblock media", call_id=attempt, all="all")
    assert wire.far.voice.hears(PHONE)
    call.hang_up()
    time.sleep(0.2)
    assert not wire.far.voice.hears(PHONE, frames=1, within=0.3)
    assert attempt not in Relay(wire.plane.monitored_control).ask("list")["calls"]


def test_who_listens_is_seen(wire: Wire) -> None:
    """Where the private relay's port is open, a call that somebody listens to ends within two seconds."""
    open_control(wire.plane)
    try:
        call, attempt = _call(wire, "private")
        Relay(wire.plane.private_control).ask("subscribe request", call_id=attempt, from_tag=call.tag)
        assert call.ended.wait(2)
        assert wire.far.leg().ended.wait(2)
        assert wire.point.event("violation", attempt=attempt)["why"] == "overheard"
    finally:
        close_control(wire.plane)


@pytest.mark.parametrize("media", ["private", "monitored"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["dead", "hung"])
def test_relay_away(wire: Wire, media: str, number: signal.Signals) -> None:
    """Where its relay is dead or hangs a call is refused within two seconds; the other relay's go on."""
    other = "monitored" if media == "private" else "private"
    for each in (media, other):
        wire.point.says(NUMBER, media=each)
        wire.until(lambda: _connected(wire))
    wire.point.says(NUMBER, media=media)
    pid = wire.pid(media)
    os.kill(pid, number)
    began = time.monotonic()
    final = wire.phone("oak-1", voice=False).call(DIALLED).final()
    took = time.monotonic() - began
    if final.code != 200:  # the supervisor may have been faster
        assert (final.code, final.why) == (503, "no-media-path")
        assert final.one("Retry-After")
    assert took < 2
    wire.point.says(NUMBER, media=other)
    call = wire.phone("oak-2", voice=False).call(DIALLED)
    if final.code != 200:
        assert call.final().code == 200
        call.hang_up()
    wire.until(lambda: wire.pid(media) != pid)
    wire.point.says(NUMBER, media=media)
    wire.until(lambda: _connected(wire))


def _connected(wire: Wire) -> bool:
    """Say whether a call passes now."""
    call = wire.phone("oak-3", voice=False).call(f"1003*1*{NUMBER}")
    passed = call.final().code == 200
    if passed:
        call.hang_up()
    return passed


def _port(sdp: str) -> int:
    """Give the port of the relay that a description names."""
    return int(sdp.partition("m=audio ")[2].split()[0])


def _sound(wire: Wire) -> Path:
    path = wire.plane.home / "sound.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(struct.pack("<h", 9000) * 8000)
    path.chmod(0o644)
    return path
