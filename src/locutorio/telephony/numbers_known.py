"""Which numbers nobody listens to, and whether the signed register of them can be believed now."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from locutorio.actions.authorize_call import Privileged
from locutorio.actions.deciding import local_day
from locutorio.record.register import Register, Untrusted
from locutorio.store import privileged
from locutorio.telephony.local_register import LocalRegister

ENTERED_SECONDS = 0.5


class NumbersKnown:
    """The privileged numbers of an establishment as one process of the decision point knows them.

    A number is privileged that stands in the register, or was entered half a second ago.

    Args:
        at: the establishment.
        zone: in which its days are reckoned.
        register: the signed register.
        counter: seconds by a clock that nobody can set.
    """

    def __init__(
        self, at: UUID, zone: str, register: LocalRegister, counter: Callable[[], float] = time.monotonic
    ) -> None:
        self._at, self._zone, self._register, self._counter = at, zone, register, counter
        self._entered: tuple[float, Mapping[str, str]] = (-math.inf, {})

    def privileged(self, moment: datetime) -> Privileged:
        """Give the privileged numbers; of a register that is not believed now, those it last held too."""
        elapsed = self._counter()
        try:
            found: Register | None = self._register.trusted(moment.timestamp(), elapsed)
            trusted = True
        except Untrusted:
            found, trusted = self._register.last(elapsed), False
        if elapsed - self._entered[0] > ENTERED_SECONDS:
            self._entered = elapsed, privileged.kinds(self._at, local_day(self._zone, moment))
        lines = {line.number: line.kind for line in found.lines} if found else {}
        return Privileged({**lines, **self._entered[1]}, trusted=trusted)

    def kind(self, number: str, moment: datetime) -> str:
        """Give of which kind a number is, empty for none."""
        return self.privileged(moment).kind(number)
