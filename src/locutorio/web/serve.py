"""Serve the page on this machine. Only this machine can reach it."""

import os
import signal
import sys
import threading
from socketserver import TCPServer, ThreadingMixIn
from types import FrameType
from typing import NoReturn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from locutorio.kernel.faults import Fault

LOOPBACK = "127.0.0.1"
SILENT_SECONDS_MAX = 30


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

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what went wrong, unless the browser just went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(WSGIRequestHandler):
    """Writes no line about who asked for what, and lets go of a browser that has fallen silent."""

    timeout = SILENT_SECONDS_MAX

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in the standard library
        pass


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
        Fault: the port is in use or may not be used.
        Faults: the law or a case cannot be read.
    """
    with make_server(port) as server:
        from locutorio.web.open.entries import entries

        entries()
        try:
            if threading.current_thread() is threading.main_thread():
                for ending in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(ending, _interrupt)
            sys.stdout.write(f"http://{LOOPBACK}:{server.server_port}\n")
            sys.stdout.flush()
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            return


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
