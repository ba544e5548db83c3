"""What the decision point asks of the recorder. Every answer that does not come is one that says no."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from locutorio.telephony.sealing import Kept

ANSWER_SECONDS = 1.0
ANNOUNCED_SECONDS = 30.0
SEALED_SECONDS = 60.0
GONE = "recorder_gone"


class NotMonitored(Exception):
    """A call is not monitored as it must be, or may not be; ``why`` is one word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Standing:
    """How a monitored call stands: ``why`` is set where it failed and must end; ``stopped`` where its
    recording was stopped, and why; ``claimed`` where the "person" or the "called" party said that it is
    privileged.
    """

    why: str
    recording: bool
    stopped: str
    claimed: str

    @property
    def failed(self) -> bool:
        """Whether it must end."""
        return bool(self.why)


class Recordings:
    """The recorder of this machine, by the socket on which it answers."""

    def __init__(self, door: Path) -> None:
        self._door = door

    def ready(self) -> str:
        """Give in a word why no monitored call may begin now; nothing where it may."""
        try:
            return str(self._answer("GET", "/v1/ready")["why"])
        except NotMonitored as error:
            return error.why

    def begin(
        self, grant: bytes, attempt: str, tags: Sequence[str], announcements: Sequence[str]
    ) -> Standing:
        """Have a call announced and, if the grant says so, recorded; returns when its parties can talk.

        Args:
            grant: the signed grant; it is used up.
            attempt: the call.
            tags: the tags of the person's leg and of the called party's.
            announcements: a sound file for each of them.

        Raises:
            NotMonitored: it is not; the call must end.
        """
        asked = {
            "grant": grant.decode(),
            "attempt": attempt,
            "tags": list(tags),
            "announcements": list(announcements),
        }
        return _standing(self._answer("POST", "/v1/begin", asked, ANNOUNCED_SECONDS))

    def watch(self) -> dict[str, Standing]:
        """Say how each call stands that the recorder has in hand. One that is not there must end.

        Raises:
            NotMonitored: the recorder does not answer; every monitored call must end.
        """
        calls = self._answer("GET", "/v1/calls")["calls"]
        return {attempt: _standing(told) for attempt, told in calls.items()}

    def stop(self, attempt: str, why: str) -> None:
        """Have nothing more of a call recorded, for good.

        Raises:
            NotMonitored: it cannot be said that it was stopped; the call must end.
        """
        if not self._answer("POST", "/v1/stop", {"attempt": attempt, "why": why})["known"]:
            raise NotMonitored("unknown")

    def finish(self, attempt: str) -> Kept | None:
        """Have what was recorded of a call sealed, and give what is kept; none where nothing was recorded.

        Raises:
            NotMonitored: it is not sealed yet; to be asked for again.
        """
        kept = self._answer("POST", "/v1/finish", {"attempt": attempt}, SEALED_SECONDS)["kept"]
        return Kept(**kept) if kept else None

    def _answer(
        self,
        method: str,
        path: str,
        asked: Mapping[str, object] | None = None,
        seconds: float = ANSWER_SECONDS,
    ) -> dict[str, Any]:
        door = _Door(self._door, seconds)
        try:
            door.request(method, path, json.dumps(asked) if asked is not None else None)
            answer = door.getresponse()
            said = json.loads(answer.read())
        except (OSError, HTTPException, ValueError) as error:
            raise NotMonitored(GONE) from error
        finally:
            door.close()
        if not isinstance(said, dict) or answer.status != 200:
            raise NotMonitored(str(said.get("why", GONE)) if isinstance(said, dict) else GONE)
        return said


class _Door(HTTPConnection):
    """HTTP over a socket of this machine."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def _standing(told: Mapping[str, Any]) -> Standing:
    return Standing(str(told["why"]), bool(told["recording"]), str(told["stopped"]), str(told["claimed"]))
