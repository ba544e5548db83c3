"""What an answer says where something is unknown: never more than is known, and never without a reason."""

from __future__ import annotations

from datetime import date

import pytest

from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision, Outcome, Truth
from locutorio.facts.snapshot import Question, Snapshot
from locutorio.facts.vocabulary import Value
from locutorio.kernel.moments import NEVER
from locutorio.rules.rulebook import Shelf
from tests.decisions.small_law import DAY, ask, little_pack, provision

VISIT = 'request.about in ["visit", "entry"]'
MAY = provision("may", "permit: open", when=VISIT)


def test_an_answer_that_holds_in_every_case_has_its_reasons() -> None:
    """If either of two provisions permits whatever the unknown fact is, both are given as reasons."""
    law = little_pack(
        provision("convicted", "permit: open", when=f"{VISIT}\ncontact.convicted"),
        provision("not_convicted", "permit: open", when=f"{VISIT}\nnot contact.convicted"),
    )
    decision = ask(law)

    assert (decision.outcome, decision.firm) == (Outcome.PERMIT, True)
    assert {one.provision for one in decision.reasons} == {"convicted", "not_convicted"}
    assert {one.truth for one in decision.reasons} == {Truth.UNKNOWN}


def test_a_refusal_keeps_a_route_that_only_may_apply() -> None:
    """Where no route surely applies, the one that may is given rather than none."""
    way = "route: {for: person, to: warden, form: {en: a letter, es: una carta}, on: [refuse]}"
    law = little_pack(
        provision("bars", "prohibit: yes", when=VISIT),
        provision("contest", way, when=f"{VISIT}\ncontact.convicted"),
    )
    decision = ask(law)

    assert decision.firm
    assert [(route.office, route.finding.truth) for route in decision.routes] == [("warden", Truth.UNKNOWN)]


def test_a_missing_key_is_the_reason_at_the_gate() -> None:
    """At the gate the missing approval is the reason, not that nothing else permits."""
    law = little_pack(
        provision("may", "permit: open", when=f"{VISIT}\ncontact.convicted"),
        provision("needs", "require: {key: approval.warden, from: warden}", when=VISIT),
    )
    decision = ask(law, {"approval.warden": False}, about="entry")

    assert decision.outcome is Outcome.REFUSE
    assert [one.provision for one in decision.reasons] == ["needs"]


def test_a_condition_that_may_apply_is_told_as_such() -> None:
    """No embrace is promised while it is unknown whether contact is barred; once known, one holds."""
    law = little_pack(
        MAY,
        provision("embrace", "condition: [contact_visit]", when=VISIT),
        provision("glass", "condition: [non_contact]", when=f"{VISIT}\ncontact.convicted"),
    )

    def seen(**facts: Value) -> dict[str, Truth]:
        known = {f"contact.{name}": value for name, value in facts.items()}
        return {one.token: one.truth for one in ask(law, known).conditions}

    assert seen() == {"contact_visit": Truth.UNKNOWN, "non_contact": Truth.UNKNOWN}
    assert seen(convicted=True) == {"non_contact": Truth.YES}
    assert seen(convicted=False) == {"contact_visit": Truth.YES}


CONTESTED = """
contested:
  - id: cq
    question: {en: which, es: cuál}
    office: warden
    interim: {en: nobody listens, es: nadie escucha}
    sides:
      - {id: private, says: {en: private, es: privada}, authorities: [section 1]}
      - {id: heard, says: {en: heard, es: escuchada}, authorities: [section 2]}
"""


def test_only_the_interim_s_condition_holds_while_a_question_is_open() -> None:
    """A disputed condition never stands beside its opposite: the other is told with its side."""
    law = little_pack(
        MAY,
        provision("private", "condition: [unmonitored]", when=VISIT, side="cq.private"),
        provision("heard", "condition: [live_monitored]", when=VISIT, side="cq.heard"),
        contested=CONTESTED,
    )
    decision = ask(law)

    assert [(one.token, one.contested) for one in decision.conditions] == [("unmonitored", "cq")]
    assert [side.conditions for side in decision.contested[0].sides] == [
        ("unmonitored",),
        ("live_monitored",),
    ]


WINDOW = (
    "clock: {name: review, start: person.convicted_on, days: number.days, count: calendar,"
    " acted: request.asked_on, past: late}"
)
TEN = "{days: {unit: days, label: {en: ten, es: diez}, rows: [{from: 2020-01-01, value: 10, citation: s}]}}"
DONE_ON = date(2026, 6, 5)


def clock(on: date, acted: date | None) -> Decision:
    """Ask about a window of ten days after 1 June 2026."""
    law = little_pack(MAY, provision("window", WINDOW, about="clock", numbers=TEN))
    facts: dict[str, Value] = {"person.convicted_on": DAY}
    if acted is not None:
        facts["request.asked_on"] = acted
    snapshot = Snapshot(Question("clock", on, subject="review"), facts)
    return Judge(Shelf(law).on(on)).decide(snapshot)


@pytest.mark.parametrize(
    ("on", "acted", "outcome", "firm"),
    [
        (date(2026, 6, 11), None, Outcome.OPEN, True),
        (date(2026, 6, 12), None, Outcome.PENDING, False),
        (date(2026, 6, 12), NEVER, Outcome.LATE, True),
        (date(2026, 6, 12), DONE_ON, Outcome.OPEN, True),
        (date(2026, 6, 12), date(2026, 6, 12), Outcome.LATE, True),
    ],
)
def test_nobody_is_told_firmly_that_it_is_late_while_the_day_of_filing_is_unknown(
    on: date, acted: date | None, outcome: Outcome, firm: bool
) -> None:
    """After the last day the answer waits for the day of the act; "it has not happened" can be said."""
    decision = clock(on, acted)

    assert (decision.outcome, decision.firm) == (outcome, firm)
    if not firm:
        assert decision.unknown == ("request.asked_on",)
        assert [branch.outcome for branch in decision.branches] == [Outcome.OPEN, Outcome.LATE]
