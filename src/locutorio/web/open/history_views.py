"""The page of dated events. The file comes and goes with each form; nothing of it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from locutorio.actions import history as action
from locutorio.actions import shelf
from locutorio.chronicle.stage import Knowledge
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import day
from locutorio.notices.history_page import HistoryPage, as_page
from locutorio.notices.letter import Section
from locutorio.web.faults import ToldFault
from locutorio.web.faults import told as faults_told
from locutorio.web.frame import Field, Switch, frame
from locutorio.web.languages import other
from locutorio.web.open.file_sent import file_sent
from locutorio.web.open.letters import DrawnSection, draw
from locutorio.web.open.owed import Problem
from locutorio.web.open.search import Choice
from locutorio.web.posts import SENDING, posting
from locutorio.web.saving import to_save
from locutorio.web.words import words

FILE_NAME, PAGE_NAME = "history.yaml", "history.html"
YAML, HTML = "application/yaml; charset=utf-8", "text/html; charset=utf-8"
DAYS = ("on", "known_at")
TRUSTS = ("4", "3", "2", "1")


@dataclass(slots=True)
class _Sent:
    """What a form sent, and what came of it."""

    text: str = ""
    on: str = ""
    known_at: str = ""
    least_trust: str = TRUSTS[0]
    show: bool = False
    wrong: dict[str, str] = field(default_factory=dict)
    faults: tuple[ToldFault, ...] = ()
    told: HistoryPage | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the template draws: the form as it was sent, what is wrong, and the history."""

    action: str
    text: str
    on: str
    known_at: str
    trusts: tuple[Choice, ...]
    problems: tuple[Problem, ...]
    wrong: dict[str, str]
    faults: tuple[ToldFault, ...]
    told: HistoryPage | None
    day: tuple[DrawnSection, ...]
    contradictions: tuple[DrawnSection, ...]
    events: tuple[DrawnSection, ...]


@posting
def history(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the empty page, or the history of the file that was sent; give it back as a file or as a page."""
    if request.method != SENDING:
        return _draw(_Sent(), lang)
    sent = _sent(request)
    do = request.POST.get("do", "")
    if do == "save" and not sent.wrong:
        return to_save(sent.text, YAML, FILE_NAME)
    if do == "template":
        sent.text = action.template(lang)
    sent.show = do in {"show", "page"}
    if sent.show and not sent.text.strip():
        sent.wrong.setdefault("file", "file_problem_empty")
    if sent.show and not sent.wrong:
        _tell(sent, lang)
    if do == "page" and sent.told is not None:
        return to_save(as_page(sent.told), HTML, PAGE_NAME)
    return _draw(sent, lang)


def _sent(request: HttpRequest) -> _Sent:
    """Read the form: an uploaded file takes the place of the text."""
    post = request.POST
    text, problem = file_sent(request)
    sent = _Sent(text=text, wrong={"file": problem} if problem else {})
    trust = post.get("least_trust", "")
    sent.least_trust = trust if trust in TRUSTS else TRUSTS[0]
    for name in DAYS:
        written = post.get(name, "").strip()[:10]
        setattr(sent, name, written)
        try:
            _day(written)
        except Fault:
            sent.wrong[name] = "file_problem_day"
    return sent


def _day(written: str) -> date | None:
    return day(written) if written else None


def _tell(sent: _Sent, lang: str) -> None:
    try:
        chronicle = action.read(sent.text.encode("utf-8", "replace"), FILE_NAME)
        knowledge = Knowledge(_day(sent.known_at), int(sent.least_trust))
        on = _day(sent.on)
        told = action.answer_of(chronicle, on, knowledge) if on else None
        sent.told = action.page(chronicle, told, lang, knowledge)
    except (Fault, Faults) as error:
        sent.faults = faults_told(error, lang)


def _draw(sent: _Sent, lang: str) -> HttpResponse:
    spoken, away = words(lang), other(lang)
    twin = reverse("history", args=[away])
    switch = None
    if sent.text:
        kept = [Field(name, getattr(sent, name)) for name in ("text", *DAYS, "least_trust")]
        switch = Switch(twin, (*kept, Field("do", "show" if sent.show else "")))
    labels = {"file": "history_open", "on": "history_on", "known_at": "history_known_at"}
    page = Page(
        action=reverse("history", args=[lang]),
        text=sent.text,
        on=sent.on,
        known_at=sent.known_at,
        trusts=tuple(Choice(one, spoken[f"history_trust_{one}"], one == sent.least_trust) for one in TRUSTS),
        problems=tuple(
            Problem(name, f"{spoken[label]} — {spoken[sent.wrong[name]]}")
            for name, label in labels.items()
            if name in sent.wrong
        ),
        wrong={name: spoken[problem] for name, problem in sent.wrong.items()},
        faults=sent.faults,
        told=sent.told,
        day=_sections(sent.told.day.sections if sent.told and sent.told.day else (), lang),
        contradictions=_sections(sent.told.contradictions if sent.told else (), lang),
        events=_sections(sent.told.events if sent.told else (), lang),
    )
    told_frame = frame(lang, spoken["history_title"], twin=twin, part="history", switch=switch)
    html = render_to_string("open/history.html", {"frame": told_frame, "page": page})
    return HttpResponse(html, status=400 if sent.wrong or sent.faults else 200)


def _sections(sections: Iterable[Section], lang: str) -> tuple[DrawnSection, ...]:
    def address(name: str) -> str:
        law = shelf.pack(action.USUAL_LAW)
        return reverse("provision", args=[lang, action.USUAL_LAW, name]) if name in law.provisions else ""

    return draw(sections, address)
