"""Reopens a case file in the interview: nothing that it says is lost, or it is refused with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from locutorio.actions import answer, shelf
from locutorio.actions.answer import known_words, refuse_unstated
from locutorio.actions.case_text import write_value
from locutorio.actions.said import OF_PAPER, UNTIL, Said, path_of_kind
from locutorio.facts.case import NONE, Case, CasePaper, Dated
from locutorio.facts.words import refuse_unknown
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import NEVER
from locutorio.rules.provision import Pack

_ELSEWHERE = "use the file as it is: the form on one page and `locutorio decide` take all of it"


def said_of(raw: bytes, name: str) -> Said:
    """Reopen a case file. Papers are named anew, by their kind; what the file says is as it was.

    Raises:
        Fault, Faults: it is no case of ours, or it says what the interview cannot show: a question that is
            not of contact, values with days, when something became known, or where it was read.
    """
    case = answer.read(raw, name)
    refuse_unknown(case.words, "law", shelf.laws())
    law = shelf.pack(case.law)
    for what, known in known_words(law).items():
        refuse_unknown(case.words, what, known)
    refuse_unstated(case, law)
    question = case.question
    if question.kind != "contact" or question.about is None:
        raise Fault(
            f"{name} asks about a paper or a deadline, not about a contact",
            why="the interview asks whether a visit, a call or a letter may take place",
            remedy=_ELSEWHERE,
        )
    answers = [(path, _value(path, timeline)) for path, timeline in case.facts.items()]
    return Said(
        law=case.law,
        about=question.about,
        on=question.on.isoformat(),
        asked_on=question.asked_on.isoformat() if question.asked_on else "",
        answers=(*answers, *_of_papers(case, law)),
        adopt=tuple(sorted(case.adopt)),
    )


def _value(what: str, timeline: tuple[Dated, ...]) -> str:
    entry = timeline[0]
    if len(timeline) > 1 or entry.since or entry.until or entry.known_at or entry.source:
        raise Fault(
            f"{what} has days or a source beside its value",
            where=entry.place,
            why="the interview takes one value for the day asked about, and would lose the rest",
            remedy=_ELSEWHERE,
        )
    return write_value(entry.value)


def _of_papers(case: Case, law: Pack) -> Iterator[tuple[str, str]]:
    counted: Counter[str] = Counter()
    for paper in case.papers:
        kind = law.forms[paper.form].kind
        counted[kind] += 1
        yield path_of_kind(kind, counted[kind]), paper.form
        yield from ((f"{kind}-{counted[kind]}:{fact}", value) for fact, value in _own(paper))
    for kind in law.kinds if case.complete is None else sorted(case.complete):
        yield path_of_kind(kind, counted[kind] + 1), NONE


def _own(paper: CasePaper) -> Iterator[tuple[str, str]]:
    if paper.known_at or paper.source:
        raise Fault(
            f'the paper "{paper.name}" says when it became known, or where it was read',
            why="the interview would lose that",
            remedy=_ELSEWHERE,
        )
    for path, entry in paper.facts.items():
        if path == UNTIL and entry.value == NEVER:
            raise Fault(
                f'the paper "{paper.name}" has the last day "none"',
                where=entry.place,
                why="a paper that names no last day has no `until`",
                remedy="take the `until` out of this paper",
            )
        yield path, _value(f"{path.removeprefix(OF_PAPER)} of {paper.name}", (entry,))
    if UNTIL not in paper.facts:
        yield UNTIL, NONE
