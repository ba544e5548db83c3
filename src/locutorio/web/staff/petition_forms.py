"""The form of a new petition, for the person and for staff: its fields, and what was written into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.enter_petition import Ask, NewPetition, enter_petition
from locutorio.actions.petitioning import SHORT_MAX, TEXT_MAX, WORDS_MAX
from locutorio.actions.petitions_seen import NewShown, new_petition_shown
from locutorio.actions.sign_in import Seat
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.notices.words import Words
from locutorio.remedies.forms import BLANKS, DAYS, OTHER, is_fact
from locutorio.store.petitions import DOES, END_PAPER
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.fields import Asked, Choice, asked
from locutorio.web.staff.petition_faults import fault_said
from locutorio.web.words import say, words

BLANK, ASKS = "blank:", 3
MORE_OFFICES = ("court", "court_of_case", "consulate", "attorney_general", "justice_department")
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class AskPart:
    """The fields of one thing asked: what, and what a grant of it does."""

    name: str
    says: str
    chosen: str
    does: str
    does_says: str
    does_chosen: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """``abouts`` to choose from; once one is chosen, its fields."""

    abouts: tuple[Choice, ...]
    about: str
    offices: tuple[Choice, ...]
    clocks: tuple[Choice, ...]
    before: tuple[Choice, ...]
    papers: tuple[Choice, ...]
    contacts: tuple[Choice, ...]
    does: tuple[Choice, ...]
    asks: tuple[AskPart, ...]
    blanks: tuple[Asked, ...]
    languages: tuple[Choice, ...]
    said: dict[str, str]
    today: str
    wrong: tuple[str, ...]
    words_max: int = WORDS_MAX
    short_max: int = SHORT_MAX
    text_max: int = TEXT_MAX


@for_acts("enter_petition", here=False, posts=True)
def own_new(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a person the form of a petition; take it filled in."""
    assert seat.person is not None
    trail = (Link(reverse("own-petitions", args=[lang]), words(lang)["menu_own_petitions"]),)
    return _answer(request, lang, seat, seat.person, "own-petition", trail)


@for_acts("enter_petition", "read_petitions", here=True, posts=True)
def new(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show staff the same of one person."""
    trail = (
        Link(reverse("staff-person-petitions", args=[lang, person]), words(lang)["menu_staff_petitions"]),
    )
    return _answer(request, lang, seat, person, "staff-petition", trail)


def _answer(
    request: HttpRequest, lang: str, seat: Seat, person: UUID, page: str, trail: tuple[Link, ...]
) -> HttpResponse:
    wrong = None
    if request.method == SENDING:
        try:
            made = enter_petition(_new(request, person), sent(request, seat))
            return SeeOther(f"{reverse(page, args=[lang, made])}?did=entered")
        except Fault as fault:
            wrong = fault
    shown = new_petition_shown(actor_of(seat), seat.establishment, person, clock.now())
    form = request.POST if request.method == SENDING else request.GET
    return drawn(
        request,
        seat,
        lang,
        "establishment/petition_new.html",
        _page({key: str(value) for key, value in form.items()}, shown, lang, wrong),
        title=words(lang)["petitions_new"],
        part=f"{page}s",
        trail=trail,
        status=409 if wrong else 200,
    )


def _new(request: HttpRequest, person: UUID) -> NewPetition:
    said = request.POST
    asks = [(said.get(f"ask-{at}", "").strip(), said.get(f"does-{at}", "")) for at in range(ASKS)]
    about = said.get("about", OTHER)
    filled = {name: said.get(BLANK + name, "").strip() for name in BLANKS.get(about, ())}
    return NewPetition(
        person,
        said.get("office", ""),
        tuple(Ask(says, does) for says, does in asks if says),
        about=about,
        says=said.get("says", "").strip(),
        office_name=said.get("office_name", "").strip(),
        clock=said.get("clock", ""),
        number=said.get("number", "").strip(),
        language=said.get("language_other", "").strip() or said.get("language", "en"),
        contact=_identifier(said.get("contact", "")),
        paper=_identifier(said.get("paper", "")),
        particulars={name: value for name, value in filled.items() if value},
        arose_on=_day(said.get("arose_on", "")),
        written_on=_day(said.get("written_on", "")),
        emergency="emergency" in said,
        sensitive="sensitive" in said,
        follows=_identifier(said.get("follows", "")),
    )


def _identifier(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise Fault("what was chosen is not of this list", remedy="choose it from the list") from error


def _day(said: str) -> date | None:
    return day(said) if said else None


def _page(said: dict[str, str], shown: NewShown, lang: str, wrong: Fault | None) -> NewPage:
    told, texts = words(lang), Words(lang)
    about = said.get("about", "")
    first = next(iter(shown.rungs), "")
    said = {
        "written_on": shown.today.isoformat(),
        "clock": first,
        "office": shown.rungs.get(first, ""),
        "language": lang,
        **said,
    }
    offices = dict.fromkeys([*shown.rungs.values(), *MORE_OFFICES])
    does = [one for one in DOES if shown.papers or one != END_PAPER]
    return NewPage(
        abouts=tuple(Choice(name, texts.say(f"petition.what.{name}")) for name in BLANKS),
        about=about if about in BLANKS else "",
        offices=tuple(Choice(name, texts.office(name)) for name in offices),
        clocks=tuple(Choice(name, f"{name}: {texts.office(to)}") for name, to in shown.rungs.items()),
        before=tuple(
            Choice(
                str(row.id),
                texts.say(
                    "petition.title",
                    what=texts.say(f"petition.what.{row.about}"),
                    office=texts.office(row.office),
                ),
            )
            for row in shown.before
        ),
        papers=tuple(Choice(str(id_), text[lang]) for id_, text in shown.papers),
        contacts=tuple(Choice(str(id_), name) for id_, name in shown.contacts),
        does=tuple(Choice(one, told[f"petition_new_does_{one or 'nothing'}"]) for one in does),
        asks=tuple(_ask(at, said, lang) for at in range(ASKS)),
        blanks=tuple(_blank(name, said, lang) for name in BLANKS.get(about, ())),
        languages=tuple(Choice(one, texts.say(f"petition.language.{one}")) for one in LANGUAGES),
        said=said,
        today=shown.today.isoformat(),
        wrong=fault_said(wrong, lang) if wrong else (),
    )


def _ask(at: int, said: dict[str, str], lang: str) -> AskPart:
    return AskPart(
        f"ask-{at}",
        say(lang, "petition_new_ask", n=at + 1),
        said.get(f"ask-{at}", ""),
        f"does-{at}",
        say(lang, "petition_new_does", n=at + 1),
        said.get(f"does-{at}", ""),
    )


def _blank(name: str, said: dict[str, str], lang: str) -> Asked:
    chosen = said.get(BLANK + name, "")
    if is_fact(name):
        return asked(vocabulary().facts[name], BLANK + name, chosen, lang)
    label = Words(lang).say(f"petition.label.{name}")
    return Asked(BLANK + name, label, (), "date" if name in DAYS else "text", chosen)
