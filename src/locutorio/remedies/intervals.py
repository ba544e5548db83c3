"""Two things side by side, with the days between them. Nothing is concluded from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Order(StrEnum):
    """Which of two came first."""

    AFTER = "after"
    BEFORE = "before"
    SAME_DAY = "same_day"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Interval:
    """A first day, a second one, and the days from the one to the other; None where one is unknown."""

    first: date | None
    second: date | None

    @property
    def days(self) -> int | None:
        """Give the days from the first to the second, never less than 0."""
        return None if self.first is None or self.second is None else abs((self.second - self.first).days)

    @property
    def order(self) -> Order:
        """Say where the second stands to the first."""
        if self.first is None or self.second is None:
            return Order.UNKNOWN
        if self.first == self.second:
            return Order.SAME_DAY
        return Order.AFTER if self.second > self.first else Order.BEFORE
