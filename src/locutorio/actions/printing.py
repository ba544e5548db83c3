"""Prints the answer to a case: the letter with what was said, the officer's slip, the first requests."""

from __future__ import annotations

from dataclasses import replace

from locutorio.actions import answer, shelf
from locutorio.decisions.decision import Decision
from locutorio.facts.case import Case
from locutorio.notices import request, slip
from locutorio.notices.compose import compose
from locutorio.notices.handout import Handout, handouts_pdf
from locutorio.notices.pdf import pdf
from locutorio.notices.said import said

SLIP, REMEDY = "slip", "remedy"


def answer_pdf(case: Case, lang: str) -> bytes:
    """Decide a case and print the answer as PDF, dated on the day of the question.

    Raises:
        Fault: the question cannot be answered.
    """
    decision = answer.answer(case)
    kinds = {name: kind.label for name, kind in shelf.pack(case.law).kinds.items()}
    letter = compose(decision, lang)
    whole = replace(letter, sections=(*letter.sections, said(case, decision, kinds, lang)))
    return pdf(whole, lang, decision.asked_on or decision.on)


def handouts_of(decision: Decision) -> tuple[str, ...]:
    """Give the papers that can be made of an answer: the slip, the requests, both or none."""
    made = {SLIP: slip.can_slip(decision), REMEDY: request.can_contest(decision)}
    return tuple(name for name, can in made.items() if can)


def handouts(case: Case, name: str, lang: str) -> tuple[Handout, ...]:
    """Decide a case and give its slip (SLIP) or its first requests (REMEDY); none where there is none.

    Raises:
        Fault: the question cannot be answered.
    """
    decision = answer.answer(case)
    if name not in handouts_of(decision):
        return ()
    return (slip.slip(case, decision, lang),) if name == SLIP else request.requests(decision, lang)


def handout_pdf(case: Case, made: tuple[Handout, ...], lang: str) -> bytes:
    """Print papers made of a case, each on a page of its own, dated on the day of the question."""
    day = case.question.asked_on or case.question.on
    return handouts_pdf(made[0].title, made, lang, day)
