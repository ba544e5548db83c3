"""What the list of cases and the page of one case show: plain values, in one language."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from locutorio.actions import shelf
from locutorio.actions.form import filled_of
from locutorio.decisions.decision import Outcome
from locutorio.facts.case import CasePaper, Dated
from locutorio.notices.compose import compose
from locutorio.notices.document import as_document
from locutorio.notices.letter import Letter
from locutorio.notices.said import moment_said, value_said
from locutorio.notices.words import Words
from locutorio.web.frame import Field
from locutorio.web.open.entries import EXAMPLES, Entry, entries, listed_outcome
from locutorio.web.open.form_fields import fields
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.open.search import Choice, choices, counted, found
from locutorio.web.words import say, words

_CATALOGUE = re.compile(r"[A-H]\d\d[a-z]?")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list."""

    number: str
    title: str
    address: str
    outcome: str
    outcome_words: str


@dataclass(frozen=True, slots=True)
class Area:
    """The cases of one area of law; those in ``more`` are folded away until the reader asks for them."""

    anchor: str
    heading: str
    rows: tuple[CaseRow, ...]
    more: tuple[CaseRow, ...]
    more_words: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """The whole list as asked for."""

    areas: tuple[Area, ...]
    count: str
    word: str
    choices: tuple[Choice, ...]
    narrowed: bool
    all_address: str


@dataclass(frozen=True, slots=True)
class Given:
    """A fact as the case gives it: a value, or one for each period."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenPaper:
    """A paper as the case gives it."""

    title: str
    facts: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case and its answer."""

    number: str
    title: str
    law_title: str
    marks: tuple[str, ...]
    outcome: str
    outcome_words: str
    facts: tuple[Given, ...]
    usual: tuple[Given, ...]
    papers: tuple[GivenPaper, ...]
    notes: tuple[str, ...]
    letter: Letter
    sections: tuple[DrawnSection, ...]
    file_name: str
    yaml: str
    yaml_address: str
    json_address: str
    form_address: str
    carried: tuple[Field, ...]


def case_list(lang: str, word: str, outcome: str) -> CaseList:
    """Give the cases that hold every word and have the outcome; an unknown outcome is taken for any."""
    known = {one.value: words(lang)[f"outcome_{one.value}"] for one in Outcome}
    outcome = outcome if outcome in known else ""
    rows = [
        (entry.area, row)
        for entry in entries().values()
        for row in [_row(entry, lang)]
        if outcome in ("", row.outcome)
        and found(word, (entry.name, row.title, row.outcome_words, *entry.basis))
    ]
    narrowed = bool(word or outcome)
    areas = tuple(
        _area(anchor, [row for _, row in group], lang, whole=narrowed)
        for anchor, group in groupby(rows, key=lambda pair: _area_anchor(pair[0]))
    )
    present = {entry.expected for entry in entries().values()}
    return CaseList(
        areas=areas,
        count=counted(lang, "cases_count", len(rows)),
        word=word,
        choices=choices(
            words(lang)["search_any"],
            ((value, says) for value, says in known.items() if value in present),
            outcome,
        ),
        narrowed=narrowed,
        all_address=reverse("cases", args=[lang]),
    )


def _area_anchor(area: str) -> str:
    return area if f"area_{area}" in words("en") else "other"


def _area(anchor: str, rows: Sequence[CaseRow], lang: str, *, whole: bool) -> Area:
    """Give the cases of an area: the catalogue's and the examples shown, the others folded unless whole."""
    shown = tuple(row for row in rows if whole or row.number or anchor == EXAMPLES)
    more = tuple(row for row in rows if row not in shown)
    told = say(lang, "cases_more_beside" if shown else "cases_more", n=len(more))
    return Area(anchor, words(lang)[f"area_{anchor}"], shown, more, told)


def _row(entry: Entry, lang: str) -> CaseRow:
    outcome = listed_outcome(entry.shelf, entry.name)
    return CaseRow(
        number=_number(entry, lang),
        title=title_of(entry, lang),
        address=reverse("case", args=[lang, entry.shelf, entry.name]),
        outcome=outcome,
        outcome_words=words(lang)[f"outcome_{outcome}"],
    )


def _number(entry: Entry, lang: str) -> str:
    """Give the catalogue's number; a case with a name of its own has none."""
    return say(lang, "case_number", number=entry.name) if _CATALOGUE.fullmatch(entry.name) else ""


