"""A family's way with one visit, by the desk that is open to everybody."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from locutorio.actions import visits_seen
from locutorio.actions.sign_in import Seat
from locutorio.actions.visits_seen import RequestSeen, Visited
from locutorio.kernel.faults import Fault
from locutorio.web.frame import Link
from locutorio.web.notices_shown import notice_rows
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
