"""Promises about the words beside an answer: papers, what lost, disputes, notices, how far to rely on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from locutorio.decisions.decision import (
    Beside,
    Condition,
    Contested,
    Defeated,
    FactSeen,
    Key,
    LineSeen,
    NoticeOwed,
    Outcome,
    Side,
    Truth,
)
from locutorio.notices.compose import compose
from locutorio.notices.words import Words
from tests.notices.examples import CHILD, FORM, PAPER, READ, decision, text, told


def test_a_paper_is_told_with_dates_standing_and_cure() -> None:
    """Of each paper: since when, until when, whether it binds, why not, and how to put it right."""
    words = told(decision(instruments=(PAPER,)))

    assert "Sanction (s1), 28 CFR 541.3: - On the day asked about it is defective" in words
    assert "It counts from 1 November 2026. - From 1 January 2027 it no longer counts." in words
    assert "The reason: 28 CFR 542.14(a)" in words
    assert "How it could be put right: - The right officer signs it." in words


def test_a_paper_that_lapses_cites_what_lapses_it() -> None:
    """Where the law ends a paper by itself, the letter cites that law."""
    paper = replace(PAPER, ended_by=FORM.provision)

    assert "it no longer counts, by itself, under 28 CFR 542.14(a)." in told(decision(instruments=(paper,)))


def test_what_lost_says_to_what() -> None:
    """A rule that was weighed and lost is shown with the one that beat it and their ranks."""
    ladder = {4: text("federal regulation"), 7: text("decision of staff")}
    lost = Defeated(finding=replace(FORM, rank=7), by=(CHILD,), how="outranked")

    assert (
        "It gives way to a rule of higher rank: 28 CFR 540.44(e). Its own rank: decision of staff. "
        "The higher rank: federal regulation."
    ) in told(decision(defeated=(lost,), ladder=ladder))


def test_what_a_paper_out_of_force_set_is_told_together() -> None:
    """A paper that has lapsed is named once, with why nothing it set applies, not once for each thing."""
    paper = replace(PAPER, standing=Outcome.LAPSED)
    first = replace(CHILD, provision="sanction.visits", instrument="s1")
    second = replace(FORM, provision="sanction.calls", instrument="s1")
    lost = tuple(Defeated(finding=one, by=(), how="not_in_force") for one in (first, second))
    words = told(decision(reasons=(), instruments=(paper,), defeated=lost))

    assert (
        words.count("Sanction (s1). On the day asked about it has lapsed. So nothing that it sets applies:")
        == 1
    )
    assert "28 CFR 540.44(e), in our words" in words
    assert "Age on the day" not in words


def test_a_contested_question_shows_both_sides() -> None:
    """Where a person must decide, both sides stand there with authorities, interim, and who may settle it."""
    question = Contested(
        name="cq_1",
        question=text("May a measure end all calls?"),
        sides=(
            Side(name="a", says=text("Yes."), authorities=("28 CFR 501.3",), outcome=Outcome.REFUSE),
            Side(name="b", says=text("No."), authorities=(), outcome=Outcome.PERMIT),
        ),
        interim=text("social calls wait"),
        office="court",
        decides=True,
    )
    recorded = Condition(token="recorded", truth=Truth.YES, findings=(FORM,), contested="cq_1")
    words = told(decision(Outcome.REFER, contested=(question,), conditions=(recorded,)))

    assert "May a measure end all calls? The answer turns on this question." in words
    assert "One side says: Yes. It relies on: 28 CFR 501.3. On this side: not permitted." in words
    assert "One side says: No. On this side: permitted." in words
    assert "Until it is settled: social calls wait. Who may settle it: the court" in words
    assert "This condition is disputed: May a measure end all calls? Until that is settled" in words
    assert compose(decision(Outcome.REFER, contested=(question,)), "en").sections[0].name == "contested"


def test_beside_the_answer_stands_what_is_owed() -> None:
    """A call authorised and not placed, and a minimum that is not met, are told beside the answer."""
    owed = Beside(kind="owed", finding=FORM, amount=1, unit="calls", of="calls")
    breach = Beside(kind="floor_breach", finding=CHILD, of="visit_minutes", against=(FORM,))
    silent = Beside(kind="notice_missing", finding=CHILD, recipients=("person",))
    words = told(decision(beside=(owed, breach, silent)))

    assert "Authorised and not delivered: 1 call (calls in the month)." in words
    assert "The law sets a minimum here, and something stands below it or in its way: visiting time" in words
    assert "What stands in its way: 28 CFR 542.14(a)" in words
    assert "It was owed to: the person in custody." in words


@pytest.mark.parametrize(
    ("given", "said"), [(Truth.YES, "This was done."), (Truth.NO, "This was not done."), (Truth.UNKNOWN, "")]
)
def test_a_notice_says_whether_it_was_given(given: Truth, said: str) -> None:
    """Who must be told, by whom, of what, by when, and, where it is known, whether that was done."""
    notice = NoticeOwed(
        to=("person",), by="warden", tell=text("why"), within_days=5, given=given, finding=CHILD
    )

    assert (
        "The person in custody: must be told by the Warden. What: why. "
        f"By when: within 5 days of the decision. {said}".strip()
    ) in told(decision(notices=(notice,)))
    assert told(decision(notices=(notice,))).count("This was") == bool(said)


def test_text_later_read_warns() -> None:
    """A contact after the day the text was read carries a warning; one on that day does not."""
    assert "Warning: the day asked about, 5 December 2026, is later than" in told(decision())
    assert "Warning" not in told(decision(on=READ))


def test_findings_read_on_another_day_say_so() -> None:
    """The foot gives the oldest reading; a text read on another day than the others says when."""
    old = replace(FORM, read_on=date(2023, 4, 30))
    words = told(decision(reasons=(CHILD, replace(CHILD, provision="540.1"), old)))

    assert "last read on 27 January 2025, except where another day is given." in words
    assert "The oldest reading is of 30 April 2023." in words
    assert words.count("This text was last read on 30 April 2023.") == 1


def test_the_contact_is_named_after_the_question() -> None:
    """On a visit the contact is the visitor, on a call the person called."""
    key = Key(fact="approval.warden", office="contact", state=Truth.NO, finding=CHILD)

    assert "It must come from: the visitor." in told(decision(Outcome.PENDING, keys=(key,)))
    assert "It must come from: the person called." in told(
        decision(Outcome.PENDING, about="call", keys=(key,))
    )


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        (["una", "iglesia"], "una e iglesia"),
        (["una", "hierba"], "una y hierba"),
        (["a", "b", "c"], "a, b y c"),
    ],
)
def test_spanish_joins_by_sound(items: list[str], joined: str) -> None:
    """Spanish writes e for y before the sound i."""
    assert Words("es").all_of(items) == joined


def test_given_text_cannot_steer_the_screen() -> None:
    """A paper's name with control or direction characters is shown without them, on one line."""
    seen = FactSeen(path="contact.convicted", value=True, source="letter\x1b[31m of\n\u202e20 May")
    line = LineSeen(text="contact.convicted", truth=Truth.YES, facts=(seen,))

    assert "according to: letter[31m of 20 May." in told(decision(reasons=(replace(CHILD, lines=(line,)),)))
