"""The page of the log: who did what, and when."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from locutorio.actions import clock
from locutorio.actions.deciding import local_day
from locutorio.actions.read_log import HeaderRow, log_shown
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.web.drawing import drawn
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, without what it was about."""

    at: str
    who: str
    did: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """The entries of one day, the latest first; ``wrong`` where what was asked for is no day."""

    on: str
    rows: tuple[Row, ...]
    wrong: str


@for_acts("read_log")
def log(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show who did what on a day: the one asked for, else today by the establishment's clock."""
    on, wrong = local_day(seat.zone, clock.now()), ""
    try:
        on = day(request.GET["on"]) if request.GET.get("on") else on
    except Fault:
        wrong = words(lang)["staff_day_wrong"]
    found = log_shown(actor_of(seat), seat.establishment, on)
    page = LogPage(on.isoformat(), tuple(_row(one, seat, lang) for one in found), wrong)
    return drawn(
        request, seat, lang, "staff/log.html", page, title=words(lang)["log_title"], part="staff-log"
    )


def _row(one: HeaderRow, seat: Seat, lang: str) -> Row:
    told = words(lang)
    return Row(
        at=moment_said(lang, one.at, seat.zone),
        who=one.actor or told["log_program"],
        did=told.get(f"did_{one.action}", one.action.replace("_", " ")),
    )