def title_of(entry: Entry, lang: str) -> str:
    """Give the title of a case; where it has none, what is asked and the name of its file."""
    if entry.title:
        return entry.title[lang]
    return say(lang, "case_untitled", asked=compose(entry.decide(), lang).title, name=entry.name)


def case_page(entry: Entry, lang: str) -> CasePage:
    """Decide a case now and give its page.

    Raises:
        Fault: it cannot be decided.
    """
    decision = entry.decide()
    letter = compose(decision, lang)
    pack = shelf.pack(entry.case.law)
    speak = Words(lang)
    told = [(path in entry.usual, _given(path, timeline, speak)) for path, timeline in entry.facts()]

    return CasePage(
        number=_number(entry, lang),
        title=title_of(entry, lang),
        law_title=pack.title[lang],
        marks=tuple(_marks(entry, decision.outcome, lang)),
        outcome=decision.outcome.value,
        outcome_words=words(lang)[f"outcome_{decision.outcome.value}"],
        facts=tuple(given for usual, given in told if not usual),
        usual=tuple(given for usual, given in told if usual),
        papers=tuple(_given_paper(paper, entry, speak) for paper in entry.case.papers),
        notes=tuple(_notes(entry, speak)),
        letter=letter,
        sections=draw(letter.sections, address_in(_speaking(entry), lang)),
        file_name=f"{entry.name}.yaml",
        yaml=entry.text(),
        yaml_address=reverse("case-yaml", args=[lang, entry.shelf, entry.name]),
        json_address=reverse("case-json", args=[lang, entry.shelf, entry.name]),
        form_address=reverse("form", args=[lang]),
        carried=fields(filled_of(entry.shown())),
    )


def _speaking(entry: Entry) -> tuple[str, ...]:
    """Name the law of a case, then what comments on it."""
    return entry.case.law, *shelf.overlays()


def case_document(entry: Entry, lang: str) -> str:
    """Give the whole answer as JSON.

    Raises:
        Fault: it cannot be decided.
    """
    return json.dumps(as_document(entry.decide(), lang), ensure_ascii=False, indent=2)


def _marks(entry: Entry, outcome: Outcome, lang: str) -> Iterator[str]:
    if entry.shelf == EXAMPLES:
        yield say(lang, "case_mark_example", name=entry.name)
    if entry.reading is not None:
        yield say(lang, "case_mark_reading", number=entry.reading)
    if entry.case.adopt:
        yield say(lang, "case_mark_adopt", citations="; ".join(_adopted(entry)))
    if entry.expected is not None and entry.expected != outcome.value:
        yield say(lang, "case_mark_differs", expected=words(lang)[f"outcome_{entry.expected}"])


def _adopted(entry: Entry) -> list[str]:
    """Give the citations of the provisions that a case adopts, by their name or a row of the catalogue."""
    adopt = entry.case.adopt
    provisions = [one for name in _speaking(entry) for one in shelf.pack(name).provisions.values()]
    return sorted({one.citation for one in provisions if one.name in adopt or adopt.intersection(one.rows)})


def _notes(entry: Entry, speak: Words) -> Iterator[str]:
    complete = entry.case.complete
    if complete is None:
        yield words(speak.lang)["case_all_papers" if entry.case.papers else "case_no_papers"]
    elif complete:
        kinds = shelf.pack(entry.case.law).kinds
        named = speak.all_of(speak.text(kinds[kind].label) for kind in sorted(complete))
        yield say(speak.lang, "case_some_papers", kinds=named)
    else:
        yield words(speak.lang)["case_papers_unknown" if entry.case.papers else "case_any_paper_unknown"]


def _given(path: str, timeline: tuple[Dated, ...], speak: Words) -> Given:
    return Given(speak.label(path), tuple(value_said(path, entry, speak) for entry in timeline))


def _given_paper(paper: CasePaper, entry: Entry, speak: Words) -> GivenPaper:
    forms = shelf.pack(entry.case.law).forms
    title = speak.text(forms[paper.form].title) if paper.form in forms else paper.form
    own = [Given(speak.label(path), (value_said(path, dated, speak),)) for path, dated in paper.facts.items()]
    if paper.known_at:
        own.append(Given(words(speak.lang)["paper_known"], (moment_said(paper.known_at, speak),)))
    if paper.source:
        own.append(Given(words(speak.lang)["paper_source"], (paper.source,)))
    return GivenPaper(say(speak.lang, "paper_named", title=title, name=paper.name), tuple(own))
