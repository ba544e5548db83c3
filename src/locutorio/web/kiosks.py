"""The kiosk: a device in a wing at which people in custody sign in by their number and PIN."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.enrol_kiosk import take_key
from locutorio.actions.sign_in import NotSignedIn, too_many
from locutorio.actions.sign_in_at_kiosk import choose_pin, place_of, sign_in_at_kiosk
from locutorio.web import sessions
from locutorio.web.drawing import drawn
from locutorio.web.posts import SENDING
from locutorio.web.seats import for_anyone
from locutorio.web.sending import SeeOther
from locutorio.web.settings import BEHIND_HTTPS
from locutorio.web.words import say, words
from locutorio.web.wrong import Problem

COOKIE = "__Host-kiosk" if BEHIND_HTTPS else "kiosk"
KEPT_SECONDS = 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class KioskPage:
    """A form of a kiosk. ``enrolled``: this device is one. ``done``: a PIN was chosen."""

    problems: tuple[Problem, ...]
    enrolled: bool
    done: bool


@for_anyone(posts=True)
def kiosk(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form to sign in with number and PIN; take it."""
    place = place_of(request.COOKIES.get(COOKIE, ""))
    problems: tuple[Problem, ...] = ()
    if request.method == SENDING and place:
        number, pin = request.POST.get("number", "").strip(), request.POST.get("pin", "")
        answer = sign_in_at_kiosk(place, number, pin, clock.now())
        if not isinstance(answer, NotSignedIn) and sessions.begin(request, answer, place.id):
            return SeeOther(reverse("own", args=[lang]))
        problems = (_wrong(lang, answer),)
    page = KioskPage(problems, place is not None, "done" in request.GET)
    return _drawn(request, lang, "establishment/kiosk.html", page, "kiosk_title")


@for_anyone(posts=True)
def pin(request: HttpRequest, lang: str) -> HttpResponse:
    """Let a person choose their PIN, with the one before it or with a code."""
    place = place_of(request.COOKIES.get(COOKIE, ""))
    problems: tuple[Problem, ...] = ()
    if request.method == SENDING and place:
        given = request.POST
        number, new = given.get("number", "").strip(), given.get("new", "")
        answer = choose_pin(place, number, given.get("proof", ""), new, clock.now())
        if answer is True:
            return SeeOther(f"{reverse('kiosk', args=[lang])}?done=1")
        problems = (_wrong(lang, answer) if answer else Problem(words(lang)["kiosk_pin_weak"], "new"),)
    page = KioskPage(problems, place is not None, done=False)
    return _drawn(request, lang, "establishment/kiosk_pin.html", page, "kiosk_pin_title")


@for_anyone(posts=True)
def device(request: HttpRequest, lang: str) -> HttpResponse:
    """Let this device become a kiosk, with the code that the establishment made for it."""
    problems: tuple[Problem, ...] = ()
    if request.method == SENDING:
        address, now = sessions.address_of(request), clock.now()
        key = None if too_many("kiosk device", address, now) else take_key(request.POST.get("code", ""), now)
        if key:
            response = SeeOther(reverse("kiosk", args=[lang]))
            response.set_cookie(
                COOKIE, key, max_age=KEPT_SECONDS, secure=BEHIND_HTTPS, httponly=True, samesite="Strict"
            )
            return response
        problems = (Problem(words(lang)["kiosk_device_wrong"], "code"),)
    page = KioskPage(problems, enrolled=False, done=False)
    return _drawn(request, lang, "establishment/kiosk_device.html", page, "kiosk_device_title")


def _wrong(lang: str, answer: object) -> Problem:
    if isinstance(answer, NotSignedIn) and answer.wait_minutes:
        return Problem(say(lang, "sign_in_wait", minutes=answer.wait_minutes), "number")
    return Problem(words(lang)["kiosk_wrong"], "number")


def _drawn(request: HttpRequest, lang: str, template: str, page: KioskPage, name: str) -> HttpResponse:
    title = words(lang)[name]
    shown = say(lang, "error_in", title=title) if page.problems else title
    return drawn(request, None, lang, template, page, title=shown, status=403 if page.problems else 200)
