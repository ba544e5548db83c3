"""Two court orders about one contact that contradict each other: nobody chooses in silence.

One orders two calls a month, the other no contact with the one who is called. Neither names the other, and
both are of one rank. A person must decide: both orders are shown, and who is to be asked and told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from locutorio.actions import answer, shelf
from locutorio.facts.case import Case, CasePaper, Dated
from locutorio.notices.document import as_document

LAW, NAME = "us-federal", "order-of-calls-against-no-contact"
DAYS = (date(2025, 11, 3), date(2025, 12, 1))
MADE = "use.calls_month"


def given() -> Case:
    """Give the worked case of the law, whose other facts are the usual ones."""
    return next(one.case for one in shelf.cases(LAW).worked if one.name == NAME)


def decided(case: Case, papers: Sequence[CasePaper], *, made: int = 1, lang: str = "en") -> dict[str, Any]:
    """Decide with these papers, where so many calls of the month were made."""
    facts = {**case.facts, MADE: (Dated(made),)}
    return as_document(answer.answer(replace(case, papers=tuple(papers), facts=facts)), lang)


def _made(paper: CasePaper, on: date) -> CasePaper:
    """Give a paper as it would be had it been made on another day."""
    days = {name: replace(one, value=on) for name, one in paper.facts.items() if isinstance(one.value, date)}
    assert days
    return replace(paper, facts={**paper.facts, **days})


@pytest.mark.parametrize("since", [*permutations(DAYS), (DAYS[1], DAYS[1])], ids=str)
def test_a_person_must_decide(since: tuple[date, date]) -> None:
    """Whichever was made first, and whichever is told first: both count, and neither prevails."""
    case = given()
    papers = [_made(paper, on) for paper, on in zip(case.papers, since, strict=True)]
    for told in permutations(papers):
        decision = decided(case, told)["decision"]
        assert decision["outcome"] == "refer"
        assert {"o1", "n1"} <= {one["instrument"] for one in decision["reasons"] if one["truth"] == "yes"}
        assert "court" in {route["office"] for route in decision["routes"]}
        assert "counsel" in {who for notice in decision["notices"] for who in notice["to"]}


@pytest.mark.parametrize(
    ("lang", "headline"), [("en", "A person must decide this."), ("es", "Esto lo debe decidir una persona.")]
)
def test_the_letter_names_both_orders(lang: str, headline: str) -> None:
    """Whoever reads it learns that a person decides, why, and that a court can be asked."""
    letter = decided(given(), given().papers, lang=lang)["letter"]

    assert letter["headline"] == headline
    assert "(o1)" in str(letter)
    assert "(n1)" in str(letter)


def test_it_is_the_contradiction_that_holds_it() -> None:
    """With one of them alone, and once the calls of the month are made, it is decided."""
    case = given()
    calls, contact = case.papers

    assert decided(case, [calls])["decision"]["outcome"] == "permit"
    assert decided(case, [contact])["decision"]["outcome"] == "refuse"
    assert decided(case, case.papers, made=2)["decision"]["outcome"] == "refuse"
