"""Promises about the words of an answer: what it is, why, until when, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from locutorio.decisions.decision import (
    Branch,
    Change,
    Decision,
    Key,
    Limit,
    Outcome,
    Route,
    Truth,
)
from locutorio.notices.compose import compose
from tests.notices.examples import CHILD, FORM, ON, PAPER, WINDOW, decision, section, text, told


@pytest.mark.parametrize(
    ("parts", "headline"),
    [
        (decision(Outcome.PERMIT), "Permitted."),
        (decision(Outcome.REFUSE), "Not permitted."),
        (decision(Outcome.PENDING, firm=False), "It depends on what is not yet known."),
        (decision(Outcome.PENDING), "Not yet: an approval is missing."),
        (decision(Outcome.REFER), "A person must decide this."),
        (decision(Outcome.STANDS, kind="instrument"), "This paper stands."),
        (decision(Outcome.DEFECTIVE, kind="instrument"), "This paper is defective."),
        (decision(Outcome.VOID, kind="instrument"), "This paper is void."),
        (decision(Outcome.LAPSED, kind="instrument"), "This paper has lapsed."),
        (decision(Outcome.SUPERSEDED, kind="instrument"), "Another paper has taken the place of this one."),
        (decision(Outcome.PENDING, kind="instrument"), "Not yet: the first day of this paper has not come."),
        (decision(Outcome.OPEN, kind="clock"), "There is still time."),
        (decision(Outcome.LATE, kind="clock"), "It is too late."),
        (
            decision(Outcome.DEEMED_DENIED, kind="clock"),
            "No answer came in time, and that counts as a denial.",
        ),
    ],
)
def test_every_outcome_has_its_own_headline(parts: Decision, headline: str) -> None:
    """The first words of an answer say what the answer is, for each kind of question."""
    assert compose(parts, "en").headline == headline


def test_a_reason_shows_citation_fact_and_number() -> None:
    """A reason says where the law says it, in whose words, on which fact and paper, and by which number."""
    assert (
        "28 CFR 540.44(e), in our words: A child under 16 may visit only with a responsible adult. "
        "- Age on the day: 15 years, according to: birth certificate (number: 16 years, "
        "age from which no adult is needed, 28 CFR 540.44(e), since 27 January 2025)."
    ) in told(decision())


def test_a_deadline_shows_its_arithmetic() -> None:
    """Until when, and how that day was counted: in English and in Spanish."""
    route = Route(recipient="person", office="warden", form=text("form BP-9"), clock=WINDOW, finding=CHILD)
    parts = decision(routes=(route,), clocks=(WINDOW,))

    assert "Until 11 December 2026: 20 calendar days following 21 November 2026." in told(parts)
    assert (
        "Hasta el 11 de diciembre de 2026: 20 días naturales que siguen al 21 de noviembre de 2026."
        in told(parts, "es")
    )
    assert "28 CFR 542.14(a)" in section(parts, "contest")
    assert section(parts, "clocks") == "None"


def test_one_way_to_contest_is_told_once() -> None:
    """Two rules that open the same way are cited together under it; the reader is not sent twice."""
    route = Route(recipient="person", office="warden", form=text("form BP-9"), clock=None, finding=CHILD)
    parts = decision(routes=(route, replace(route, finding=FORM)))

    assert told(parts).count("Who: the person in custody. How: form BP-9. To whom: the Warden.") == 1


def test_a_deadline_met_or_missed_says_so() -> None:
    """Where the day of the act is known, the letter says whether that was in time."""
    late = replace(WINDOW, acted_on=date(2026, 12, 12), outcome=Outcome.LATE)

    assert "It was done on 12 December 2026. That was too late." in told(
        decision(Outcome.LATE, kind="clock", clocks=(late,))
    )


def test_a_limit_shows_its_arithmetic() -> None:
    """Of the month's minutes: how many were used, how many are left, and how long this call may last."""
    limit = Limit(
        kind="ceiling", of="call_minutes", unit="minutes", limit=300, used=290, left=10, finding=CHILD
    )
    parts = decision(Outcome.PERMIT, about="call", limits=(limit,), may_last={"call_minutes": 10})

    assert "This call may last at most 10 minutes." in told(parts)
    assert "Call minutes in the month: 290 of 300 minutes used; 10 left." in told(parts)
    assert "Minutos de llamada en el mes: usado 290 de 300 minutos; por usar: 10." in told(parts, "es")


def test_a_refused_call_is_not_given_a_length() -> None:
    """An answer that says no does not say in the same breath how long the call may last."""
    assert "may last" not in told(decision(about="call", may_last={"call_minutes": 10}))


def test_a_missing_approval_names_who_gives_it() -> None:
    """What is missing, from whom it must come and how to reach them."""
    key = Key(fact="approval.warden", office="warden", state=Truth.NO, finding=CHILD)
    parts = decision(Outcome.PENDING, keys=(key,))

    assert "Has the Warden approved it in writing? The answer is no." in told(parts)
    assert "It must come from: the Warden. How to reach them: write to the Warden" in told(parts)


