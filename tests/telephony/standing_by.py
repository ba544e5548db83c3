"""A standby on loopback with a register that tests can harm, and a clock that they set."""

from __future__ import annotations

import http.client
import json
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from locutorio.actions.clock import now
from locutorio.record.register import FILE, PUBLIC_KEY
from locutorio.store.spool import Spool, closed, lines_of
from locutorio.telephony.local_register import LocalRegister
from locutorio.telephony.standby import Question, Server, Standby
from tests.record.registers import AT, COUNSEL, SIGNER, register, signed

ALWAYS = "999"
SOCIAL = "+12025550177"
SECRET = "between the engine and the standby"


@dataclass
class House:
    """The directories of a standby, and what is asked of it."""

    directory: Path

    @property
    def spooled(self) -> Path:
        return self.directory / "standby"

    @property
    def registered(self) -> Path:
        return self.directory / "register"

    def write(self, data: bytes | None) -> None:
        """Put a file where the register stands; None: remove it."""
        self.registered.mkdir(exist_ok=True)
        (self.registered / PUBLIC_KEY).write_text(SIGNER.key.text())
        path = self.registered / FILE
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data)

    def local(self) -> LocalRegister:
        """Give the register as a process that has just started reads it."""
        return LocalRegister(self.registered, self.directory / "floor")

    def standby(self, spool: Spool | None = None) -> Standby:
        """Give a standby that has just started."""
        return Standby(self.local(), spool or Spool(self.spooled), frozenset({ALWAYS}))

    def lines(self) -> list[dict[str, Any]]:
        """Give all that was kept, in any order, once nothing is written any more."""
        return [line for path in closed(self.spooled) for line in lines_of(path)]


def house(directory: Path) -> House:
    """Give a standby's directories with a good register."""
    made = House(directory)
    made.write(signed(register()))
    return made


def asked(called: str = COUNSEL, **other: Any) -> dict[str, Any]:
    """Give a question of the engine."""
    return {
        "v": 1,
        "attempt": str(uuid4()),
        "boot": "b1",
        "telephone": "wing-a-1",
        "person": "A1234",
        "pin": "918273",
        "called": called,
        "call_id": "abc@127.0.0.1",
        "from_tag": "t1",
        "cseq": 1,
        "source": "127.0.0.1:5070",
        "sdp": "v=0",
        **other,
    }


def question(called: str = COUNSEL, **other: Any) -> Question:
    """Give a question as the standby reads it."""
    return Question.read(json.dumps(asked(called, **other)).encode())


def answer(
    standby: Standby, called: str = COUNSEL, *, at: float = AT, elapsed: float = 0.0
) -> dict[str, Any]:
    """Give what a standby answers."""
    return standby.answer(question(called), at, elapsed)


def credential(secret: str = SECRET) -> str:
    """Give what the engine shows of a secret over HTTP."""
    return "Basic " + b64encode(f"engine:{secret}".encode()).decode()


@contextmanager
def serving(made: House) -> Iterator[int]:
    """Serve a standby on a free port; its register is of this moment."""
    at = int(now().timestamp())
    made.write(signed(register(version=at, at=at)))
    spool = Spool(made.spooled)
    server = Server(("127.0.0.1", 0), made.standby(spool), spool, SECRET)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def post(
    port: int, body: bytes | Mapping[str, Any], *, secret: str = SECRET, headers: Mapping[str, str] = {}
) -> tuple[int, dict[str, Any]]:
    """Ask over HTTP as the engine does; give the status and the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        connection.request("POST", "/v1/authorize", data, {"Authorization": credential(secret), **headers})
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"{}")
    finally:
        connection.close()
