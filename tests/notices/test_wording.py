"""Promises about the words of an answer, one example each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from locutorio.decisions.decision import (
    Beside,
    Branch,
    Change,
    ClockSeen,
    Condition,
    Contested,
    Decision,
    Defeated,
    FactSeen,
    Finding,
    InstrumentSeen,
    Key,
    Limit,
    LineSeen,
    NoticeOwed,
    NumberSeen,
    Outcome,
    Route,
    Side,
    Truth,
)
from locutorio.notices.compose import compose
from locutorio.notices.text import as_text
from locutorio.notices.words import Words

ASKED, ON, READ = date(2026, 11, 21), date(2026, 12, 5), date(2025, 1, 27)


def text(en: str, es: str = "") -> dict[str, str]:
    return {"en": en, "es": es or f"({en})"}


ADULT_AGE = NumberSeen(
    name="adult_age",
    value=16,
    unit="years",
    label=text("age from which no adult is needed", "edad desde la que no hace falta un adulto"),
    citation="28 CFR 540.44(e)",
    since=READ,
)
CHILD = Finding(
    provision="540.44.e.child_alone",
    instrument=None,
    citation="28 CFR 540.44(e)",
    rank=4,
    status="verified",
    reading=None,
    says=text("A child under 16 may visit only with a responsible adult."),
    effects=("prohibit",),
    truth=Truth.YES,
    source="E28",
    read_on=READ,
    lines=(
        LineSeen(
            text="contact.age < number.adult_age",
            truth=Truth.YES,
            facts=(FactSeen(path="contact.age", value=15, source="birth certificate"),),
            numbers=(ADULT_AGE,),
        ),
    ),
)
FORM = replace(
    CHILD,
    provision="542.14.a.bp9",
    citation="28 CFR 542.14(a)",
    says=text("The request is made within 20 days."),
    lines=(),
)
WINDOW = ClockSeen(
    name="bp9",
    start=ASKED,
    days=20,
    count="calendar",
    last_day=date(2026, 12, 11),
    acted_on=None,
    asked_about=ON,
    outcome=Outcome.OPEN,
    finding=FORM,
)


def decision(outcome: Outcome = Outcome.REFUSE, **parts: Any) -> Decision:
    known: dict[str, Any] = {
        "kind": "contact",
        "outcome": outcome,
        "firm": True,
        "on": ON,
        "asked_on": ASKED,
        "known_at": None,
        "about": "visit",
        "reasons": (CHILD,),
        "pack": "us-federal",
        "pack_title": text("United States, federal"),
    }
    return Decision(**{**known, **parts})


def told(parts: Decision, lang: str = "en") -> str:
    return " ".join(as_text(parts, lang).split())


def section(parts: Decision, name: str) -> str:
    letter = compose(parts, "en")
    return repr(next((one for one in letter.sections if one.name == name), None))


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


PAPER = InstrumentSeen(
    name="s1",
    form="sanction",
    kind="sanction",
    title=text("Sanction"),
    citation="28 CFR 541.3",
    standing=Outcome.DEFECTIVE,
    begins_on=date(2026, 11, 1),
    ends_on=date(2027, 1, 1),
    because=(FORM,),
    cures=(text("the right officer signs it"),),
)


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
    recorded = Condition(token="recorded", findings=(FORM,), contested="cq_1")
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
