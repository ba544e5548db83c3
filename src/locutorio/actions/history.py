"""Reads a chronicle, tells a day of it, and asks the law where an answer needs law. Needs no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from locutorio.actions import answer, owed, shelf
from locutorio.chronicle.asked import Answered, Asking, Laws
from locutorio.chronicle.days import hull
from locutorio.chronicle.events import is_conviction
from locutorio.chronicle.expecting import Checked, check_expectation
from locutorio.chronicle.reading import read_chronicle
from locutorio.chronicle.stage import TRANSFER, Knowledge
from locutorio.chronicle.telling import Day, lanes, tell
from locutorio.chronicle.testing import SAME, check_test
from locutorio.chronicle.values import Amount, Chronicle
from locutorio.chronicle.weighed import Weighed
from locutorio.chronicle.weighing import weigh
from locutorio.decisions.decision import Decision, Finding, Outcome
from locutorio.facts.case import Case, CasePaper, Dated
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import Value
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.catalogue import say
from locutorio.notices.document import Json
from locutorio.notices.history import compose_day
from locutorio.notices.history_document import (
    FORMAT,
    day_as_document,
    events_as_document,
    weighed_as_document,
)
from locutorio.notices.history_page import HistoryPage
from locutorio.notices.history_picture import picture
from locutorio.notices.history_whole import compose_whole, events_of, sections_of
from locutorio.notices.history_words import HistoryWords
from locutorio.notices.letter import Letter

USUAL_LAW = "us-federal"
OLD_ORDER: Mapping[str, tuple[str, str]] = {"us-federal": ("court_order_calls", "sam_court_2024")}
EXTENSION: Mapping[str, str] = {"us-federal": "501.3.c.extension_notification"}
_ESCORT = "escort.present"


@dataclass(frozen=True, slots=True)
class Answer:
    """One day of a chronicle with what the law says beside it."""

    day: Day
    laws: Laws


def read(raw: bytes, name: str) -> Chronicle:
    """Read a file of dated events.

    Raises:
        Fault, Faults: it cannot be used, and why.
    """
    chronicle = read_chronicle(raw, name, USUAL_LAW)
    if chronicle.law not in shelf.laws():
        raise Fault(f'there is no law "{chronicle.law}"', remedy=suggestion(chronicle.law, shelf.laws()))
    return chronicle


def answer_of(chronicle: Chronicle, on: date, knowledge: Knowledge) -> Answer:
    """Tell one day, by what a reader knows."""
    day = tell(chronicle, on, knowledge)
    return Answer(day, Laws(_old_order(chronicle, day), _remedy(chronicle, on), _extension(chronicle, on)))


def weighed(chronicle: Chronicle) -> tuple[Weighed, ...]:
    """Set the versions of each contradiction beside each other."""
    asking = Asking(lambda age, on: _child_alone(chronicle.law, age, on), expressed)
    return tuple(weigh(one, chronicle, asking) for one in chronicle.contradictions)


def _on(law: str, on: date) -> date:
    """Give the day, or the first day of the law that is held where that is later."""
    return max(on, shelf.pack(law).first_day)


def _ask(
    law: str, question: Question, facts: Mapping[str, Value], papers: tuple[CasePaper, ...] = ()
) -> Case:
    known = {path: (Dated(value),) for path, value in facts.items()}
    return Case(law=law, question=question, facts=known, papers=papers, complete=None)


def _answered(decision: Decision, finding: Finding, outcome: Outcome | None = None) -> Answered:
    return Answered(
        outcome or decision.outcome, finding.citation, finding.provision, finding.says, decision.on
    )


def _child_alone(law: str, age: int, on: date) -> Answered | None:
    """Ask about a child at the gate with no adult beside them."""
    facts: Mapping[str, Value] = {
        "contact.role": "social",
        "contact.relation": "child",
        "contact.age": age,
        "contact.on_visiting_list": True,
        "visit.by_video": False,
        _ESCORT: False,
        "approval.child_alone": False,
    }
    day = _on(law, on)
    case = _ask(law, Question(kind="contact", about="entry", on=day, asked_on=day), facts)
    decision = answer.answer(case)
    key = next((one for one in decision.keys if one.fact == _ESCORT), None)
    return _answered(decision, key.finding) if key else None


def _old_order(chronicle: Chronicle, day: Day) -> Answered | None:
    """Ask what becomes of an order made before a conviction, on a day after conviction and transfer."""
    law, grants = chronicle.law, day.grants
    convicted = next((event.days.last for event in chronicle.events if is_conviction(event)), None)
    moved = next((event.days.last for event in chronicle.events if event.what == TRANSFER), None)
    old = [one for one in grants if convicted and one.statement.since.last < convicted]
    if law not in OLD_ORDER or not old or convicted is None or moved is None or day.on < moved:
        return None
    form, adopted = OLD_ORDER[law]
    signed = old[0].statement.since.last
    stated: Mapping[str, Value] = {
        "decider": "court",
        "signed_on": signed,
        "binds_custodian": True,
        "about_measure": True,
        "persons_rule": "anyone",
        "names_contact": False,
    }
    paper = CasePaper(
        "order",
        form,
        {f"instrument.{name}": Dated(value) for name, value in {"from": signed, **stated}.items()},
        None,
        None,
    )
    facts: Mapping[str, Value] = {"person.convicted_on": convicted, "person.designated_on": moved}
    question = Question(kind="instrument", on=_on(law, day.on), subject="order")
    case = replace(_ask(law, question, facts, (paper,)), adopt=frozenset({adopted}))
    decision = answer.answer(case)
    finding = next(iter(decision.reasons), None)
    return _answered(decision, finding) if finding and decision.outcome is Outcome.SUPERSEDED else None


def _remedy(chronicle: Chronicle, on: date) -> Answered | None:
    """Ask for the first step of the law's own remedy."""
    law = chronicle.law
    clock = owed.FIRST_STEPS.get(law)
    if clock is None:
        return None
    day = _on(law, on)
    facts: Mapping[str, Value] = {
        "remedy.claimant": "person",
        "remedy.subject": "confinement",
        "clock.event_on": day,
    }
    decision = answer.answer(_ask(law, Question(kind="clock", subject=clock, on=day), facts))
    return _answered(decision, decision.clocks[0].finding) if decision.clocks else None


