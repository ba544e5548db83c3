"""The page on which the days of a release are projected from a sentence. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.project_release import OFFENCES, laws, project_release
from locutorio.decisions.projected import Projected, Sentence
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import day
from locutorio.notices.letter import Letter
from locutorio.notices.release import compose
from locutorio.web.faults import ToldFault
from locutorio.web.faults import told as faults_told
from locutorio.web.frame import Field, Switch, frame
from locutorio.web.languages import other
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.open.search import Choice
from locutorio.web.posts import SENDING, posting
from locutorio.web.words import words

LENGTH_MAX = 40
COUNTS = ("years", "months", "days", "credit", "lost")
FIELDS = ("began", *COUNTS, "literacy", "offence")
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the form; ``type`` is date, number, or choice with its ``choices``."""

    name: str
    label: str
    type: str
    value: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What the template draws: the answer, the form as it was sent, and what is wrong."""

    action: str
    fields: tuple[Asked, ...]
    faults: tuple[ToldFault, ...]
    letter: Letter | None
    sections: tuple[DrawnSection, ...]


@posting
def release(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form, or the days that follow from what it sent."""
    written = {name: request.POST.get(name, "").strip()[:LENGTH_MAX] for name in FIELDS}
    found: Projected | None = None
    faults: tuple[ToldFault, ...] = ()
    if request.method == SENDING:
        try:
            found = project_release(
                laws()[0], _sentence(written), clock.today(), written["offence"] or "other"
            )
        except (Fault, Faults) as fault:
            faults = faults_told(fault, lang)
    return _draw(written, found, faults, lang, sent=request.method == SENDING)


def _sentence(written: dict[str, str]) -> Sentence:
    counts = {name: _count(written[name]) for name in COUNTS}
    return Sentence(
        day(written["began"]),
        counts["years"],
        counts["months"],
        counts["days"],
        counts["credit"],
        counts["lost"],
        written["literacy"] == YES,
    )


def _count(said: str) -> int:
    if said and not (said.isascii() and said.isdigit()):
        raise Fault(f'"{said}" is no whole number', remedy="write it in figures, such as 10")
    return int(said or "0")


def _draw(
    written: dict[str, str], found: Projected | None, faults: tuple[ToldFault, ...], lang: str, *, sent: bool
) -> HttpResponse:
    away, told = other(lang), words(lang)
    twin = reverse("release", args=[away])
    letter = compose(found, lang) if found else None
    page = Page(
        action=reverse("release", args=[lang]),
        fields=tuple(_asked(name, written[name], lang) for name in FIELDS),
        faults=faults,
        letter=letter,
        sections=draw(letter.sections, address_in(laws(), lang)) if letter else (),
    )
    switch = Switch(twin, tuple(Field(name, value) for name, value in written.items())) if sent else None
    drawn = frame(lang, told["release_title"], twin=twin, part="release", switch=switch)
    html = render_to_string("open/release.html", {"frame": drawn, "page": page})
    return HttpResponse(html, status=400 if faults else 200)


def _asked(name: str, value: str, lang: str) -> Asked:
    told = words(lang)
    label = told[f"release_{name}"]
    if name == "began":
        return Asked(name, label, "date", value)
    if name in COUNTS:
        return Asked(name, label, "number", value)
    said = {NO: told["gate_no"], YES: told["gate_yes"]}
    if name == "offence":
        known = vocabulary().facts["release.offence"].values
        said = {kind: known[kind][lang] for kind in reversed(OFFENCES)}
    return Asked(
        name, label, "choice", value, tuple(Choice(one, says, one == value) for one, says in said.items())
    )
