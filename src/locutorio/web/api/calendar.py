"""One's bookings as a calendar (RFC 5545). Its token stands in the address, since calendars send no headers.

An address is kept in places where others see it, so the calendar says when and where, and never whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse

from locutorio.actions import clock, visits_seen
from locutorio.actions.create_account import Role
from locutorio.actions.make_token import Kind
from locutorio.actions.sign_in import Seat
from locutorio.actions.tokens_held import seat_of_token
from locutorio.actions.visits_seen import RequestSeen
from locutorio.arrangements.standings import HELD, STANDING
from locutorio.store.databases import configured
from locutorio.web.api.door import acting, api, counted
from locutorio.web.words import words

CALENDAR = "text/calendar; charset=utf-8"
LINE_BYTES_MAX = 75
_EXTRA = {
    "responses": {
        200: {
            "description": "OK",
            "content": {"text/calendar": {"schema": {"type": "string"}}},
        }
    }
}


@api.get(
    "/calendar/{secret}.ics",
    summary=words("en")["api_op_calendar"],
    operation_id="calendar",
    url_name="calendar",
    openapi_extra=_EXTRA,
)
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the bookings of a family as events: when, where, and whether they stand."""
    counted(request)
    seat = seat_of_token(secret, Kind.CALENDAR, clock.now()) if configured() else None
    if seat is None or Role.FAMILY not in seat.roles:
        raise Http404
    seen = visits_seen.own_requests(acting(seat), seat.establishment)
    lines = _calendar(seat, seen, clock.now())
    return HttpResponse("".join(f"{part}\r\n" for line in lines for part in _folded(line)), CALENDAR)


def _calendar(seat: Seat, seen: tuple[RequestSeen, ...], now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Locutorio//Locutorio//EN", "METHOD:PUBLISH")
    for one in seen:
        booking = one.booking
        if booking is None:
            continue
        stands = booking.standing in STANDING
        says = words(seat.language)["calendar_held" if booking.standing == HELD else "calendar_visit"]
        yield "BEGIN:VEVENT"
        yield f"UID:{booking.id}@{seat.code}.locutorio.invalid"
        yield f"DTSTAMP:{_moment(now)}"
        yield f"DTSTART:{_moment(booking.starts)}"
        yield f"DTEND:{_moment(booking.ends)}"
        yield f"SUMMARY:{_text(says)}"
        yield f"LOCATION:{_text(f'{one.room}, {seat.establishment_name}')}"
        yield f"STATUS:{_status(booking.standing, stands=stands)}"
        yield "CLASS:PRIVATE"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _status(standing: str, *, stands: bool) -> str:
    if standing == HELD:
        return "TENTATIVE"
    return "CONFIRMED" if stands or standing == "happened" else "CANCELLED"


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
