"""One call that a recorder has in hand, in memory and in a file by which a new recorder goes on."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from locutorio.record.grants import Grant
from locutorio.telephony.stereo import Side

_FRAME_BYTES = 16 + 14 + 20 + 8
"""What stands in a file before each packet that the relay counts: its record, Ethernet, IP and UDP."""
_OFFERED = "offer/answer"
_SAVED = ("attempt", "tags", "seal_to", "began", "file", "counted", "stopped", "claimed")


@dataclass(slots=True)
class InHand:
    """A call, by its attempt, which is how the relay knows it: ``tags`` and ``sides`` are of the person and
    the called party.

    ``file`` is where it is recorded, within the spool; ``why`` says how it failed; ``stopped`` why no more is
    recorded, ``claimed`` who said that it is privileged.
    """

    attempt: str
    tags: tuple[str, str]
    sides: tuple[Side, Side]
    seal_to: str
    began: str = ""
    file: str = ""
    counted: int = 0
    stopped: str = ""
    claimed: str = ""
    why: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, grant: Grant, tags: Sequence[str], answer: Mapping[str, Any]) -> InHand:
        """Take a call in hand, by what the relay answers of it.

        Raises:
            LookupError, ValueError: the relay does not know one voice for each of the two tags.
        """
        person, called = tags
        left, right = (_side(answer["tags"][tag]) for tag in (person, called))
        return cls(grant.attempt, (person, called), (left, right), grant.seal_to)

    @property
    def recording(self) -> bool:
        """Whether what is said is being written."""
        return bool(self.file) and not self.stopped

    def forked(self, answer: Mapping[str, Any]) -> bool:
        """Whether the relay gives a voice of this call to somebody besides the two."""
        legs = answer["tags"].values()
        links = [
            link for leg in legs for side in ("subscriptions", "subscribers") for link in leg.get(side, ())
        ]
        return any(link["type"] != _OFFERED for link in links)

    def told(self) -> dict[str, object]:
        """Say how it stands: "talking" or "failed", why; whether it is recorded, why no more, who claimed."""
        standing = {"why": self.why, "stopped": self.stopped, "claimed": self.claimed}
        return standing | {"state": "failed" if self.why else "talking", "recording": self.recording}

    def count(self, answer: Mapping[str, Any]) -> None:
        """Begin to count what the relay carries."""
        self.counted = 0
        self.counted = self.carried(answer)

    def carried(self, answer: Mapping[str, Any]) -> int:
        """Give how many bytes should stand in the file by what the relay has carried since it is counted."""
        carried = answer["totals"]["RTP"]
        return int(carried["bytes"]) + _FRAME_BYTES * int(carried["packets"]) - self.counted

    def save(self, folder: Path) -> None:
        """Keep it in a file."""
        kept = {name: getattr(self, name) for name in _SAVED}
        kept["sides"] = [(side.address, side.port, side.local_port) for side in self.sides]
        beside = folder / f".{self.attempt}.new"
        beside.write_text(json.dumps(kept), encoding="utf-8")
        beside.replace(self._file(folder))

    def forget(self, folder: Path) -> None:
        """Destroy its file."""
        self._file(folder).unlink(missing_ok=True)

    def _file(self, folder: Path) -> Path:
        return folder / f"{self.attempt}.call"


def loaded(folder: Path) -> dict[str, InHand]:
    """Give the calls that were kept, by their attempt."""
    calls = (_call(json.loads(path.read_bytes())) for path in sorted(folder.glob("*.call")))
    return {call.attempt: call for call in calls}


def _call(kept: dict[str, Any]) -> InHand:
    left, right = (Side(*side) for side in kept.pop("sides"))
    person, called = kept.pop("tags")
    return InHand(tags=(person, called), sides=(left, right), **kept)


def _side(leg: Mapping[str, Any]) -> Side:
    ((stream,),) = [[each for each in media["streams"] if "RTP" in each["flags"]] for media in leg["medias"]]
    far: Mapping[str, Any] = stream["endpoint"]
    return Side(str(far["address"]), int(far["port"]), int(stream["local port"]))
