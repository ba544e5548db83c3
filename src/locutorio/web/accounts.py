"""Signing out, choosing where one works, and one's own account: its password, what happened to it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock, end_session
from locutorio.actions.change_account import change_password
from locutorio.actions.create_account import STAFF
from locutorio.actions.make_token import TOKEN_ROLES
from locutorio.actions.passwords import LENGTH_MAX, LENGTH_MIN, weakness
from locutorio.actions.see_told import SignInRow, own_factors, own_sign_ins, see_told, told
from locutorio.actions.sign_in import NotSignedIn, Seat, sign_in
from locutorio.kernel.faults import Fault
from locutorio.web import errors, sessions
from locutorio.web.drawing import drawn, home
from locutorio.web.posts import SENDING
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_signed_in
from locutorio.web.sending import SeeOther, sent, unnamed
from locutorio.web.stepping_up import fresh
from locutorio.web.words import say, words
from locutorio.web.wrong import Problem


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """The establishments that somebody may work in."""

    places: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class ToldRow:
    """What happened to an account, and when. ``new``: its holder has not said that they saw it."""

    says: str
    at: str
    new: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Somebody's own account. ``no_factor`` and ``not_needed``: it has a password alone, and may."""

    name: str
    problems: tuple[Problem, ...]
    changed: bool
    least: int
    most: int
    told: tuple[ToldRow, ...]
    sign_ins: tuple[str, ...]
    new: bool
    by_pin: bool
    no_factor: bool
    not_needed: bool
    tokens: str


@for_signed_in(posts=True, enrolling=True)
def sign_out(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Sign out, and lead to the open page."""
    if request.method == SENDING:
        sessions.end(request)
        with suppress(Fault):  # it is over also where that cannot be entered
            end_session.sign_out(unnamed(seat))
    if seat.kiosk:
        return SeeOther(reverse("kiosk", args=[lang]))
    response = SeeOther(reverse("ask", args=[lang]))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@for_signed_in(posts=True, enrolling=True)
def places(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Let somebody who works in several establishments choose one."""
    found = sessions.others_of(request)
    chosen = next((one for one in found if one.code == request.POST.get("place")), None)
    if chosen:
        sessions.sit(request, chosen)
        return SeeOther(reverse(home(chosen), args=[lang]))
    title = words(lang)["places_title"]
    return drawn(request, seat, lang, "establishment/places.html", PlacesPage(found), title=title)


@for_signed_in(posts=True)
def account(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show somebody's own account; change its password, which signs out everywhere else."""
    problems: tuple[Problem, ...] = ()
    if request.method == SENDING:
        if seat.kiosk:
            return errors.page(request, 403, "not_yours")
        seated = fresh(request, lang, seat, secret=True)
        if isinstance(seated, HttpResponse):
            return seated
        changed = _changed(request, seated, lang)
        if isinstance(changed, HttpResponse):
            return changed
        problems = (changed,)
    tokens = reverse("account-tokens", args=[lang]) if seat.roles & {*TOKEN_ROLES} and not seat.kiosk else ""
    by = actor_of(seat)
    happened = tuple(
        ToldRow(words(lang)[f"told_{one.what}"], moment_said(lang, one.at, seat.zone), one.new)
        for one in told(by)
    )
    page = AccountPage(
        name=seat.name,
        problems=problems,
        changed="changed" in request.GET,
        tokens=tokens,
        least=LENGTH_MIN,
        most=LENGTH_MAX,
        told=happened,
        sign_ins=tuple(_sign_in_said(one, lang, seat) for one in own_sign_ins(by)),
        new=any(one.new for one in happened),
        by_pin=seat.kiosk is not None,
        no_factor=not own_factors(by),
        not_needed=bool(seat.roles & STAFF) and not seat.factor_needed,
    )
    title = words(lang)["account_title"]
    shown = say(lang, "error_in", title=title) if problems else title
    return drawn(request, seat, lang, "establishment/account.html", page, title=shown, part="account")


@for_signed_in(posts=True, enrolling=True)
def saw(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Take it that somebody saw what happened to their account."""
    if request.method == SENDING:
        see_told(sent(request, seat))
    return SeeOther(reverse("account", args=[lang]))


def _sign_in_said(one: SignInRow, lang: str, seat: Seat) -> str:
    said = words(lang)
    return say(
        lang,
        "sign_in_was",
        at=moment_said(lang, one.at, seat.zone),
        by=said[f"sign_in_by_{one.factor}"],
        network=said[f"sign_in_from_{one.network}"],
    )


def _changed(request: HttpRequest, seat: Seat, lang: str) -> HttpResponse | Problem:
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    right = sign_in(seat.name, old, sessions.address_of(request), clock.now())
    if isinstance(right, NotSignedIn):
        return Problem(words(lang)["account_old_wrong"], "old")
    wrong = new_password_wrong(lang, new, seat)
    if wrong:
        return wrong
    change_password(seat.name, new, sent(request, seat))
    again = sign_in(seat.name, new, sessions.address_of(request), clock.now())
    assert not isinstance(again, NotSignedIn)
    sessions.go_on(request, again.stamp, seat.factor)
    return SeeOther(f"{reverse('account', args=[lang])}?changed=1")


def new_password_wrong(lang: str, password: str, seat: Seat, at: str = "new") -> Problem | None:
    """Say what is wrong with a new password, if anything is."""
    found = weakness(password, (seat.name, seat.establishment_name, seat.code))
    return Problem(say(lang, f"password_{found}", least=LENGTH_MIN, most=LENGTH_MAX), at) if found else None
