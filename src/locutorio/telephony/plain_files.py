"""The plain files of a relay that records: whose they are, how much room is left, their destruction."""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path


class PlainFiles:
    """A relay's recording directory. The relay names its files by the call and a number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self, attempt: str) -> list[Path]:
        """Give the files in which the relay wrote a call, none where it has not."""
        return [path for path in self._folder.glob("pcaps/*.pcap") if _call_of(path) == attempt]

    def calls(self) -> set[str]:
        """Give the calls of which the relay has written something."""
        return {_call_of(path) for path in self._folder.glob("pcaps/*.pcap")}

    def destroy(self, attempt: str) -> None:
        """Destroy what the relay wrote of a call, and what it wrote about it."""
        for path in self._folder.glob("*/*"):
            if _call_of(path) == attempt:
                path.unlink(missing_ok=True)

    def keep_only(self, calls: Container[str]) -> None:
        """Destroy what is of no call in hand: nobody was let talk while it was written."""
        for path in self._folder.glob("*/*"):
            if _call_of(path) not in calls:
                path.unlink(missing_ok=True)


def free(folder: Path) -> int:
    """Give how many bytes can still be written; none where nothing can be."""
    room = os.statvfs(folder)
    return 0 if room.f_flag & os.ST_RDONLY else room.f_bavail * room.f_frsize


def _call_of(path: Path) -> str:
    return path.stem.removeprefix("rtpengine-meta-").rpartition("-")[0]
