"""The command `witness`: signs that the logs of others only grew, over HTTP (c2sp.org/tlog-witness)."""

from __future__ import annotations

import signal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locutorio.command.telling import say, telling
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import read_bytes

if TYPE_CHECKING:
    from locutorio.record.witness import Answer
    from locutorio.store.log.witnessing import Witness

SECONDS_MAX = 10.0


def witness(
    directory: Annotated[Path, typer.Option(help="Where its keys are kept, and what it has signed.")],
    port: Annotated[int, typer.Option(help="The port; 0 for a free one.")] = 0,
    address: Annotated[
        str, typer.Option(help="The address of this machine that it answers on.")
    ] = "127.0.0.1",
    name: Annotated[str, typer.Option(help="Its name, one for good; needed the first time.")] = "",
    log: Annotated[
        list[Path] | None,
        typer.Option(help="The policy of a log that it is to know, as `locutorio policy` prints it."),
    ] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Answer until interrupted.")] = True,
) -> None:
    """Sign checkpoints of logs, never two histories of one log. Prints its keys and its address."""
    with telling():
        from locutorio.record.proof import Policy
        from locutorio.store.log.witnessing import Witness

        known = Witness(directory, name)
        for file in log or ():
            known.watch(Policy.parse(_text(file)))
        with _server(known, address, port) as server:
            at = f"http://{address}:{server.server_port}"
            for key in known.keys:
                say(f"witness {key.text()} {at}")
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            try:
                if serve:
                    server.serve_forever(poll_interval=0.1)
            except KeyboardInterrupt:
                return


def _text(file: Path) -> str:
    try:
        return read_bytes(file).decode()
    except UnicodeDecodeError as error:
        raise Fault(f"{file} is no text", remedy="name the file that `locutorio policy` printed") from error


def _server(known: Witness, address: str, port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((address, port), _answering(known))
    except (OSError, OverflowError) as error:
        raise Fault(
            f"port {port} of {address} cannot be used",
            why=str(error),
            remedy="name another port, or 0 for a free one",
        ) from error


def _answering(known: Witness) -> type[BaseHTTPRequestHandler]:
    from locutorio.actions.clock import now
    from locutorio.record.witness import REQUEST_LENGTH_MAX, Answer

    class Answering(BaseHTTPRequestHandler):
        timeout = SECONDS_MAX
        server_version, sys_version = "locutorio-witness", ""

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint":
                self._send(Answer(404, b"there is nothing here\n"))
            elif not length.isascii() or not length.isdigit() or int(length) > REQUEST_LENGTH_MAX:
                self._send(Answer(400, b"the request does not say its length, or is too long\n"))
            else:
                self._send(known.answer(self.rfile.read(int(length)), int(now().timestamp())))

        def do_GET(self) -> None:
            parts = self.path.split("/")
            if len(parts) == 3 and parts[2] == "checkpoint":
                self._send(known.shown(parts[1]))
            else:
                self._send(Answer(404, b"there is nothing here\n"))

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
            pass

    return Answering
