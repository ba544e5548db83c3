"""A case as the fields of one form, and the fields as a case. Whatever a field cannot show is kept whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from locutorio.actions import answer, shelf
from locutorio.actions.case_text import fact_text, paper_text, write_value
from locutorio.facts.case import (
    NAME_LENGTH_MAX,
    PAPERS_MAX,
    UNKNOWN,
    Case,
    CasePaper,
    Dated,
    read_facts,
    read_paper,
    read_value,
)
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import day, moment
from locutorio.kernel.texts import Node, read_first

CLOCK, PAPER = "clock:", "paper:"
BOUNDS = ("instrument.from", "instrument.until")
BYTES_MAX = 80_000
KEPT_MAX = 60
_FORM = "form"
_WRONG = {"day": "day", "quantity": "whole"}
_OF_PAPER = "instrument."
_NAME = re.compile(rf"[^:\x00-\x1f]{{1,{NAME_LENGTH_MAX}}}")
_ASKED = ("request.about", "request.on", "request.asked_on")

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class FilledPaper:
    """One paper of the form. ``said`` and ``kept`` as in ``Filled``, by paths ``instrument.FACT``."""

    name: str
    form: str
    said: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    known_at: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the fields of a form hold, right or wrong.

    ``about`` is a value of request.about, ``clock:NAME`` or ``paper:NAME``. ``said`` holds values as a case
    file writes them, by fact; ``kept`` the lines of a fact that one value cannot say: periods, sources,
    moments. ``complete`` is None where all papers are there, else the kinds of paper of which all are.
    """

    law: str
    about: str
    on: str
    asked_on: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[FilledPaper, ...] = ()
    complete: frozenset[str] | None = frozenset()
    adopt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be used.

    ``field``  the field: on, asked_on, about, a path; ``INDEX:PATH`` for a paper's, ``INDEX:known_at``.
    ``what``   day, whole, choice, moment, backwards, asked_late, kept, papers, papers_max, about, adopt.
    ``fault``  what the program says of it.
    """

    field: str
    what: str
    fault: Fault


class Misfilled(Exception):
    """Some fields of a form cannot be used; all of them are named."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__(f"{len(wrong)} fields")
        self.wrong = wrong


def filled_of(case: Case) -> Filled:
    """Give the form of a case.

    Raises:
        Fault: the case holds more than the fields of a form can carry.
    """
    question = case.question
    prefix = {"clock": CLOCK, "instrument": PAPER}.get(question.kind, "")
    filled = Filled(
        law=case.law,
        about=prefix + (question.subject or question.about or ""),
        on=question.on.isoformat(),
        asked_on=question.asked_on.isoformat() if question.asked_on else "",
        said={path: text for path, line in case.facts.items() if (text := _plain(line)) is not None},
        kept={path: fact_text(path, line) for path, line in case.facts.items() if _plain(line) is None},
        papers=tuple(_filled_paper(paper) for paper in case.papers),
        complete=case.complete,
        adopt=tuple(sorted(case.adopt)),
    )
    kept = len(filled.kept) + sum(len(paper.kept) for paper in filled.papers)
    if kept > KEPT_MAX or sum(len(text.encode()) for text in _texts(filled)) > BYTES_MAX:
        raise Fault(
            "this case holds more than the form can carry",
            why="its facts have very many periods or very long sources",
            remedy="answer it with `locutorio decide`, or leave out what does not bear on the question",
        )
    return filled


def _texts(filled: Filled) -> Iterator[str]:
    yield from filled.adopt
    parts: tuple[Filled | FilledPaper, ...] = (filled, *filled.papers)
    for part in parts:
        yield from (text for pair in (*part.said.items(), *part.kept.items()) for text in pair)
    yield from (text for paper in filled.papers for text in (paper.name, paper.source))


def _plain(line: tuple[Dated, ...]) -> str | None:
    """Give the one value that says a fact whole; None where it takes more than that."""
    only = line[0]
    whole = len(line) == 1 and not (only.since or only.until or only.known_at or only.source)
    return write_value(only.value) if whole else None


def _filled_paper(paper: CasePaper) -> FilledPaper:
    plain = {path: _plain((dated,)) for path, dated in paper.facts.items()}
    return FilledPaper(
        name=paper.name,
        form=paper.form,
        said={path: text for path, text in plain.items() if text is not None},
        kept={
            path: paper_text(CasePaper(paper.name, paper.form, {path: paper.facts[path]}, None, None))
            for path, text in plain.items()
            if text is None
        },
        known_at=paper.known_at or "",
        source=paper.source or "",
    )


def case_of(filled: Filled) -> Case:
    """Give the case that a form says.

    Raises:
        Misfilled: some of its fields cannot be used.
    """
    return _Reading(filled).case()


