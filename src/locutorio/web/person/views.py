"""A person's own visits and notices, as they may see them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock, visits_seen
from locutorio.actions.sign_in import Seat
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.notices_shown import NoticeRow, kept_rows, notice_rows
from locutorio.web.requests_shown import RequestShown, shown
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Every request for visits to the person, the latest first, and the notices not read yet."""

    unread: tuple[NoticeRow, ...]
    requests: tuple[RequestShown, ...]


@dataclass(frozen=True, slots=True)
class OwnRequestPage:
    """One request for a visit to the person, with what they were told about it."""

    request: RequestShown
    notices: tuple[NoticeRow, ...]


@for_acts("read_own_visits", "read_notices")
def own(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a person their own visits, and what they have not read yet."""
    now = clock.now()
    page = OwnPage(
        unread=tuple(one for one in notice_rows(seat, lang) if not one.read),
        requests=tuple(
            shown(one, lang, now, address=reverse("own-visit", args=[lang, one.id]))
            for one in visits_seen.own_visits(actor_of(seat), seat.establishment)
        ),
    )
    return drawn(request, seat, lang, "person/own.html", page, title=words(lang)["own_title"], part="own")


@for_acts("read_own_visits", "read_request")
def own_visit(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show a person one visit: who comes, when, and what became of it. Why is told to each who asked."""
    seen = visits_seen.request(actor_of(seat), seat.establishment, id_)
    told = shown(seen, lang, clock.now(), whole=True, of=frozenset())
    page = OwnRequestPage(told, kept_rows(seat, lang, seen.told))
    title = say(lang, "own_visit_title", when=told.when)
    trail = (Link(reverse("own", args=[lang]), words(lang)["own_title"]),)
    return drawn(request, seat, lang, "person/visit.html", page, title=title, part="own", trail=trail)
