"""Entering a paper about a person: by one officer, or proposed to a second person where it binds others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock, visits_seen
from locutorio.actions.authority import may
from locutorio.actions.deciding import local_day
from locutorio.actions.enter_paper import FOUR_EYES, enter_paper
from locutorio.actions.new_paper import EARLIER, NewPaper, read_paper
from locutorio.actions.paper_forms import PaperForm, paper_form, paper_forms
from locutorio.actions.paper_shown import files_unclaimed, papers_in_force
from locutorio.actions.propose import preview
from locutorio.actions.ready_paper import ready_paper
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Asked, Choice, asked
from locutorio.web.staff.proposals import drawn_new
from locutorio.web.words import words

FACT = "fact:"
SAID = (
    *("since", "until", "number", "office", "quote", "quote_page", "confirmed"),
    *("source", "awaits", "earlier", "earlier_how", "document", "lead"),
)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """``forms`` to choose from; once one is chosen, its fields.

    ``proposes`` tells whether the reader may propose what two people enter; ``by_two`` that this is such a
    paper. ``earlier`` are the papers that this one can bear on, ``files`` those that it can have come as;
    ``keeping`` leads to where a file is kept.
    """

    person: str
    address: str
    forms: tuple[Choice, ...]
    proposes: bool
    form: str
    title: str
    citation: str
    by_two: bool
    contacts: tuple[Choice, ...]
    facts: tuple[Asked, ...]
    earlier: tuple[Choice, ...]
    files: tuple[Choice, ...]
    keeping: str
    hows: tuple[Choice, ...]
    said: dict[str, str]
    wrong: tuple[str, ...]


@for_acts("enter_paper", "read_visited", "read_papers", posts=True)
def paper(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show the form of a paper; take it filled in, or show it as it would be proposed."""
    if request.method != SENDING:
        return _drawn(request, seat, lang, person, request.GET.get("form", ""))
    name, by = request.POST.get("form", ""), actor_of(seat)
    try:
        form = paper_form(by, seat.establishment, name)
        what = _new(request, person, form)
        if form.by_two and _proposes(seat):
            arguments = ready_paper(by, seat.establishment, what, clock.now())
            return drawn_new(request, seat, lang, preview(by, seat.establishment, FOUR_EYES.act, arguments))
        done = enter_paper(what, sent(request, seat))
    except Fault as fault:
        return _drawn(request, seat, lang, person, name, wrong=fault)
    touched = done.touched
    did = "paper_touched" if touched.withdrawn or touched.at_risk else "paper"
    did = "paper_defective" if done.standing in {"defective", "void"} else did
    return SeeOther(f"{reverse('staff-person', args=[lang, person])}?did={did}")


def _proposes(seat: Seat) -> bool:
    return not seat.roles.isdisjoint(FOUR_EYES.proposing)


def _new(request: HttpRequest, person: UUID, form: PaperForm) -> NewPaper:
    """Read the form of the page as a proposal would hold it."""
    said = request.POST
    named = ((word, said.get(FACT + word, "").strip()) for word, _ in form.parameters)
    arguments = {name: said.get(name, "").strip() for name in SAID}
    if not arguments["earlier"]:
        arguments["earlier_how"] = ""
    facts = {word: value for word, value in named if value}
    contact = said.get("contact", "") if form.of_contact else ""
    return read_paper(
        {
            **arguments,
            "person": str(person),
            "form": form.name,
            "contact": contact,
            "facts": json.dumps(facts),
        }
    )


def _drawn(
    request: HttpRequest, seat: Seat, lang: str, person: UUID, name: str, *, wrong: Fault | None = None
) -> HttpResponse:
    by, here = actor_of(seat), seat.establishment
    seen = visits_seen.visited(by, here, person)
    proposes = _proposes(seat)
    forms = {form.name: form for form in paper_forms(by, here) if proposes or not form.by_two}
    form = forms.get(name)
    today = local_day(seat.zone, clock.now())
    given = request.POST if request.method == SENDING else request.GET
    said = {"since": today.isoformat(), **{key: str(value) for key, value in given.items()}}
    earlier = papers_in_force(by, here, person) if form else {}
    files = files_unclaimed(by, here, person) if form else {}
    page = PaperPage(
        person=seen.person.name,
        address=reverse("staff-person", args=[lang, person]),
        forms=tuple(Choice(one.name, one.title[lang]) for one in forms.values()),
        proposes=proposes,
        form=form.name if form else "",
        title=form.title[lang] if form else "",
        citation=form.citation if form else "",
        by_two=form is not None and form.by_two,
        contacts=tuple(Choice(str(one.contact), one.name) for one in seen.companions)
        if form and form.of_contact
        else (),
        facts=tuple(
            asked(kind, FACT + word, said.get(FACT + word, ""), lang)
            for word, kind in (form.parameters if form else ())
        ),
        earlier=tuple(Choice(str(id_), title[lang]) for id_, title in earlier.items()),
        files=tuple(Choice(str(id_), name) for id_, name in files.items()),
        keeping=reverse("staff-documents", args=[lang, person]) if may(by, "keep_document") else "",
        hows=tuple(Choice(how, words(lang)[f"paper_how_{how}"]) for how in EARLIER),
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
