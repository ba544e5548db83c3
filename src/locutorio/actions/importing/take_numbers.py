"""Takes a file of telephone numbers into the store."""

from __future__ import annotations

from datetime import timedelta

from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.taking import CHANGED, NEW, SAME, Step, Taker
from locutorio.actions.importing.values import NumberRow
from locutorio.store import people
from locutorio.store.imported import NumberHere, numbers_here, persons_here
from locutorio.store.transaction import Transaction

STATUSES = {
    "approved": "approved",
    "blocked": "blocked",
    "pending": "asked",
    "denied": "denied",
    "removed": "ended",
    None: "asked",
}
ONE_DAY = timedelta(days=1)


class Numbers(Taker[NumberRow]):
    """Put the numbers of a file on the lists of the people it names."""

    def __init__(self, tx: Transaction, reading: ReadFile) -> None:
        super().__init__(tx, reading)
        self._persons = persons_here(tx.establishment)
        self._here = numbers_here(tx.establishment)

    def step(self, row: NumberRow) -> Step:
        person = None
        if row.person_number is not None:
            found = self._persons.get(row.person_number)
            if found is None:
                raise Unread("person_unknown", column="inmate_person_no")
            person = found.id
        extension = f";ext={row.telephone.extension}" if row.telephone.extension else ""
        number = row.telephone.number + extension
        now = NumberHere(
            person,
            number,
            row.kind,
            row.record or "",
            row.owner_name,
            row.relation or row.role or "",
            STATUSES[row.status],
            row.since,
            row.until + ONE_DAY if row.until else None,
        )
        before = self._here.get((person, number))
        if before == now:
            return Step(SAME)
        self._here[person, number] = now
        columns = {
            name: getattr(now, name) for name in NumberHere.__slots__ if name not in {"person", "number"}
        }
        reached = frozenset({person}) if person else frozenset()
        return Step(
            CHANGED if before else NEW,
            reached,
            lambda: people.keep_number(self.tx, person, number, columns),
            about=reached,
        )
