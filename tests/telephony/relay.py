"""A relay that records and the two parties of a call through it, each with a tone of their own; no SIP."""

from __future__ import annotations

import math
import re
import shutil
import socket
import struct
import subprocess
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

import pytest

from locutorio.telephony.ng import LOOPBACK, Relay, RelayGone

PERSON, CALLED = "from-person", "from-called"
PERSON_TONE, CALLED_TONE = 440, 1000
_PORTS = 16
_PACKET_SECONDS = 0.02
_UNDER_WAY_SECONDS = 0.1
needs_relay = pytest.mark.skipif(shutil.which("rtpengine") is None, reason="needs rtpengine")


def until(found: Callable[[], object], seconds: float = 5) -> float:
    """Wait until something is so, and give how long it took."""
    began = time.monotonic()
    while not found():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"it was not so within {seconds} seconds")
        time.sleep(0.01)
    return time.monotonic() - began


class RunningRelay:
    """An rtpengine of this machine with a spool; ``port`` is its control port."""

    def __init__(self, spool: Path, digits: int = 0, file_bytes: int = 0) -> None:
        self.spool, self.port, first = spool, _free_port(), _free_block()
        command = [
            f"prlimit --fsize={file_bytes}" if file_bytes else "",
            "rtpengine --config-file=none --foreground --log-stderr --log-level=5 --table=-1 --num-threads=2",
            f"--interface={LOOPBACK} --listen-ng={LOOPBACK}:{self.port} --endpoint-learning=off",
            f"--port-min={first} --port-max={first + _PORTS - 1} --delete-delay=0",
            f"--recording-dir={spool} --recording-method=pcap --recording-format=eth",
            f"--dtmf-log-dest={LOOPBACK}:{digits}" if digits else "",
        ]
        self._process = subprocess.Popen(
            " ".join(command).split(),
            stderr=subprocess.DEVNULL,
            restore_signals=False,  # a file that may not grow is an error of writing, as a full disk is
        )
        self.ng = Relay(self.port)
        until(self._answers)

    def _answers(self) -> bool:
        with suppress(RelayGone):
            return bool(self.ng.ask("ping")["result"] == "pong")
        return False

    def kill(self) -> None:
        """End it as a fault does."""
        self._process.kill()
        self._process.wait()


@contextmanager
def running(spool: Path, digits: int = 0, file_bytes: int = 0) -> Iterator[RunningRelay]:
    """Run a relay for as long as it lasts; ``file_bytes`` is what one of its files may have, 0 for any."""
    relay = RunningRelay(spool, digits, file_bytes)
    try:
        yield relay
    finally:
        relay.kill()


class Party:
    """One end: it sends its tone, fifty packets a second, and counts what it hears."""

    def __init__(self, tone: int, source: int) -> None:
        self.door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.door.bind((LOOPBACK, 0))
        self.door.setblocking(False)
        self.heard = bytearray()
        self.number = 0
        self._tone, self._source = tone, source

    @property
    def sdp(self) -> str:
        """What it offers: G.711 and digits."""
        return (
            f"v=0\r\no=- 1 1 IN IP4 {LOOPBACK}\r\ns=-\r\nc=IN IP4 {LOOPBACK}\r\nt=0 0\r\n"
            f"m=audio {self.door.getsockname()[1]} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
            "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
        )

    def speak(self, port: int) -> None:
        """Send the next packet to the relay, and take what came."""
        self.send(port, 0, tone(self._tone, self.number * 160, 160))
        with suppress(BlockingIOError):
            while True:
                self.heard += self.door.recv(2_000)[12:]

    def send(self, port: int, kind: int, sound: bytes, *, at: int | None = None, mark: int = 0) -> None:
        """Send a packet of some kind."""
        stamp = self.number * 160 if at is None else at
        head = struct.pack("!BBHII", 0x80, kind | mark, self.number % 65_536, stamp, self._source)
        self.number += 1
        self.door.sendto(head + sound, (LOOPBACK, port))

    def press(self, port: int, digit: int) -> None:
        """Press a digit, as telephones send it (RFC 4733)."""
        stamp = self.number * 160
        for step in range(1, 9):
            done = 0x80 if step > 5 else 0
            event = struct.pack("!BBH", digit, done | 10, min(step, 6) * 160)
            self.send(port, 101, event, at=stamp, mark=0x80 if step == 1 else 0)


