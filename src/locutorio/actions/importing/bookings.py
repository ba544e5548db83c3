"""Reads one row of the file of booked visits."""

from __future__ import annotations

import re
from datetime import timedelta

from locutorio.actions.importing.cells import Cells
from locutorio.actions.importing.days import ReadMoment
from locutorio.actions.importing.people import person_number
from locutorio.actions.importing.values import BookingRow

LONGEST = timedelta(hours=24)
_APART = re.compile(r"[;|\n]|\s/\s")
_WORD = re.compile(r"\S+")


def read_booking(cells: Cells) -> BookingRow | None:
    """Read a row; None where a cell of it cannot be read."""
    starts = cells.moment("start", newest=cells.settings.far)
    ends = cells.moment("end", newest=cells.settings.far, on=starts.on if starts else None)
    person = person_number(cells, "inmate_person_no")
    party = _party(cells)
    room = cells.text("room", needed=True)
    state, _ = cells.code_with_comment("state", "booking_state")
    if starts and ends:
        _in_order(cells, starts, ends)
    if cells.refused or not starts or not ends or not state:
        return None
    return BookingRow(starts.at, ends.at, person, party, room, state)


def _in_order(cells: Cells, starts: ReadMoment, ends: ReadMoment) -> None:
    """Refuse an end that is not after the start, and say where 12 PM may have been meant for midnight."""
    if ends.at <= starts.at:
        noon = "start" if starts.noon else "end"
        cells.refuse(noon if starts.noon or ends.noon else "end", _why(starts, ends), other="start")
    elif ends.at - starts.at >= LONGEST:
        cells.refuse("end", "visit_too_long")
    for field, one in (("start", starts), ("end", ends)):
        if one.noon:
            cells.changed(field, "noon")


def _why(starts: ReadMoment, ends: ReadMoment) -> str:
    return "noon_or_midnight" if starts.noon or ends.noon else "ends_first"


def _party(cells: Cells) -> tuple[str, ...]:
    """Part the cell into numbers or names. Commas part them only where each part can be one alone."""
    whole = cells.text("visitor_nos", needed=True)
    if not whole:
        return ()
    parts = [part.strip(" ,") for part in _APART.split(whole)]
    parts = [part for part in parts if part]
    if len(parts) == 1 and "," in whole:
        parts = _by_commas(cells, whole)
    if len(set(parts)) != len(parts):
        cells.changed("visitor_nos", "twice_in_party")
    if len(parts) > 1:
        cells.changed("visitor_nos", "parted", count=str(len(dict.fromkeys(parts))), names=" | ".join(parts))
    return tuple(dict.fromkeys(parts))


def _by_commas(cells: Cells, whole: str) -> list[str]:
    parts = [part.strip() for part in whole.split(",") if part.strip()]
    if all(any(map(str.isdigit, part)) for part in parts):
        return parts
    alone = [len(_WORD.findall(part)) == 1 for part in parts]
    if len(parts) == 2 and any(alone):
        return [f"{parts[0]}, {parts[1]}"]
    if any(alone):
        cells.refuse("visitor_nos", "party_commas")
    return parts
