"""Asking staff why they open what is protected, before they see it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from locutorio.actions.sign_in import Seat
from locutorio.web import purposes
from locutorio.web.drawing import drawn, home
from locutorio.web.posts import SENDING
from locutorio.web.seats import for_readers_of_protected
from locutorio.web.sending import SeeOther
from locutorio.web.staff.fields import Choice
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class WhyPage:
    """The reasons to choose from, as the form was filled in, and where it leads back to."""

    reasons: tuple[Choice, ...]
    reason: str
    text: str
    person: str
    next: str
    minutes: int
    problem: str


@for_readers_of_protected(posts=True)
def why(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Ask why; keep the answer for one person and a while, and lead on to what was asked for."""
    sends = request.method == SENDING
    given = request.POST if sends else request.GET
    reason, text = given.get("reason", ""), given.get("text", "").strip()[: purposes.WORDS_MAX]
    unsaid = reason not in purposes.REASONS or (reason == purposes.NEEDS_WORDS and not text)
    if sends and not unsaid:
        purposes.keep(request, _person(given.get("person", "")), f"{reason}: {text}" if text else reason)
        return SeeOther(_onward(given.get("next", ""), seat, lang))
    told = words(lang)
    page = WhyPage(
        tuple(Choice(one, told[f"why_{one}"]) for one in purposes.REASONS),
        reason,
        text,
        given.get("person", ""),
        given.get("next", ""),
        int(purposes.KEPT_FOR.total_seconds()) // 60,
        told["why_unsaid"] if sends else "",
    )
    return drawn(request, seat, lang, "staff/why.html", page, title=told["why_title"], part="staff-people")


def _person(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise BadRequest from error


def _onward(address: str, seat: Seat, lang: str) -> str:
    """Give the page that was asked for, if it is one of these pages; else the first."""
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return reverse(home(seat), args=[lang])
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else reverse(home(seat), args=[lang])
