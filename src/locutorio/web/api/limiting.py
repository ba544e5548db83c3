"""How much is answered in a short time, to one token or one address. Each process counts for itself."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

KEYS_MAX = 50_000


@dataclass(slots=True)
class Limit:
    """At most so many in each stretch of so many seconds, by key."""

    most: int
    seconds: int
    _counts: Counter[str] = field(default_factory=Counter)
    _stretch: int = -1
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, key: str, now: datetime) -> int:
        """Count one; give for how many seconds to wait, 0 where it may be answered."""
        seconds = int(now.astimezone(UTC).timestamp())
        stretch = seconds // self.seconds
        with self._guard:
            if stretch != self._stretch or len(self._counts) > KEYS_MAX:
                self._counts.clear()
                self._stretch = stretch
            self._counts[key] += 1
            return 0 if self._counts[key] <= self.most else self.seconds - seconds % self.seconds


BY_TOKEN = Limit(240, 60)
BY_ADDRESS = Limit(120, 60)
OF_WRONG_TOKENS = Limit(30, 900)
