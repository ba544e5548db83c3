"""Writes events as a calendar that telephones and computers read (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE_BYTES_MAX = 75
_BEGINS = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Locutorio//Locutorio//EN", "METHOD:PUBLISH")


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. ``starts`` and ``ends`` are moments with a zone; without ``ends`` it is a whole day."""

    uid: str
    starts: datetime | date
    summary: str
    ends: datetime | None = None
    location: str = ""
    description: str = ""
    status: str = "CONFIRMED"


def as_calendar(events: Iterable[CalendarEvent], now: datetime) -> str:
    """Give events as the text of a calendar file; ``now`` is when it was written."""
    lines = (*_BEGINS, *(line for event in events for line in _event(event, now)), "END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: CalendarEvent, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(now)}"
    if isinstance(event.starts, datetime) and event.ends is not None:
        yield f"DTSTART:{_moment(event.starts)}"
        yield f"DTEND:{_moment(event.ends)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.starts + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield f"STATUS:{event.status}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(said: str) -> str:
    """Escape a text; what would begin another line becomes a space."""
    plain = "".join(sign if sign.isprintable() else " " for sign in said)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Give the lines that a long one is written as: at most 75 bytes each, those after the first indented."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > LINE_BYTES_MAX:
            yield part
            part = " "
        part += sign
    yield part
