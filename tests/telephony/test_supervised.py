"""What a plane's supervisor promises: what dies is there again soon, calls outlive the engine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from locutorio.telephony import supervise
from locutorio.telephony.sip import EngineGone
from tests.telephony.phones import FAR
from tests.telephony.wire import Wire, wired

NUMBER = "+12025550101"
DIALLED = f"1001*4711*{NUMBER}"
_TELEPHONY = (sys.executable, "-m", "locutorio.telephony")


@pytest.fixture
def own() -> Iterator[Wire]:
    """Give a plane that the test may break."""
    with wired() as wire:
        yield wire


@pytest.mark.parametrize("part", ["kamailio", "private", "monitored"])
def test_started_again(wire: Wire, part: str) -> None:
    """A part that is killed is there again, and carries calls, within two seconds."""
    wire.point.says(NUMBER, media="monitored" if part == "monitored" else "private")
    wire.until(lambda: _connected(wire))
    pid = wire.pid(part)
    began = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    wire.until(lambda: wire.pid(part) != pid, 1)
    wire.until(lambda: _answers(wire), 2)
    while not _connected(wire):
        assert time.monotonic() - began < 3
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(("does", "looks"), [("while True: pass", 10), ("import time; time.sleep(60)", 3)])
def test_silent(wire: Wire, monkeypatch: pytest.MonkeyPatch, does: str, looks: int) -> None:
    """What answers nothing is ended; what works hard has calls to carry, and is given more time."""
    process = subprocess.Popen([sys.executable, "-c", does], start_new_session=True)
    supervisor = supervise.Supervisor(wire.plane, ())
    running = supervise._Running(process, time.monotonic(), ready=True)
    monkeypatch.setattr(supervise, "_answers", lambda *_: False)
    monkeypatch.setattr(supervise, "_BUSY_SECONDS", 0.05)
    try:
        for _ in range(looks):
            assert process.poll() is None
            time.sleep(0.3)
            supervisor._ask("engine", running)
        assert process.wait(5) == -signal.SIGKILL
    finally:
        process.kill()


def test_limit_outlives_the_engine(wire: Wire) -> None:
    """A call that the engine did not live through is cut at its limit all the same, and told whole."""
    wire.point.says(NUMBER)
    wire.until(lambda: _connected(wire))
    wire.point.forget()
    wire.point.says(NUMBER, limit_seconds=5)
    call = wire.phone().call(DIALLED)
    assert call.final().code == 200
    attempt = wire.point.event("answered")["attempt"]
    time.sleep(0.5)
    pid = wire.pid("kamailio")
    os.kill(pid, signal.SIGKILL)
    wire.until(lambda: wire.pid("kamailio") != pid)
    assert call.phone.voice is not None
    assert call.phone.voice.hears(FAR)
    assert abs(call.seconds(10) - 5) <= 1.5
    assert wire.far.leg().ended.wait(1)
    event = wire.point.event("ended", attempt=attempt)
    assert (event["why"], event["telephone"], event["called"]) == ("engine", "oak-1", NUMBER)


def test_hung_up_after_the_engine(wire: Wire) -> None:
    """After the engine was killed, a party of a call can still end it."""
    wire.point.says(NUMBER)
    call = wire.phone().call(DIALLED)
    assert call.final().code == 200
    wire.point.event("answered")
    _kill_engine(wire)
    call.hang_up()
    assert wire.far.leg().ended.wait(2)
    assert wire.point.event("ended")["why"] == "caller"


def test_ghosts_block_nobody(wire: Wire) -> None:
    """A call that ended just before the engine was killed is not live after it, and its person can call."""
    wire.point.says(NUMBER)
    call = wire.phone().call(DIALLED)
    assert call.final().code == 200
    wire.point.event("answered")
    call.hang_up()
    wire.point.event("ended")
    time.sleep(0.1)
    _kill_engine(wire)
    assert not [each for each in wire.engine.calls() if each["state"] < 5]
    assert _connected(wire)
    assert len([each for each in wire.point.events if each["event"] == "ended"]) <= 2


def test_up_once(own: Wire) -> None:
    """A plane that is up is not started twice; `down` ends every process of it."""
    again = _telephony(own, "up")
    assert again.returncode == 3
    assert "up already" in again.stderr
    pids = [own.pid(part) for part in own.parts]
    assert _telephony(own, "down").returncode == 0
    assert not [pid for pid in pids if _lives(pid)]
    assert not _rules(own)
    down = _telephony(own, "down")
    assert down.returncode == 3
    assert "not up" in down.stderr


def test_supervisor_killed(own: Wire) -> None:
    """What a supervisor that was killed has left is ended by the next one, which then runs the plane."""
    pids = [own.pid(part) for part in own.parts]
    assert own._up is not None
    own.killed()
    assert all(map(_lives, pids))
    own.start()
    assert not [pid for pid in pids if _lives(pid)]
    own.point.says(NUMBER)
    assert _connected(own)


def test_last_words(own: Wire) -> None:
    """A part that cannot start is named with what it said, and nothing of the plane stays."""
    _telephony(own, "down")
    own.plane.configuration.write_text("nonsense")
    failed = _telephony(own, "up")
    assert failed.returncode == 3
    assert "kamailio does not start" in failed.stderr
    assert not (own.plane.run / "up.json").exists()
    assert not _rules(own)


def _telephony(wire: Wire, act: str) -> subprocess.CompletedProcess[str]:
    more = ["--parts", ",".join(wire.parts)] if act == "up" else []
    command = [*_TELEPHONY, act, "--plane", str(wire.plane.file), *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def _kill_engine(wire: Wire) -> None:
    pid = wire.pid("kamailio")
    os.kill(pid, signal.SIGKILL)
    wire.until(lambda: wire.pid("kamailio") != pid)
    wire.until(lambda: _answers(wire))


def _answers(wire: Wire) -> bool:
    try:
        wire.engine.calls()
    except EngineGone:
        return False
    return True


def _connected(wire: Wire) -> bool:
    """Say whether a call passes now."""
    call = wire.phone("oak-3", voice=False).call(DIALLED)
    passed = call.final().code == 200
    if passed:
        call.hang_up()
    return passed


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _rules(wire: Wire) -> list[str]:
    if os.geteuid():
        return []
    found = subprocess.run(["iptables", "-S", "OUTPUT"], capture_output=True, text=True, check=False).stdout
    return [line for line in found.splitlines() if f"--dport {wire.plane.private_control} " in line]
