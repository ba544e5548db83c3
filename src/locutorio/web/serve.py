"""Serve the page on this machine. Only this machine can reach it."""

import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from socketserver import TCPServer, ThreadingMixIn
from types import FrameType
from typing import NoReturn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.db import connections

from locutorio.kernel.faults import Fault
from locutorio.web.headers import HEADERS
from locutorio.web.limits import (
    REQUEST_SECONDS_MAX,
    SILENT_SECONDS_MAX,
    UNREAD_BYTES_MAX,
    UNREAD_SECONDS_MAX,
)
from locutorio.web.starting import safely

LOOPBACK = "127.0.0.1"
PIECE_BYTES = 65_536


class _Server(ThreadingMixIn, WSGIServer):
    """One thread for each connection, so that a slow browser keeps nobody waiting."""

    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        """Bind without asking anyone for the name of this machine, so that it works offline and at once."""
        TCPServer.server_bind(self)
        self.server_name = LOOPBACK
        self.server_port = self.server_address[1]
        self.setup_environ()

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Answer one request, and end it where the browser takes too long over it."""
        assert isinstance(request, socket.socket)
        ending = threading.Timer(REQUEST_SECONDS_MAX, _hang_up, [request])
        ending.daemon = True
        ending.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            ending.cancel()
            connections.close_all()

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what went wrong, unless the browser just went away or fell silent."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: object) -> None:
        """Let the browser read the answer before the connection ends, even where its form was not read."""
        assert isinstance(request, socket.socket)
        left = UNREAD_BYTES_MAX
        with suppress(OSError):
            request.shutdown(socket.SHUT_WR)
            request.settimeout(UNREAD_SECONDS_MAX)
            while left > 0 and (piece := request.recv(PIECE_BYTES)):
                left -= len(piece)
        self.close_request(request)


class _Handler(WSGIRequestHandler):
    """Writes no line about who asked for what, and lets go of a browser that has fallen silent."""

    timeout = SILENT_SECONDS_MAX

    def get_environ(self) -> dict[str, str]:
        """Give what was asked; a type of content with unseen characters in it is none."""
        environ = super().get_environ()
        if not environ.get("CONTENT_TYPE", "").isprintable():
            environ["CONTENT_TYPE"] = ""
        return environ

    def end_headers(self) -> None:
        """End the headers of an answer that is made before any page is asked for: of a broken request."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in the standard library
        pass


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def make_server(port: int | None) -> _Server:
    """Give a server bound to a port of this machine, a free one if ``port`` is None, and not yet serving.

    Raises:
        Fault: the port is in use or may not be used.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locutorio.web.settings")
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    try:
        server = _Server((LOOPBACK, port or 0), _Handler)
    except (OSError, OverflowError) as error:
        raise Fault(
            f"port {port} cannot be used",
            why=str(error),
            remedy="name another port, or none to have a free one found",
        ) from error
    server.set_app(application)
    return server


def serve(port: int | None = None) -> None:
    """Read the law and the cases, then serve until interrupted (Ctrl-C or SIGTERM). Prints the address alone.

    Raises:
        Fault: the port is in use or may not be used, or a setting is not safe.
        Faults: the law or a case cannot be read.
    """
    with make_server(port) as server, safely():
        from locutorio.web.checking import checking
        from locutorio.web.keeping import keeping
        from locutorio.web.lapsing import lapsing
        from locutorio.web.open.entries import entries

        entries()
        try:
            if threading.current_thread() is threading.main_thread():
                for ending in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(ending, _interrupt)
            sys.stdout.write(f"http://{LOOPBACK}:{server.server_port}\n")
            sys.stdout.flush()
            with lapsing(), keeping(), checking():
                server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            return


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
