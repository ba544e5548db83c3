"""Ends the private calls of a relay that died: their voices are gone, and nobody pays for silence."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from locutorio.store import calls
from locutorio.store.calls import PRIVATE
from locutorio.telephony.ending import Ending

RELAY_LOST = "relay-lost"


class RelaySeen:
    """The relay of private calls, by what tells one from the next that is begun in its place.

    Args:
        at: the establishment.
        ending: who ends its calls.
        relay: gives the process that is the relay now and since when it is, in seconds since 1970; None while
            there is none.
    """

    def __init__(self, at: UUID, ending: Ending, relay: Callable[[], tuple[int, float] | None]) -> None:
        self._at, self._ending, self._relay = at, ending, relay
        self._process: int | None = None

    def look(self) -> None:
        """End what was answered before another relay stood in the place of the one that was."""
        found = self._relay()
        if found is None:
            return
        process, since = found
        before, self._process = self._process, process
        if before in (None, process):
            return
        lost = (
            row.id
            for row in calls.under_way(self._at)
            if row.plane == PRIVATE and row.answered_at is not None and row.answered_at.timestamp() < since
        )
        self._ending.fail(lost, RELAY_LOST)
