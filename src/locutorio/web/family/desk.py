"""A family's way with one visit, by the desk that is open to everybody."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from locutorio.actions import visits_seen
from locutorio.web.frame import Link
from locutorio.web.seats import actor_of
from locutorio.web.visiting import Desk
from locutorio.web.words import words


def _trail(lang: str, _: UUID) -> tuple[Link, ...]:
    return (Link(reverse("visits", args=[lang]), words(lang)["visits_title"]),)


DESK = Desk(
    prefix="visits",
    part="visits",
    by="public",
    ways=("page",),
    cancellers=("contact",),
    readable=lambda seat: visits_seen.own_contacts(actor_of(seat), seat.establishment),
    trail=_trail,
)