class Call:
    """A call through a relay, its two parties speaking all the time, until it is left."""

    def __init__(self, relay: RunningRelay, attempt: str) -> None:
        self.attempt = attempt
        self.person, self.called = Party(PERSON_TONE, 1), Party(CALLED_TONE, 2)
        self._ng, self._over = relay.ng, threading.Event()
        common = {"call_id": attempt, "from_tag": PERSON}
        offer = relay.ng.ask("offer", **common, sdp=self.person.sdp, flags=["strict source"])
        relay.ng.ask("block media", call_id=attempt)
        answer = relay.ng.ask("answer", **common, to_tag=CALLED, sdp=self.called.sdp)
        self.ports = _port(answer), _port(offer)
        self._thread = threading.Thread(target=self._speak)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()
        self._over.set()
        self._thread.join()
        self.person.door.close()
        self.called.door.close()

    def hang_up(self) -> None:
        """End it as the engine does."""
        with suppress(Exception):
            self._ng.ask("delete", call_id=self.attempt, from_tag=PERSON)

    def hear_each_other(self) -> bool:
        """Whether each hears the other's tone, from now on, within half a second."""
        at_person, at_called = self._hear()
        return loudest(at_person) == CALLED_TONE and loudest(at_called) == PERSON_TONE

    def hear_nothing(self) -> bool:
        """Whether neither hears anything at all, from now on, within half a second."""
        return self._hear() == (b"", b"")

    def _hear(self) -> tuple[bytes, bytes]:
        time.sleep(_UNDER_WAY_SECONDS)
        before = len(self.person.heard), len(self.called.heard)
        time.sleep(0.5)
        return bytes(self.person.heard[before[0] :]), bytes(self.called.heard[before[1] :])

    def _speak(self) -> None:
        due = time.monotonic()
        while not self._over.is_set():
            for party, port in zip((self.person, self.called), self.ports, strict=True):
                party.speak(port)
            due += _PACKET_SECONDS
            time.sleep(max(0, due - time.monotonic()))


def announcement(folder: Path, seconds: float = 0.4) -> str:
    """Make a sound file to announce with, of a third tone."""
    path = folder / "announcement.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        wanted = range(int(8_000 * seconds))
        file.writeframes(b"".join(struct.pack("<h", _sample(700, each)) for each in wanted))
    return str(path)


def tone(frequency: int, start: int, count: int) -> bytes:
    """Give some of a tone in mu-law."""
    return bytes(_mu_law(_sample(frequency, each)) for each in range(start, start + count))


def loudest(sound: bytes | bytearray) -> int:
    """Give which of the tones used here stands out in some mu-law; 0 where none does."""
    samples = [_linear(code) for code in sound[:4_000]]
    power = {each: _power(samples, each) for each in (300, PERSON_TONE, 700, CALLED_TONE, 1_700)}
    best = max(power, key=lambda each: power[each])
    return best if power[best] > 1_000 and power[best] > 10 * sorted(power.values())[-2] else 0


def _power(samples: list[int], frequency: int) -> float:
    angles = [2 * math.pi * frequency * each / 8_000 for each in range(len(samples))]
    sine = sum(value * math.sin(angle) for value, angle in zip(samples, angles, strict=True))
    cosine = sum(value * math.cos(angle) for value, angle in zip(samples, angles, strict=True))
    return math.hypot(sine, cosine) / max(1, len(samples))


def _sample(frequency: int, number: int) -> int:
    return int(12_000 * math.sin(2 * math.pi * frequency * number / 8_000))


def _mu_law(value: int) -> int:
    size = min(abs(value), 32_635) + 0x84
    step = size.bit_length() - 8
    return ~((0x80 if value < 0 else 0) | step << 4 | (size >> (step + 3)) & 0x0F) & 0xFF


def _linear(code: int) -> int:
    code = ~code & 0xFF
    size = (((code & 0x0F) << 3) + 0x84 << ((code & 0x70) >> 4)) - 0x84
    return -size if code & 0x80 else size


def _port(answer: dict[str, str]) -> int:
    found = re.search(r"m=audio (\d+)", answer["sdp"])
    assert found is not None
    return int(found[1])


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind((LOOPBACK, 0))
        return int(door.getsockname()[1])


def _free_block() -> int:
    """Give the first of some ports that are free, one after the other, below those given out to anyone."""
    for first in range(20_000 + _free_port() % 500 * 16, 32_000, _PORTS):
        with ExitStack() as doors, suppress(OSError):
            for port in range(first, first + _PORTS):
                door = doors.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                door.bind((LOOPBACK, port))
            return first
    raise AssertionError("there is no block of free ports")
