"""What an account has beside its password: an app with one-time codes, passkeys, recovery codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from urllib.parse import quote
from uuid import UUID

import qrcode
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.enrol_factor import (
    Awaited,
    Enrolled,
    ask_for_new_passkey,
    enrol_passkey,
    enrol_totp,
    letters_of,
    new_secret,
)
from locutorio.actions.remove_factor import remove_factor
from locutorio.actions.renew_recovery_codes import renew_recovery_codes
from locutorio.actions.see_told import EnrolmentRow, Factor, own_awaited, own_factors
from locutorio.actions.sign_in import PASSWORD, Seat
from locutorio.actions.two_people import NotByTwo
from locutorio.actions.withdraw_factor import withdraw_factor
from locutorio.web import errors, passkeys, sessions
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING, View
from locutorio.web.saying import moment_said
from locutorio.web.seats import SeatedView, actor_of, for_signed_in, must_enrol
from locutorio.web.sending import SeeOther, sent
from locutorio.web.stepping_up import fresh
from locutorio.web.words import say, words
from locutorio.web.wrong import Problem

SECRET = "totp_secret"  # noqa: S105 - where a session keeps one, sealed, until it is enrolled
NAME_LENGTH_MAX = 60


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor as its holder sees it."""

    id: int
    says: str
    since: str
    used: str
    removes: bool


@dataclass(frozen=True, slots=True)
class AwaitedRow:
    """A factor that waits for a second person. ``mark`` tells it from another."""

    id: UUID
    says: str
    mark: str
    until: str


@dataclass(frozen=True, slots=True)
class FactorsPage:
    """What an account has. ``must``: nothing else is shown before it has a second factor."""

    rows: tuple[FactorRow, ...]
    awaited: tuple[AwaitedRow, ...]
    must: bool
    has_totp: bool
    has_any: bool


@dataclass(frozen=True, slots=True)
class TotpPage:
    """A secret to enter into an app: as letters, as an address, and as a square that a camera reads."""

    problems: tuple[Problem, ...]
    secret: str
    address: str
    square: str
    size: int


@dataclass(frozen=True, slots=True)
class PasskeyPage:
    """The form that makes a passkey."""

    problems: tuple[Problem, ...]
    name: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class CodesPage:
    """Recovery codes, which are shown this once."""

    codes: tuple[str, ...]


def _own(view: SeatedView) -> View:
    """Show a view to whoever signed in, showed lately that it is they, and does not sit at a kiosk."""

    @wraps(view)
    def shown(request: HttpRequest, lang: str, seat: Seat, **named: object) -> HttpResponse:
        if seat.kiosk:
            return errors.page(request, 403, "not_yours")
        seated = fresh(request, lang, seat)
        return view(request, lang, seated, **named) if isinstance(seated, Seat) else seated

    return for_signed_in(posts=True, enrolling=True)(shown)


