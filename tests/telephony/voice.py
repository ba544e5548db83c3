"""The voice of one party: frames of µ-law, each party known by the byte that its frames are made of."""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from collections import Counter

FRAME_SECONDS, _FRAME_LENGTH, _HEADER_LENGTH = 0.02, 160, 12


class Voice:
    """Sends a frame each 20 ms once it was told where to, and counts what it hears by what it is made of."""

    def __init__(self, address: str, byte: int) -> None:
        self.byte = byte
        self.heard: Counter[int] = Counter()
        self.last = 0.0
        self.sound = bytearray()
        self._door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._door.bind((address, 0))
        self._door.settimeout(0.2)
        self.address, self.port = address, int(self._door.getsockname()[1])
        self._to: tuple[str, int] | None = None
        self._over = threading.Event()
        self._threads = [threading.Thread(target=each, daemon=True) for each in (self._hear, self._speak)]
        for each in self._threads:
            each.start()

    def toward(self, sdp: str) -> None:
        """Speak to where a description says."""
        where, port = re.search(r"c=IN IP4 (\S+)", sdp), re.search(r"m=audio (\d+)", sdp)
        if where and port:
            self._to = (where[1], int(port[1]))

    def press(self, digit: int) -> None:
        """Press a key, as telephones tell it (RFC 4733)."""
        assert self._to is not None
        for step in range(1, 9):
            head = struct.pack("!BBHII", 0x80, 101 | (0x80 if step == 1 else 0), 30_000 + step, 12_345_600, 9)
            event = struct.pack("!BBH", digit, (0x80 if step > 5 else 0) | 10, min(step, 6) * _FRAME_LENGTH)
            self._door.sendto(head + event, self._to)

    def hush(self) -> None:
        self._to = None

    def hears(self, byte: int, frames: int = 3, within: float = 2.0) -> bool:
        """Say whether so many frames of somebody come within a time, from now on."""
        before, until = self.heard[byte], time.monotonic() + within
        while time.monotonic() < until:
            if self.heard[byte] - before >= frames:
                return True
            time.sleep(FRAME_SECONDS / 2)
        return False

    def close(self) -> None:
        self._over.set()
        for each in self._threads:
            each.join(1)
        self._door.close()

    def _hear(self) -> None:
        while not self._over.is_set():
            try:
                data = self._door.recv(2048)
            except OSError:
                continue
            payload = data[_HEADER_LENGTH:]
            if len(payload) == _FRAME_LENGTH and not data[1] & 0x7F:
                self.heard[Counter(payload).most_common(1)[0][0]] += 1
                self.last = time.monotonic()
                self.sound += payload

    def _speak(self) -> None:
        number, source = 0, int.from_bytes(bytes([self.byte]) * 4, "big")
        while not self._over.wait(FRAME_SECONDS):
            if self._to is None:
                continue
            number += 1
            head = struct.pack(
                "!BBHII", 0x80, 0, number & 0xFFFF, number * _FRAME_LENGTH & 0xFFFFFFFF, source
            )
            try:
                self._door.sendto(head + bytes([self.byte]) * _FRAME_LENGTH, self._to)
            except OSError:
                continue
