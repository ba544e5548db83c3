"""Draws a page of an establishment: its frame, by who is signed in, and what it shows."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve, reverse

from locutorio.actions import clock
from locutorio.actions.break_glass_seen import alarm
from locutorio.actions.sign_in import Seat
from locutorio.web.frame import Frame, Link, Signed, frame, menu_of
from locutorio.web.languages import other
from locutorio.web.saying import moment_said
from locutorio.web.sending import fresh
from locutorio.web.wall import actor_of, roles_of
from locutorio.web.words import say, words

MENU = (
    *("visits", "own", "own-petitions", "own-mail", "own-calls", "visits-calls"),
    *("visits-notices", "own-disclosures"),
    *(
        "staff-day",
        "staff-people",
        "staff-mail",
        "staff-calls",
        "staff-answer",
        "staff-notices",
        "staff-petitions",
        "staff-proposals",
        "staff-leads",
        "staff-privileged",
        "staff-emergencies",
        "staff-rules",
        "staff-kept",
        "staff-log",
        "reset",
        "staff-keys",
        "staff-checks",
        "account",
    ),
)
ALARMS = "staff-emergencies"


class _Fresh:
    """Draws as a new identifier each time, so that no two forms of a page share one."""

    def __str__(self) -> str:
        return fresh()


def home(seat: Seat) -> str:
    """Give the name of the address where somebody begins: the first of the menu that is theirs."""
    return next(name for name in MENU if _may_see(seat, name, "en"))


def drawn(  # noqa: PLR0913 - what is drawn, for whom, and where it stands
    request: HttpRequest,
    seat: Seat | None,
    lang: str,
    template: str,
    page: object,
    *,
    title: str,
    part: str = "",
    trail: tuple[Link, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Draw a page.

    Args:
        request: for its address in the other language, and the token of its forms.
        seat: who sees it; None before anybody is signed in.
        lang: its language.
        template: its template, which extends ``frame.html``.
        page: its values, as ``page`` in the template.
        title: its name.
        part: the entry of the menu that it belongs to, by the name of its address.
        trail: the pages above it.
        status: of the answer.
    """
    framed = replace(
        frame(lang, title, twin=twin(request, lang), part=part, trail=trail),
        foot=(words(lang)["foot_establishment"], words(lang)["foot_cookie"]),
    )
    told = _signed(framed, seat, lang, part) if seat else framed
    context = {"frame": told, "page": page, "command": _Fresh()}
    return HttpResponse(render_to_string(template, context, request), status=status)


def _signed(framed: Frame, seat: Seat, lang: str, part: str) -> Frame:
    shown = [name for name in MENU if _may_see(seat, name, lang)]
    return replace(
        framed,
        menu=menu_of(sorted(shown, key=lambda name: name != home(seat)), lang, part),
        alarms=_alarms(seat, lang),
        alarm_address=reverse(ALARMS, args=[lang]),
        signed=Signed(
            seat.name,
            seat.establishment_name,
            reverse("sign-out", args=[lang]),
            f"{reverse('account', args=[lang])}#told" if seat.untold else "",
        ),
    )


def _alarms(seat: Seat, lang: str) -> tuple[str, ...]:
    """Give what one officer does alone at this moment, and what nobody reviewed in time."""
    if not _may_see(seat, ALARMS, lang):
        return ()
    found, told = alarm(actor_of(seat), seat.establishment, clock.now()), words(lang)
    late = (told["emergency_banner_late"],) if found.overdue else ()
    if found.until is None:
        return late
    return (say(lang, "emergency_banner", moment=moment_said(lang, found.until, seat.zone)), *late)


def _may_see(seat: Seat, name: str, lang: str) -> bool:
    return bool(seat.roles & (roles_of(resolve(reverse(name, args=[lang])).func) or frozenset()))


def twin(request: HttpRequest, lang: str) -> str:
    """Give the address of the same page in the other language."""
    match = request.resolver_match
    assert match is not None
    address = reverse(match.view_name, kwargs={**match.kwargs, "lang": other(lang)})
    return f"{address}?{request.GET.urlencode()}" if request.GET else address
