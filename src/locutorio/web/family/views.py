"""The first pages of a family: whom they may visit, their visits, and what they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock, visits_seen
from locutorio.actions.sign_in import Seat
from locutorio.actions.visits_seen import RequestSeen
from locutorio.web.drawing import drawn
from locutorio.web.notices_shown import NoticeRow, notice_rows
from locutorio.web.requests_shown import RequestShown, shown
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody who may be visited."""

    name: str
    number: str
    ask: str
    here: bool


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """What a family sees first: unread notices, visits to come, whom they may visit, and what is past."""

    unread: tuple[NoticeRow, ...]
    coming: tuple[RequestShown, ...]
    past: tuple[RequestShown, ...]
    people: tuple[Whom, ...]


@for_acts("read_whom", "read_own_requests", "read_notices")
def visits(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a family their visits, whom they may visit, and what they have not read yet."""
    now = clock.now()
    seen = visits_seen.own_requests(actor_of(seat), seat.establishment)
    coming = [one for one in seen if _is_coming(one, now)]
    page = VisitsPage(
        unread=tuple(one for one in notice_rows(seat, lang) if not one.read),
        coming=tuple(
            _shown(one, lang, now) for one in sorted(coming, key=lambda one: (one.on, one.asked_at))
        ),
        past=tuple(_shown(one, lang, now) for one in seen if one not in coming),
        people=tuple(
            Whom(
                one.person.name,
                one.person.number,
                reverse("visits-ask", args=[lang, one.person.id]),
                here=one.person.left_on is None,
            )
            for one in visits_seen.whom(actor_of(seat), seat.establishment)
        ),
    )
    title = words(lang)["visits_title"]
    return drawn(request, seat, lang, "family/visits.html", page, title=title, part="visits")


def _shown(one: RequestSeen, lang: str, now: datetime) -> RequestShown:
    return shown(one, lang, now, address=reverse("visits-request", args=[lang, one.id]))


def _is_coming(one: RequestSeen, now: datetime) -> bool:
    return one.booking is not None and one.booking.standing in ("held", "booked") and one.booking.ends > now
