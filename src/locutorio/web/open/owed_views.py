"""The page of what was promised and what happened. The file comes and goes with each form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from locutorio.actions import clock, shelf
from locutorio.actions import owed as action
from locutorio.arrangements.asking import Owed
from locutorio.arrangements.writing import with_entry, with_line
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import day
from locutorio.web.faults import ToldFault
from locutorio.web.faults import told as faults_told
from locutorio.web.frame import Field, Switch, frame
from locutorio.web.languages import other
from locutorio.web.open import owed as values
from locutorio.web.open import owed_adding
from locutorio.web.open.beginning import FIRST_LAW
from locutorio.web.open.file_sent import file_sent
from locutorio.web.posts import SENDING, posting
from locutorio.web.saving import to_save
from locutorio.web.words import words

YAML = "application/yaml; charset=utf-8"


@dataclass(slots=True)
class _Sent:
    """What a form sent, and what came of it."""

    text: str
    on: str
    typed: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    faults: tuple[ToldFault, ...] = ()
    adding: str = ""
    added: str = ""
    show: bool = False
    owed: Owed | None = None


@posting
def owed(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the empty page, or the account of the file that was sent; add to it; give it back."""
    if request.method != SENDING:
        today = clock.today().isoformat()
        return _draw(_Sent("", today, owed_adding.typed({})), lang)
    sent = _sent(request)
    do = request.POST.get("do", "")
    if do == "save" and not sent.wrong:
        return to_save(sent.text, YAML, values.FILE_NAME)
    if do == "template":
        sent.text = action.template(lang, clock.today())
    elif do in {"promise", "event"} and not sent.wrong:
        _add(sent, do, lang)
    if request.POST.get("complete") and sent.text.strip() and not sent.wrong:
        sent.text = with_line(sent.text, "complete_until", sent.on)
    sent.show = do in {"show", "promise", "event"}
    if sent.show and sent.text.strip() and not sent.wrong:
        _count(sent, lang)
    elif do == "show" and not sent.text.strip():
        sent.wrong.setdefault("file", "file_problem_empty")
    return _draw(sent, lang)


def _sent(request: HttpRequest) -> _Sent:
    """Read the form: an uploaded file takes the place of the text."""
    text, problem = file_sent(request)
    sent = _Sent(text, request.POST.get("on", "").strip()[:10], owed_adding.typed(request.POST.dict()))
    if problem:
        sent.wrong["file"] = problem
    if not sent.on:
        sent.on = clock.today().isoformat()
    try:
        day(sent.on)
    except Fault:
        sent.wrong["on"] = "file_problem_day"
    return sent


def _add(sent: _Sent, do: str, lang: str) -> None:
    """Add what was filled in to the file, if the whole can then be read."""
    try:
        known = len(action.read(sent.text.encode(), values.FILE_NAME).promises) if sent.text.strip() else 0
        found = owed_adding.promise(sent.typed, known) if do == "promise" else owed_adding.event(sent.typed)
        sent.wrong |= found.problems
        if found.problems:
            sent.adding = do
            return
        more = with_entry(sent.text or with_line("", "law", FIRST_LAW), f"{do}s", found.entry)
        action.read(more.encode(), values.FILE_NAME)
    except (Fault, Faults) as error:
        sent.faults, sent.adding = faults_told(error, lang), do
        return
    sent.text, sent.added = more, do
    sent.typed = owed_adding.typed({})


def _count(sent: _Sent, lang: str) -> None:
    if sent.faults:
        return
    try:
        sent.owed = values.read_and_count(sent.text, day(sent.on))
    except (Fault, Faults) as error:
        sent.faults = faults_told(error, lang)


def _draw(sent: _Sent, lang: str) -> HttpResponse:
    told = words(lang)
    away = other(lang)
    here = reverse("owed", args=[lang])
    wrong = {name: told[problem] for name, problem in sent.wrong.items()}
    switch = None
    if sent.text:
        again = (Field("text", sent.text), Field("on", sent.on), Field("do", "show" if sent.show else ""))
        switch = Switch(reverse("owed", args=[away]), again)
    page = values.OwedPage(
        action=here,
        text=sent.text,
        on=sent.on,
        shown=values.shown(sent.owed, lang, _addresses(sent.owed, lang)) if sent.owed else None,
        problems=values.problems(sent.wrong, told),
        wrong=wrong,
        faults=sent.faults,
        parts=values.parts(sent.typed, wrong, sent.adding, lang),
        added=told[f"owed_added_{sent.added}"] if sent.added else "",
    )
    twin = reverse("owed", args=[away])
    frame_told = frame(lang, told["owed_title"], twin=twin, part="owed", switch=switch)
    status = 400 if sent.wrong or sent.faults else 200
    html = render_to_string("open/owed.html", {"frame": frame_told, "page": page})
    return HttpResponse(html, status=status)


def _addresses(owed: Owed, lang: str) -> Mapping[str, str]:
    """Give the addresses of the provisions of the law that the file names."""
    case = owed.account.record.case
    if case is None:
        return {}
    return {
        name: reverse("provision", args=[lang, case.law, name]) for name in shelf.pack(case.law).provisions
    }
