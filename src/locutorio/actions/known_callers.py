"""What is known of people who call, as it was last read, for as long as nothing of it has changed.

Whatever changes what decisions rest on holds the person or the establishment, and so gives them another
version. So what was read under both versions is what would be read now; calls alone are read each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from uuid import UUID

from locutorio.actions import deciding
from locutorio.store import people
from locutorio.store.callers import Caller
from locutorio.store.knowledge import Knowledge
from locutorio.store.people import EstablishmentRow, NumberRow

_ALL_THERE_IS = datetime(9999, 12, 30, tzinfo=UTC)
_KEPT_MAX = 5_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person and of everybody whose number they may call, at least as new as the versions.

    ``versions`` are of the establishment and of the person.
    """

    versions: tuple[int, int]
    knowledge: Knowledge
    numbers: Sequence[NumberRow]


class KnownCallers:
    """Keeps what was read; several threads may use it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._houses: dict[UUID, EstablishmentRow] = {}
        self._known: OrderedDict[UUID, Known] = OrderedDict()
        self._lock = Lock()

    def house(self, at: UUID, version: int) -> EstablishmentRow:
        """Give an establishment as it is under a version."""
        with self._lock:
            found = self._houses.get(at)
        if found is None or found.version != version:
            found = people.establishment(at)
            with self._lock:
                self._houses[at] = found
        return found

    def known(self, at: UUID, version: int, caller: Caller) -> Known:
        """Give what is known of a person under versions that were looked at just before.

        Raises:
            Fault: what is known contradicts itself.
        """
        with self._lock:
            found = self._known.get(caller.person)
        versions = (version, caller.version)
        if found is None or found.versions != versions:
            found = _read(at, caller.person, versions)
        with self._lock:
            self._known[caller.person] = found
            self._known.move_to_end(caller.person)
            while len(self._known) > _KEPT_MAX:
                self._known.popitem(last=False)
        return found


def _read(at: UUID, person: UUID, versions: tuple[int, int]) -> Known:
    """Read all there is, whatever moment it is said to be known since: a clock may be behind another.

    The versions were read before: what changed meanwhile is newer than they say, and read at the next look.
    """
    numbers = people.numbers_of(at, person)
    contacts = {row.contact for row in numbers if row.contact is not None}
    return Known(versions, deciding.knowledge(at, person, contacts, known_at=_ALL_THERE_IS), numbers)
