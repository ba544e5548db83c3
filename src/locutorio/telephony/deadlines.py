"""When calls under way end and are warned, by a counter that nobody can set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from locutorio.store.calls import CallRow

WARNING_SECONDS = 60
SHORTEST_WARNED = 90
"""Of a call that may last no longer than this nobody is warned: the warning would be most of it."""


@dataclass(frozen=True, slots=True)
class _Deadline:
    """The end of a call by the counter, from what it was reckoned, and whether it was warned of."""

    end: float
    since: datetime
    limit: int
    warned: bool


class Deadlines:
    """The ends of the calls under way."""

    def __init__(self, counter: Callable[[], float]) -> None:
        self._counter = counter
        self._of: dict[UUID, _Deadline] = {}

    def keep(self, rows: Iterable[CallRow], moment: datetime) -> None:
        """Reckon the end of each call that is answered; of one that is known it stays where it was.

        Args:
            rows: the calls under way, all of them.
            moment: now.
        """
        kept = {}
        for row in rows:
            since = row.talk_from or row.answered_at
            if since is None or row.limit_seconds is None:
                continue
            known = self._of.get(row.id)
            if known is None or (known.since, known.limit) != (since, row.limit_seconds):
                passed = min(max(0.0, (moment - since).total_seconds()), row.limit_seconds)
                warned = row.limit_seconds < SHORTEST_WARNED or passed > row.limit_seconds - WARNING_SECONDS
                end = self._counter() + row.limit_seconds - passed
                known = _Deadline(end, since, row.limit_seconds, warned)
            kept[row.id] = known
        self._of = kept

    def ended(self) -> list[UUID]:
        """Give the calls whose time is up."""
        now = self._counter()
        return [id_ for id_, deadline in self._of.items() if now >= deadline.end]

    def to_warn(self) -> list[UUID]:
        """Give the calls that have a minute left, each once."""
        now = self._counter()
        due = [
            id_
            for id_, deadline in self._of.items()
            if not deadline.warned and now >= deadline.end - WARNING_SECONDS
        ]
        for id_ in due:
            self._of[id_] = replace(self._of[id_], warned=True)
        return due
