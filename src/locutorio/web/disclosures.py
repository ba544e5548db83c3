"""Who was told what about a person: for the person, and for staff, who note there what they give out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.answer_disclosure import GROUND, ITEM, MARKED, is_confidential
from locutorio.actions.deciding import local_day
from locutorio.actions.disclose import WORDS_MAX, Disclosing, disclose, disclosures_shown
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.sign_in import Seat
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.store.disclosing import ANSWERED, Disclosed
from locutorio.web.drawing import drawn
from locutorio.web.posts import SENDING
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.words import say, words

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Row:
    """One telling in words."""

    at: str
    says: str
    why: str


@dataclass(frozen=True, slots=True)
class DisclosuresPage:
    """The rows, the latest first; ``form`` where the reader notes what is given out, ``wrong`` what lacks.

    ``mark`` is what the reader can do with the mark of a confidential file: yes, no, or nothing.
    """

    rows: tuple[Row, ...]
    form: bool
    wrong: str
    mark: str = ""
    words_max: int = WORDS_MAX


@for_acts("read_disclosures", here=False)
def own_disclosures(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a person who was told what about them."""
    assert seat.person is not None
    page = DisclosuresPage(_rows(lang, seat, seat.person), form=False, wrong="")
    return _draw(request, lang, seat, page, "own-disclosures")


@for_acts("read_disclosures", "disclose", here=True, posts=True)
def disclosures(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show staff the same of one person; take what is given out."""
    wrong = ""
    if request.method == SENDING and request.POST.get("mark") in YES_NO:
        marked = NewFact(MARKED, request.POST["mark"], person=person, since=_today(seat))
        enter_fact(marked, sent(request, seat))
        return SeeOther(reverse("staff-disclosures", args=[lang, person]))
    if request.method == SENDING:
        said = {name: request.POST.get(name, "") for name in ("to", "what", "ground")}
        try:
            disclose(Disclosing(person, **said), sent(request, seat))
            return SeeOther(reverse("staff-disclosures", args=[lang, person]))
        except Fault:
            wrong = words(lang)["disclosures_wrong"]
    rows = _rows(lang, seat, person)
    now = is_confidential(actor_of(seat), seat.establishment, person, _today(seat))
    page = DisclosuresPage(rows, form=True, wrong=wrong, mark="no" if now else "yes")
    return _draw(request, lang, seat, page, "")


def _today(seat: Seat) -> date:
    return local_day(seat.zone, clock.now())


def _rows(lang: str, seat: Seat, person: UUID) -> tuple[Row, ...]:
    found = disclosures_shown(actor_of(seat), seat.establishment, person)
    return tuple(
        Row(moment_said(lang, one.at, seat.zone), _says(lang, one), _why(lang, one)) for one in found
    )


def _why(lang: str, one: Disclosed) -> str:
    return _word(GROUND, one.why, lang) if one.kind == ANSWERED else one.why


def _says(lang: str, one: Disclosed) -> str:
    what = _word(ITEM, one.what, lang) if one.kind == ANSWERED else one.what
    return say(lang, f"disclosures_{one.kind}", to=one.to, what=what)


def _word(path: str, value: str, lang: str) -> str:
    """Give a value of a fact in words."""
    return vocabulary().facts[path].values[value][lang]


def _draw(request: HttpRequest, lang: str, seat: Seat, page: DisclosuresPage, part: str) -> HttpResponse:
    title = words(lang)["disclosures_title"]
    return drawn(request, seat, lang, "establishment/disclosures.html", page, title=title, part=part)
