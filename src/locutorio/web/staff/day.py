"""The day: its slots, who comes, places left, and what needs a look; and one slot of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.day_shown import PlacesOfKind, SlotOfDay, day_shown, slot_shown
from locutorio.actions.deciding import local_day
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import YEAR_MAX, YEAR_MIN
from locutorio.kernel.moments import day as read_day
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.saying import day_said, hours_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.staff.told import BookingRow, booking_row, kind_said
from locutorio.web.words import say, words

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SlotPart:
    """One slot with its bookings. ``places`` are told by kind."""

    address: str
    hours: str
    room: str
    places: tuple[str, ...]
    closed: str
    gone: bool
    bookings: tuple[BookingRow, ...]


@dataclass(frozen=True, slots=True)
class DayPage:
    """One day, and the way to the days beside it; ``close`` leads to closing it, for those who may."""

    on: str
    says: str
    before: str
    after: str
    today: str
    is_today: bool
    closures: tuple[str, ...]
    at_risk: tuple[BookingRow, ...]
    slots: tuple[SlotPart, ...]
    next_booked: Link | None
    close: str
    wrong: str


@for_acts("read_day")
def day(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show one day: the one asked for, else today by the establishment's clock."""
    today = local_day(seat.zone, clock.now())
    wanted, wrong = request.GET.get("on", ""), ""
    try:
        on = read_day(wanted) if wanted else today
    except Fault:
        on, wrong = today, words(lang)["staff_day_wrong"]
    shown = day_shown(actor_of(seat), seat.establishment, on)
    page = DayPage(
        on=on.isoformat(),
        says=day_said(lang, on),
        before=_address(lang, on - _ONE),
        after=_address(lang, on + _ONE),
        today=_address(lang, today),
        is_today=on == today,
        closures=tuple(one.reason for one in shown.closures if not one.session),
        at_risk=tuple(booking_row(one, seat, lang, why="day") for one in shown.at_risk),
        slots=tuple(_part(slot, seat, lang) for slot in shown.slots),
        next_booked=day_link(lang, shown.next_booked) if shown.next_booked else None,
        close=f"{reverse('staff-closed', args=[lang])}?on={on}" if may(actor_of(seat), "close_date") else "",
        wrong=wrong,
    )
    title = say(lang, "staff_day_of", day=page.says)
    return drawn(request, seat, lang, "staff/day.html", page, title=title, part="staff-day")


@for_acts("read_day")
def slot(request: HttpRequest, lang: str, seat: Seat, key: str) -> HttpResponse:
    """Show one slot: who comes, and the list to print."""
    found = slot_shown(actor_of(seat), seat.establishment, key)
    if found is None:
        raise Http404
    on = local_day(seat.zone, found.starts)
    part = _part(found, seat, lang)
    title = say(lang, "staff_slot_title", day=day_said(lang, on), time=part.hours, room=part.room)
    trail = (Link(_address(lang, on), say(lang, "staff_day_of", day=day_said(lang, on))),)
    return drawn(request, seat, lang, "staff/slot.html", part, title=title, part="staff-day", trail=trail)


def day_link(lang: str, on: date) -> Link:
    """Give the way to a day's page."""
    return Link(_address(lang, on), say(lang, "staff_day_of", day=day_said(lang, on)))


def _address(lang: str, on: date) -> str:
    kept = min(max(on, date(YEAR_MIN, 1, 1)), date(YEAR_MAX, 12, 31))
    return f"{reverse('staff-day', args=[lang])}?on={kept.isoformat()}"


def _part(slot: SlotOfDay, seat: Seat, lang: str) -> SlotPart:
    return SlotPart(
        address=reverse("staff-slot", args=[lang, slot.key]),
        hours=hours_said(lang, slot.starts, slot.ends, seat.zone),
        room=slot.room,
        places=tuple(_places(one, lang) for one in slot.places),
        closed=slot.closed,
        gone=slot.gone,
        bookings=tuple(booking_row(one, seat, lang, why="day") for one in slot.bookings),
    )


def _places(one: PlacesOfKind, lang: str) -> str:
    kind = kind_said(one.kind, lang)
    if one.places is None:
        return say(lang, "staff_places_taken", kind=kind, taken=one.taken)
    return say(lang, "staff_places_left", kind=kind, left=max(0, one.places - one.taken), places=one.places)
