"""A person's own calls: what is left this month and why, what is owed, and how each call ended."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.calls_left import own_calls_left
from locutorio.actions.calls_seen import own_call, own_calls
from locutorio.actions.sign_in import Seat
from locutorio.actions.unplaced_seen import own_unplaced
from locutorio.web.call_rows import (
    CallLine,
    LeftShown,
    UnplacedLine,
    call_address,
    call_line,
    cause_said,
    decided_parts,
    left_shown,
    unplaced_line,
)
from locutorio.web.decided_part import DecidedPart
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.saying import day_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class OwnCallsPage:
    """What is left, what is owed, and the calls, the latest first."""

    shown: LeftShown | None
    owed: tuple[UnplacedLine, ...]
    items: tuple[CallLine, ...]


@dataclass(frozen=True, slots=True)
class OwnCallPage:
    """One call with its decision. ``none`` stands where nothing of one can be told."""

    line: CallLine
    made_up: bool
    decided: tuple[DecidedPart, ...]
    none: str


@for_acts("read_own_calls")
def calls(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a person their own calls."""
    by, now = actor_of(seat), clock.now()
    left = own_calls_left(by, seat.establishment, lang, now)
    page = OwnCallsPage(
        left_shown(left, lang, seat.law) if left else None,
        tuple(
            unplaced_line(one.row, lang, contact=one.contact, due=day_said(lang, one.due) if one.due else "")
            for one in own_unplaced(by, seat.establishment)
        ),
        tuple(
            call_line(one, lang, seat.zone, call_address("own-call", lang, one))
            for one in own_calls(by, seat.establishment, now)
        ),
    )
    title = words(lang)["calls_own_title"]
    return drawn(request, seat, lang, "person/calls.html", page, title=title, part="own-calls")


@for_acts("read_own_call", here=False)
def call(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show a person one of their calls: why it was permitted or refused, and how it ended."""
    found = own_call(actor_of(seat), seat.establishment, id_, lang, clock.now())
    decided = decided_parts(found.decided, found.seen, lang, seat.zone)
    page = OwnCallPage(
        call_line(found.seen, lang, seat.zone, ""),
        found.made_up,
        decided,
        words(lang)["call_decided_not_told"]
        if found.decided
        else say(lang, "call_decided_none", why=cause_said(found.seen.row.cause, lang)),
    )
    trail = (Link(reverse("own-calls", args=[lang]), words(lang)["calls_own_title"]),)
    title = words(lang)["call_title"]
    return drawn(request, seat, lang, "person/call.html", page, title=title, part="own-calls", trail=trail)
