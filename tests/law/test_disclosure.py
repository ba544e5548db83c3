"""An answer that hides something is the answer given where there is nothing to hide."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from locutorio.actions import answer, shelf
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Outcome
from locutorio.facts.snapshot import Question, Snapshot
from locutorio.facts.vocabulary import LANGUAGES, Value, vocabulary
from locutorio.notices.document import as_document
from locutorio.notices.text import as_text
from locutorio.rules.rulebook import Rulebook

ON = date(2026, 3, 9)
HIDDEN, THERE = "person.file_confidential", "disclosure.record_found"
ASKER, ITEM, GROUND = "disclosure.asker", "disclosure.item", "disclosure.ground"
FACTS = vocabulary().facts
ASKERS, ITEMS, GROUNDS = (list(FACTS[path].values) for path in (ASKER, ITEM, GROUND))
PUBLIC = ["name", "register_number", "place", "age", "race", "sentence", "past_moves", "assignments"]
CONFIDENTIAL: list[dict[str, Value]] = [{HIDDEN: True, THERE: True}, {HIDDEN: True}]
ORDINARY: dict[str, Value] = {HIDDEN: False, THERE: True}
NOBODY: list[dict[str, Value]] = [{HIDDEN: False, THERE: False}, {THERE: False}, {HIDDEN: True, THERE: False}]


@cache
def judge() -> Judge:
    """Give the law of the day."""
    return Judge(shelf.shelf("us-federal").on(ON))


def told(judge: Judge, asker: str, item: str, ground: str, facts: dict[str, Value]) -> tuple[Outcome, bytes]:
    """Give the outcome, and the answer as text in both languages and as a document, in bytes."""
    given: dict[str, Value] = {ASKER: asker, ITEM: item, GROUND: ground, **facts}
    kinds = frozenset(judge.book.pack.kinds)
    asked = Snapshot(Question("contact", ON, "disclosure", ON), given, (), kinds)
    decision = judge.decide(asked)
    document = json.dumps(as_document(decision, "en"), sort_keys=True)
    texts = (as_text(decision, lang) for lang in LANGUAGES)
    return decision.outcome, "\n".join([*texts, document]).encode()


@pytest.mark.parametrize("asker", ASKERS)
def test_nobody_without_a_claim_learns_that_a_file_is_confidential(asker: str) -> None:
    """Whatever is asked for, and on whatever ground: but for what the press may otherwise have, the answer is
    the same byte for byte for a confidential file and for any other.
    """
    grounds = GROUNDS if asker in ("public", "family") else ["none"]
    for item, ground in [*((item, "none") for item in ITEMS), *(("place", ground) for ground in grounds)]:
        if asker == "press" and item in PUBLIC:
            continue
        ordinary = told(judge(), asker, item, ground, ORDINARY)
        for facts in (CONFIDENTIAL[0], NOBODY[0]):
            assert told(judge(), asker, item, ground, facts) == ordinary, (item, ground, facts)


@pytest.mark.parametrize("item", PUBLIC)
def test_the_press_hears_of_a_confidential_file_what_it_hears_of_nobody(item: str) -> None:
    """The press is refused a confidential file in the very bytes in which it is told of a person who is in no
    record; of anyone else it has the answer.
    """
    assert told(judge(), "press", item, "none", ORDINARY)[0] is Outcome.PERMIT
    for ground in ("none", "written_consent", "records_request"):
        answers = {told(judge(), "press", item, ground, facts) for facts in (*CONFIDENTIAL, *NOBODY)}
        assert len(answers) == 1
        outcome, text = answers.pop()
        assert outcome is Outcome.REFUSE
        assert not any(path.encode() in text for path in (HIDDEN, THERE))


def test_without_the_veil_the_two_could_be_told_apart() -> None:
    """Were the facts shown as others are, a confidential file would be seen in the answer."""
    words = vocabulary()
    bare = {**words.facts, **{path: replace(words.facts[path], veiled=False) for path in (HIDDEN, THERE)}}
    unveiled = Judge(Rulebook(shelf.pack("us-federal"), ON, replace(words, facts=bare)))

    hidden, nobody = (told(unveiled, "press", "name", "none", one[0]) for one in (CONFIDENTIAL, NOBODY))
    assert hidden != nobody


def test_the_one_who_asks_is_told_the_same_whether_a_victim_asked_or_not() -> None:
    """No fact of the vocabulary that says whether a victim asked for notice is read by this question."""
    reach = judge().book.reach_of_contact("disclosure")

    assert not any(path.startswith("victim.") for path in reach)


def test_no_later_day_is_promised_on_which_too_little_of_the_sentence_is_left() -> None:
    """A denial two years old is no use to someone who then has three weeks left; the answer names no day."""
    cases = {one.name: one.case for one in shelf.cases("us-federal").worked}
    soon, too_late = (
        answer.answer(cases[name]) for name in ("transfer-again-too-soon", "transfer-again-too-little-left")
    )

    assert soon.earliest == date(2027, 3, 10)
    assert too_late.earliest is None
    text = as_text(soon, "en")
    assert "Whole years since the denial: 0 years (number: 2 years" in " ".join(text.split())
    assert "10 March 2027" in text
