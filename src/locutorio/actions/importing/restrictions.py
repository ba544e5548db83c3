"""Reads one row of the file of restrictions: what a paper says of one person, and of another with them."""

from __future__ import annotations

import re

from locutorio.actions.importing.cells import Cells
from locutorio.actions.importing.columns import plain
from locutorio.actions.importing.people import person_number
from locutorio.actions.importing.values import End, RestrictionRow

WITH_ANOTHER = frozenset({"no_contact", "separation"})
_OPEN = re.compile(
    r"further notice|permanent|indefinite|for life|no end|open|until (?:lifted|modified|released)|"
    r"nuevo aviso|indefinid|permanente",
    re.IGNORECASE,
)
_FREE_TEXT = re.compile(
    r"\b(?:per|order|court|contact|see|docket|case|judge|memo|shall|victim|with|w/|orden|juez)\b",
    re.IGNORECASE,
)
_COURT = re.compile(r"\b(?:court|judge|magistrate|tribunal|juzgado|juez|jueza)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[A-Za-z]{0,3}\d[\d-]{3,}")
_NAME_LENGTH_MAX = 60


def read_restriction(cells: Cells) -> RestrictionRow | None:
    """Read a row; None where a cell of it cannot be read."""
    person = person_number(cells, "inmate_person_no")
    kind = cells.code("kind", "restriction_kind", needed=True)
    other, is_number = _other(cells, kind)
    authority = cells.text("authority", needed=True)
    office = _office(cells, authority)
    paper = cells.number("paper_no")
    issued_on = cells.day("issued", needed=True)
    since = cells.day("from", newest=cells.settings.far)
    if since is None and issued_on and not cells.text("from"):
        since = issued_on
        cells.changed("from", "from_issued", value=issued_on.isoformat())
    end = _end(cells)
    if since and end.on and end.on < since:
        cells.refuse("to", "ends_first", other="from")
    if cells.refused or kind is None or issued_on is None or since is None:
        return None
    return RestrictionRow(person, other, is_number, kind, authority, office, paper, issued_on, since, end)


def _other(cells: Cells, kind: str | None) -> tuple[str, bool]:
    """Read who the other is: a person number, or a name. An order number or a sentence is no name."""
    written = cells.text("other_name")
    if not written:
        if kind in WITH_ANOTHER:
            cells.refuse("other_name", "other_missing")
        return "", False
    if _NUMBER.fullmatch(written) and kind == "separation":
        return written, True
    if len(written) > _NAME_LENGTH_MAX or _FREE_TEXT.search(written) or any(map(str.isdigit, written)):
        cells.refuse("other_name", "other_not_a_name")
    return written, False


def _office(cells: Cells, authority: str) -> str | None:
    """Give which office of the vocabulary the authority is; every court is one."""
    found = cells.settings.codes.value("authority", authority) or (
        "court" if _COURT.search(authority) else None
    )
    if authority and found is None:
        cells.changed("authority", "authority_not_known")
    elif found:
        cells.coded.append(("authority", authority, found))
    return found


def _end(cells: Cells) -> End:
    """Read when it ends. A blank cell is not known to mean for ever, and is not taken so."""
    written = cells.raw("to")
    if _OPEN.search(written):
        cells.changed("to", "end_open")
        return End("open", words=written)
    if not plain(written) or not cells.text("to"):
        cells.changed("to", "end_not_known")
        return End("unknown")
    on = cells.day("to", newest=cells.settings.far)
    return End("day", on) if on else End("unknown")
