"""A plane for tests: the real engine and relays, a scripted point and standby, telephones, a far end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from locutorio.telephony import config
from locutorio.telephony.plane import LOOPBACK, Plane
from locutorio.telephony.sip import Engine
from tests.telephony.message import ha1
from tests.telephony.phones import Far, Phone
from tests.telephony.scripted import Scripted

TELEPHONES = {f"oak-{number}": f"secret of {number}" for number in range(1, 9)}
REALM, EMERGENCY = "locutorio", "112"
ENGINE_PARTS = ("monitored", "private", "kamailio")
CALLS = 12
_TELEPHONY = (sys.executable, "-m", "locutorio.telephony")
_BLOCK, _FIRST, _BLOCKS = 200, 20_000, 60


def lacking(*programs: str) -> str:
    """Name the program that the machine lacks, as the reason of a skip, or nothing."""
    missing = [each for each in programs if config.found(each) is None]
    return f"needs {missing[0]}" if missing else ""


@dataclass
class Wire:
    """A running plane. ``point`` and ``standby`` are scripted where the plane does not run its own."""

    plane: Plane
    point: Scripted
    standby: Scripted
    far: Far
    engine: Engine
    ready_seconds: float = 0.0
    said: list[str] = field(default_factory=list)
    parts: tuple[str, ...] = ENGINE_PARTS
    _up: subprocess.Popen[str] | None = None
    _phones: list[Phone] = field(default_factory=list)

    def phone(self, name: str = "oak-1", secret: str = "", *, voice: bool = True) -> Phone:
        """Give a telephone, closed with the test."""
        phone = Phone(
            (self.plane.address, self.plane.sip), name, secret or TELEPHONES.get(name, "none"), voice=voice
        )
        self._phones.append(phone)
        return phone

    def start(self) -> None:
        began = time.monotonic()
        self._up = subprocess.Popen(
            [*_TELEPHONY, "up", "--plane", str(self.plane.file), "--parts", ",".join(self.parts)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._up.stdout is not None
        self.said.clear()
        while (line := self._up.stdout.readline().strip()) != "ready":
            self.said.append(line)
            assert line, f"the plane did not start: {self.said}"
        self.ready_seconds = time.monotonic() - began

    def stop(self) -> None:
        if self._up is not None:
            self._up.terminate()
            self._up.wait(15)
            assert self._up.stdout is not None
            self._up.stdout.close()
            self._up = None

    def killed(self) -> None:
        """Kill the supervisor alone: what it started stays."""
        assert self._up is not None
        self._up.kill()
        self._up.communicate()
        self._up = None

    def pid(self, part: str) -> int:
        """Give the process of a part."""
        import json

        found: int = json.loads((self.plane.run / "up.json").read_text())[part][0]
        return found

    def clean(self) -> None:
        """End what a test left: its telephones, calls and scripts."""
        for phone in self._phones:
            phone.close()
        self._phones.clear()
        for each in self.engine.calls():
            if each["state"] in (3, 4):
                self.engine.end(each["h_entry"], each["h_id"])
            elif each["state"] < 3:
                self.engine.cancel(each["call-id"], int(each["variables"]["cseq"]))
        self.until(lambda: not [each for each in self.engine.calls() if each["state"] < 5])
        self.far.forget()
        self.point.forget()
        self.standby.forget()

    def log(self, part: str) -> str:
        return (self.plane.logs / f"{part}.log").read_text(errors="replace")

    def journal(self) -> str:
        """Give all lines that the engine wrote of attempts and calls."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.plane.journal.glob("*.log")))

    @staticmethod
    def until(holds: Callable[[], object], wait: float = 8.0) -> None:
        """Wait until something holds.

        Raises:
            AssertionError: it does not, in time.
        """
        until = time.monotonic() + wait
        while not holds():
            assert time.monotonic() < until, "it did not come to hold in time"
            time.sleep(0.01)


@contextmanager
def wired(parts: Sequence[str] = ENGINE_PARTS) -> Iterator[Wire]:
    """Give a running plane on ports of its own, and end it.

    The scripted point and standby listen where the plane's own would, unless ``parts`` has them.
    """
    reason = lacking("kamailio", "rtpengine")
    if reason:
        pytest.skip(reason)
    with ExitStack() as stack:
        base = stack.enter_context(_ports())
        home = Path(stack.enter_context(_folder()))
        plane = Plane.at(
            home,
            base,
            base + 20,
            CALLS,
            establishment="oak",
            points=1,
            address=LOOPBACK,
            trunk=f"{LOOPBACK}:{base + 10}",
            realm=REALM,
            secret=config.new_secret(),
            emergency=(EMERGENCY,),
        )
        config.write(plane, {name: ha1(name, REALM, secret) for name, secret in TELEPHONES.items()})
        stack.callback(shutil.rmtree, plane.spool.parent, ignore_errors=True)
        point = Scripted(plane.point if "point" not in parts else base + 11)
        stack.callback(point.down)
        standby = Scripted(plane.standby if "standby" not in parts else base + 12)
        stack.callback(standby.down)
        far = stack.enter_context(Far(LOOPBACK, base + 10))
        wire = Wire(plane, point, standby, far, Engine(plane), parts=tuple(parts))
        stack.callback(wire.stop)
        wire.start()
        yield wire
        for phone in wire._phones:
            phone.close()


@contextmanager
def _folder() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="locutorio-plane-")
    Path(folder).chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _ports() -> Iterator[int]:
    """Give the first of a block of ports that is ours alone while its last one is held."""
    for number in range(_BLOCKS):
        first = _FIRST + (number + os.getpid()) % _BLOCKS * _BLOCK
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as lock:
            try:
                lock.bind((LOOPBACK, first + _BLOCK - 1))
                lock.listen(1)
            except OSError:
                continue
            yield first
            return
    raise AssertionError("no block of ports is free")
