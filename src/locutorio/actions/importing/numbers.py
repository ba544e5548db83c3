"""Reads one row of the file of telephone numbers: a number on the list of one person, or blocked for all."""

from __future__ import annotations

from locutorio.actions.importing.cells import Cells
from locutorio.actions.importing.columns import plain
from locutorio.actions.importing.contacts import role_and_relation
from locutorio.actions.importing.people import person_number
from locutorio.actions.importing.values import NumberRow

PRIVILEGED = {"attorney": "attorney", "privileged": None, "consulate": "consul"}
_EVERYBODY = frozenset({"", "all", "everyone", "global", "any", "todos"})


def read_number(cells: Cells) -> NumberRow | None:
    """Read a row; None where a cell of it cannot be read."""
    telephone = cells.telephone("number", needed=True)
    kind = cells.code("kind", "number_kind", needed=True)
    record = cells.code("record", "record")
    if not cells.text("record"):
        cells.changed("record", "record_not_said")
    elif record is None:
        cells.refuse("record", "code", table="record", known=", ".join(cells.settings.codes.known("record")))
    status, _ = cells.code_with_comment("status", "number_status") if cells.text("status") else (None, "")
    if status is None:
        cells.changed("status", "number_status_not_said")
    person = _person(cells, status)
    role, relation = role_and_relation(cells, needed=False)
    if kind in PRIVILEGED and record in {"always", "alert"}:
        cells.refuse("record", "privileged_recorded", kind=cells.raw("kind"))
    since = cells.day("from")
    until = cells.day("to", newest=cells.settings.far)
    if since and until and until < since:
        cells.refuse("to", "ends_first", other="from")
    if cells.refused or telephone is None or kind is None:
        return None
    return NumberRow(
        person_number=person,
        telephone=telephone,
        kind=kind,
        record=record,
        owner_name=cells.text("owner_name"),
        role=PRIVILEGED.get(kind) or role,
        relation=relation,
        status=status,
        since=since,
        until=until,
    )


def _person(cells: Cells, status: str | None) -> str | None:
    """Read whose number it is; without a person only a blocked number is read, and it is for everybody."""
    written = plain(cells.raw("inmate_person_no"))
    if written not in _EVERYBODY:
        return person_number(cells, "inmate_person_no")
    if status == "blocked":
        cells.changed("inmate_person_no", "blocked_for_all")
    else:
        cells.refuse("inmate_person_no", "number_of_nobody")
    return None
