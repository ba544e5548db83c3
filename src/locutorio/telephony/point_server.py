"""The decision point over HTTP, on loopback, for whoever has the engine's secret."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
import traceback
from base64 import b64encode
from collections.abc import Callable
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

from locutorio.kernel.faults import Fault, Faults
from locutorio.store.transaction import answering
from locutorio.telephony.decision_point import DecisionPoint, Unknown
from locutorio.telephony.hands import Hands, TooMuch
from locutorio.telephony.questions import Malformed, read_event, read_question

ANSWER_SECONDS = 0.9
HANDS, WAITING = 16, 16
BODY_BYTES_MAX = 32_000
SILENT_SECONDS_MAX = 60
_LENGTH_DIGITS_MAX = 6

Answer = dict[str, Any]
Done = TypeVar("Done")


class Server(ThreadingHTTPServer):
    """One process that answers on a listening socket that it shares with others.

    It ends itself when the process that began it is gone.
    """

    daemon_threads = True

    def __init__(self, listening: socket.socket, point: DecisionPoint, secret: str) -> None:
        super().__init__(listening.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.point = point
        self.credential = b"Basic " + b64encode(f"engine:{secret}".encode())
        self.hands = Hands(HANDS, WAITING)
        self._began = os.getppid()

    def service_actions(self) -> None:
        """Look whether whoever began this process is still there."""
        if os.getppid() != self._began:
            os._exit(0)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Take a connection; another process may have been quicker."""
        connection, address = self.socket.accept()
        connection.setblocking(True)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless who asked is gone."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = SILENT_SECONDS_MAX
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server

    def do_POST(self) -> None:
        """Answer a question of the engine, or keep what it tells."""
        until = time.monotonic() + ANSWER_SECONDS
        data = self._body()
        if data is None:
            return
        act = {"/v1/authorize": self._authorize, "/v1/event": self._event}.get(self.path)
        if act is None:
            self._send(HTTPStatus.NOT_FOUND, {"why": "unknown"})
            return
        try:
            self._send(HTTPStatus.OK, act(data, until))
        except Malformed as error:
            sys.stderr.write(f"{self.path}: {error}\n")
            self._send(HTTPStatus.BAD_REQUEST, {"why": str(error)})
        except (TooMuch, Unknown):
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, {"why": "not now"})
        except (Fault, Faults) as fault:
            sys.stderr.write(f"{fault}\n")
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, {"why": "not now"})
        except OSError:
            raise
        except Exception:  # noqa: BLE001 - a defect is told here, and to the engine as what it is: no answer
            traceback.print_exc()
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, {"why": "not now"})

    def do_GET(self) -> None:
        """Say that it runs."""
        self._send(HTTPStatus.OK, {"v": 1})

    def log_message(self, *_: object) -> None:
        """Write no line about who called whom."""

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > _LENGTH_DIGITS_MAX or int(length) > BODY_BYTES_MAX:
            self.close_connection = True
            self._send(HTTPStatus.BAD_REQUEST, {"why": "its length is none, or too great"})
            return None
        data = self.rfile.read(int(length))
        said = self.headers.get("Authorization", "").encode("ascii", "replace")
        if not compare_digest(said, self.server.credential):
            self._send(HTTPStatus.UNAUTHORIZED, {})
            return None
        return data

    def _authorize(self, data: bytes, until: float) -> Answer:
        question = read_question(data)
        return self._within(until, lambda: self.server.point.authorize(question, until))

    def _event(self, data: bytes, until: float) -> Answer:
        event = read_event(data)
        self._within(until, lambda: self.server.point.happened(event))
        return {}

    def _within(self, until: float, does: Callable[[], Done]) -> Done:
        def done() -> Done:
            with answering():
                return does()

        return self.server.hands.within(until - time.monotonic(), done)

    def _send(self, status: HTTPStatus, answer: Answer) -> None:
        data = json.dumps(answer).encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
