"""A family's way with one visit, by the desk that is open to everybody."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import visits_seen
from locutorio.actions.create_account import Role
from locutorio.actions.sign_in import Seat
from locutorio.actions.visits_seen import RequestSeen, Visited
from locutorio.kernel.faults import Fault
from locutorio.web import visiting
from locutorio.web.frame import Link
from locutorio.web.notices_shown import notice_rows
from locutorio.web.seats import for_roles
from locutorio.web.visiting import Desk
from locutorio.web.words import words


def _visited(seat: Seat, person: UUID) -> Visited:
    for one in visits_seen.whom(seat.establishment, seat.contacts):
        if one.person.id == person:
            return one
    raise Fault("this person is on no list with you", remedy="look at the list of those whom you may visit")


def _request(seat: Seat, id_: UUID) -> RequestSeen:
    return visits_seen.request_of_family(seat.establishment, id_, seat.contacts)


def _trail(lang: str, _: UUID) -> tuple[Link, ...]:
    return (Link(reverse("visits", args=[lang]), words(lang)["visits_title"]),)


DESK = Desk(
    prefix="visits",
    part="visits",
    by="public",
    ways=("page",),
    cancellers=("contact",),
    visited=_visited,
    request=_request,
    readable=lambda seat: visits_seen.family(seat.establishment, seat.contacts),
    notices=lambda seat, lang, id_: notice_rows(seat, lang, about=id_),
    trail=_trail,
)


@for_roles(Role.FAMILY, posts=True)
def ask(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Choose who comes and when."""
    return visiting.ask(DESK, request, lang, seat, person)


@for_roles(Role.FAMILY)
def one(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show a request, its answer and its booking."""
    return visiting.request_page(DESK, request, lang, seat, id_)


@for_roles(Role.FAMILY, posts=True)
def book(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Choose a time for what was permitted."""
    return visiting.book(DESK, request, lang, seat, id_)


@for_roles(Role.FAMILY, posts=True)
def confirm(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Book what is held."""
    return visiting.confirm(DESK, request, lang, seat, id_)


@for_roles(Role.FAMILY, posts=True)
def change(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Choose another time."""
    return visiting.change(DESK, request, lang, seat, id_)


@for_roles(Role.FAMILY, posts=True)
def cancel(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Cancel a booking, after asking once more."""
    return visiting.cancel(DESK, request, lang, seat, id_)


@for_roles(Role.FAMILY, posts=True)
def wait(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Wait for a place."""
    return visiting.wait(DESK, request, lang, seat, id_)
