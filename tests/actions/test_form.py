"""Promises about a case as the fields of a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.actions import answer, shelf
from locutorio.actions.case_text import case_text
from locutorio.actions.form import Filled, FilledPaper, Misfilled, case_of, filled_of, kept_values
from locutorio.actions.form_fields import BESIDE, FIRST, clocks, groups, parameters
from locutorio.facts.case import Case, CasePaper, Dated
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import FactKind, Value, vocabulary
from locutorio.kernel.faults import Fault

EXAMPLES = Path(__file__).parents[2] / "examples"
ON = date(2026, 12, 5)
FORM = "special_measure"
FACTS = sorted(
    path for path in vocabulary().facts if not path.startswith(("instrument.", "request.on", "request.a"))
)
STATED = sorted(f"instrument.{name}" for name in shelf.pack("us-federal").forms[FORM].parameters)


def plain_values(kind: FactKind) -> st.SearchStrategy[Value | None]:
    match kind.type:
        case "yes_no":
            return st.booleans() | st.none()
        case "quantity":
            return st.integers(0, 99_999)
        case "day":
            return st.dates(date(1950, 1, 1), date(2100, 1, 1))
        case "choice":
            return st.sampled_from(sorted(kind.values))
        case _:
            return st.sampled_from(sorted(vocabulary().offices))


sources = st.none() | st.text("abc: #'\"-{}[]&*!|>%@`ñ\u4e2d", min_size=1, max_size=20).filter(str.strip)


@st.composite
def dated(draw: st.DrawFn, path: str) -> Dated:
    since = draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    until = None if since is None else draw(st.none() | st.just(since + timedelta(days=40)))
    known_at = draw(st.none() | st.sampled_from(["2026-01-05", "2026-01-05T09:30"]))
    source = draw(sources)
    value = draw(plain_values(vocabulary().facts[path]))
    return Dated(value, since, until, known_at, source and source.strip())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Give any case: values with and without periods and sources, papers, kinds that are complete."""
    facts = {
        path: tuple(draw(st.lists(dated(path), min_size=1, max_size=3)))
        for path in draw(st.lists(st.sampled_from(FACTS), unique=True, max_size=6))
    }
    papers = tuple(
        CasePaper(
            f"{FORM}-{number}",
            FORM,
            {
                path: draw(dated(path))
                for path in draw(st.lists(st.sampled_from(STATED), unique=True, max_size=5))
            },
            draw(st.none() | st.just("2026-01-05")),
            (source := draw(sources)) and source.strip(),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    complete = draw(st.none() | st.frozensets(st.sampled_from(sorted(shelf.pack("us-federal").kinds))))
    return Case("us-federal", Question("contact", ON, "visit", ON), facts, papers, complete)


def shipped() -> Iterator[Case]:
    """Give every worked case and every example file."""
    for pack in shelf.laws():
        yield from (one.case for one in shelf.cases(pack).worked)
    yield from (answer.read_file(path) for path in sorted(EXAMPLES.glob("*.yaml")))


def bare(dated: Dated) -> Dated:
    """Give what a value says, without its place in a file."""
    return replace(dated, place=None)


def says(case: Case) -> tuple[object, ...]:
    """Give all that a case says, without the order of its facts; what it says is unknown it does not say."""
    nothing, until = Dated(None), "instrument.until"
    facts = {path: tuple(map(bare, line)) for path, line in case.facts.items()}
    papers = [
        replace(
            paper,
            facts={
                path: bare(one) for path, one in paper.facts.items() if path == until or bare(one) != nothing
            },
        )
        for paper in case.papers
    ]
    said = {path: line for path, line in facts.items() if line != (nothing,)}
    return case.law, case.question, said, papers, case.complete, case.adopt


def test_every_shipped_case_goes_through_the_form_whole() -> None:
    """Each worked case and example, filled in and read again, says what it said before."""
    changed = [case_text(case) for case in shipped() if says(case_of(filled_of(case))) != says(case)]

    assert changed == []


@given(case=cases())
def test_any_case_goes_through_the_form_whole(case: Case) -> None:
    """Periods, sources, moments and odd characters come back as they were, and so does the file of them."""
    again = case_of(filled_of(case))

    assert says(again) == says(case)
    assert says(answer.read(case_text(again).encode(), "CASE.yaml")) == says(case)


def test_what_one_field_can_say_is_never_hidden() -> None:
    """A fact with one value and nothing more stands in its field; only the others are kept as they were."""
    line = (Dated("spouse"),)
    case = Case("us-federal", Question("contact", ON, "visit", ON), {"contact.relation": line})
    filled = filled_of(case)

    assert filled.said == {"contact.relation": "spouse"}
    assert filled.kept == {}


def test_what_is_kept_can_be_told() -> None:
    """What a file said of a fact in periods can be shown beside its field."""
    line = (Dated("halfway_house", until=ON), Dated("supervised_release", ON, source="her judgment"))
    case = Case("us-federal", Question("contact", ON, "visit", ON), {"contact.supervision": line})
    kept = filled_of(case).kept["contact.supervision"]

    assert kept_values("contact.supervision", kept) == line
    assert kept_values("contact.supervision", "{[}") == ()


def test_a_case_too_large_for_the_form_is_refused() -> None:
    """What the fields cannot carry is not cut short: it is said, with another way to answer it."""
    line = tuple(Dated("halfway_house", source="x" * 2_000) for _ in range(60))
    case = Case("us-federal", Question("contact", ON, "visit", ON), {"contact.supervision": line})

    with pytest.raises(Fault, match="more than the form can carry"):
        filled_of(case)


FILLED = Filled("us-federal", "visit", "2026-12-05")
PAPER = FilledPaper("p", FORM)
WRONG = {
    "no day": (replace(FILLED, on="5 December"), ("on", "day")),
    "no such day": (replace(FILLED, on="2026-02-30"), ("on", "day")),
    "asked late": (replace(FILLED, asked_on="2026-12-06"), ("asked_on", "asked_late")),
    "number": (replace(FILLED, said={"request.party_size": "two"}), ("request.party_size", "whole")),
    "less than none": (replace(FILLED, said={"request.party_size": "-1"}), ("request.party_size", "whole")),
    "too long": (replace(FILLED, said={"request.party_size": "9" * 6}), ("request.party_size", "whole")),
    "word": (replace(FILLED, said={"contact.relation": "pirate"}), ("contact.relation", "choice")),
    "no fact": (replace(FILLED, said={"contact.nothing": "yes"}), ("contact.nothing", "choice")),
    "the question": (replace(FILLED, said={"request.on": "2026-12-05"}), ("request.on", "choice")),
    "a paper's": (replace(FILLED, said={"instrument.decider": "warden"}), ("instrument.decider", "choice")),
    "kept": (replace(FILLED, kept={"contact.age": "{[}"}), ("contact.age", "kept")),
    "kept of another": (
        replace(FILLED, kept={"contact.age": "contact.born_on: none"}),
        ("contact.age", "kept"),
    ),
    "about": (replace(FILLED, about="a party"), ("about", "about")),
    "no clock": (replace(FILLED, about="clock:x"), ("about", "about")),
    "adopt": (replace(FILLED, adopt=("no.such.rule",)), ("adopt", "adopt")),
    "no paper": (replace(FILLED, about="paper:x"), ("about", "about")),
    "names": (replace(FILLED, papers=(PAPER, PAPER)), ("papers", "papers")),
    "a name": (replace(FILLED, papers=(replace(PAPER, name="a:b"),)), ("papers", "papers")),
    "papers": (
        replace(FILLED, papers=tuple(replace(PAPER, name=str(number)) for number in range(21))),
        ("papers", "papers_max"),
    ),
    "backwards": (
        replace(
            FILLED,
            papers=(
                replace(PAPER, said={"instrument.from": "2026-02-01", "instrument.until": "2026-01-01"}),
            ),
        ),
        ("0:instrument.until", "backwards"),
    ),
    "moment": (replace(FILLED, papers=(replace(PAPER, known_at="yesterday"),)), ("0:known_at", "moment")),
    "stated": (
        replace(FILLED, papers=(PAPER, replace(PAPER, name="q", said={"instrument.signed_on": "x"}))),
        ("1:instrument.signed_on", "day"),
    ),
}


@pytest.mark.parametrize(("filled", "named"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_used_is_named_by_its_field(filled: Filled, named: tuple[str, str]) -> None:
    """Whatever is wrong is told with the field where it can be put right."""
    with pytest.raises(Misfilled) as misfilled:
        case_of(filled)

    assert [(one.field, one.what) for one in misfilled.value.wrong] == [named]


def test_everything_wrong_is_told_at_once() -> None:
    """Two wrong fields are two entries, so that nobody corrects one to learn of the next."""
    with pytest.raises(Misfilled) as misfilled:
        case_of(replace(FILLED, on="x", said={"request.party_size": "x", "contact.age": "y"}))

    assert [one.field for one in misfilled.value.wrong] == ["on", "request.party_size", "contact.age"]


def test_what_turns_the_answer_stands_first() -> None:
    """The facts that by themselves still turn the answer are the first group; no fact stands twice."""
    filled = replace(FILLED, said={"contact.relation": "spouse", "call.found": "nothing"})
    decision = answer.answer(case_of(filled))
    found = {group.name: group.paths for group in groups(filled, decision)}
    every = [path for paths in found.values() for path in paths]
    of_facts = {path for path in (*decision.unknown, *decision.also_unknown) if path in FACTS}

    assert found[FIRST] == tuple(path for path in decision.unknown if path in FACTS)
    assert found[BESIDE] == ("call.found",)
    assert len(every) == len(set(every))
    assert of_facts <= set(every)


def test_a_form_has_every_fact_that_its_question_can_turn_on() -> None:
    """Every fact that a worked case states and its answer used has a field in the form of that case."""
    for one in shelf.cases("us-federal").worked[::7]:
        decision = answer.answer(one.case)
        used = {
            fact.path
            for reason in (*decision.reasons, *decision.supporting)
            for line in reason.lines
            for fact in line.facts
            if fact.instrument is None
            and not fact.path.startswith(("request.about", "request.on", "request.asked"))
        }
        offered = {path for group in groups(filled_of(one.case), decision) for path in group.paths}

        assert {path for path in used if not path.startswith("instrument.")} <= offered, one.name


def test_a_paper_offers_what_its_form_states() -> None:
    """The fields of a paper are the blanks of its form, without its first and last day."""
    assert set(parameters("us-federal", FORM, None, "p")) == {
        path for path in STATED if path not in {"instrument.from", "instrument.until"}
    }


def test_every_deadline_can_be_asked_about() -> None:
    """Each clock of the law has words, in both languages, for the list of questions."""
    for pack in shelf.laws():
        for says in clocks(pack, "no day").values():
            assert set(says) == {"en", "es"}


def test_what_an_overlay_says_can_be_adopted() -> None:
    """A case that adopts a rule of an overlay, or a row of the catalogue, goes through the form as it is."""
    law = shelf.pack("us-federal")
    row = next(row for one in law.provisions.values() for row in one.rows)
    names = (row, *(next(iter(shelf.pack(name).provisions)) for name in shelf.overlays()))

    assert case_of(replace(FILLED, adopt=names)).adopt == frozenset(names)
