"""What is kept in memory of those who call, beside what a fresh look would find."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from locutorio.actions.known_callers import Known, KnownCallers
from locutorio.store.callers import Caller
from locutorio.store.context import inside
from locutorio.store.models import Establishment, Person

_CALLS = ("_called", "_known_at")


class Callers:
    """Keeps what was read of everybody, as a decision point does through all that happens."""

    def __init__(self, at: UUID) -> None:
        self._at, self._kept = at, KnownCallers()

    def look(self) -> None:
        """See that nothing kept under the versions of now differs from what is there now.

        Raises:
            AssertionError: something that a decision rests on was changed, and no version with it.
        """
        with inside(self._at):
            house = Establishment.objects.values_list("version", flat=True).get(id=self._at)
            people = [*Person.objects.filter(establishment=self._at).values_list("id", "version", "number")]
        fresh = KnownCallers()
        for person, version, number in people:
            caller = Caller(person, version, None, "", (), under_way=False)
            kept, now = (one.known(self._at, house, caller) for one in (self._kept, fresh))
            before, after = told(kept), told(now)
            changed = [name for name in after if before[name] != after[name]]
            assert not changed, f"{changed} of {number} changed, and no version with it"


def told(known: Known) -> dict[str, object]:
    """Give all that a decision on a call rests on, but calls, and how often a contact was held."""
    said = {name: value for name, value in vars(known.knowledge).items() if name not in _CALLS}
    contacts = {id_: replace(one, version=0) for id_, one in known.knowledge.contacts.items()}
    return {
        **said,
        "contacts": contacts,
        "_used": sorted(known.knowledge._used, key=str),
        "numbers": list(known.numbers),
    }