def _extension(chronicle: Chronicle, on: date) -> Answered | None:
    """Give the provision by which a measure is extended."""
    law = chronicle.law
    name = EXTENSION.get(law)
    if name is None:
        return None
    found = shelf.pack(law).provisions[name]
    return Answered(Outcome.STANDS, found.citation, found.name, found.says, _on(law, on))


def expressed(amount: Amount) -> str:
    """Write an amount that kinds share as one promise, as `locutorio owed` counts it, and read it back.

    Raises:
        Fault: it cannot be expressed.
    """
    promise = {
        "id": "pooled",
        "what": "visit",
        "paper": "as reported",
        "count": str(amount.low),
        "each": amount.unit,
        "with": f"[{', '.join(amount.pooled)}]",
        "from": "2000-01-01",
    }
    text = f"promises: [{{{', '.join(f'{name}: {value}' for name, value in promise.items())}}}]"
    [read_back] = owed.read(text.encode(), "pooled.yaml").promises
    assert (read_back.count, read_back.with_whom) == (amount.low, amount.pooled)
    return ", ".join(
        f"{name}: {value}" for name, value in promise.items() if name not in {"id", "paper", "from"}
    )


@dataclass(frozen=True, slots=True)
class Document:
    """The same told twice: as a letter in one language, and for machines."""

    letter: Letter
    json: Mapping[str, Json]


def day_told(chronicle: Chronicle, told: Answer, lang: str) -> Document:
    """Tell one day in words and for machines."""
    return Document(
        compose_day(chronicle, told.day, told.laws, lang),
        day_as_document(chronicle, told.day, told.laws, lang),
    )


def whole_told(chronicle: Chronicle, lang: str) -> Document:
    """Tell every event and every contradiction in words and for machines."""
    found = weighed(chronicle)
    return Document(
        compose_whole(chronicle, found, lang),
        {
            "format": FORMAT,
            "lang": lang,
            "contradictions": weighed_as_document(found, lang),
            "events": events_as_document(chronicle.events),
        },
    )


def template(lang: str) -> str:
    """Give a file to fill in, as YAML with comments."""
    return say(lang, "history.template")


def page(
    chronicle: Chronicle, told: Answer | None, lang: str, knowledge: Knowledge | None = None
) -> HistoryPage:
    """Give what stands on a page: the picture of all years, the day that is told if one is, and the whole."""
    words = HistoryWords(lang, chronicle)
    found = weighed(chronicle)
    days = hull(event.days for event in chronicle.events)
    drawn = picture(
        lanes(chronicle, knowledge or Knowledge(), days.last),
        days,
        told.day.on if told else None,
        words,
    )
    return HistoryPage(
        lang=lang,
        picture=drawn,
        day=compose_day(chronicle, told.day, told.laws, lang) if told else None,
        day_line=words.say("history.picture.now", day=words.day(told.day.on)) if told else "",
        whole=compose_whole(chronicle, found, lang),
        contradictions=tuple(sections_of(found, words)),
        events=tuple(events_of(chronicle.events, words)),
    )


def check(chronicle: Chronicle, lang: str) -> tuple[tuple[str, Checked], ...]:
    """Check everything that a file expects, each line against the document that is told.

    Each line comes with the day or the contradiction it is of.
    """
    return (*_expected(chronicle, lang), *_tested(chronicle, lang))


def _expected(chronicle: Chronicle, lang: str) -> Iterator[tuple[str, Checked]]:
    for one in chronicle.expectations:
        told = answer_of(chronicle, one.at.last, Knowledge())
        document = day_as_document(chronicle, told.day, told.laws, lang)
        for checked in check_expectation(one, document):
            yield one.at.last.isoformat(), checked


def _tested(chronicle: Chronicle, lang: str) -> Iterator[tuple[str, Checked]]:
    before = ""
    told = weighed_as_document(weighed(chronicle), lang)
    for one, document in zip(chronicle.contradictions, told, strict=True):
        before = before if one.test == SAME else one.test or ""
        assert isinstance(document, Mapping)
        for checked in check_test(before, document) if before else ():
            yield one.name, checked