class _Reading:
    """Reads a form field by field; what is wrong is gathered."""

    def __init__(self, filled: Filled) -> None:
        self._filled = filled
        self._wrong: list[Wrong] = []

    def case(self) -> Case:
        filled = self._filled
        question = self._question()
        facts = {path: line for path in filled.said if (line := self._fact(path, filled.said[path]))}
        for path, text in filled.kept.items():
            line = self._try(path, "kept", partial(_kept_fact, text, path))
            facts |= {path: line} if line else {}
        papers = tuple(self._paper(index, paper) for index, paper in enumerate(filled.papers))
        self._refuse_names([paper.name for paper in filled.papers])
        self._refuse_unknown()
        if self._wrong or question is None:
            raise Misfilled(tuple(self._wrong))
        return Case(filled.law, question, facts, papers, filled.complete, frozenset(filled.adopt))

    def _try(self, where: str, what: str, read: Callable[[], Read]) -> Read | None:
        try:
            return read()
        except Fault as fault:
            self._wrong.append(Wrong(where, what, fault))
        except Faults as faults:
            self._wrong.append(Wrong(where, what, faults.faults[0]))
        return None

    def _question(self) -> Question | None:
        filled = self._filled
        on = self._try("on", "day", partial(day, filled.on))
        asked_on = self._try("asked_on", "day", partial(day, filled.asked_on)) if filled.asked_on else None
        if on and asked_on and asked_on > on:
            self._refuse("asked_on", "asked_late", "it was asked after the day asked about")
        about = filled.about
        if on is None:
            return None
        if about.startswith(CLOCK):
            return Question("clock", on, None, asked_on, about.removeprefix(CLOCK))
        if about.startswith(PAPER):
            name = about.removeprefix(PAPER)
            if name not in {paper.name for paper in filled.papers}:
                self._refuse("about", "about", f'there is no paper "{name}"')
            return Question("instrument", on, None, asked_on, name)
        if about not in vocabulary().facts["request.about"].values:
            self._refuse("about", "about", f'nothing is asked about "{about}"')
        return Question("contact", on, about, asked_on)

    def _refuse_names(self, names: list[str]) -> None:
        """Refuse more papers than a case can hold, and names that a case file cannot hold."""
        if len(names) > PAPERS_MAX:
            self._refuse("papers", "papers_max", f"a case has at most {PAPERS_MAX} papers")
        if len(set(names)) < len(names) or not all(_NAME.fullmatch(name) for name in names):
            self._refuse("papers", "papers", "two papers have one name, or a name cannot be used")

    def _refuse_unknown(self) -> None:
        """Refuse a deadline that this law does not have, and text to adopt that no law has."""
        known = answer.case_words(shelf.pack(self._filled.law))
        about = self._filled.about
        if about.startswith(CLOCK) and about.removeprefix(CLOCK) not in known["clock"]:
            self._refuse("about", "about", f'there is no "{about}"')
        strange = [name for name in self._filled.adopt if name not in known["adopt"]]
        if strange:
            self._refuse("adopt", "adopt", f'"{strange[0]}" cannot be adopted')

    def _refuse(self, where: str, what: str, fault: str) -> None:
        self._wrong.append(Wrong(where, what, Fault(fault)))

    def _fact(self, path: str, text: str) -> tuple[Dated, ...] | None:
        if path in _ASKED or path.startswith(_OF_PAPER):
            self._refuse(path, "choice", f"{path} is not said among the facts")
            return None
        return self._said(path, path, text)

    def _said(self, where: str, path: str, text: str) -> tuple[Dated, ...] | None:
        """Read one value; None where it is not known or cannot be read."""
        kind = vocabulary().facts.get(path)
        if kind is None:
            self._refuse(where, "choice", f'"{path}" is not a fact of the vocabulary')
            return None
        if text == UNKNOWN and path != "instrument.until":
            return None
        wrong = len(self._wrong)
        what = _WRONG.get(kind.type, "choice")
        value = self._try(where, what, partial(read_value, Node(text, _FORM, 1, 1), kind, vocabulary()))
        return (Dated(value),) if len(self._wrong) == wrong else None

    def _paper(self, index: int, paper: FilledPaper) -> CasePaper:
        facts: dict[str, Dated] = {}
        for path, text in paper.said.items():
            line = self._said(f"{index}:{path}", path, text)
            facts |= {path: line[0]} if line else {}
        for path, text in paper.kept.items():
            read = self._try(f"{index}:{path}", "kept", partial(_kept_paper, text))
            facts |= read.facts if read else {}
        start, end = (facts[bound].value if bound in facts else None for bound in BOUNDS)
        if start is not None and end is not None and str(end) <= str(start):
            self._refuse(f"{index}:instrument.until", "backwards", f"{paper.name} ends before it begins")
        if paper.known_at:
            self._try(f"{index}:known_at", "moment", partial(moment, paper.known_at, "UTC"))
        return CasePaper(paper.name, paper.form, facts, paper.known_at or None, paper.source or None)


def kept_values(path: str, text: str) -> tuple[Dated, ...]:
    """Give what is kept of a fact, as far as it can be read."""
    try:
        if path.startswith(_OF_PAPER):
            return (_kept_paper(text).facts[path],)
        return _kept_fact(text, path)
    except (Fault, Faults, KeyError):
        return ()


def _kept_node(text: str) -> Node:
    node = read_first(text.encode("utf-8", "replace"), _FORM)
    if node is None:
        raise Fault("nothing is kept here")
    return node


def _kept_fact(text: str, path: str) -> tuple[Dated, ...]:
    faults: list[Fault] = []
    facts = read_facts(_kept_node(text), vocabulary(), faults)
    if faults or path not in facts:
        raise Faults(faults or [Fault(f"nothing is kept of {path}")])
    return tuple(replace(dated, place=None) for dated in facts[path])


def _kept_paper(text: str) -> CasePaper:
    faults: list[Fault] = []
    paper = read_paper(_kept_node(text), vocabulary(), faults)
    if faults:
        raise Faults(faults)
    return paper
