"""Promises over answers drawn at random: they are understood or refused, and a case file loses none."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import pytest

from locutorio.actions import answer, interview, shelf
from locutorio.actions.case_text import case_text, write_value
from locutorio.actions.interview import Said
from locutorio.facts.case import Case
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, Faults
from tests.interview.answering import contact_cases

T = TypeVar("T")
LAWS = tuple(shelf.laws())
WORDS = (
    "",
    "unknown",
    "none",
    "yes",
    "no",
    "0",
    "7",
    "-1",
    "99999",
    "2026-02-30",
    "2026-01-15",
    "9999-12-31",
)
SIGNS = ("a,b", "=", "💥", "\u202e", "x" * 400, "{a: b}", "&a *a", "' \" :", "<b>", "%s", "../..")
DAYS = ("2026-11-01", "2026-12-05", "2027-01-01", "2016-02-29", "none", "unknown")
WRONG_PATHS = ("instrument.from", "nowhere", "a-1:b", "instruments.x.0")
SEEDS = range(2)
REOPENED = 25


def some_value(path: str, law: str, rng: random.Random) -> str:
    """Draw an answer that can be read, or one in twenty that mostly cannot."""
    if rng.random() < 0.05:
        return rng.choice(WORDS + SIGNS)
    pack, kind = shelf.pack(law), vocabulary().facts.get(path.rpartition(":")[2])
    if path == "instruments":
        named = rng.sample(sorted(pack.kinds), rng.randint(1, 2))
        return rng.choice(["none", "unknown", ",".join(named), ",".join(f"{one}?" for one in named)])
    if kind is None:
        forms = [form.name for form in pack.forms.values() if form.kind in path.split(".")]
        return rng.choice([*forms, "none", "unknown"])
    match kind.type:
        case "yes_no":
            known = ["yes", "no"]
        case "quantity":
            known = ["0", "1", "2", "20", "240"]
        case "day":
            known = [*DAYS]
        case _:
            known = [*(kind.values or vocabulary().offices)]
    return rng.choice([*known, "unknown"])


def paths_of(law: str) -> list[str]:
    """Give every path that can be answered under a law, those of papers more often, and some that cannot."""
    pack = shelf.pack(law)
    not_asked = ("instrument.", "request.o", "request.a")
    general = [path for path in vocabulary().facts if not path.startswith(not_asked)]
    kinds = [f"instruments.{kind}{after}" for kind in pack.kinds for after in ("", ".2")]
    own = [
        f"{form.kind}-{number}:instrument.{word}"
        for form in pack.forms.values()
        for word in ("from", "until", *form.parameters)
        for number in (1, 2)
    ]
    return [*general, *kinds * 4, *own, *["instruments"] * 8, *WRONG_PATHS]


def tried(call: Callable[[], T]) -> tuple[T | None, tuple[Fault, ...]]:
    """Give what a call gives, or the faults it raises."""
    try:
        return call(), ()
    except Fault as fault:
        return None, (fault,)
    except Faults as several:
        return None, several.faults


def drawn(law: str, rng: random.Random) -> Said:
    """Draw anything that a form could send."""
    about = rng.choice(["visit", "call", "letter", "entry"])
    paths = rng.sample(paths_of(law), rng.randint(0, 25))
    answers = tuple((path, some_value(path, law, rng)) for path in paths)
    return Said(law, about, "2026-12-05", rng.choice(["2026-11-21", ""]), answers)


def readable(law: str, rng: random.Random) -> Said:
    """Draw what was said, without the answers that are refused one by one."""
    wild = drawn(law, rng)
    found = replace(wild, answers=())
    for path, value in wild.answers:
        found = tried(partial(interview.answered, found, path, value))[0] or found
    return found


def without_names(case: Case) -> tuple[str, list[list[str]]]:
    """Give a case without the order and the names of its papers, and with `all` written out."""
    papers = [
        sorted([paper.form, *(f"{path}={write_value(entry.value)}" for path, entry in paper.facts.items())])
        for paper in case.papers
    ]
    complete = frozenset(shelf.pack(case.law).kinds) if case.complete is None else case.complete
    facts = {path: case.facts[path] for path in sorted(case.facts)}
    return case_text(replace(case, papers=(), facts=facts, complete=complete)), sorted(papers)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_said_is_understood_or_refused(law: str, seed: int) -> None:
    """Any answers give a step, or faults that say what is wrong and what to do; never another error."""
    rng = random.Random(f"{law} {seed}")
    for wild in [*(drawn(law, rng) for _ in range(8)), *(readable(law, rng) for _ in range(2))]:
        step, why = tried(partial(interview.step, wild, rng.choice(["en", "es"])))
        assert step is not None or why
        assert all(fault.what and fault.remedy for fault in why)
        assert step is None or step.question is None or step.witness is not None


@pytest.mark.parametrize("law", LAWS)
def test_a_case_file_holds_what_was_said(law: str) -> None:
    """Written as a case file and reopened, the answers make the same case, byte for byte."""
    rng = random.Random(f"file {law}")
    written = 0
    for _ in range(60):
        text, _ = tried(partial(interview.case_text, readable(law, rng)))
        if text is not None:
            again = interview.said_of(text.encode(), "CASE.yaml")
            assert interview.case_text(again) == text
            written += 1

    assert written > 30


@pytest.mark.parametrize("law", LAWS)
def test_a_case_of_the_law_is_reopened_whole_or_refused(law: str) -> None:
    """A worked case comes back from the interview as it was, or is refused because days or sources would
    be lost; most come back.
    """
    everything = contact_cases(law)
    cases = random.Random("cases").sample(everything, min(REOPENED, len(everything)))
    refused = []
    for worked in cases:
        said, why = tried(partial(interview.said_of, case_text(worked.case).encode(), "CASE.yaml"))
        refused += [fault.what for fault in why]
        assert said is None or without_names(interview.case_of(said)) == without_names(worked.case)

    assert len(refused) < len(cases) // 2
    assert [what for what in refused if not re.search("days or a source|became known|last day", what)] == []


def test_another_kind_of_question_is_not_reopened() -> None:
    """A case about a paper or a deadline is not of the interview; the refusal says where it can be asked."""
    other = next(one for one in shelf.cases("us-federal").worked if one.case.question.kind == "clock")
    with pytest.raises(Fault) as refused:
        interview.said_of(case_text(other.case).encode(), "CASE.yaml")

    assert "decide" in refused.value.remedy


def test_the_answer_is_that_of_the_file() -> None:
    """`locutorio decide` on the written file gives the decision the interview shows."""
    rng = random.Random("decisions")
    compared = 0
    for _ in range(6):
        said = readable("us-federal", rng)
        step, _ = tried(partial(interview.step, said, "en"))
        if step is not None:
            file = interview.case_text(said).encode()
            assert answer.answer(answer.read(file, "CASE.yaml")) == step.decision
            compared += 1

    assert compared > 2
