"""The page of one's tokens: made, shown once, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.make_token import NAME_LENGTH_MAX, Kind, NewToken, TokenRow, make_token
from locutorio.actions.sign_in import Seat
from locutorio.actions.tokens_held import tokens_held
from locutorio.actions.withdraw_token import withdraw_token
from locutorio.kernel.faults import Fault
from locutorio.notices.words import Words
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.words import say, words

PAGE, WITHDRAW = "account-tokens", "withdraw"
DAYS = (30, 90, 365)


@dataclass(frozen=True, slots=True)
class TokenShown:
    """A token in the list."""

    id: UUID
    name: str
    kind: str
    until: str
    used: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen."""

    value: str
    says: str


@dataclass(frozen=True, slots=True)
class TokensPage:
    """Every token that stands, the form for another, and the one that was just made."""

    tokens: tuple[TokenShown, ...]
    kinds: tuple[Choice, ...]
    days: tuple[int, ...]
    most: int
    made: str
    made_says: str
    problem: str
    withdrawn: bool


@for_acts("make_token", "withdraw_token", "read_tokens", posts=True)
def tokens(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show somebody their tokens; make one and show it this once, or withdraw one."""
    made = says = problem = ""
    if request.method == SENDING and WITHDRAW in request.POST:
        withdraw_token(seat.account, _named(request), sent(request, seat))
        return SeeOther(f"{reverse(PAGE, args=[lang])}?withdrawn=1")
    if request.method == SENDING:
        try:
            new = NewToken(seat.account, request.POST.get("name", ""), _kind(request), _days(request))
            secret = make_token(new, sent(request, seat)).secret
        except Fault:
            problem = words(lang)["tokens_unmade"]
        else:
            made = _address(request, secret) if new.kind is Kind.CALENDAR else secret
            says = words(lang)["tokens_made_calendar" if new.kind is Kind.CALENDAR else "tokens_made"]
    now = clock.now()
    held = tokens_held(actor_of(seat), seat.establishment, seat.account, now)
    page = TokensPage(
        tokens=tuple(_shown(one, lang, seat.zone) for one in held),
        kinds=tuple(Choice(kind.value, words(lang)[f"tokens_kind_{kind}"]) for kind in Kind),
        days=DAYS,
        most=NAME_LENGTH_MAX,
        made=made,
        made_says=says,
        problem=problem,
        withdrawn="withdrawn" in request.GET,
    )
    trail = (Link(reverse("account", args=[lang]), words(lang)["account_title"]),)
    title = words(lang)["tokens_title"]
    shown = say(lang, "error_in", title=title) if problem else title
    return drawn(
        request, seat, lang, "establishment/tokens.html", page, title=shown, part="account", trail=trail
    )


def _kind(request: HttpRequest) -> Kind:
    return Kind.CALENDAR if request.POST.get("kind") == Kind.CALENDAR else Kind.API


def _days(request: HttpRequest) -> int:
    said = request.POST.get("days", "")
    return int(said) if said in {str(days) for days in DAYS} else 0


def _named(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get(WITHDRAW, ""))
    except ValueError as error:
        raise Fault("there is no such token of this account", remedy="look at your tokens") from error


def _address(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("api:calendar", kwargs={"secret": secret}))


def _shown(one: TokenRow, lang: str, zone: str) -> TokenShown:
    return TokenShown(
        one.id,
        one.name,
        words(lang)[f"tokens_kind_{one.kind}"],
        say(lang, "tokens_until", day=Words(lang).day(one.expires_at.date())),
        say(lang, "tokens_used", moment=moment_said(lang, one.used_at, zone))
        if one.used_at
        else words(lang)["tokens_unused"],
    )
