"""A refused caller hears why before the final answer: early media, through the relay of monitored calls.

The relay is offered the caller's own description of media, and answered with a place where nobody listens.
What it gives back is what the 183 carries; then it plays the sound to the caller. Nothing that is said there
goes anywhere: nobody is called, the other side takes nothing in, and nothing records. That relay is asked
because it is the one that the decision point may speak to.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from pathlib import Path

from locutorio.telephony.ng import Relay, RelayGone, RelayRefused
from locutorio.telephony.prompts import prompt

AT_ONCE_MAX = 12  # so that refusals, however many, leave the relay's ports to calls
AFTERWARDS_SECONDS = 1.0
ANSWER_SECONDS = 0.15
_NOWHERE = "prompt"
_CODECS = ("0", "8")  # PCMU, PCMA: what the dummy side takes
_ANSWER = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 9 RTP/AVP {codec}\r\na=sendonly\r\n"
)
_FORM = {
    "replace": ["origin", "session-connection"],
    "ICE": "remove",
    "transport-protocol": "RTP/AVP",
    "flags": ["strict-source"],
}


@dataclass(frozen=True)
class Announcement:
    """What the 183 of a refused call carries, and after how many whole seconds the final answer follows."""

    sdp: str
    seconds: int


class Announcer:
    """Plays sentences to refused callers.

    `control` is the port by which the relay is asked, `sounds` the folder of prompts that it can read.
    """

    def __init__(self, control: int, sounds: Path) -> None:
        self._sounds = sounds
        self._relay = Relay(control, ANSWER_SECONDS)
        self._lock = threading.Lock()
        self._playing: dict[str, tuple[str, threading.Timer]] = {}

    def announce(
        self, telephone: str, attempt: str, sdp: str, slug: str, language: str
    ) -> Announcement | None:
        """Begin to say a reason to the caller whose offer is `sdp`.

        A telephone hears one announcement at a time: a new one ends the one before. None where it cannot be
        said (the relay does not answer, the telephone offers neither PCMU nor PCMA, too many are being said):
        then the call is refused without words. Takes half a second at most, where the relay hangs.
        """
        call, said = f"refused-{attempt}", prompt(slug, language)
        codec = offered(sdp)
        self._end(telephone)
        if codec is None or len(self._playing) >= AT_ONCE_MAX:
            return None
        try:
            self._relay.ask("offer", call_id=call, from_tag=telephone, sdp=sdp, **_FORM)
            nowhere = {"to_tag": _NOWHERE, "sdp": _ANSWER.format(codec=codec)}
            answered = self._relay.ask("answer", call_id=call, from_tag=telephone, **nowhere, **_FORM)
            self._relay.ask(
                "play media", call_id=call, from_tag=telephone, file=str(self._sounds / said.name)
            )
        except (RelayGone, RelayRefused):
            self._delete(call)
            return None
        self._end_after(said.seconds + AFTERWARDS_SECONDS, telephone, call)
        return Announcement(str(answered["sdp"]), math.ceil(said.seconds))

    def close(self) -> None:
        """End all that is being said."""
        for telephone in tuple(self._playing):
            self._end(telephone)

    def _end_after(self, seconds: float, telephone: str, call: str) -> None:
        later = threading.Timer(seconds, self._over, (telephone, call))
        later.daemon = True
        with self._lock:
            self._playing[telephone] = call, later
        later.start()

    def _over(self, telephone: str, call: str) -> None:
        with self._lock:
            if self._playing.get(telephone, ("", None))[0] == call:
                del self._playing[telephone]
        self._delete(call)

    def _end(self, telephone: str) -> None:
        with self._lock:
            playing = self._playing.pop(telephone, None)
        if playing is not None:
            call, later = playing
            later.cancel()
            self._delete(call)

    def _delete(self, call: str) -> None:
        try:
            self._relay.ask("delete", call_id=call, delete_delay=0)
        except (RelayGone, RelayRefused):
            return  # a relay that is gone has forgotten it, and one that lives ends what is silent by itself


def offered(sdp: str) -> str | None:
    """Give the payload type, PCMU or PCMA, that an offer of audio prefers, or None if it has neither."""
    for line in sdp.splitlines():
        if line.startswith("m=audio "):
            return next((codec for codec in line.split()[3:] if codec in _CODECS), None)
    return None
