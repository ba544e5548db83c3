"""The views of the interview: read what a form sent, ask the interview, draw its question or its answer.

All that a person said comes with each form and goes out again with the page. Nothing is kept in between.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from locutorio.actions import clock, interview
from locutorio.actions.interview import Again, Asked, Said, Step
from locutorio.kernel.faults import Fault, Faults
from locutorio.web.errors import page as error_page
from locutorio.web.frame import Field, Switch, frame
from locutorio.web.languages import other
from locutorio.web.open import beginning, conversation
from locutorio.web.open.beginning import Beginning
from locutorio.web.open.carried import ADOPT, ANSWER, fields, said_from
from locutorio.web.open.given import Given, given, given_first, given_now
from locutorio.web.posts import SENDING, posting
from locutorio.web.words import say, words

DO, CHANGE, ASKING = "do", "change", "asking"
BEGIN, ENTERED_ONLY = "begin", "entered"
ENTERED = ("value", "tick", "number", "day", "month", "year")


def ask(request: HttpRequest, lang: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Show the first page."""
    return _begin_page(Beginning(), lang, {})


@posting
def talk(request: HttpRequest, lang: str) -> HttpResponse:
    """Take what was sent and give the next page. Who comes without sending anything finds nothing here."""
    if request.method != SENDING:
        told = frame(
            lang, words(lang)["left_title"], twin=reverse("interview", args=[other(lang)]), part="ask"
        )
        return HttpResponse(render_to_string("open/left.html", {"frame": told}))
    try:
        return _answered(request.POST, lang)
    except (Fault, Faults):
        return error_page(request, 400, "bad_request")


def _answered(post: QueryDict, lang: str) -> HttpResponse:
    do = post.get(DO, "")
    if do in (BEGIN, ENTERED_ONLY):
        return _begun(post, lang, do)
    said = said_from(post)
    if changing := post.get(CHANGE):
        return _ask_again(said, changing, lang)
    asking = post.get(ASKING)
    match do:
        case "first":
            return _begin_page(beginning.again(said), lang, {})
        case "back":
            asked = conversation.before(interview.told(said, lang), asking)
            return _ask_again(said, asked, lang) if asked else _begin_page(beginning.again(said), lang, {})
        case "show" if not any(post.get(name) for name in ENTERED):
            return _answer_page(said, interview.step(said, lang), lang)
        case _ if asking and do != "resume":
            return _take(said, post, asking, lang)
        case _:
            return _next(said, interview.step(said, lang), lang)


def _begun(post: QueryDict, lang: str, do: str) -> HttpResponse:
    kept = tuple(Field(name, value) for name in (ANSWER, ADOPT) for value in post.getlist(name))
    entered = beginning.entered(post, kept)
    if do == ENTERED_ONLY:
        return _begin_page(entered, lang, {})
    begun = beginning.begun(entered, clock.today(), lang)
    return _begin_page(entered, lang, begun) if isinstance(begun, dict) else _next(*begun, lang)


def _ask_again(said: Said, path: str, lang: str) -> HttpResponse:
    again = interview.again(said, lang, path)
    return _question_page(said, again, again.question, given_now(again.question), lang)


def _take(said: Said, post: QueryDict, path: str, lang: str) -> HttpResponse:
    """Take one answer; one that cannot be read, or that contradicts what was said, is asked for again."""
    again = interview.again(said, lang, path)
    asked = again.question
    found = given(post, asked)
    if found.value is None:
        return _question_page(said, again, asked, found, lang)
    try:
        more = interview.answered(said, asked.path, found.value)
        after = interview.step(more, lang)
    except (Fault, Faults):
        return _question_page(said, again, asked, replace(found, problem="does_not_fit"), lang)
    if post.get(DO) == "show":
        return _answer_page(more, after, lang)
    return _next(more, after, lang)


def _next(said: Said, step: Step, lang: str) -> HttpResponse:
    if step.question is None:
        return _answer_page(said, step, lang)
    return _question_page(said, step, step.question, given_first(step.question, said.on), lang)


def _begin_page(entered: Beginning, lang: str, problems: dict[str, str]) -> HttpResponse:
    page = beginning.page(entered, lang, problems)
    title = words(lang)["begin_title"]
    switch = Switch(reverse("interview", args=[other(lang)]), (*entered.fields(), Field(DO, ENTERED_ONLY)))
    told = frame(
        lang,
        say(lang, "error_in", title=title) if problems else title,
        part="ask",
        switch=None if entered == Beginning() else switch,
    )
    return HttpResponse(render_to_string("open/begin.html", {"frame": told, "page": page}))


def _question_page(said: Said, turn: Step | Again, asked: Asked, found: Given, lang: str) -> HttpResponse:
    page = conversation.question_page(said, turn.said, asked, found, lang)
    title = say(lang, "error_in", title=asked.ask) if page.problems else asked.ask
    told = frame(lang, title, part="ask", switch=_switch(said, lang, Field(CHANGE, asked.path)))
    return HttpResponse(render_to_string("open/question.html", {"frame": told, "page": page}))


def _answer_page(said: Said, step: Step, lang: str) -> HttpResponse:
    page = conversation.answer_page(said, step, lang)
    switch = _switch(said, lang, Field(DO, "show"))
    told = frame(lang, page.letter.title, part="ask", switch=switch, tab=words(lang)["case_answer"])
    return HttpResponse(render_to_string("open/answer.html", {"frame": told, "page": page}))


def _switch(said: Said, lang: str, doing: Field) -> Switch:
    return Switch(reverse("interview", args=[other(lang)]), (*fields(said), doing))
