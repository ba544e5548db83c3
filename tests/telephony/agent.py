"""One end of SIP over UDP, which sends what it is given and hands on what comes."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Self

from tests.telephony.message import Message

WAIT_SECONDS = 8.0
_DATAGRAM_MAX = 65_535


class Agent:
    """One UDP socket that speaks SIP; what comes is given to `_came` in a thread of its own."""

    def __init__(self, address: str, port: int = 0) -> None:
        self.door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.door.bind((address, port))
        self.door.settimeout(0.1)
        self.address, self.port = address, int(self.door.getsockname()[1])
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def send(self, message: Message | bytes, to: tuple[str, int]) -> None:
        self.door.sendto(message if isinstance(message, bytes) else message.written(), to)

    def close(self) -> None:
        self._over.set()
        self._thread.join(1)
        self.door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                data, source = self.door.recvfrom(_DATAGRAM_MAX)
            except OSError:
                continue
            if data.strip():
                self._came(Message.read(data), source)

    def _came(self, message: Message, source: tuple[str, int]) -> None:
        raise NotImplementedError
