"""A contradiction as weighed: its versions as read, what became of each, and what was worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from locutorio.chronicle.asked import Answered, Asking
from locutorio.chronicle.days import Days
from locutorio.chronicle.values import Amount, Chronicle, Contradiction
from locutorio.chronicle.versions import Version


class Mark(StrEnum):
    """What becomes of a version. None is ever dropped: all are shown."""

    KEPT = "kept"
    WINS = "wins"
    REFUSED = "refused"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that was worked out: its kind, the versions it is about (counted from 0), and its values."""

    kind: str
    versions: tuple[int, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, Days] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    law: Answered | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A contradiction with its versions as read, what became of each, and what was worked out."""

    contradiction: Contradiction
    versions: tuple[Version, ...]
    marks: tuple[Mark, ...]
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What every way of working out is given."""

    about: str
    versions: tuple[Version, ...]
    chronicle: Chronicle
    asking: Asking

    @property
    def words(self) -> str:
        """All words of the subject and the versions, without their sources."""
        return " | ".join((self.about, *(one.says for one in self.versions)))

    def amounts(self) -> dict[int, Amount]:
        """Give the amounts by version."""
        return {at: one.amount for at, one in enumerate(self.versions) if one.amount is not None}
