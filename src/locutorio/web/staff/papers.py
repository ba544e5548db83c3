"""Entering a paper about a person: an order, a sanction, a suspension. What is booked is decided again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock, visits_seen
from locutorio.actions.deciding import local_day
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.paper_forms import PaperForm, paper_form, paper_forms
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Asked, Choice, asked
from locutorio.web.words import words

FACT, SOURCE_MAX = "fact:", 200


@dataclass(frozen=True, slots=True)
class PaperPage:
    """``forms`` to choose from; once one is chosen, its fields."""

    person: str
    address: str
    forms: tuple[Choice, ...]
    form: str
    title: str
    citation: str
    contacts: tuple[Choice, ...]
    facts: tuple[Asked, ...]
    said: dict[str, str]
    wrong: tuple[str, ...]


@for_acts("enter_paper", "read_visited", "read_papers", posts=True)
def paper(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show the form of a paper; take it filled in."""
    if request.method != SENDING:
        return _drawn(request, seat, lang, person, request.GET.get("form", ""))
    name = request.POST.get("form", "")
    try:
        form = paper_form(actor_of(seat), seat.establishment, name)
        done = enter_paper(_new(request, person, form), sent(request, seat))
    except Fault as fault:
        return _drawn(request, seat, lang, person, name, wrong=fault)
    touched = done.touched
    did = "paper_touched" if touched.withdrawn or touched.at_risk else "paper"
    did = "paper_defective" if done.standing in {"defective", "void"} else did
    return SeeOther(f"{reverse('staff-person', args=[lang, person])}?did={did}")


def _new(request: HttpRequest, person: UUID, form: PaperForm) -> NewPaper:
    said = request.POST
    named = ((word, said.get(FACT + word, "").strip()) for word, _ in form.parameters)
    return NewPaper(
        person,
        form.name,
        _contact(said.get("contact", "")) if form.of_contact else None,
        {word: value for word, value in named if value},
        _day(said.get("since", "")),
        _day(said.get("until", "")),
        said.get("source", "").strip()[:SOURCE_MAX],
    )


def _contact(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise Fault("there is no such contact here", remedy="choose one of the list") from error


def _day(said: str) -> date | None:
    return day(said) if said else None


def _drawn(
    request: HttpRequest, seat: Seat, lang: str, person: UUID, name: str, *, wrong: Fault | None = None
) -> HttpResponse:
    seen = visits_seen.visited(actor_of(seat), seat.establishment, person)
    forms = {form.name: form for form in paper_forms(actor_of(seat), seat.establishment)}
    form = forms.get(name)
    today = local_day(seat.zone, clock.now())
    said = {"since": today.isoformat(), **{key: str(value) for key, value in request.POST.items()}}
    page = PaperPage(
        person=seen.person.name,
        address=reverse("staff-person", args=[lang, person]),
        forms=tuple(Choice(one.name, one.title[lang]) for one in forms.values()),
        form=form.name if form else "",
        title=form.title[lang] if form else "",
        citation=form.citation if form else "",
        contacts=tuple(Choice(str(one.contact), one.name) for one in seen.companions)
        if form and form.of_contact
        else (),
        facts=tuple(
            asked(kind, FACT + word, said.get(FACT + word, ""), lang)
            for word, kind in (form.parameters if form else ())
        ),
        said=said,
        wrong=fault_said(wrong, lang) if wrong else (),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/paper.html",
        page,
        title=words(lang)["staff_paper_title"],
        part="staff-people",
        trail=(Link(page.address, page.person),),
        status=409 if wrong else 200,
    )
