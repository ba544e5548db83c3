"""Asks somebody to show once more that it is they, before an act that needs it, and goes on with the act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.see_told import own_factors
from locutorio.actions.sign_in import (
    NotSignedIn,
    Seat,
    SignedIn,
    show_code,
    show_passkey,
    sign_in,
)
from locutorio.web import passkeys, sessions
from locutorio.web.drawing import drawn
from locutorio.web.frame import Field
from locutorio.web.limits import FRESH_SECONDS_MAX
from locutorio.web.posts import SENDING
from locutorio.web.sending import SeeOther
from locutorio.web.wall import actor_of
from locutorio.web.words import say, words
from locutorio.web.wrong import Problem

# What the form that confirms sends beside the fields it carries.
PASSWORD_GIVEN, CODE_GIVEN, CONFIRMS = "confirm_password", "confirm_code", "confirms"
_NOT_CARRIED = {PASSWORD_GIVEN, CODE_GIVEN, CONFIRMS, passkeys.ANSWER, "csrfmiddlewaretoken"}


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks who somebody is. ``carried`` is what they sent, to be sent again to ``action``."""

    problems: tuple[Problem, ...]
    action: str
    name: str
    carried: tuple[Field, ...]
    by_code: bool
    by_passkey: bool
    begin: str
    elsewhere: str


def fresh(request: HttpRequest, lang: str, seat: Seat, *, secret: bool = False) -> Seat | HttpResponse:
    """Give the seat of somebody who showed within 5 minutes that it is they; else the page that asks for it.

    For a form that was sent, that page sends it to the same address again, with what was asked for: the view
    that calls this is called again, gets a seat and goes on. For a page that was opened, it leads back there.

    Args:
        request: what was asked for.
        lang: the language.
        seat: who asks.
        secret: the form holds a password, which no page is to carry: it is to be filled in again.
    """
    shown = seat.authenticated_at
    if shown and timedelta() <= clock.now() - shown <= timedelta(seconds=FRESH_SECONDS_MAX):
        return seat
    if request.method != SENDING or secret:
        return SeeOther(f"{reverse('confirm', args=[lang])}?{urlencode({'next': request.get_full_path()})}")
    if CONFIRMS not in request.POST:
        return confirm_page(request, lang, seat)
    found = _shown(request, seat)
    if isinstance(found, SignedIn):
        sessions.step_up(request, found)
        return replace(seat, factor=found.factor, authenticated_at=clock.now())
    wrong = say(lang, "sign_in_wait", minutes=found.wait_minutes) if found.wait_minutes else ""
    return confirm_page(request, lang, seat, wrong or words(lang)["confirm_wrong"])


def _shown(request: HttpRequest, seat: Seat) -> SignedIn | NotSignedIn:
    """Look at what was given: a passkey, or the password and, where there is a second factor, a code."""
    now, address = clock.now(), sessions.address_of(request)
    if request.POST.get(passkeys.ANSWER):
        answer, site = request.POST[passkeys.ANSWER], passkeys.site_of(request)
        return show_passkey(answer, seat.account, site, now, address)
    by_password = sign_in(seat.name, request.POST.get(PASSWORD_GIVEN, ""), address, now)
    if isinstance(by_password, NotSignedIn) or not by_password.owes:
        return by_password
    return show_code(seat.account, by_password.stamp, request.POST.get(CODE_GIVEN, ""), address, now)


def confirm_page(request: HttpRequest, lang: str, seat: Seat, wrong: str = "") -> HttpResponse:
    """Draw the page that asks somebody to show that it is they, with what they sent."""
    kinds = {one.kind for one in own_factors(actor_of(seat))}
    fields = [
        Field(name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_CARRIED
        for value in map(str, values)
    ]
    page = ConfirmPage(
        problems=(Problem(wrong, PASSWORD_GIVEN),) if wrong else (),
        action=request.get_full_path(),
        name=seat.name,
        carried=(*fields, Field(CONFIRMS, "1")),
        by_code=bool(kinds - {"passkey"}),
        by_passkey="passkey" in kinds,
        begin=reverse("confirm-passkey", args=[lang]),
        elsewhere=passkeys.elsewhere(request) if "passkey" in kinds else "",
    )
    title = words(lang)["confirm_title"]
    shown = say(lang, "error_in", title=title) if wrong else title
    response = drawn(request, seat, lang, "establishment/confirm.html", page, title=shown)
    response.status_code = 403 if wrong else 200
    return passkeys.scripted(response)
