"""The interview asks only what is decisive, and its answer is the answer to the whole case."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from locutorio.actions import interview, shelf
from locutorio.actions.interview import Said
from locutorio.kernel.faults import Fault, Faults
from locutorio.notices.words import sentence
from locutorio.rules.rulebook import facts_of_provision
from tests.interview.answering import begun, contact_cases, known, steps, walked

SAMPLE = 3
VISIT = Said("us-federal", "visit", "2026-12-05", "2026-11-21")
ARCADIA = Said("arcadia", "visit", "2026-12-05", "2026-11-21")
MOTHER = (("contact.role", "social"), ("contact.relation", "mother"), ("contact.age", "44"))


def said(**answers: str) -> Said:
    return replace(VISIT, answers=tuple((path.replace("__", "."), value) for path, value in answers.items()))


def drawn(law: str, seed: str) -> list[str]:
    names = sorted(one.name for one in contact_cases(law))
    return random.Random(seed).sample(names, SAMPLE)


@pytest.mark.parametrize(
    ("law", "name"), [(law, name) for law in shelf.laws() for name in drawn(law, "interviews")]
)
def test_an_interview_reaches_the_answer_of_the_whole_case(law: str, name: str) -> None:
    """Answered from a worked case, it ends with that case's outcome; every question had two answers that lead
    to different outcomes, both decided again; nothing is asked twice. `make soak` walks every case.
    """
    worked = next(one for one in contact_cases(law) if one.name == name)

    assert walked(law, worked) >= 0


def test_an_ordinary_family_visit_takes_few_questions() -> None:
    """A mother whose son is in an ordinary unit, with no paper against anyone, is done after twelve."""
    worked = next(one for one in contact_cases("us-federal") if one.name == "visa-never-refuses")

    assert walked("us-federal", worked) <= 12


def test_not_knowing_anything_ends_the_interview_too() -> None:
    """Whoever answers every question with "I don't know" is asked each once, and gets what can be said."""
    now, asked = ARCADIA, []
    while (question := interview.step(now, "es").question) is not None:
        asked.append(question.path)
        now = interview.answered(now, question.path, "unknown")

    assert len(asked) == len(set(asked))
    assert interview.step(now, "es").decision.branches


def test_stopping_early_gives_the_answer_so_far() -> None:
    """At every step there is an answer, with what it takes for granted or the cases that are left."""
    for _, step in steps(known("arcadia", contact_cases("arcadia")[0])):
        assert step.decision.firm or step.decision.branches or step.decision.unknown


def test_a_changed_answer_loses_no_other() -> None:
    """An answer is changed where it stands; those given after it stay, also where they no longer matter."""
    before = said(contact__role="attorney", contact__attorney_confirmed="yes", contact__age="50")
    after = interview.answered(before, "contact.role", "social")

    assert after.answers == (("contact.role", "social"), *before.answers[1:])
    assert [one.path for one in interview.step(after, "en").said] == [path for path, _ in before.answers]


def test_a_paper_taken_back_and_said_again_keeps_its_facts() -> None:
    """What was said of a paper stays while the paper is taken back, harms nothing, and counts again after."""
    path = "special_measure-1:instrument.visits_rule"
    with_paper = said(contact__role="social", instruments="special_measure")
    stated = interview.answered(with_paper, path, "none")
    back = interview.answered(stated, "instruments", "none")

    assert dict(back.answers)[path] == "none"
    assert path not in [one.path for one in interview.step(back, "en").said]
    assert "visits_rule: none" in interview.case_text(
        interview.answered(back, "instruments", "special_measure")
    )
    assert interview.step(back, "en").decision == interview.step(interview.removed(back, path), "en").decision


def test_the_order_of_the_answers_changes_nothing() -> None:
    """The same answers in another order lead to the same question and the same decision."""
    answers = [*MOTHER, ("person.unit", "general"), ("visit.by_video", "no"), ("contact.supervision", "none")]
    first = interview.step(replace(VISIT, answers=tuple(answers)), "en")
    other = interview.step(replace(VISIT, answers=tuple(reversed(answers))), "en")

    assert first.question == other.question
    assert (first.decision.outcome, first.decision.branches) == (
        other.decision.outcome,
        other.decision.branches,
    )


def test_a_checklist_counts_for_what_it_showed() -> None:
    """Kinds that were ticked are asked about, those not ticked do not exist, and "?" is "I am not sure"."""
    ticked = interview.answered(VISIT, "instruments", "sanction,court_order?")
    case = interview.case_of(ticked)

    assert case.complete is not None
    assert {*case.complete} == {"special_measure", "suspension", "emergency", "supervision_condition"}
    assert case.papers == ()
    question = interview.again(ticked, "en", "instruments").question
    assert [one.value for one in question.choices if one.here] == ["sanction"]


def test_a_kind_with_one_form_needs_no_second_question() -> None:
    """Ticking a kind of paper that has one form names the paper."""
    case = interview.case_of(interview.answered(VISIT, "instruments", "special_measure"))

    assert [(paper.name, paper.form) for paper in case.papers] == [("1", "special_measure")]


def test_another_paper_of_a_kind_with_one_form_is_a_yes_or_no() -> None:
    """Nobody is told to choose the nearest of one paper; its first day is not said to have "happened"."""
    one = interview.answered(VISIT, "instruments", "special_measure")
    another = interview.again(one, "en", "instruments.special_measure.2").question
    first_day = interview.again(one, "en", "special_measure-1:instrument.from").question

    assert [one.label for one in another.choices] == ["Yes, there is another", "No, no other"]
    assert [one.label for one in first_day.choices] == ["It has no first day yet"]


def test_several_papers_of_a_kind_are_told_apart() -> None:
    """The second paper of a kind is asked for after the first, and its facts are its own."""
    two = replace(
        VISIT,
        answers=(
            ("instruments.suspension", "visitor_suspended"),
            ("instruments.suspension.2", "visits_limited"),
            ("suspension-2:instrument.from", "2026-03-01"),
            ("suspension-1:instrument.from", "2026-01-01"),
        ),
    )
    papers = interview.case_of(two).papers

    assert [(one.form, str(one.facts["instrument.from"].value)) for one in papers] == [
        ("visitor_suspended", "2026-01-01"),
        ("visits_limited", "2026-03-01"),
    ]


def test_any_question_can_be_asked_again() -> None:
    """An old question comes back with the answer that was given, in either language."""
    for lang in ("en", "es"):
        question = interview.again(
            said(contact__role="social", contact__age="9"), lang, "contact.age"
        ).question
        assert (question.path, question.control, question.value) == ("contact.age", "quantity", "9")
        assert question.unit
        assert question.who


def test_every_question_says_why_it_is_asked_and_who_can_know() -> None:
    """Each names a provision in words with its citation, and somebody who can know it."""
    worked = next(one for one in contact_cases("us-federal") if one.name == "visa-never-refuses")
    for _, step in steps(known("us-federal", worked), "es"):
        if step.question is not None:
            assert step.question.ask
            assert step.question.why, step.question.path
            assert all(says and citation for says, citation in step.question.why)
            assert step.question.who


def test_adopted_text_passes_through() -> None:
    """What a case adopts is adopted in its interview, and told in the answer."""
    adopting = next(one for one in contact_cases("us-federal") if one.case.adopt)

    assert interview.step(begun(known("us-federal", adopting)), "en").decision.adopted == tuple(
        sorted(adopting.case.adopt)
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("contact.nowhere", "yes"),
        ("request.on", "2026-01-01"),
        ("instrument.from", "2026-01-01"),
        ("contact.role", "king"),
        ("contact.age", "-3"),
        ("contact.age", "many"),
        ("contact.born_on", "2026-02-30"),
        ("contact.role", ""),
        ("contact.role", "x" * 5_000),
        ("instruments", "none,court_order"),
        ("instruments", "court_order,court_order"),
        ("instruments", "letters"),
        ("instruments.letters", "none"),
        ("instruments.court_order", "special_measure"),
        ("instruments.court_order.99", "none"),
        ("letters-1:instrument.from", "2026-01-01"),
        ("court_order-1:contact.age", "3"),
        ("", "yes"),
    ],
)
def test_what_cannot_be_read_is_refused(path: str, value: str) -> None:
    """An answer to nothing, or one that is no answer, is a fault with a remedy; so it is when carried."""
    with pytest.raises(Fault) as refused:
        interview.answered(VISIT, path, value)
    with pytest.raises((Fault, Faults)):
        interview.step(replace(VISIT, answers=((path, value),)), "en")

    assert refused.value.remedy


@pytest.mark.parametrize(
    "wrong",
    [
        replace(VISIT, law="atlantis"),
        replace(VISIT, law="../us-federal"),
        replace(VISIT, about="party"),
        replace(VISIT, on="tomorrow"),
        replace(VISIT, on="2026-11-01"),
        replace(VISIT, on="1999-01-01", asked_on=""),
        replace(VISIT, adopt=("nothing",)),
        replace(VISIT, answers=tuple((f"contact.f{at}", "yes") for at in range(400))),
        replace(VISIT, answers=(("contact.born_on", "2016-01-01"), ("contact.age", "40"))),
        replace(
            VISIT,
            answers=(
                ("instruments.court_order", "court_order_visits"),
                ("court_order-1:instrument.from", "2026-05-01"),
                ("court_order-1:instrument.until", "2026-04-01"),
            ),
        ),
    ],
)
def test_what_contradicts_itself_or_is_not_here_is_refused(wrong: Said) -> None:
    """A law, kind of contact or day that is not there, and answers that cannot both be so, are faults."""
    with pytest.raises((Fault, Faults)):
        interview.step(wrong, "en")


def test_a_question_about_a_paper_that_does_not_exist_is_refused() -> None:
    """A paper's fact cannot be asked before the paper was said to exist."""
    with pytest.raises(Fault):
        interview.again(VISIT, "en", "court_order-1:instrument.from")


