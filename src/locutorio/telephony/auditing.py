"""See whether somebody listens on the private relay, and end the call if so.

Where the relay's control port cannot be closed (see `closing`), a process of this machine could have a voice
sent to itself. The relay says so of each call to whoever asks; where the port is closed nobody need ask.
"""

from __future__ import annotations

import contextlib
import json
import threading
import urllib.request
from base64 import b64encode
from typing import Any

from locutorio.telephony.ng import Relay, RelayGone, RelayRefused
from locutorio.telephony.plane import LOOPBACK, Plane
from locutorio.telephony.sip import Engine, EngineGone, EngineRefused

LOOK_SECONDS = 0.5
_CALLS_MAX = 1000
_PARTIES = 2
_TOLD_SECONDS = 1.0


class Auditor:
    """Looks at every private call, again and again, in a thread of its own."""

    def __init__(self, plane: Plane) -> None:
        self._plane, self._engine = plane, Engine(plane)
        self._relay = Relay(plane.private_control)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()

    def look(self) -> list[str]:
        """Give the attempts of the private calls that somebody besides their parties hears."""
        try:
            found = self._relay.ask("list", limit=_CALLS_MAX)["calls"]
            return [attempt for attempt in found if _overheard(self._query(attempt))]
        except RelayGone:
            return []

    def _query(self, attempt: str) -> dict[str, Any]:
        try:
            return self._relay.ask("query", call_id=attempt)
        except RelayRefused:
            return {}

    def _run(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            for attempt in self.look():
                self._end(attempt)

    def _end(self, attempt: str) -> None:
        """Silence a call, end it, and tell the decision point why; what fails is tried at the next look."""
        with contextlib.suppress(RelayGone, RelayRefused):
            self._relay.ask("block media", call_id=attempt, all="all")
        with contextlib.suppress(EngineGone, EngineRefused):
            for call in self._engine.calls():
                if call["variables"].get("attempt") == attempt:
                    self._engine.end(call["h_entry"], call["h_id"])
        with contextlib.suppress(OSError):
            self._told(
                {"v": 1, "event": "violation", "attempt": attempt, "method": "subscribe", "why": "overheard"}
            )

    def _told(self, event: dict[str, object]) -> None:
        shown = b64encode(f"engine:{self._plane.secret}".encode()).decode()
        request = urllib.request.Request(
            f"http://{LOOPBACK}:{self._plane.point}/v1/event",
            json.dumps(event).encode(),
            {"Content-Type": "application/json", "Authorization": f"Basic {shown}"},
        )
        urllib.request.urlopen(request, timeout=_TOLD_SECONDS).close()  # noqa: S310 - as above


def _overheard(call: dict[str, Any]) -> bool:
    """Say whether a relay's account of a call names anybody but two parties who hear each other."""
    tags = call.get("tags", {})
    others = [
        each
        for tag in tags.values()
        for each in tag.get("subscribers", [])
        if each.get("type") != "offer/answer"
    ]
    return len(tags) > _PARTIES or bool(others)
