"""Reads one row of the file of people in custody."""

from __future__ import annotations

import re

from locutorio.actions.importing.cells import Cells
from locutorio.actions.importing.columns import plain
from locutorio.actions.importing.values import PersonRow, Release

_SEVERAL = re.compile(r"\s*(?:[/;,+&|]|\band\b|\by\b)\s*", re.IGNORECASE)
_FEDERAL = re.compile(r"(\d{3,5})-(\d{3})")
_FEDERAL_FIGURES = 8
_LIFE = frozenset({"life", "lwop", "naturallife", "lifewithoutparole", "vida", "cadenaperpetua", "perpetua"})


def read_person(cells: Cells) -> PersonRow | None:
    """Read a row; None where a cell of it cannot be read."""
    number = person_number(cells, "person_no")
    booking = cells.number("booking_no")
    surname, first = cells.name("last_name"), cells.name("first_name")
    born_on = cells.day("birth_date")
    if not cells.text("birth_date"):
        cells.changed("birth_date", "birth_not_known")
    if born_on and born_on > cells.settings.on:
        cells.refuse("birth_date", "born_later")
    unit = cells.text("unit", needed=True)
    since = cells.moment("unit_since", needed=False)
    statuses = _statuses(cells)
    booked = cells.moment("booked_at")
    release = _release(cells)
    spoken = cells.code("language", "language")
    sex = cells.code("sex", "sex")
    nationality = cells.code("nationality", "nationality")
    custody_level = _level(cells)
    if cells.refused or not surname or not first or not booked:
        return None
    if surname.suffix and first.suffix and surname.suffix != first.suffix:
        cells.refuse("first_name", "suffix_twice", other=surname.suffix)
        return None
    return PersonRow(
        number=number,
        booking=booking,
        surname=surname.text,
        suffix=surname.suffix or first.suffix,
        first_names=first.text,
        nickname=first.nickname or surname.nickname,
        born_on=born_on,
        sex=None if sex == "unknown" else sex,
        unit=unit,
        unit_since=since.at if since else None,
        custody_level=custody_level,
        statuses=statuses,
        booked_at=booked.at,
        release=release,
        language=None if spoken == "interpreter" else spoken,
        interpreter=True if spoken == "interpreter" else None,
        nationality=nationality,
    )


def person_number(cells: Cells, field: str, *, needed: bool = True) -> str:
    """Read the number of a person, in the form that the establishment says its numbers have."""
    found = cells.number(field, needed=needed)
    form = cells.settings.codes.person_numbers
    match = _FEDERAL.fullmatch(found)
    if form == "federal" and found:
        if found.isdigit() and len(found) <= _FEDERAL_FIGURES:
            figures = found.zfill(_FEDERAL_FIGURES)
        elif match:
            figures = match[1].zfill(5) + match[2]
        else:
            cells.refuse(field, "register_number")
            return ""
        whole = f"{figures[:5]}-{figures[5:]}"
        if whole != found:
            cells.changed(field, "register_number", value=whole)
        return whole
    if form == "not_said" and match and len(match[1]) < 5:
        cells.refuse(field, "register_number_short", value=f"{match[1].zfill(5)}-{match[2]}")
        return ""
    return found


def _level(cells: Cells) -> str | None:
    """Give the custody level: the known word, else the establishment's own as written."""
    written = cells.text("custody_level")
    found = cells.settings.codes.value("custody_level", written) if written else None
    if found:
        cells.coded.append(("custody_level", written, found))
    return found or written or None


def _statuses(cells: Cells) -> tuple[str, ...]:
    """Give every legal status in the cell; a mixture is kept as one."""
    whole = cells.text("legal_status", needed=True)
    if not whole:
        return ()
    codes = cells.settings.codes
    if codes.value("legal_status", whole):
        return (cells.code("legal_status", "legal_status", needed=True) or "",)
    parts = [part for part in _SEVERAL.split(whole) if part]
    found = [codes.value("legal_status", part) for part in parts]
    known = tuple(dict.fromkeys(value for value in found if value))
    if not parts or None in found:
        cells.refuse(
            "legal_status", "code", table="legal_status", known=", ".join(codes.known("legal_status"))
        )
    elif len(known) > 1:
        cells.changed("legal_status", "several_statuses", value=", ".join(known))
    return known


def _release(cells: Cells) -> Release:
    written = cells.raw("expected_release")
    if plain(written) in _LIFE:
        cells.changed("expected_release", "life")
        return Release("life")
    on = cells.day("expected_release", newest=cells.settings.far)
    return Release("day", on) if on else Release("unknown")
