"""The forms that begin a proposal about one person: who is counsel, and that somebody leaves."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.deciding import local_day
from locutorio.actions.proposing_shown import proposing_shown
from locutorio.actions.sign_in import Seat
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.staff.fields import Choice
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class ProposingPage:
    """``leaving`` are the acts by which somebody leaves, with their names."""

    person: UUID
    counsel: bool
    leaving: tuple[Choice, ...]
    contacts: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    today: str


@for_acts("propose")
def about_person(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show what can be proposed of one person."""
    found, told = proposing_shown(actor_of(seat), seat.establishment, person), words(lang)
    page = ProposingPage(
        person,
        "list_contact" in found.acts,
        tuple(Choice(act, told[f"proposal_act_{act}"]) for act in found.acts if act != "list_contact"),
        tuple(Choice(str(id_), name) for id_, name in found.contacts),
        tuple(Choice(role, says[lang]) for role, says in found.roles),
        local_day(seat.zone, clock.now()).isoformat(),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/proposing.html",
        page,
        title=told["proposing_title"],
        part="staff-people",
        trail=(Link(reverse("staff-person", args=[lang, person]), found.name),),
    )
