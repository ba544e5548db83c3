"""The interview: what was said so far becomes a case, the next question, and the answer as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from locutorio.actions import answer, shelf
from locutorio.actions.case_text import case_text as text_of
from locutorio.actions.course import Course
from locutorio.actions.reopening import said_of
from locutorio.actions.said import (
    PAPERS,
    UNTIL,
    Heard,
    Said,
    answered,
    case_of,
    heard,
    kinds_asked,
    law_of,
    path_of_kind,
    removed,
)
from locutorio.decisions.assess import view_of
from locutorio.decisions.decision import Decision
from locutorio.decisions.interview import Interviewer
from locutorio.decisions.vary import KINDS
from locutorio.decisions.witnesses import Witness
from locutorio.facts.case import NONE, UNKNOWN, Case
from locutorio.kernel.faults import Fault
from locutorio.notices.asking import About, Answered, Asked, Asker, Choice, not_known
from locutorio.rules.provision import Form, Pack

__all__ = [
    "Again",
    "Answered",
    "Asked",
    "Choice",
    "Said",
    "Step",
    "again",
    "answered",
    "case_of",
    "case_text",
    "not_known",
    "removed",
    "said_of",
    "step",
    "told",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One page of an interview.

    ``question``  what to ask next; None: nothing was found that could still change the outcome.
    ``said``      all that was said, in words.
    ``decision``  decide()'s answer on what was said.
    ``witness``   two worlds that differ in the next question's answer alone, and are decided otherwise; None
                  where there is no question.
    """

    question: Asked | None
    said: tuple[Answered, ...]
    decision: Decision
    witness: Witness | None


@dataclass(frozen=True, slots=True)
class Again:
    """One question that was chosen, not the next; ``said`` is all that was said, in words."""

    question: Asked
    said: tuple[Answered, ...]


def step(said: Said, lang: str) -> Step:
    """Give the next question and the answer as it stands.

    Raises:
        Fault, Faults: an answer cannot be read, or the answers contradict each other.
    """
    case = case_of(said)
    decision = answer.answer(case)
    talk = _Talk(said, case, lang)
    asked, witness = (None, None) if decision.firm else talk.next()
    return Step(asked, talk.told(), decision, witness)


def again(said: Said, lang: str, path: str) -> Again:
    """Give one question, asked before or not; nothing is decided for it.

    Raises:
        Fault, Faults: as for a step, or this cannot be asked.
    """
    case = case_of(said)
    answer.checked_law(case)
    talk = _Talk(said, case, lang)
    return Again(talk.again(path), talk.told())


def told(said: Said, lang: str) -> tuple[Answered, ...]:
    """Give all that was said, in words.

    Raises:
        Fault, Faults: an answer cannot be read.
    """
    return _Talk(said, case_of(said), lang).told()


def case_text(said: Said) -> str:
    """Give what was said as a case file, which `locutorio decide` reads."""
    return text_of(case_of(said))


class _Talk:
    """One state of an interview: it holds what was said and the law, and turns paths into questions."""

    def __init__(self, said: Said, case: Case, lang: str) -> None:
        self.said = said
        self.law: Pack = law_of(said)
        self.heard: Heard = heard(said, self.law)
        self.asker = Asker(lang, said.about, self.law)
        self._on = case.question.on
        self._course = Course(case, shelf.shelf(said.law), None)
        self.book = self._course.shelf.on(self._on)

    @cached_property
    def interviewer(self) -> Interviewer:
        """Who chooses what to ask of the case as it is known."""
        alternatives = self._course.alternatives(self._on, self.said.about)
        view = view_of(self._course.seen(self._on), self.book)
        return Interviewer(view, self.book, alternatives, frozenset(self._passed()))

    def _passed(self) -> Iterator[str]:
        """Give, by the paths of the view, what was answered "I don't know", and days no paper names."""
        yield from (path for path, value in self.heard.facts.items() if value == UNKNOWN)
        yield from (KINDS + kind for kind in self.heard.unsure)
        for paper in self.heard.papers:
            for fact, value in self.heard.own[paper.name].items():
                if value == UNKNOWN or (fact == UNTIL and value == NONE):
                    yield f"{paper.name}:{fact}"

    def next(self) -> tuple[Asked | None, Witness | None]:
        """Ask what is most likely to bring the answer nearer."""
        found = self.interviewer.next()
        if found is None:
            return None, None
        return self.asker.asked(self._about(self._said_as(found.path)), found.because), found.witness

    def again(self, path: str) -> Asked:
        """Ask what was asked before, or anything that can be asked.

        Raises:
            Fault: it cannot.
        """
        answered(self.said, path, UNKNOWN)
        about = self._about(path)
        seen = self._seen_as(about)
        if not seen:
            raise Fault("no paper can bear on this kind of contact", remedy="ask something else")
        return self.asker.asked(about, self.interviewer.because(seen))

    def told(self) -> tuple[Answered, ...]:
        """Give all that was said, in words; of a paper that was taken back all is kept, and not told."""
        names = {paper.before for paper in self.heard.papers}
        return tuple(
            self.asker.answered(self._about(path))
            for path, _ in dict(self.said.answers).items()
            if ":" not in path or path.partition(":")[0] + ":" in names
        )

    def _said_as(self, path: str) -> str:
        """Turn a path of the view into one of the answers."""
        if path.startswith(KINDS):
            kind = path.removeprefix(KINDS)
            open_kinds = [one for one in self.interviewer.open_kinds() if one not in self.heard.covered]
            if kind in open_kinds and len(open_kinds) > 1 and PAPERS not in dict(self.said.answers):
                return PAPERS
            return path_of_kind(kind, 1 + sum(paper.kind == kind for paper in self.heard.papers))
        name, colon, fact = path.rpartition(":")
        if not colon:
            return path
        return next(paper.before for paper in self.heard.papers if paper.name == name) + fact

    def _seen_as(self, about: About) -> tuple[str, ...]:
        """Turn what a question is about into paths of the view."""
        if about.fact is None:
            return tuple(KINDS + kind for kind in ((about.kind,) if about.kind else about.kinds))
        before = about.path.rpartition(":")[0]
        names = [paper.name for paper in self.heard.papers if paper.before == before + ":"]
        return (f"{names[0]}:{about.fact}" if names else about.fact,)

    def _about(self, path: str) -> About:
        value = dict(self.said.answers).get(path, "")
        if path == PAPERS:
            kinds = tuple(kinds_asked(self.law, self.said.about))
            return About(path, value, kinds=kinds, ticked=_ticked(value, kinds))
        if path.startswith(KINDS):
            _, kind, *rest = path.split(".")
            return About(
                path, value, kind=kind, number=int(rest[0]) if rest else 1, forms=self._forms(kind, value)
            )
        before, colon, fact = path.rpartition(":")
        if not colon:
            return About(path, value, fact=path)
        paper = next((one for one in self.heard.papers if one.before == before + ":"), None)
        if paper is None:
            raise Fault(f"there is no paper {before} to say this of", remedy="say first that it exists")
        return About(path, value, fact=fact, form=self.law.forms[paper.form], number=paper.number)

    def _forms(self, kind: str, value: str) -> tuple[Form, ...]:
        """Give the forms of a kind that say something of this contact, and the one that was chosen; all where
        none does.
        """
        forms = [form for form in self.law.forms.values() if form.kind == kind]
        makes = [form for form in forms if self.book.form(form.name, self.said.about).indices]
        return tuple(form for form in forms if not makes or form in makes or form.name == value)


def _ticked(value: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    words = value.split(",")
    return tuple(kind for kind in kinds if kind in words)