@for_signed_in(enrolling=True)
def factors(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show what somebody's account has beside its password."""
    if seat.kiosk:
        return errors.page(request, 403, "not_yours")
    found = own_factors(actor_of(seat))
    kinds = {one.kind for one in found}
    page = FactorsPage(
        rows=tuple(_row(one, lang, seat) for one in found),
        awaited=tuple(_awaited_row(one, lang, seat) for one in own_awaited(actor_of(seat), clock.now())),
        must=must_enrol(seat),
        has_totp="totp" in kinds,
        has_any=bool(found),
    )
    return drawn(
        request,
        seat,
        lang,
        "establishment/factors.html",
        page,
        title=words(lang)["factors_title"],
        part="account",
        trail=_trail(lang)[:1],
    )


def _row(one: Factor, lang: str, seat: Seat) -> FactorRow:
    return FactorRow(
        id=one.id,
        says=say(lang, f"factor_{one.kind}", name=one.name, left=one.left),
        since=moment_said(lang, one.since, seat.zone),
        used=moment_said(lang, one.used_at, seat.zone) if one.used_at else "",
        removes=one.kind != "recovery",
    )


def _awaited_row(one: EnrolmentRow, lang: str, seat: Seat) -> AwaitedRow:
    assert one.until is not None, "it waits"
    says = say(lang, f"factor_{one.kind}", name=one.name, left=0)
    return AwaitedRow(one.id, says, one.mark, moment_said(lang, one.until, seat.zone))


@_own
def totp(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a secret for an app that gives one-time codes; take it once the app gives the right one."""
    problems: tuple[Problem, ...] = ()
    secret = request.session.get(SECRET)
    if request.method == SENDING and secret and "code" in request.POST:
        code, stamp = request.POST["code"], sessions.stamp_of(request)
        try:
            enrolled = enrol_totp(secret, code, stamp, sent(request, seat))
        except NotByTwo as fault:
            problems = (_alone(fault, lang, "code"),)
        else:
            if enrolled:
                del request.session[SECRET]
                return _went_on(request, lang, seat, enrolled, "totp")
            problems = (Problem(words(lang)["totp_wrong"], "code"),)
    elif not secret:
        secret = request.session[SECRET] = new_secret()
    label = quote(f"Locutorio:{seat.name}")
    letters = letters_of(secret)
    address = f"otpauth://totp/{label}?secret={letters}&issuer=Locutorio"
    square, size = _square(address)
    spaced = " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
    page = TotpPage(problems, spaced, address, square, size)
    return _shown(request, lang, seat, "establishment/totp.html", page, "totp_title")


@_own
def passkey(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show the form that makes a passkey; take what the browser made."""
    problems: tuple[Problem, ...] = ()
    name = request.POST.get("name", "").strip()[:NAME_LENGTH_MAX]
    if request.method == SENDING and passkeys.ANSWER in request.POST:
        answer, stamp = request.POST[passkeys.ANSWER], sessions.stamp_of(request)
        named = name or words(lang)["passkey_unnamed"]
        try:
            enrolled = enrol_passkey(answer, named, stamp, passkeys.site_of(request), sent(request, seat))
        except NotByTwo as fault:
            problems = (_alone(fault, lang, "name"),)
        else:
            if enrolled:
                return _went_on(request, lang, seat, enrolled, "passkey")
            problems = (Problem(words(lang)["passkey_wrong"], "name"),)
    page = PasskeyPage(problems, name, passkeys.elsewhere(request))
    response = _shown(request, lang, seat, "establishment/passkey.html", page, "passkey_title")
    return passkeys.scripted(response)


@_own
def passkey_asked(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give the script what it needs to make a passkey."""
    if request.method != SENDING:
        raise Http404
    return passkeys.asked(ask_for_new_passkey(actor_of(seat), passkeys.site_of(request), clock.now()))


@_own
def remove(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Take a factor away."""
    chosen = request.POST.get("factor", "")
    if request.method == SENDING and chosen.isascii() and chosen.isdigit():
        stamp = remove_factor(int(chosen), sessions.stamp_of(request), sent(request, seat))
        left = own_factors(actor_of(seat))
        sessions.go_on(request, stamp, seat.factor if left else PASSWORD)
    return SeeOther(reverse("factors", args=[lang]))


@_own
def withdraw(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Take back a factor that waits for a second person."""
    if request.method == SENDING:
        try:
            chosen = UUID(request.POST.get("factor", ""))
        except ValueError as error:
            raise Http404 from error
        withdraw_factor(chosen, sent(request, seat))
    return SeeOther(reverse("factors", args=[lang]))


def _alone(fault: NotByTwo, lang: str, at: str) -> Problem:
    return Problem(words(lang)[f"proposal_fault_{fault.name}"], at)


@_own
def recovery(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Make new recovery codes and show them, this once."""
    if request.method != SENDING:
        return SeeOther(reverse("factors", args=[lang]))
    made = renew_recovery_codes(sessions.stamp_of(request), sent(request, seat))
    return _went_on(request, lang, seat, made, seat.factor)


def _went_on(
    request: HttpRequest, lang: str, seat: Seat, made: Enrolled | Awaited, factor: str
) -> HttpResponse:
    """Go on with the session that enrolled something; show the recovery codes where there are new ones."""
    if isinstance(made, Awaited):
        return SeeOther(reverse("factors", args=[lang]))
    sessions.go_on(request, made.stamp, factor)
    if not made.codes:
        return SeeOther(reverse("factors", args=[lang]))
    page = CodesPage(made.codes)
    return _shown(request, lang, seat, "establishment/codes.html", page, "codes_title")


def _shown(
    request: HttpRequest,
    lang: str,
    seat: Seat,
    template: str,
    page: TotpPage | PasskeyPage | CodesPage,
    name: str,
) -> HttpResponse:
    problems = () if isinstance(page, CodesPage) else page.problems
    title = words(lang)[name]
    return drawn(
        request,
        seat,
        lang,
        template,
        page,
        title=say(lang, "error_in", title=title) if problems else title,
        part="account",
        trail=_trail(lang),
        status=403 if problems else 200,
    )


def _trail(lang: str) -> tuple[Link, ...]:
    told = words(lang)
    return (
        Link(reverse("account", args=[lang]), told["account_title"]),
        Link(reverse("factors", args=[lang]), told["factors_title"]),
    )


def _square(said: str) -> tuple[str, int]:
    """Give a QR code as the path of a drawing, and how many units it is wide."""
    code = qrcode.QRCode(border=2)
    code.add_data(said)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return path, len(rows)
