"""The views of the one-page form: read what was sent, ask for the answer, draw it over the form again.

Everything comes with each form and goes out again with the page. Nothing is kept between the two.
"""

from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from locutorio.actions import answer, clock
from locutorio.actions.case_text import case_text
from locutorio.actions.form import Filled, Misfilled, Wrong, case_of, filled_of
from locutorio.actions.printing import REMEDY, SLIP, answer_pdf, handout_pdf, handouts
from locutorio.decisions.decision import Decision
from locutorio.facts.case import Case
from locutorio.kernel.faults import Fault, Faults
from locutorio.notices.words import clean
from locutorio.web.errors import page as error_page
from locutorio.web.faults import told as faults_told
from locutorio.web.frame import Switch, frame
from locutorio.web.languages import other
from locutorio.web.open import form_page
from locutorio.web.open.beginning import FIRST_LAW
from locutorio.web.open.form_fields import Names, changed, fields, of_paper
from locutorio.web.open.form_page import FormProblem, HandoutPage
from locutorio.web.open.sent import NAME, case_sent, filled_sent
from locutorio.web.posts import SENDING, posting
from locutorio.web.saving import to_save
from locutorio.web.words import say, words

YAML, PDF = "application/yaml; charset=utf-8", "application/pdf"
FILE, FILE_NAME_MAX = "file", 60
FIRST_ABOUT = "visit"


@posting
def form(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the form; take it filled in, or a case file to open, and show the answer over it."""
    if request.method != SENDING:
        today = clock.today().isoformat()
        return _draw(Filled(FIRST_LAW, FIRST_ABOUT, today, today), lang, answered=False)
    try:
        filled = changed(filled_sent(request.POST), request.POST)
    except (Fault, Faults):
        return error_page(request, 400, "bad_request")
    file = request.FILES.get(FILE)
    if file is None and request.POST.get("do") != "open":
        return _draw(filled, lang)
    return _opened(file, filled, lang)


@posting
def case_file(request: HttpRequest, lang: str) -> HttpResponse:
    """Give what was sent as a case file, to be saved."""
    return _saved(request, lang, lambda case: case_text(case).encode(), YAML, NAME)


@posting
def answer_as_pdf(request: HttpRequest, lang: str) -> HttpResponse:
    """Give the answer to what was sent as PDF, to be saved."""
    return _saved(request, lang, lambda case: answer_pdf(case, lang), PDF, words(lang)["form_pdf_name"])


@posting
def slip(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the slip that an officer gives, made of what was sent."""
    return _handout(request, lang, SLIP, as_file=False)


@posting
def slip_as_pdf(request: HttpRequest, lang: str) -> HttpResponse:
    """Give the slip as PDF, to be saved."""
    return _handout(request, lang, SLIP, as_file=True)


@posting
def remedy(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the text of the first requests that contest the answer to what was sent."""
    return _handout(request, lang, REMEDY, as_file=False)


@posting
def remedy_as_pdf(request: HttpRequest, lang: str) -> HttpResponse:
    """Give the text of the first requests as PDF, to be saved."""
    return _handout(request, lang, REMEDY, as_file=True)


def _handout(request: HttpRequest, lang: str, name: str, *, as_file: bool) -> HttpResponse:
    """Make a paper of what was sent; where there is none to make, say so over the form."""
    if request.method != SENDING:
        return _draw_left(lang)
    try:
        case = case_sent(request.POST)
        made = handouts(case, name, lang)
        carried = fields(filled_of(case))
    except (Fault, Faults, Misfilled):
        return _sent_again(request, lang)
    if not made:
        problem = FormProblem(words(lang)[f"form_wrong_{name}"], "about")
        return _draw(filled_of(case), lang, besides=(problem,))
    if as_file:
        return to_save(handout_pdf(case, made, lang), PDF, words(lang)[f"form_{name}_pdf_name"])
    page = HandoutPage(made, carried, reverse(f"{name}-pdf", args=[lang]), reverse("form", args=[lang]))
    switch = Switch(reverse(name, args=[other(lang)]), carried)
    told = frame(lang, words(lang)[f"form_handout_{name}"], part="form", switch=switch)
    return HttpResponse(render_to_string("open/handout.html", {"frame": told, "page": page}))


def _saved(
    request: HttpRequest, lang: str, made: Callable[[Case], bytes], content_type: str, name: str
) -> HttpResponse:
    """Make a file of what was sent; where that cannot be, show the form with what is wrong."""
    if request.method != SENDING:
        return _draw_left(lang)
    try:
        content = made(case_sent(request.POST))
    except (Fault, Faults, Misfilled):
        return _sent_again(request, lang)
    return to_save(content, content_type, name)


def _draw_left(lang: str) -> HttpResponse:
    told = frame(lang, words(lang)["left_title"], part="form")
    return HttpResponse(render_to_string("open/left.html", {"frame": told}))


def _sent_again(request: HttpRequest, lang: str) -> HttpResponse:
    try:
        return _draw(filled_sent(request.POST), lang)
    except (Fault, Faults):
        return error_page(request, 400, "bad_request")


def _opened(file: UploadedFile | None, filled: Filled, lang: str) -> HttpResponse:
    """Open a case file; where it cannot be opened, say why over the form as it was."""
    if file is None:
        return _draw(filled, lang, besides=(FormProblem(words(lang)["form_wrong_no_file"], FILE),))
    name = clean(file.name or NAME)[:FILE_NAME_MAX]
    try:
        case = answer.read(file.read(), name)
        answer.answer(case)
        opened = filled_of(case)
    except (Fault, Faults) as fault:
        besides = tuple(FormProblem(one.says, FILE, one.exact) for one in faults_told(fault, lang))
        return _draw(filled, lang, besides=besides)
    return _draw(opened, lang, reopened=name)


def _draw(
    filled: Filled,
    lang: str,
    *,
    answered: bool = True,
    besides: tuple[FormProblem, ...] = (),
    reopened: str = "",
) -> HttpResponse:
    decision: Decision | None = None
    wrong: dict[str, str] = {}
    try:
        decision = answer.answer(case_of(filled))
    except Misfilled as misfilled:
        wrong = {_field(one): say(lang, f"form_wrong_{one.what}") for one in misfilled.wrong}
    except (Fault, Faults) as fault:
        besides += tuple(FormProblem(one.says, "on", one.exact) for one in faults_told(fault, lang))
    page = form_page.page(
        filled, decision, lang, answered=answered, wrong=wrong, besides=besides, reopened=reopened
    )
    title = words(lang)["form_title"]
    switch = Switch(reverse("form", args=[other(lang)]), fields(filled))
    told = frame(
        lang, say(lang, "error_in", title=title) if page.problems else title, part="form", switch=switch
    )
    return HttpResponse(render_to_string("open/form.html", {"frame": told, "page": page}))


def _field(wrong: Wrong) -> str:
    """Give the name of the field where something is wrong."""
    index, colon, path = wrong.field.rpartition(":")
    if not colon:
        return (
            wrong.field
            if wrong.field in ("on", "asked_on", "about", "papers", "adopt")
            else Names("", wrong.field).value
        )
    before = of_paper(int(index))
    return f"{before}{path}" if path == "known_at" else Names(before, path).value
