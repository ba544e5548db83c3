"""Staff ask for those who call, write or come to the counter: as a family does, by the staff's window."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import visits_seen
from locutorio.actions.authority import may
from locutorio.actions.request_visit import WAYS
from locutorio.actions.sign_in import Seat
from locutorio.actions.times_shown import STAFF
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.open.search import asked
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.visiting import Desk
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody who was looked for: who they are, where they are held, and what can be done."""

    name: str
    number: str
    unit: str
    address: str
    ask: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Those whose name or number begins with what was typed."""

    word: str
    found: tuple[PersonFound, ...]
    searched: bool


def _people(lang: str) -> Link:
    return Link(reverse("staff-people", args=[lang]), words(lang)["people_title"])


def _trail(lang: str, person: UUID) -> tuple[Link, ...]:
    return (_people(lang), Link(reverse("staff-person", args=[lang, person]), words(lang)["people_person"]))


DESK = Desk(
    prefix="staff-visits",
    part="staff-people",
    by=STAFF,
    ways=tuple(way for way in WAYS if way not in ("page", "import")),
    cancellers=("contact", "person", "establishment"),
    readable=lambda _: None,
    trail=_trail,
)


@for_acts("find_person")
def people(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Find a person in custody by name or register number."""
    word = asked(request.GET, "word")
    by = actor_of(seat)
    may_ask = may(by, "request_visit")
    found = visits_seen.persons_found(by, seat.establishment, word) if word else []
    page = PeoplePage(
        word=word,
        found=tuple(
            PersonFound(
                one.name,
                one.number,
                one.unit,
                reverse("staff-person", args=[lang, one.id]),
                f"{reverse('staff-visits-ask', args=[lang, one.id])}?why=asking"
                if may_ask and one.left_on is None
                else "",
            )
            for one in found
        ),
        searched=bool(word),
    )
    title = words(lang)["people_title"]
    return drawn(request, seat, lang, "staff/people.html", page, title=title, part="staff-people")
