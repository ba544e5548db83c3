"""The pages of deadlines: those a law sets, and one reckoned from what a form sends. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from locutorio.actions import clock, remedy, shelf
from locutorio.decisions.clock_kinds import ClockKind
from locutorio.decisions.reckoned import Reckoned
from locutorio.facts.vocabulary import FactKind
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import day
from locutorio.notices.calendar import as_calendar
from locutorio.notices.clock_sheet import sheet, what
from locutorio.notices.letter import Letter
from locutorio.notices.remedy import compose, events
from locutorio.notices.words import Words, sentence
from locutorio.web.faults import ToldFault
from locutorio.web.faults import told as faults_told
from locutorio.web.frame import Field, Link, Switch, frame
from locutorio.web.languages import other
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.open.search import Choice
from locutorio.web.posts import SENDING, posting
from locutorio.web.saving import to_save
from locutorio.web.words import words

CALENDAR, FILE_NAME = "text/calendar; charset=utf-8", "deadlines.ics"
LENGTH_MAX = 40
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the form; ``type`` is date, or choice with its ``choices``."""

    name: str
    label: str
    type: str
    value: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """The deadlines of one law, each with its address."""

    name: str
    title: str
    deadlines: tuple[Link, ...]


@dataclass(slots=True)
class _Sent:
    """What a form sent, and what came of it."""

    written: dict[str, str]
    on: str
    faults: tuple[ToldFault, ...] = ()
    reckoned: Reckoned | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the template draws: the answer, the form as it was sent, what is wrong, and the law."""

    action: str
    title: str
    on: str
    first: tuple[Asked, ...]
    later: tuple[Asked, ...]
    more: bool
    faults: tuple[ToldFault, ...]
    letter: Letter | None
    sections: tuple[DrawnSection, ...]
    law: tuple[DrawnSection, ...]


def deadlines(request: HttpRequest, lang: str) -> HttpResponse:
    """List the deadlines that count under each law."""
    del request
    told, today = words(lang), clock.today()
    laws = []
    for law in shelf.laws():
        try:
            known = remedy.kinds(law, today)
        except Fault:
            continue
        links = tuple(
            Link(reverse("deadline", args=[lang, law, name]), _title(kind, lang))
            for name, kind in known.items()
        )
        if links:
            laws.append(Law(law, Words(lang).text(shelf.pack(law).title), links))
    laws.sort(key=lambda one: -len(one.deadlines))
    drawn = frame(
        lang, told["deadlines_title"], twin=reverse("deadlines", args=[other(lang)]), part="deadlines"
    )
    return HttpResponse(render_to_string("open/deadlines.html", {"frame": drawn, "laws": laws}))


@posting
def deadline(request: HttpRequest, lang: str, pack: str, clock_name: str) -> HttpResponse:
    """Show the form of one deadline, or what follows from the days it sent: as a page, or for a calendar."""
    today = clock.today()
    try:
        known = remedy.kinds(pack, today)
        kind = remedy.chosen(pack, known, clock_name)
    except Fault as fault:
        raise Http404 from fault
    options = remedy.options(known, clock_name)
    sent = _Sent({}, today.isoformat())
    if request.method == SENDING:
        written = {name: request.POST.get(name, "").strip()[:LENGTH_MAX] for name in options}
        sent = _Sent(written, request.POST.get("on", "").strip()[:LENGTH_MAX] or sent.on)
        _reckon(sent, pack, clock_name, options, lang)
        if sent.reckoned is not None and request.POST.get("do") == "calendar":
            return to_save(as_calendar(events(sent.reckoned, lang), clock.now()), CALENDAR, FILE_NAME)
    return _draw(sent, pack, kind, options, lang)


def _reckon(sent: _Sent, pack: str, name: str, options: Mapping[str, FactKind], lang: str) -> None:
    try:
        given = remedy.values(options, {name: text for name, text in sent.written.items() if text})
        sent.reckoned = remedy.reckon(pack, name, given, day(sent.on))
    except (Fault, Faults) as fault:
        sent.faults = faults_told(fault, lang)


def _draw(
    sent: _Sent, pack: str, kind: ClockKind, options: Mapping[str, FactKind], lang: str
) -> HttpResponse:
    away, told = other(lang), words(lang)
    twin = reverse("deadline", args=[away, pack, kind.name])
    fields = {path: _asked(name, fact, sent, lang) for name, fact in options.items() if (path := fact.path)}
    address = address_in([pack], lang)
    letter = compose(sent.reckoned, lang) if sent.reckoned else None
    today = clock.today()
    page = Page(
        action=reverse("deadline", args=[lang, pack, kind.name]),
        title=_title(kind, lang),
        on=sent.on,
        first=tuple(one for path, one in fields.items() if path in kind.asks),
        later=tuple(one for path, one in fields.items() if path not in kind.asks),
        more=any(one.value for path, one in fields.items() if path not in kind.asks),
        faults=sent.faults,
        letter=letter,
        sections=draw(letter.sections, address) if letter else (),
        law=draw(
            (one for one in sheet(kind, options, lang, today).sections if one.name != "options"), address
        ),
    )
    switch = None
    if sent.written:
        kept = (*(Field(name, text) for name, text in sent.written.items()), Field("on", sent.on))
        switch = Switch(twin, kept)
    up = Link(reverse("deadlines", args=[lang]), told["menu_deadlines"])
    drawn = frame(lang, page.title, twin=twin, part="deadlines", trail=(up,), switch=switch)
    html = render_to_string("open/deadline.html", {"frame": drawn, "page": page})
    return HttpResponse(html, status=400 if sent.faults else 200)


def _title(kind: ClockKind, lang: str) -> str:
    return sentence(what(Words(lang), kind)).rstrip(".")


def _asked(name: str, fact: FactKind, sent: _Sent, lang: str) -> Asked:
    """Give the field of one fact, with what was sent for it."""
    spoken, value = words(lang), sent.written.get(name, "")
    label = fact.ask[lang]
    if fact.type == "day":
        return Asked(name, label, "date", value)
    says = {one: spoken[f"deadlines_{one}"] for one in YES_NO}
    if fact.values:
        says = {one: text[lang] for one, text in fact.values.items()}
    choices = tuple(
        Choice(one, text, one == value) for one, text in {"": spoken["deadlines_unsaid"], **says}.items()
    )
    return Asked(name, label, "choice", value, choices)