def test_a_key_missing_at_the_gate_refuses_this_day_only() -> None:
    """A missing approval turns the visitor away at the gate for that day, and the letter says so."""
    needs = replace(CHILD, effects=("require",))
    key = Key(fact="approval.warden", office="warden", state=Truth.NO, finding=needs)

    assert "This answer is for this day only." in told(decision(about="entry", reasons=(needs,), keys=(key,)))
    assert "this day only" not in told(decision(about="entry", keys=(key,)))


def test_branches_are_plain_sentences() -> None:
    """Who does not know reads what follows in each case, and who can tell."""
    parts = decision(
        Outcome.PENDING,
        firm=False,
        unknown=("instruments.special_measure", "contact.convicted"),
        kinds={"special_measure": (text("special measure", "medida especial"), "establishment")},
        branches=(
            Branch(when=(("instruments.special_measure", "none"),), outcome=Outcome.PERMIT),
            Branch(when=(("instruments.special_measure", "some"),), outcome=Outcome.PENDING),
            Branch(
                when=(("contact.convicted", True),), outcome=Outcome.REFUSE, reasons=("28 CFR 540.44(d)",)
            ),
        ),
    )

    assert "If no special measure is in force: permitted." in told(parts)
    assert "If some special measure is in force: it depends on what that paper says." in told(parts)
    assert "The establishment can tell you: - Is there any special measure in force?" in told(parts)
    assert "The visitor can tell you: - Has this person ever been convicted of a crime?" in told(parts)
    assert (
        "Has this person ever been convicted of a crime? Yes. In that case: not permitted (28 CFR 540.44(d))."
    ) in told(parts)
    assert "Si no hay medida especial en vigor: está permitido." in told(parts, "es")


def test_branches_on_an_age_speak_of_ranges() -> None:
    """An age that is not known is told as under and from, not as a list of examples."""
    parts = decision(
        Outcome.PENDING,
        firm=False,
        branches=(
            Branch(when=(("contact.age", 0),), outcome=Outcome.REFUSE),
            Branch(when=(("contact.age", 16),), outcome=Outcome.REFER),
            Branch(when=(("contact.age", 18),), outcome=Outcome.PERMIT),
        ),
    )
    assert "Under 16 years. In that case: not permitted." in told(parts)
    assert "16 years or more, but under 18 years. In that case: a person must decide." in told(parts)
    assert "18 years or more. In that case: permitted." in told(parts)
    assert "0 years. In that case" in told(replace(parts, more_branches=True))


def test_much_unknown_is_told_from_the_usual_course() -> None:
    """A family that knows little first reads the answer if nothing unusual applies, then every other one."""
    parts = decision(
        Outcome.PENDING,
        firm=False,
        unknown=("instruments.special_measure", "contact.supervision"),
        also_unknown=("person.status", "contact.age"),
        assumed=(
            ("instruments.special_measure", "none"),
            ("contact.supervision", "none"),
            ("person.status", "sentenced"),
        ),
        kinds={"special_measure": (text("special measure", "medida especial"), "establishment")},
        branches=(
            Branch(when=(), outcome=Outcome.PERMIT, reasons=("28 CFR 540.40",)),
            Branch(when=(("instruments.special_measure", "some"),), outcome=Outcome.PENDING),
            Branch(when=(("contact.supervision", "halfway_house"),), outcome=Outcome.REFUSE),
            Branch(when=(("contact.supervision", "in_custody"),), outcome=Outcome.REFUSE),
        ),
    )
    words = told(parts)

    assert "If nothing unusual applies: permitted (28 CFR 540.40)." in compose(parts, "en").lead
    assert (
        "What is taken as usual here: - No special measure is in force. "
        "- Supervision the visitor is under: none. If one of these is not so:"
    ) in words
    assert "Some special measure is in force. In that case: it depends on what that paper says." in words
    assert (
        "Supervision the visitor is under: a half-way house or in custody. In that case: not permitted."
        in words
    )
    assert "Further facts that matter only together with others: 2." in words


def test_what_would_change_the_answer_is_what_somebody_can_do() -> None:
    """The letter names an approval, a later day, the end of a paper; not a visitor who is somebody else."""
    parts = decision(
        instruments=(PAPER,),
        changes=(
            Change(path="approval.warden", now=False, then=True, outcome=Outcome.PERMIT),
            Change(path="request.on", now=ON, then=date(2026, 1, 1), outcome=Outcome.PERMIT),
            Change(path="contact.role", now="social", then="attorney", outcome=Outcome.PERMIT),
            Change(path="instrument", now="sanction", then="ended", outcome=Outcome.PERMIT, instrument="s1"),
        ),
        earliest=date(2027, 1, 1),
    )

    assert "The Warden approved it in writing: yes (now: no). The answer would then be: permitted." in told(
        parts
    )
    assert "Sanction (s1): if it no longer counted. The answer would then be: permitted." in told(parts)
    assert "The first later day with a better answer, if nothing else changes: 1 January 2027." in told(parts)
    assert "1 January 2026" not in section(parts, "changes")
    assert "role" not in section(parts, "changes")
