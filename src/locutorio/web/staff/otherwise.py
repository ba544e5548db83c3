"""The page of past decisions that would have come out otherwise with a paper, or without one set aside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.decided_otherwise import OF_A_PAGE, Otherwise, decided_otherwise
from locutorio.actions.deciding import local_day
from locutorio.actions.paper_shown import paper_shown
from locutorio.actions.sign_in import Seat
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.saying import day_said, moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.staff.fields import whole
from locutorio.web.words import say, words

PAGES_MAX = 10_000


@dataclass(frozen=True, slots=True)
class OtherwisePart:
    """One decision: of whom and for which day, when it was made, what it was and would have been."""

    address: str
    whom: str
    made: str
    was: str
    was_tone: str
    would: str
    would_tone: str


@dataclass(frozen=True, slots=True)
class OtherwisePage:
    """``before`` and ``after`` lead to the other pages."""

    title: str
    what: str
    looked_at: str
    unread: str
    rows: tuple[OtherwisePart, ...]
    before: str
    after: str


@for_acts("read_paper", "read_decided_otherwise")
def otherwise(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show what a paper would have made otherwise."""
    by, here, told = actor_of(seat), seat.establishment, words(lang)
    number = min(whole(request.GET.get("page", "")) or 1, PAGES_MAX)
    shown = paper_shown(by, here, id_, local_day(seat.zone, clock.now()))
    found = decided_otherwise(by, here, id_, number)
    address = reverse("staff-paper-otherwise", args=[lang, id_])
    counted = {"first": str(found.first), "last": str(found.last), "total": str(found.total)}
    page = OtherwisePage(
        title=shown.title[lang],
        what=told["otherwise_without" if found.without else "otherwise_with"],
        looked_at=say(lang, "otherwise_looked_at", **counted)
        if found.last >= found.first
        else told["otherwise_none_made"],
        unread=say(lang, "otherwise_unread", count=str(found.unread)) if found.unread else "",
        rows=tuple(_part(one, seat, lang) for one in found.found),
        before=f"{address}?page={number - 1}" if number > 1 else "",
        after=f"{address}?page={number + 1}" if number * OF_A_PAGE < found.total else "",
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/otherwise.html",
        page,
        title=told["otherwise_title"],
        part="staff-people",
        trail=(Link(reverse("staff-one-paper", args=[lang, id_]), shown.person),),
    )


def _part(one: Otherwise, seat: Seat, lang: str) -> OtherwisePart:
    told = words(lang)
    opens = may(actor_of(seat), "read_request")
    return OtherwisePart(
        reverse("staff-visits-request", args=[lang, one.request]) if opens else "",
        f"{one.contact}, {day_said(lang, one.on)}",
        moment_said(lang, one.decided_at, seat.zone),
        told[f"outcome_{one.was}"],
        one.was,
        told["otherwise_conditions"] if one.was == one.would else told[f"outcome_{one.would}"],
        one.would,
    )
