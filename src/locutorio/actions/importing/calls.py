"""Reads one row of the file of calls."""

from __future__ import annotations

import re
from datetime import timedelta

from locutorio.actions.importing.cells import Cells
from locutorio.actions.importing.days import ReadMoment
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.telephones import Telephone, read_telephone
from locutorio.actions.importing.values import CallRow

LONGEST = timedelta(hours=12)
SLACK_SECONDS = 2
_PARTED = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
_WHOLE = re.compile(r"(\d{1,6})(?:\.0+)?")
_PIN_TAIL = 4
_PIN_MIN = 8
_NO_TALK = frozenset({"no_answer", "busy", "failed", "blocked"})


def read_call(cells: Cells) -> CallRow | None:
    """Read a row; None where a cell of it cannot be read."""
    utc = cells.settings.codes.call_times == "utc"
    started, ended = cells.moment("start", utc=utc), cells.moment("end", utc=utc)
    answered = cells.moment("answered", needed=False, utc=utc)
    _refuse_unsaid_zone(cells, {"start": started, "answered": answered, "end": ended})
    disposition = cells.code("disposition", "disposition", needed=True)
    seconds = _seconds(cells)
    if started and ended and not cells.refused:
        _refuse_disorder(cells, started, answered, ended, seconds)
    telephone, trunk = _called(cells)
    if disposition in _NO_TALK and seconds:
        cells.refuse("talk_seconds", "talk_without_answer", disposition=cells.raw("disposition"))
    if disposition == "answered" and seconds == 0:
        cells.changed("talk_seconds", "answered_no_talk")
    if cells.refused or not started or not ended or disposition is None or seconds is None:
        return None
    return CallRow(
        started.at,
        answered.at if answered else None,
        ended.at,
        cells.text("from"),
        telephone,
        trunk,
        seconds,
        _person_key(cells),
        disposition,
        cells.text("cause"),
    )


def _refuse_unsaid_zone(cells: Cells, moments: dict[str, ReadMoment | None]) -> None:
    """Refuse times of which nobody says whether they are local or UTC."""
    if cells.settings.codes.call_times != "not_said":
        return
    for field, moment in moments.items():
        if moment and not moment.offset_said:
            cells.refuse(field, "call_zone_not_said")
            return


def _refuse_disorder(
    cells: Cells, started: ReadMoment, answered: ReadMoment | None, ended: ReadMoment, seconds: int | None
) -> None:
    if ended.at < started.at:
        cells.refuse("end", "ends_first", other="start")
    elif ended.at - started.at > LONGEST:
        cells.refuse("end", "call_too_long")
    elif answered and not started.at <= answered.at <= ended.at:
        cells.refuse("answered", "answered_outside")
    elif seconds is not None:
        lasted = (ended.at - (answered or started).at).total_seconds()
        if seconds > lasted + SLACK_SECONDS:
            cells.refuse("talk_seconds", "talk_longer", lasted=str(int(lasted)))
        elif seconds and answered and seconds < lasted - SLACK_SECONDS and ":" in cells.raw("talk_seconds"):
            cells.refuse("talk_seconds", "talk_shorter", lasted=str(int(lasted)))


def _seconds(cells: Cells) -> int | None:
    """Read how long the talk was: seconds, or minutes and seconds with a colon."""
    written = cells.text("talk_seconds", needed=True)
    if match := _WHOLE.fullmatch(written):
        return int(match[1])
    if match := _PARTED.fullmatch(written):
        found = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
        cells.changed("talk_seconds", "minutes_and_seconds", value=str(found))
        return found
    if written:
        cells.refuse("talk_seconds", "seconds")
    return None


def _called(cells: Cells) -> tuple[Telephone | None, str]:
    """Give the number called; where a trunk stands in its place, its name."""
    written = cells.text("to", needed=True)
    if not written:
        return None, ""
    try:
        found = read_telephone(written, cells.settings.region)
    except Unread as why:
        if why.key == "telephone_trunk":
            cells.changed("to", "trunk")
            return None, written
        cells.refuse("to", why.key, **why.values)
        return None, ""
    cells.said_of_telephone("to", found)
    return found, ""


def _person_key(cells: Cells) -> str | None:
    """Give the figures of the person number inside a PIN; the four figures of the PIN itself are not kept."""
    figures = "".join(char for char in cells.text("pin") if char.isalnum()).upper()
    if not figures:
        return None
    if len(figures) < _PIN_MIN:
        cells.changed("pin", "pin_without_person")
        return None
    return figures[:-_PIN_TAIL]
