"""Takes a file of people in custody into the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from locutorio.actions.importing.names import alike
from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.taking import CHANGED, NEW, SAME, Step, Taker
from locutorio.actions.importing.values import PersonRow
from locutorio.store import people
from locutorio.store.imported import persons_here
from locutorio.store.transaction import Transaction


class People(Taker[PersonRow]):
    """Register those of a file, or correct what is known of them. What is not known replaces nothing."""

    def __init__(self, tx: Transaction, reading: ReadFile) -> None:
        super().__init__(tx, reading)
        self._here = persons_here(tx.establishment)
        self._was: dict[UUID, people.PersonRow] = {}

    def step(self, row: PersonRow) -> Step:
        if not row.current:
            return Step(SAME)
        columns = _columns(row)
        before = self._here.get(row.number)
        if before is None:
            id_ = self.tx.new_id()
            return Step(
                NEW,
                write=lambda: people.keep_person(self.tx, id_, {"number": row.number, **columns}),
                about=frozenset({id_}),
            )
        _refuse_another(row, before)
        known = {name: value for name, value in columns.items() if value not in (None, "", [])}
        if row.release.kind == "life":
            known["release_on"] = None
        if len(row.statuses) != 1:
            known["legal_status"] = ""
        if all(getattr(before, name) == value for name, value in known.items()):
            return Step(SAME)
        self._was[before.id] = before
        whom = frozenset({before.id})
        return Step(CHANGED, whom, lambda: people.keep_person(self.tx, before.id, known), about=whom)

    def was(self) -> Mapping[UUID, people.PersonRow]:
        return self._was


def _columns(row: PersonRow) -> dict[str, Any]:
    return {
        "surname": f"{row.surname} {row.suffix}".strip(),
        "forenames": row.first_names,
        "born_on": row.born_on,
        "sex": row.sex or "",
        "unit": row.unit,
        "custody_level": row.custody_level or "",
        "legal_status": row.statuses[0] if len(row.statuses) == 1 else "",
        "statuses": sorted(row.statuses),
        "nationality": row.nationality or "",
        "held_since": row.booked_at,
        "release_on": row.release.on,
        **({"language": row.language} if row.language else {}),
    }


def _refuse_another(row: PersonRow, before: people.PersonRow) -> None:
    """Refuse a row that has the number of somebody else."""
    other_birth = None not in (row.born_on, before.born_on) and row.born_on != before.born_on
    surname, first = alike(f"{row.surname} {row.suffix}"), alike(row.first_names)
    other_name = surname != alike(before.surname) and first != alike(before.forenames)
    if other_birth or other_name:
        raise Unread("person_differs_here", column="person_no", name=before.name)
