"""A request for a transfer home lists all that the law asks for, each with its source, met or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from locutorio.actions import answer, shelf
from locutorio.decisions.decision import Decision, Outcome, Truth
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.notices.compose import compose
from locutorio.notices.letter import FindingBlock

EXAMPLE = Path(__file__).parents[2] / "examples" / "transfer-home-too-soon.yaml"
CASES = {
    one.name: one.case for one in shelf.cases("us-federal").worked if one.case.question.about == "transfer"
}


def decided(name: str) -> Decision:
    """Decide a worked case of the pack."""
    return answer.answer(CASES[name])


def test_the_one_thing_that_is_missing_is_the_one_that_is_not_in_order() -> None:
    """Two years have not passed since the denial; everything else is in order, with its own source."""
    decision = answer.answer(answer.read_file(EXAMPLE))
    missing = [one.citation for one in decision.criteria if one.state is not Truth.YES]
    assert missing == ["Criminal Resource Manual 734"]
    cited = {one.citation for one in decision.criteria}
    assert {"18 USC 4100(a)", "18 USC 4100(b)", "18 USC 4100(c)", "28 CFR 527.44"} <= cited
    assert all(one.says["en"] and one.says["es"] for one in decision.criteria)


@pytest.mark.parametrize("name", CASES)
def test_what_goes_forward_has_everything_and_what_does_not_lacks_something(name: str) -> None:
    """In every worked case: permitted where nothing is missing, refused only where something surely is."""
    decision = decided(name)
    states = {one.state for one in decision.criteria}
    assert decision.criteria
    if decision.outcome is Outcome.PERMIT:
        assert states == {Truth.YES}
    if decision.outcome is Outcome.REFUSE:
        assert Truth.NO in states


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_letter_has_each_with_its_source(lang: str) -> None:
    """One block for each, under one heading, in both languages."""
    decision = answer.answer(answer.read_file(EXAMPLE))
    (section,) = (one for one in compose(decision, lang).sections if one.name == "criteria")
    blocks = [one for one in section.blocks if isinstance(one, FindingBlock)]
    assert [one.citation for one in blocks] == [one.citation for one in decision.criteria]
    assert all(one.head and one.says for one in blocks)


def test_no_other_question_lists_criteria() -> None:
    """A visit is no application that is gone through."""
    worked = shelf.cases("us-federal").worked
    case = next(one.case for one in worked if one.case.question.about == "visit")
    assert answer.answer(case).criteria == ()
