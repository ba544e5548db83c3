"""The recorder: a process without a database that alone tells the relay to record, and only by a grant.

It answers on a socket of this machine that its own user and group can reach. What it cannot do it says in one
word; whoever asks for a monitored call ends it then.
"""

from __future__ import annotations

import encodings.ascii
import json
import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer
from typing import Any

from cryptography.hazmat.backends.openssl import backend

from locutorio.actions.clock import now
from locutorio.record.grants import GRANT_LENGTH_MAX, Ungranted
from locutorio.telephony.digits import listened
from locutorio.telephony.monitored import CHECK_SECONDS, Failed, Places, Recorder
from locutorio.telephony.plane import Plane

ASKED_BYTES_MAX = 4 * GRANT_LENGTH_MAX
SILENT_SECONDS_MAX = 5
FLOOR_BYTES = 32_000_000
"""What must be free before a call begins: some twenty minutes of it."""
_ATTEMPT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
READ_AHEAD = (encodings.ascii, traceback, backend)
"""What would be imported at first use; the user of a recorder that root began may not read the program."""


class Server(ThreadingMixIn, UnixStreamServer):
    """A socket on which a recorder is asked, one thread for each question."""

    daemon_threads = True
    request_queue_size = 128

    recorder: Recorder

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        super().__init__(str(path), _Asked)
        path.chmod(0o660)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless who asked is gone."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = SILENT_SECONDS_MAX
    server: Server

    def address_string(self) -> str:
        return "-"

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        recorder = self.server.recorder
        if self.path == "/v1/ready":
            self._say(200, {"why": recorder.ready()})
        elif self.path == "/v1/calls":
            self._say(200, {"calls": recorder.told()})
        else:
            self._say(404, {"why": "unknown"})

    def do_POST(self) -> None:
        act = _ACTS.get(self.path)
        length = self.headers.get("Content-Length", "")
        if act is None or not length.isdigit() or int(length) > ASKED_BYTES_MAX:
            self.close_connection = True
            self._say(404 if act is None else 400, {"why": "unknown" if act is None else "malformed"})
            return
        try:
            asked = json.loads(self.rfile.read(int(length)))
            self._say(200, act(self.server.recorder, asked))
        except Ungranted as error:
            self._say(403, {"why": error.word.value, "what": error.what})
        except Failed as error:
            self._say(409, {"why": error.why})
        except (LookupError, TypeError, ValueError, UnicodeError):
            self._say(400, {"why": "malformed"})

    def _say(self, code: int, answer: Mapping[str, Any]) -> None:
        data = json.dumps(answer).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _begin(recorder: Recorder, asked: dict[str, Any]) -> dict[str, Any]:
    grant = str(asked["grant"]).encode()
    tags, files = ([str(each) for each in asked[name]] for name in ("tags", "announcements"))
    if len(tags) != 2 or len(files) != 2:
        raise ValueError("two tags and two announcements are needed")
    return recorder.begin(grant, _attempt(asked), tags, files).told()


def _stop(recorder: Recorder, asked: dict[str, Any]) -> dict[str, Any]:
    return {"known": recorder.stop(_attempt(asked), str(asked["why"]))}


def _finish(recorder: Recorder, asked: dict[str, Any]) -> dict[str, Any]:
    kept = recorder.finish(_attempt(asked))
    return {"kept": asdict(kept) if kept else None}


def _attempt(asked: dict[str, Any]) -> str:
    attempt = str(asked["attempt"])
    if not _ATTEMPT.fullmatch(attempt):
        raise ValueError("an attempt is a UUID")
    return attempt


_ACTS: dict[str, Callable[[Recorder, dict[str, Any]], dict[str, Any]]] = {
    "/v1/begin": _begin,
    "/v1/stop": _stop,
    "/v1/finish": _finish,
}


def main(plane: Plane) -> None:
    """Be the recorder of a plane."""
    places = Places(
        relay_port=plane.monitored_control,
        spool=plane.spool,
        state=plane.spool.parent / "in-hand",
        recordings=plane.recordings,
        nonces=plane.nonces / "used",
        key=plane.grants_key,
        floor=FLOOR_BYTES,
    )
    serve(places, plane.recorder, plane.digits)


def _become_owner(places: Places) -> None:
    """Where root began this, be the user of the relay from now on: root is not needed, and could do more."""
    if os.geteuid():
        return
    owner = places.spool.stat()
    places.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders = (places.state, places.recordings, places.nonces.parent)
    for path in (path for folder in folders for path in (folder, *folder.iterdir())):
        os.chown(path, owner.st_uid, owner.st_gid)
    os.setgroups([])
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)


def serve(places: Places, door: Path, digits: int) -> None:
    """Answer until told to end, look at every call in hand four times a second, and hear digits on a port."""
    server, ended = Server(door), threading.Event()
    _become_owner(places)
    sys.stderr.write(f"the recorder answers, as user {os.geteuid()}\n")
    recorder = server.recorder = Recorder(places, now)

    def watched() -> None:
        while not ended.wait(CHECK_SECONDS):
            recorder.watch()

    threading.Thread(target=watched, daemon=True).start()
    threading.Thread(target=listened, args=(digits, recorder.claim), daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown, daemon=True).start())
    try:
        server.serve_forever(poll_interval=CHECK_SECONDS)
    finally:
        ended.set()
        server.server_close()
        with suppress(PermissionError):  # who comes after removes it
            door.unlink(missing_ok=True)
