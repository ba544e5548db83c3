"""What a reader of a notice cannot know by the vocabulary is not in it, through worked cases of the laws."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from locutorio.actions import answer, shelf
from locutorio.decisions.decision import Decision, FactSeen
from locutorio.notices.audience import Reader, may_know, told_to
from locutorio.notices.compose import compose
from locutorio.notices.findings import Teller, every_finding
from locutorio.notices.text import letter_as_text

WIDE, CASES_MAX = 100_000, 100


@cache
def worked(law: str) -> tuple[Decision, ...]:
    """Give answers to worked cases about contact; their papers have sources that can be found again."""
    cases = [one.case for one in shelf.cases(law).worked if one.case.question.kind == "contact"]
    found = []
    for case in cases[:: 1 + len(cases) // CASES_MAX]:
        papers = tuple(replace(paper, source=f"SOURCE OF {paper.name}") for paper in case.papers)
        found.append(answer.answer(replace(case, papers=papers)))
    return tuple(found)


def unknowable(decision: Decision, reader: Reader) -> set[FactSeen]:
    """Give the facts that lines of the answer used, and that the reader cannot know."""
    seen = (fact for one in every_finding(decision) for line in one.lines for fact in line.facts)
    return {fact for fact in seen if fact.value is not None and not may_know(reader, fact.path)}


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("law", ["arcadia", "us-federal"])
def test_nobody_is_told_a_fact_that_only_others_can_know(law: str, lang: str) -> None:
    """Neither the person nor the contact reads a fact of the other; a whole answer would have told it."""
    kept_back = told_in_full = 0
    for decision in worked(law):
        whole = letter_as_text(compose(decision, lang), WIDE).lower()
        for reader in Reader:
            told = letter_as_text(told_to(decision, reader, (), lang), WIDE).lower()
            for fact in unknowable(decision, reader):
                said = Teller(decision, lang).fact(fact).lower()
                assert said not in told, (reader, fact)
                kept_back += 1
                told_in_full += said in whole
    assert kept_back > 5
    assert told_in_full > 5


@pytest.mark.parametrize("law", ["arcadia", "us-federal"])
def test_a_contact_is_not_told_of_papers_that_do_not_name_them(law: str) -> None:
    """A paper about the person is told to the person; to a contact only where it names that contact."""
    papers = 0
    for decision in worked(law):
        for paper in decision.instruments:
            source = f"SOURCE OF {paper.name}"
            papers += 1
            assert source in letter_as_text(told_to(decision, Reader.PERSON, (), "en"), WIDE)
            assert source not in letter_as_text(told_to(decision, Reader.CONTACT, (), "en"), WIDE)
            assert source in letter_as_text(told_to(decision, Reader.CONTACT, {paper.name}, "en"), WIDE)
    assert papers > 5


@pytest.mark.parametrize("law", ["arcadia", "us-federal"])
def test_each_reader_has_their_own_ways_to_contest(law: str) -> None:
    """A way to contest is told to the one whom the law gives it, and not as if it were the other's."""
    for decision in worked(law):
        for reader in Reader:
            letter = told_to(decision, reader, (), "en")
            ways = {route.recipient for route in decision.routes}
            names = [section.name for section in letter.sections]
            assert ("contest" in names) == (reader in ways)
