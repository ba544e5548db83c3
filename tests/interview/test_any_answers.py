"""Promises over answers drawn at random: they are understood or refused, and a case file loses none of them."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from locutorio.actions import answer, interview, shelf
from locutorio.actions.case_text import case_text, write_value
from locutorio.actions.interview import Said
from locutorio.facts.case import Case
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, Faults
from tests.interview.answering import contact_cases

LAWS = ("us-federal", "arcadia")
WILD = ("", "unknown", "none", "yes", "no", "0", "7", "-1", "99999", "2026-02-30", "2026-01-15", "9999-12-31", "a,b", "=",
        "💥", "\u202e", "x" * 400, "{a: b}", "&a *a", "' \" :", "<b>", "%s", "../..")  # fmt: skip
SEEDS = range(5)


def some_value(path: str, law: str, rng: random.Random) -> str:
    """Draw an answer that can be read, or one in five that mostly cannot."""
    if rng.random() < 0.05:
        return rng.choice(WILD)
    pack, kind = shelf.pack(law), vocabulary().facts.get(path.rpartition(":")[2])
    if path == "instruments":
        named = rng.sample(sorted(pack.kinds), rng.randint(1, 2))
        return rng.choice(["none", "unknown", ",".join(named), ",".join(f"{one}?" for one in named)])
    if kind is None:
        forms = [form.name for form in pack.forms.values() if form.kind in path.split(".")]
        return rng.choice([*forms, "none", "unknown"])
    match kind.type:
        case "yes_no":
            return rng.choice(["yes", "no", "unknown"])
        case "quantity":
            return rng.choice(["0", "1", "2", "20", "240", "unknown"])
        case "day":
            return rng.choice(["2026-11-01", "2026-12-05", "2027-01-01", "2016-02-29", "none", "unknown"])
        case _:
            return rng.choice([*(kind.values or vocabulary().offices), "unknown"])


def paths_of(law: str) -> list[str]:
    pack = shelf.pack(law)
    general = [path for path in vocabulary().facts if not path.startswith(("instrument.", "request.o", "request.a"))]
    kinds = [f"instruments.{kind}{after}" for kind in pack.kinds for after in ("", ".2")]
    own = [
        f"{form.kind}-{number}:instrument.{word}"
        for form in pack.forms.values()
        for word in ("from", "until", *form.parameters)
        for number in (1, 2)
    ]
    return [*general, *kinds * 4, *own, *["instruments"] * 8, "instrument.from", "nowhere", "a-1:b", "instruments.x.0"]


def drawn(law: str, rng: random.Random) -> Said:
    about = rng.choice(["visit", "call", "letter", "entry"])
    paths = rng.sample(paths_of(law), rng.randint(0, 25))
    answers = tuple((path, some_value(path, law, rng)) for path in paths)
    return Said(law, about, "2026-12-05", rng.choice(["2026-11-21", ""]), answers)


def readable(law: str, rng: random.Random) -> Said:
    """Draw what was said, without the answers that are refused one by one."""
    wild = drawn(law, rng)
    found = replace(wild, answers=())
    for path, value in wild.answers:
        try:
            found = interview.answered(found, path, value)
        except Fault:
            continue
    return found


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_said_is_understood_or_refused(law: str, seed: int) -> None:
    """Any answers give a step, or faults that say what is wrong and what to do; never another error."""
    rng = random.Random(f"{law} {seed}")
    for wild in [drawn(law, rng) for _ in range(8)] + [readable(law, rng) for _ in range(2)]:
        try:
            step = interview.step(wild, rng.choice(["en", "es"]))
        except Fault as fault:
            assert fault.what
            assert fault.remedy
        except Faults as several:
            assert all(fault.what and fault.remedy for fault in several.faults)
        else:
            assert step.question is None or step.witness is not None


@pytest.mark.parametrize("law", LAWS)
def test_a_case_file_holds_what_was_said(law: str) -> None:
    """Written as a case file and reopened, the answers make the same case, byte for byte."""
    rng = random.Random(f"file {law}")
    written = 0
    for _ in range(60):
        try:
            text = interview.case_text(readable(law, rng))
        except (Fault, Faults):
            continue
        again = interview.said_of(text.encode(), "CASE.yaml")
        assert interview.case_text(again) == text
        assert interview.said_of(interview.case_text(again).encode(), "CASE.yaml") == again
        written += 1

    assert written > 30


def bare(case: Case) -> str:
    """Give a case as text, without what the interview names its own way: papers, and whether all are known."""
    every = frozenset(shelf.pack(case.law).kinds)
    papers = tuple(replace(paper, name=str(at)) for at, paper in enumerate(case.papers, 1))
    facts = {path: case.facts[path] for path in sorted(case.facts)}
    complete = every if case.complete is None else case.complete
    text = case_text(replace(case, papers=papers, facts=facts, complete=complete))
    return "\n".join(sorted(text.splitlines()))


@pytest.mark.parametrize("law", LAWS)
def test_a_case_of_the_law_is_reopened_whole_or_refused(law: str) -> None:
    """Every worked case comes back from the interview as it was, or is refused because days or sources would be
    lost; most come back.
    """
    back = 0
    cases = contact_cases(law)
    for worked in cases:
        try:
            said = interview.said_of(case_text(worked.case).encode(), "CASE.yaml")
        except Fault as fault:
            assert re.search("days or a source|became known|last day", fault.what), fault.what
            continue
        assert sorted_papers(interview.case_of(said)) == sorted_papers(worked.case)
        back += 1

    assert back > len(cases) // 2


def sorted_papers(case: Case) -> tuple[str, list[list[str]]]:
    """Give a case without the order and the names of its papers."""
    papers = [
        sorted([paper.form, *(f"{path}={write_value(entry.value)}" for path, entry in paper.facts.items())])
        for paper in case.papers
    ]
    return bare(replace(case, papers=())), sorted(papers)


def test_another_kind_of_question_is_not_reopened() -> None:
    """A case about a paper or a deadline is not of the interview, and the refusal says where it can be asked."""
    other = next(one for one in shelf.cases("us-federal").worked if one.case.question.kind == "clock")
    with pytest.raises(Fault) as refused:
        interview.said_of(case_text(other.case).encode(), "CASE.yaml")

    assert "decide" in refused.value.remedy


def test_the_answer_is_that_of_the_file() -> None:
    """`locutorio decide` on the written file gives the decision the interview shows."""
    rng = random.Random("decisions")
    for _ in range(6):
        said = readable("us-federal", rng)
        try:
            shown = interview.step(said, "en").decision
        except (Fault, Faults):
            continue
        assert answer.answer(answer.read(interview.case_text(said).encode(), "CASE.yaml")) == shown
