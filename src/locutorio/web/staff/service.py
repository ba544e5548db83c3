"""How notices reached whom they are for: what happened to one, and which reached nobody yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.deciding import local_day
from locutorio.actions.record_service import (
    PROOF_MAX,
    NotServed,
    Serving,
    record_service,
    service_shown,
    unreached_shown,
)
from locutorio.actions.sign_in import Seat
from locutorio.notices.serving import FACTS, WAYS
from locutorio.store.serving import Unreached
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.service_said import ServedPart, served_said
from locutorio.web.staff.fields import Choice
from locutorio.web.words import say, words

PART = "staff-notices"


@dataclass(frozen=True, slots=True)
class UnreachedPart:
    """One notice that reached nobody: to whom it is, what it is, and where it is opened."""

    to: str
    about: str
    at: str
    standing: str
    address: str
    record: str


@dataclass(frozen=True, slots=True)
class UnreachedPage:
    """The notices that reached nobody yet, the oldest first."""

    notices: tuple[UnreachedPart, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class ServicePage:
    """What happened to one notice, and the form for one more thing; ``wrong`` says why it was not kept."""

    about: str
    served: tuple[ServedPart, ...]
    facts: tuple[Choice, ...]
    ways: tuple[Choice, ...]
    said: dict[str, str]
    today: str
    did: str
    wrong: str
    proof_max: int = PROOF_MAX


@for_acts("read_unreached")
def unreached(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """List the notices that reached nobody yet."""
    found, more = unreached_shown(actor_of(seat), seat.establishment)
    page = UnreachedPage(tuple(_unreached(one, seat, lang) for one in found), more)
    title = words(lang)["unreached_title"]
    return drawn(request, seat, lang, "staff/unreached.html", page, title=title, part=PART)


@for_acts("read_service", "record_service", posts=True)
def service(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show what happened to one notice on its way; take one more thing."""
    wrong = ""
    if request.method == SENDING:
        try:
            record_service(_said(request, id_), sent(request, seat))
            return SeeOther(f"{reverse('staff-notice-service', args=[lang, id_])}?did=written")
        except NotServed as fault:
            wrong = words(lang)[f"service_wrong_{fault.name}"]
    told = words(lang)
    one, facts = service_shown(actor_of(seat), seat.establishment, id_)
    page = ServicePage(
        say(lang, "service_to", title=one.letter.title, moment=moment_said(lang, one.at, seat.zone)),
        served_said(facts, lang),
        tuple(Choice(name, told[f"service_fact_{name}"]) for name in FACTS),
        tuple(Choice(name, told[f"service_way_{name}"]) for name in WAYS),
        {name: str(value) for name, value in request.POST.items()},
        local_day(seat.zone, clock.now()).isoformat(),
        told["service_did"] if request.GET.get("did") == "written" else "",
        wrong,
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/service.html",
        page,
        title=told["service_title"],
        part=PART,
        trail=(Link(reverse("staff-notice", args=[lang, id_]), one.letter.title),),
        status=409 if wrong else 200,
    )


def _said(request: HttpRequest, id_: UUID) -> Serving:
    said = request.POST
    try:
        on = date.fromisoformat(said.get("on", ""))
    except ValueError as error:
        raise NotServed("value", "this is no day", "choose a day") from error
    return Serving(id_, said.get("fact", ""), said.get("way", ""), on, said.get("proof", ""))


def _unreached(one: Unreached, seat: Seat, lang: str) -> UnreachedPart:
    told, by = words(lang), actor_of(seat)
    who = told["unreached_signs_in" if one.signs_in else "unreached_by_hand"]
    kind = ", ".join((told["unreached_in_custody"], who)) if one.in_custody else who
    return UnreachedPart(
        f"{one.to} ({kind})",
        one.letter.title,
        moment_said(lang, one.at, seat.zone),
        told[f"service_standing_{one.standing}"],
        reverse("staff-notice", args=[lang, one.id]),
        reverse("staff-notice-service", args=[lang, one.id]) if may(by, "record_service") else "",
    )
