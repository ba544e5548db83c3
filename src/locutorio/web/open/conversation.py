"""What the question page and the answer page show: plain values, in one language."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from locutorio.actions import shelf
from locutorio.actions.interview import Answered, Asked, Said, Step, not_known
from locutorio.actions.printing import handouts_of
from locutorio.decisions.decision import Decision
from locutorio.notices.compose import compose
from locutorio.notices.letter import Letter
from locutorio.notices.words import Words
from locutorio.web.frame import Field
from locutorio.web.open.beginning import Problem
from locutorio.web.open.carried import fields
from locutorio.web.open.given import UNKNOWN, DayField, Given, day_fields
from locutorio.web.open.letters import DrawnSection, address_in, draw, fold
from locutorio.web.open.search import Choice, counted
from locutorio.web.words import words

FIELD_OF = {"choices": "value-0", "checklist": "tick-0", "quantity": "number", "day": "day"}
TAKEN = (("answer-pdf", "take_pdf"), ("case-file", "take_yaml"), ("form", "take_form"))
UNKNOWN_RUN = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a person asked and has said so far, each with a way to change it."""

    question: tuple[str, ...]
    answers: tuple[Answered, ...]
    count: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question. ``buttons`` answer it alone, instead of a field or of ``ticks``. ``enough``: the last
    answers were all "I don't know", so that the page says first that nobody has to go on.
    """

    asked: Asked
    radios: tuple[Choice, ...]
    ticks: tuple[Choice, ...]
    buttons: tuple[Choice, ...]
    given: Given
    unit: str
    day: tuple[DayField, ...]
    problems: tuple[Problem, ...]
    spoken: Spoken
    enough: bool
    carried: tuple[Field, ...]
    action: str


@dataclass(frozen=True, slots=True)
class Way:
    """A button under an answer: what it says, and where it sends all that was said."""

    address: str
    says: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The answer to what was said; ``more`` is true where a question is left that could still change it."""

    letter: Letter
    sections: tuple[DrawnSection, ...]
    outcome_words: str
    more: bool
    spoken: Spoken
    ways: tuple[Way, ...]
    carried: tuple[Field, ...]
    action: str


def question_page(
    said: Said, told_so_far: tuple[Answered, ...], asked: Asked, given: Given, lang: str
) -> QuestionPage:
    """Give the page of a question, with what was given and what is wrong with it."""
    told = words(lang)
    unknown = Choice(UNKNOWN, told["dont_know"], given.value == UNKNOWN)
    offered = tuple(Choice(one.value, one.label, one.value == given.value) for one in asked.choices)
    radios: tuple[Choice, ...] = ()
    ticks: tuple[Choice, ...] = ()
    buttons = (*offered, unknown)
    if asked.control == "choices":
        radios, buttons = buttons, ()
    elif asked.control == "checklist":
        offered = tuple(replace(one, chosen=one.value in given.ticked) for one in offered)
        ticks, buttons = offered[:-1], (offered[-1], unknown)
    problem = (Problem(told[f"problem_{given.problem}"], FIELD_OF[asked.control]),) if given.problem else ()
    return QuestionPage(
        asked=asked,
        radios=radios,
        ticks=ticks,
        buttons=buttons,
        given=given,
        unit=asked.unit or "",
        day=day_fields(given.day, lang),
        problems=problem,
        spoken=_spoken(said, told_so_far, lang),
        enough=_enough(said),
        carried=fields(said),
        action=reverse("interview", args=[lang]),
    )


def _enough(said: Said) -> bool:
    """Whether each of the last UNKNOWN_RUN answers, as they were given, is "I don't know"."""
    last = [value for _, value in said.answers[-UNKNOWN_RUN:]]
    return len(last) == UNKNOWN_RUN and all(not_known(value) for value in last)


def answer_page(said: Said, step: Step, lang: str) -> AnswerPage:
    """Give the page of the answer."""
    letter = compose(step.decision, lang)
    sections = draw(letter.sections, address_in([said.law], lang))
    return AnswerPage(
        letter=letter,
        sections=tuple(map(fold, sections)),
        outcome_words=words(lang)[f"outcome_{letter.outcome}"],
        more=step.question is not None,
        spoken=_spoken(said, step.said, lang),
        ways=ways(TAKEN, step.decision, lang),
        carried=fields(said),
        action=reverse("interview", args=[lang]),
    )


def before(told_so_far: tuple[Answered, ...], asked: str | None) -> str | None:
    """Give what was answered before a question, or last of all; None where nothing was."""
    earlier = [one.path for one in told_so_far]
    if asked in earlier:
        earlier = list(itertools.takewhile(lambda path: path != asked, earlier))
    return earlier[-1] if earlier else None


def _spoken(said: Said, told_so_far: tuple[Answered, ...], lang: str) -> Spoken:
    told = words(lang)
    return Spoken(
        question=(
            told[f"about_{said.about}"],
            Words(lang).day(date.fromisoformat(said.on)),
            shelf.pack(said.law).title[lang],
        ),
        answers=told_so_far,
        count=counted(lang, "said_count", len(told_so_far)),
    )


def ways(taken: Iterable[tuple[str, str]], decision: Decision, lang: str) -> tuple[Way, ...]:
    """Give what can be done with an answer; a slip or a text only where there is something to hand in.

    Args:
        taken: what can be taken of any answer: the name of its address, and of the words on its button.
        decision: the answer.
        lang: the language.
    """
    made = ((name, f"form_take_{name}") for name in handouts_of(decision))
    return tuple(Way(reverse(name, args=[lang]), words(lang)[says]) for name, says in (*taken, *made))
