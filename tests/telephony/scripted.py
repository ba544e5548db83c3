"""A decision point that says what a test tells it to, and keeps what it is asked and told."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from locutorio.actions.clock import now
from tests.telephony.phones import WAIT_SECONDS

FOREVER = 3600


class Scripted:
    """The HTTP service that the engine asks, in this process. ``says`` gives the answer for each number."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.shown: list[str] = []
        self.hangs = 0.0
        self.status = 200
        self._says: dict[str, Callable[[dict[str, Any]], Any]] = {}
        self._server: ThreadingHTTPServer | None = None
        self._idle: set[Any] = set()
        self.up()

    def says(self, number: str, **answer: Any) -> None:
        """Allow a number, with what differs from a private call of a minute."""
        self._says[number] = lambda asked: {**allowed(asked), **answer}

    def says_exactly(self, number: str, answer: Callable[[dict[str, Any]], Any]) -> None:
        """Answer a number with what a function makes of the question: any text, or anything for JSON."""
        self._says[number] = answer

    def forget(self) -> None:
        self.hangs, self.status = 0.0, 200
        for each in (self.asked, self.events, self.shown):
            each.clear()
        self._says.clear()

    def event(self, name: str, wait: float = WAIT_SECONDS, **of: Any) -> dict[str, Any]:
        """Give the first event of a name with such values, once it came."""
        until = time.monotonic() + wait
        while time.monotonic() < until:
            for each in list(self.events):
                if each.get("event") == name and all(each.get(key) == value for key, value in of.items()):
                    return each
            time.sleep(0.005)
        raise AssertionError(
            f"no event {name} {of} came; came: {[each.get('event') for each in self.events]}"
        )

    def up(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def down(self) -> None:
        """Stop listening, and cut every connection that stands."""
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        for each in list(self._idle):
            each.close_connection = True
            each.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        said = json.loads(body)
        if path == "/v1/event":
            if self.status == HTTPStatus.OK:
                self.events.append(said)
            return self.status, b"{}"
        self.asked.append(said)
        if self.hangs:
            time.sleep(self.hangs)
        makes: Callable[[dict[str, Any]], Any] = self._says.get(said["called"], _refused)
        answer = makes(said)
        return self.status, answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()


class _Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


def _handler(of: Scripted) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def setup(self) -> None:
            super().setup()
            of._idle.add(self)

        def finish(self) -> None:
            of._idle.discard(self)
            super().finish()

        def do_POST(self) -> None:
            of.shown.append(self.headers.get("Authorization", ""))
            code, text = of._answer(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Say nothing: tests read what was asked."""

    return Handler


def allowed(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "v": 1,
        "attempt": asked["attempt"],
        "decision": "allow",
        "person": f"person-{asked['person'] or asked['telephone']}",
        "media": "private",
        "limit_seconds": 60,
        "expires_at": int(now().timestamp()) + FOREVER,
        "called": asked["called"],
        "code": 200,
        "phrase": "OK",
        "reason": "permitted",
        "language": "en",
        "announce": None,
    }


def _refused(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        **allowed(asked),
        "decision": "refuse",
        "code": 403,
        "phrase": "Forbidden",
        "reason": "number-not-listed",
    }
