"""The decision point over HTTP, on loopback, for whoever has the engine's secret."""

from __future__ import annotations

import os
import select
import socket
import sys
import threading
import time
import traceback
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from typing import Any, TypeVar

from locutorio.kernel.faults import Fault, Faults
from locutorio.store.start import let_go
from locutorio.store.statements import database_kind
from locutorio.store.transaction import answering
from locutorio.telephony.asked import Asked
from locutorio.telephony.decision_point import DecisionPoint, Unknown
from locutorio.telephony.questions import Malformed, read_event, read_question

ANSWER_SECONDS = 0.9
AT_ONCE = 24
"""How much a process has in hand: what is not begun in time is not begun, though who asks had waited on."""
SILENT_SECONDS_MAX = 60
EACH_WAITS_SECONDS, WAITS_MAX = 0.0005, 64
"""The engine keeps its connections: a process that had taken most of them would have most of the work."""

Answer = dict[str, Any]
Done = TypeVar("Done")


class TooMuch(Exception):
    """It is not begun in time: too much is in hand."""


class Server(ThreadingHTTPServer):
    """One process that answers on a listening socket that it shares with others.

    What a connection asks is done by its own thread, with a session of its own to the database for as long
    as the engine keeps it; on a server, where sessions are dear, by threads that all share. The process ends
    itself when the one that began it is gone.
    """

    daemon_threads = True

    def __init__(self, listening: socket.socket, point: DecisionPoint, secret: str) -> None:
        super().__init__(listening.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.point = point
        self.credential = b"Basic " + b64encode(f"engine:{secret}".encode())
        self.room = threading.Semaphore(AT_ONCE)
        self.threads = None if database_kind() == "sqlite" else ThreadPoolExecutor(AT_ONCE)
        self._began = os.getppid()
        self._connections: set[socket.socket] = set()

    def service_actions(self) -> None:
        """Look whether whoever began this process is still there."""
        if os.getppid() != self._began:
            os._exit(0)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Take a connection, the later the more there are: a process that has fewer is quicker."""
        time.sleep(EACH_WAITS_SECONDS * min(len(self._connections), WAITS_MAX))
        connection, address = self.socket.accept()
        connection.setblocking(True)
        self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """End a connection."""
        self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless who asked is gone."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Handler(Asked):
    timeout = SILENT_SECONDS_MAX
    server: Server

    def finish(self) -> None:
        """End a connection, and that to the database with it."""
        try:
            super().finish()
        finally:
            let_go()

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        """Answer a question of the engine, or keep what it tells."""
        until = time.monotonic() + ANSWER_SECONDS
        data = self.body(self.server.credential)
        if data is None:
            return
        act = {"/v1/authorize": self._authorize, "/v1/event": self._event}.get(self.path)
        if act is None:
            self.answer(HTTPStatus.NOT_FOUND, {"why": "unknown"})
            return
        try:
            self.answer(HTTPStatus.OK, act(data, until))
        except Malformed as error:
            sys.stderr.write(f"{self.path}: {error}\n")
            self.answer(HTTPStatus.BAD_REQUEST, {"why": str(error)})
        except (TooMuch, Unknown):
            self.answer(HTTPStatus.SERVICE_UNAVAILABLE, {"why": "not now"})
        except (Fault, Faults) as fault:
            sys.stderr.write(f"{fault}\n")
            self.answer(HTTPStatus.SERVICE_UNAVAILABLE, {"why": "not now"})
        except OSError:
            raise
        except Exception:  # noqa: BLE001 - a defect is told here, and to the engine as what it is: no answer
            traceback.print_exc()
            self.answer(HTTPStatus.SERVICE_UNAVAILABLE, {"why": "not now"})

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        """Say that it runs."""
        self.answer(HTTPStatus.OK, {"v": 1})

    def _authorize(self, data: bytes, until: float) -> Answer:
        question = read_question(data)
        return self._within(until, lambda: self.server.point.authorize(question, until))

    def _event(self, data: bytes, until: float) -> Answer:
        event = read_event(data)
        self._within(until, lambda: self.server.point.happened(event))
        return {}

    def _within(self, until: float, does: Callable[[], Done]) -> Done:
        """Do something, if it can be begun by then and whoever asked is still there.

        The engine itself counts how long it waits for what is begun.
        """
        if not self.server.room.acquire(timeout=max(0.0, until - time.monotonic())):
            raise TooMuch
        try:
            if self._hung_up():
                raise ConnectionAbortedError
            done, threads = answering()(does), self.server.threads
            return threads.submit(done).result() if threads else done()
        finally:
            self.server.room.release()

    def _hung_up(self) -> bool:
        looking = select.poll()
        looking.register(self.connection, select.POLLRDHUP)
        return bool(looking.poll(0))