def test_a_firm_answer_ends_the_interview() -> None:
    """Where nothing unknown can turn the outcome, nothing is asked, whatever else is unknown."""
    worked = next(one for one in contact_cases("us-federal") if one.name == "unit-visit-cousin")
    everything = list(steps(known("us-federal", worked)))
    now, last = everything[-1]

    assert last.decision.firm
    assert last.question is None
    assert len(now.answers) < len(worked.case.facts)
    assert all(not step.decision.firm for _, step in everything[:-1])


@pytest.mark.parametrize("about", ["visit", "entry", "call"])
def test_a_reason_is_a_provision_that_reads_what_is_asked(about: str) -> None:
    """Each provision named as a reason reads the fact; of a kind of paper, it is made by such a paper."""
    pack = shelf.pack("us-federal")
    now, named = replace(VISIT, about=about), 0
    while (question := interview.step(now, "en").question) is not None:
        for says, _ in question.why:
            told = [one for one in pack.provisions.values() if sentence(one.says["en"]) == says]
            assert told
            if question.path.startswith("instruments"):
                assert all(one.form for one in told)
            else:
                assert any(question.path in facts_of_provision(one) for one in told), (question.path, says)
            named += 1
        now = interview.answered(now, question.path, "unknown")

    assert named > 10


def test_rare_roles_are_asked_about_last() -> None:
    """Who does not know even the role is asked what concerns a visit of family before consuls and lawyers."""
    now, asked = VISIT, []
    while (question := interview.step(now, "en").question) is not None:
        asked.append(question.path)
        now = interview.answered(now, question.path, "unknown")
    family = replace(VISIT, answers=(("contact.role", "social"),))
    ordinary = []
    while (question := interview.step(family, "en").question) is not None:
        ordinary.append(question.path)
        family = interview.answered(family, question.path, "unknown")

    rare = [place for place, path in enumerate(asked) if path not in {*ordinary, "contact.role"}]
    assert {"person.opposes_consul", "contact.papers_returned"} <= {asked[place] for place in rare}
    assert min(rare) > max(asked.index(path) for path in ordinary if path in asked)


def test_not_knowing_of_any_paper_is_told_as_not_known() -> None:
    """Not knowing which papers there are is told as that, never as "none of these", and ticks nothing."""
    unsure = interview.answered(VISIT, "instruments", "unknown")
    told = [one.answer for one in interview.step(unsure, "en").said]
    none = [one.answer for one in interview.step(said(instruments="none"), "en").said]
    again = interview.again(unsure, "en", "instruments").question

    assert told == ["not known"]
    assert none == ["none of these"]
    assert not any(choice.here for choice in again.choices)
