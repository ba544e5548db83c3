"""One's bookings as a calendar (RFC 5545). Its token stands in the address, since calendars send no headers.

An address is kept in places where others see it, so the calendar says when and where, and never whom.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse

from locutorio.actions import clock, visits_seen
from locutorio.actions.create_account import Role
from locutorio.actions.make_token import Kind
from locutorio.actions.sign_in import Seat
from locutorio.actions.tokens_held import seat_of_token
from locutorio.actions.visits_seen import RequestSeen
from locutorio.arrangements.standings import HELD, STANDING
from locutorio.notices.calendar import CalendarEvent, as_calendar
from locutorio.store.databases import configured
from locutorio.web.api.door import acting, api, counted
from locutorio.web.words import words

CALENDAR = "text/calendar; charset=utf-8"
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
    return HttpResponse(as_calendar(_events(seat, seen), clock.now()), CALENDAR)


def _events(seat: Seat, seen: tuple[RequestSeen, ...]) -> Iterator[CalendarEvent]:
    for one in seen:
        booking = one.booking
        if booking is None:
            continue
        stands = booking.standing in STANDING
        says = words(seat.language)["calendar_held" if booking.standing == HELD else "calendar_visit"]
        yield CalendarEvent(
            uid=f"{booking.id}@{seat.code}.locutorio.invalid",
            starts=booking.starts,
            ends=booking.ends,
            summary=says,
            location=f"{one.room}, {seat.establishment_name}",
            status=_status(booking.standing, stands=stands),
        )


def _status(standing: str, *, stands: bool) -> str:
    if standing == HELD:
        return "TENTATIVE"
    return "CONFIRMED" if stands or standing == "happened" else "CANCELLED"
