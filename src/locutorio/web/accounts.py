"""Signing in and out, choosing where one works, and changing one's own password."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from locutorio.actions import clock
from locutorio.actions.change_account import change_password
from locutorio.actions.create_account import PASSWORD_LENGTH_MIN
from locutorio.actions.make_token import TOKEN_ROLES
from locutorio.actions.sign_in import NotSignedIn, Seat, sign_in
from locutorio.kernel.faults import Fault
from locutorio.web import seats
from locutorio.web.drawing import drawn, home
from locutorio.web.posts import SENDING
from locutorio.web.seats import for_anyone, for_signed_in, roles_of
from locutorio.web.sending import SeeOther, sent
from locutorio.web.settings import BEHIND_HTTPS
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a form, and the field where it is."""

    says: str
    at: str


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The form to sign in with, as it was filled in, but for the password."""

    problems: tuple[Problem, ...]
    ended: bool
    name: str
    next: str


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """The establishments that somebody may work in."""

    places: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Somebody's own account."""

    name: str
    problems: tuple[Problem, ...]
    changed: bool
    least: int
    tokens: str


@for_anyone(posts=True)
def sign_in_page(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form to sign in; take it, and lead to the first page of whoever signed in."""
    if request.method != SENDING:
        seat = seats.seat_of(request)
        if seat is not None:
            return SeeOther(_onward(request.GET.get("next", ""), seat, lang))
        return _sign_in_form(request, lang)
    name = request.POST.get("name", "")
    answer = sign_in(name, request.POST.get("password", ""), _address(request), clock.now())
    if isinstance(answer, NotSignedIn):
        wrong = (
            say(lang, "sign_in_wait", minutes=answer.wait_minutes)
            if answer.wait_minutes
            else words(lang)["sign_in_wrong"]
        )
        return _sign_in_form(request, lang, (Problem(wrong, "name"),), status=403)
    found = seats.begin(request, answer)
    if not found:
        return _sign_in_form(request, lang, (Problem(words(lang)["sign_in_nothing"], "name"),), status=403)
    rotate_token(request)
    if len(found) > 1:
        return SeeOther(reverse("places", args=[lang]))
    return SeeOther(_onward(request.POST.get("next", ""), found[0], lang))


def _sign_in_form(
    request: HttpRequest, lang: str, problems: tuple[Problem, ...] = (), *, status: int = 200
) -> HttpResponse:
    given = request.POST if request.method == SENDING else request.GET
    page = SignInPage(problems, "ended" in request.GET, given.get("name", ""), given.get("next", ""))
    title = words(lang)["sign_in_title"]
    shown = say(lang, "error_in", title=title) if problems else title
    response = drawn(request, None, lang, "establishment/sign_in.html", page, title=shown, part="sign-in")
    response.status_code = status
    return response


def _address(request: HttpRequest) -> str:
    """Give where a request comes from, as the server in front says it where there is one."""
    forwarded = request.headers.get("X-Forwarded-For", "") if BEHIND_HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _onward(address: str, seat: Seat, lang: str) -> str:
    """Give the page that somebody wanted to see, if it is theirs to see; else their first."""
    try:
        asked = resolve(address.partition("?")[0])
    except Resolver404:
        asked = None
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    if ours and asked and seat.roles & (roles_of(asked.func) or frozenset()):
        return address
    return reverse(home(seat), args=[lang])


@for_signed_in(posts=True)
def sign_out(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Sign out, and lead to the open page."""
    if request.method == SENDING:
        seats.end(request)
    return SeeOther(reverse("ask", args=[lang]))


@for_signed_in(posts=True)
def places(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Let somebody who works in several establishments choose one."""
    found = seats.others_of(request)
    chosen = next((one for one in found if one.code == request.POST.get("place")), None)
    if chosen:
        seats.sit(request, chosen)
        return SeeOther(reverse(home(chosen), args=[lang]))
    title = words(lang)["places_title"]
    return drawn(request, seat, lang, "establishment/places.html", PlacesPage(found), title=title)


@for_signed_in(posts=True)
def account(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show somebody's own account; change its password, which signs out everywhere else."""
    problems: tuple[Problem, ...] = ()
    if request.method == SENDING:
        changed = _changed(request, seat, lang)
        if isinstance(changed, HttpResponse):
            return changed
        problems = (changed,)
    tokens = reverse("account-tokens", args=[lang]) if seat.roles & {*TOKEN_ROLES} else ""
    page = AccountPage(seat.name, problems, "changed" in request.GET, PASSWORD_LENGTH_MIN, tokens)
    title = words(lang)["account_title"]
    shown = say(lang, "error_in", title=title) if problems else title
    return drawn(request, seat, lang, "establishment/account.html", page, title=shown, part="account")


def _changed(request: HttpRequest, seat: Seat, lang: str) -> HttpResponse | Problem:
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    right = sign_in(seat.name, old, _address(request), clock.now())
    if isinstance(right, NotSignedIn):
        return Problem(words(lang)["account_old_wrong"], "old")
    try:
        change_password(seat.name, new, sent(request, seat))
    except Fault:
        return Problem(say(lang, "account_new_short", least=PASSWORD_LENGTH_MIN), "new")
    signed_in = sign_in(seat.name, new, _address(request), clock.now())
    assert not isinstance(signed_in, NotSignedIn)
    seats.begin(request, signed_in)
    return SeeOther(f"{reverse('account', args=[lang])}?changed=1")
