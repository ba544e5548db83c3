"""Beginning anew with a code on paper; and giving somebody such a code."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.passwords import LENGTH_MAX, LENGTH_MIN, Weakness
from locutorio.actions.sign_in import NotSignedIn, Seat
from locutorio.actions.start_reset import Kind, start_reset
from locutorio.actions.two_people import NotByTwo
from locutorio.actions.use_reset import use_reset
from locutorio.kernel.faults import Fault
from locutorio.web import sessions
from locutorio.web.drawing import drawn
from locutorio.web.posts import SENDING
from locutorio.web.seats import for_acts, for_anyone
from locutorio.web.sending import SeeOther, sent
from locutorio.web.stepping_up import fresh
from locutorio.web.words import say, words
from locutorio.web.wrong import Problem


@dataclass(frozen=True, slots=True)
class BeginPage:
    """The form of whoever has a code, as it was filled in, but for the code and the password."""

    problems: tuple[Problem, ...]
    name: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class ResetPage:
    """The form that makes a code for somebody; the code, this once."""

    problems: tuple[Problem, ...]
    name: str
    code: str


@for_anyone(posts=True)
def begin(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form of whoever has a code; take it. Opening the page uses nothing up."""
    given = request.POST
    problems: tuple[Problem, ...] = ()
    name = given.get("name", "")
    if request.method == SENDING:
        address = sessions.address_of(request)
        wrong = use_reset(name, given.get("code", ""), given.get("new", ""), address, clock.now())
        if wrong is None:
            return SeeOther(f"{reverse('sign-in', args=[lang])}?begun=1")
        problems = (_told(lang, wrong),)
    page = BeginPage(problems, name, LENGTH_MIN, LENGTH_MAX)
    title = words(lang)["anew_title"]
    shown = say(lang, "error_in", title=title) if problems else title
    status = 403 if problems else 200
    return drawn(
        request, None, lang, "establishment/begin.html", page, title=shown, part="sign-in", status=status
    )


def _told(lang: str, wrong: Weakness | NotSignedIn) -> Problem:
    if isinstance(wrong, Weakness):
        return Problem(say(lang, f"password_{wrong}", least=LENGTH_MIN, most=LENGTH_MAX), "new")
    if wrong.wait_minutes:
        return Problem(say(lang, "sign_in_wait", minutes=wrong.wait_minutes), "name")
    return Problem(words(lang)["anew_wrong"], "code")


@for_acts("start_reset", posts=True)
def reset(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Make a code for somebody who lost what they sign in with."""
    problems: tuple[Problem, ...] = ()
    name, code = request.POST.get("name", "").strip(), ""
    seated = fresh(request, lang, seat)
    if isinstance(seated, HttpResponse):
        return seated
    if request.method == SENDING:
        chosen = request.POST.get("kind", Kind.PASSWORD)
        kind = Kind(chosen) if chosen in {*Kind} else Kind.PASSWORD
        try:
            code = start_reset(name, kind, sent(request, seated))
        except NotByTwo:
            problems = (Problem(words(lang)["reset_staff"], "name"),)
        except Fault:
            problems = (Problem(words(lang)["reset_nobody"], "name"),)
    page = ResetPage(problems, name, code)
    title = words(lang)["reset_title"]
    shown = say(lang, "error_in", title=title) if problems else title
    return drawn(request, seated, lang, "establishment/reset.html", page, title=shown, part="reset")
