"""Closing a day, or a session of it, and opening it again. What was booked is withdrawn, and all are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.day_shown import closures_shown
from locutorio.actions.deciding import local_day
from locutorio.actions.lift_closure import lift_closure
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.web.drawing import drawn
from locutorio.web.posts import SENDING
from locutorio.web.saying import day_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.day import day_link
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Choice
from locutorio.web.words import words

REASON_MAX = 500
SHOWN = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """One closure to come."""

    id: UUID
    day: str
    session: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """The form, and what is closed from today on."""

    on: str
    sessions: tuple[Choice, ...]
    said: dict[str, str]
    closures: tuple[ClosedPart, ...]
    did: str
    wrong: tuple[str, ...]


@for_acts("close_date", "lift_closure", "read_closures", posts=True)
def closed(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show what is closed; close a day, or open one again."""
    if request.method != SENDING:
        return _drawn(request, seat, lang)
    said = request.POST
    try:
        if said.get("lift"):
            lift_closure(_id(said["lift"]), sent(request, seat, said["lift"]))
            return SeeOther(f"{reverse('staff-closed', args=[lang])}?did=lifted")
        closing = Closing(
            day(said.get("on", "")), said.get("reason", "").strip()[:REASON_MAX], said.get("session", "")
        )
        close_date(closing, sent(request, seat))
    except Fault as fault:
        return _drawn(request, seat, lang, wrong=fault)
    return SeeOther(f"{reverse('staff-closed', args=[lang])}?did=closed")


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise Fault("there is no such closure here", remedy="choose one of the list") from error


def _drawn(request: HttpRequest, seat: Seat, lang: str, *, wrong: Fault | None = None) -> HttpResponse:
    today = local_day(seat.zone, clock.now())
    sessions, found = closures_shown(actor_of(seat), seat.establishment, today, min(today + SHOWN, date.max))
    said = {key: str(value) for key, value in request.POST.items()}
    page = ClosedPage(
        on=said.get("on", request.GET.get("on", "")),
        sessions=tuple(Choice(one, one) for one in sessions),
        said=said,
        closures=tuple(ClosedPart(one.id, day_said(lang, one.on), one.session, one.reason) for one in found),
        did=words(lang).get(f"staff_did_{request.GET.get('did', '')}", ""),
        wrong=fault_said(wrong, lang) if wrong else (),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/closed.html",
        page,
        title=words(lang)["staff_closed_title"],
        part="staff-day",
        trail=(day_link(lang, today),),
        status=409 if wrong else 200,
    )
