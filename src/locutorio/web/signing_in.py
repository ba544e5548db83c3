"""Signing in: by a passkey, or by a password and whatever the account has beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.sign_in import (
    NotSignedIn,
    SignedIn,
    ask_for_passkey,
    show_code,
    show_passkey,
    sign_in,
)
from locutorio.web import passkeys, sessions
from locutorio.web.drawing import drawn
from locutorio.web.onward import onward
from locutorio.web.posts import SENDING
from locutorio.web.seats import for_anyone
from locutorio.web.sending import SeeOther
from locutorio.web.words import say, words
from locutorio.web.wrong import Problem


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The form to sign in with, as it was filled in, but for the password."""

    problems: tuple[Problem, ...]
    ended: bool
    begun: bool
    name: str
    next: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class SecondPage:
    """Asks for what an account has beside its password."""

    problems: tuple[Problem, ...]
    by_code: bool
    by_passkey: bool
    elsewhere: str


@for_anyone(posts=True)
def sign_in_page(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form to sign in; take it, and lead to the second step or the first page."""
    if request.method != SENDING:
        seat = sessions.seat_of(request)
        if seat is not None:
            return SeeOther(onward(request.GET.get("next", ""), seat, lang))
        return _form(request, lang)
    given, address = request.POST, sessions.address_of(request)
    answer: SignedIn | NotSignedIn
    if passkeys.ANSWER in given:
        answer = show_passkey(given[passkeys.ANSWER], None, passkeys.site_of(request), clock.now(), address)
    else:
        answer = sign_in(given.get("name", ""), given.get("password", ""), address, clock.now())
    if isinstance(answer, NotSignedIn):
        wrong = "sign_in_passkey_wrong" if passkeys.ANSWER in given else "sign_in_wrong"
        return _form(request, lang, _wrong(lang, answer, wrong))
    if answer.owes:
        sessions.wait(request, answer, given.get("next", ""))
        return SeeOther(reverse("sign-in-second", args=[lang]))
    return _let_in(request, lang, answer, given.get("next", ""))


@for_anyone(posts=True)
def second_step(request: HttpRequest, lang: str) -> HttpResponse:
    """Ask whoever showed their password for what their account has beside it."""
    waiting = sessions.waiting(request)
    if waiting is None:
        return SeeOther(f"{reverse('sign-in', args=[lang])}?ended=1")
    answer: SignedIn | NotSignedIn | None = None
    address = sessions.address_of(request)
    if request.method == SENDING and passkeys.ANSWER in request.POST:
        site = passkeys.site_of(request)
        answer = show_passkey(request.POST[passkeys.ANSWER], waiting.account, site, clock.now(), address)
    elif request.method == SENDING:
        code = request.POST.get("code", "")
        answer = show_code(waiting.account, waiting.stamp, code, address, clock.now())
    if isinstance(answer, SignedIn):
        return _let_in(request, lang, answer, waiting.next)
    page = SecondPage(
        problems=(_wrong(lang, answer, "second_wrong", "code"),) if answer else (),
        by_code=bool(waiting.owes - {"passkey"}),
        by_passkey="passkey" in waiting.owes,
        elsewhere=passkeys.elsewhere(request) if "passkey" in waiting.owes else "",
    )
    return _shown(request, lang, "establishment/second.html", page, "second_title")


@for_anyone(posts=True)
def passkey(request: HttpRequest, lang: str) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give the script what it needs to use a passkey: of who showed their password, or of anybody."""
    if request.method != SENDING:
        raise Http404
    waiting = sessions.waiting(request)
    whose = waiting.account if waiting else None
    return passkeys.asked(ask_for_passkey(whose, passkeys.site_of(request), clock.now()))


def _let_in(request: HttpRequest, lang: str, answer: SignedIn, address: str) -> HttpResponse:
    found = sessions.begin(request, answer)
    if not found:
        return _form(request, lang, Problem(words(lang)["sign_in_nothing"], "name"))
    if len(found) > 1:
        return SeeOther(reverse("places", args=[lang]))
    return SeeOther(onward(address, found[0], lang))


def _wrong(lang: str, answer: NotSignedIn, name: str, at: str = "name") -> Problem:
    if answer.wait_minutes:
        return Problem(say(lang, "sign_in_wait", minutes=answer.wait_minutes), at)
    return Problem(words(lang)[name], at)


def _form(request: HttpRequest, lang: str, *problems: Problem) -> HttpResponse:
    given = request.POST if request.method == SENDING else request.GET
    page = SignInPage(
        problems,
        "ended" in request.GET,
        "begun" in request.GET,
        given.get("name", ""),
        given.get("next", ""),
        passkeys.elsewhere(request),
    )
    return _shown(request, lang, "establishment/sign_in.html", page, "sign_in_title")


def _shown(
    request: HttpRequest, lang: str, template: str, page: SignInPage | SecondPage, name: str
) -> HttpResponse:
    title = words(lang)[name]
    shown = say(lang, "error_in", title=title) if page.problems else title
    status = 403 if page.problems else 200
    response = drawn(request, None, lang, template, page, title=shown, part="sign-in", status=status)
    return passkeys.scripted(response)
