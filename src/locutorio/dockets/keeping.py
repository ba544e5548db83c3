"""What was read so far, as JSON and back: only entries of watched cases, and the spans of feeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from locutorio.dockets.entries import DocketEntry
from locutorio.dockets.seen import Known, Seen, Wording
from locutorio.kernel.faults import Fault

FORMAT = "locutorio-dockets-seen-1"


def as_json(seen: Seen) -> dict[str, Any]:
    """Give everything read so far as plain values, in an order that does not depend on how it was read."""
    return {
        "format": FORMAT,
        "entries": [known_as_json(one) for _, one in sorted(seen.known.items())],
        "spans": {
            court: [[start.isoformat(), end.isoformat()] for start, end in spans]
            for court, spans in sorted(seen.spans.items())
        },
    }


def from_json(tree: object, file: str) -> Seen:
    """Read back what ``as_json`` gave.

    Raises:
        Fault: it is something else. Nothing is guessed: what is lost would be told as new.
    """
    try:
        if not isinstance(tree, Mapping) or tree["format"] != FORMAT:
            raise _other(file)
        known = [known_from_json(one) for one in tree["entries"]]
        spans = {
            str(court): tuple(
                (datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in spans
            )
            for court, spans in tree["spans"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _other(file) from error
    return Seen({one.key: one for one in known}, spans)


def _other(file: str) -> Fault:
    return Fault(
        f"{file} does not hold what was read of dockets so far",
        why=f"it is not in the format {FORMAT}",
        remedy="name the file that an earlier run wrote, or a new one",
    )


def known_as_json(one: Known) -> dict[str, Any]:
    """Give all that was read of one entry as plain values."""
    entry = one.entry
    return {
        "key": list(one.key),
        "court": entry.court,
        "case": entry.case,
        "source": entry.source,
        "number": entry.number,
        "document": entry.document,
        "filed_on": _iso(entry.filed_on),
        "filed_at": _iso(entry.filed_at),
        "entered_on": _iso(entry.entered_on),
        "defendants": sorted(one.defendants),
        "kinds": list(one.kinds),
        "wordings": [
            {
                "text": wording.text,
                "first_read_at": wording.first_read_at.isoformat(),
                "last_read_at": wording.last_read_at.isoformat(),
                "sources": sorted(wording.sources),
            }
            for wording in one.wordings
        ],
    }


def known_from_json(tree: Mapping[str, Any]) -> Known:
    """Read back what ``known_as_json`` gave."""
    wordings = tuple(
        Wording(
            str(one["text"]),
            datetime.fromisoformat(one["first_read_at"]),
            datetime.fromisoformat(one["last_read_at"]),
            frozenset(one["sources"]),
        )
        for one in tree["wordings"]
    )
    entry = DocketEntry(
        court=str(tree["court"]),
        case=str(tree["case"]),
        source=str(tree["source"]),
        number=tree["number"],
        document=tree["document"],
        filed_on=date.fromisoformat(tree["filed_on"]) if tree["filed_on"] else None,
        filed_at=datetime.fromisoformat(tree["filed_at"]) if tree["filed_at"] else None,
        entered_on=date.fromisoformat(tree["entered_on"]) if tree["entered_on"] else None,
    )
    return Known(tuple(tree["key"]), frozenset(tree["defendants"]), tuple(tree["kinds"]), wordings, entry)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None
