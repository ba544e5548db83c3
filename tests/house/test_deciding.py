"""What the rules of Oak County Jail decide: the memo's answer, its citation and the way to contest it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from locutorio.actions import answer, shelf
from locutorio.actions.house_rules import adopt
from locutorio.decisions.decision import Decision
from locutorio.kernel.faults import Fault
from locutorio.web.open import beginning, entries
from tests.house.forms import changed, later, rules_of

ON = "2026-08-01"
MOTHER = {
    "contact.role": "social",
    "contact.relation": "mother",
    "contact.born_on": "1970-01-01",
    "contact.on_visiting_list": "yes",
    "contact.identity_shown": "yes",
    "contact.search_accepted": "yes",
    "call.number_on_list": "yes",
    "use.visits_week": "0",
    "use.calls_week": "0",
}
CHILD = {**MOTHER, "contact.relation": "child", "escort.present": "yes", "escort.approved": "yes"}
LAWYER = {**MOTHER, "contact.role": "attorney", "contact.relation": "none", "contact.on_visiting_list": "no"}
ORDER = {"decider": "court", "signed_on": ON, "names_contact": "yes", "covers_visits": "yes"}
ORDER |= {"covers_calls": "no", "later_order": "no"}
SANCTION = {"decider": "hearing_board", "signed_on": ON, "covers_visits": "yes", "covers_calls": "yes"}
SANCTION |= {"notice_to_person": "yes"}
SUSPENSION = {"decider": "establishment_head", "signed_on": ON, "ground": "threat", "names_contact": "yes"}
SUSPENSION |= {"covers_visits": "yes", "covers_calls": "yes", "notice_to_contact": "yes"}
MARKER = {"decider": "establishment_head", "signed_on": ON, "no_touching": "yes", "live_monitoring": "no"}
MARKER |= {"bars_minors": "yes"}

pytestmark = pytest.mark.usefixtures("at_home")


def paper(form: str, facts: Mapping[str, str], since: str = ON, until: str | None = None) -> dict[str, Any]:
    """Give a paper of a case."""
    return {
        "id": form,
        "form": form,
        "from": since,
        **({"until": until} if until else {}),
        "facts": dict(facts),
    }


def decided(facts: Mapping[str, str], *papers: Any, about: str = "visit", on: str = ON) -> Decision:
    """Decide a question of which everything is known."""
    case = {
        "law": "house-oak",
        "question": {"kind": "contact", "about": about, "on": on, "asked_on": on},
        "facts": dict(facts),
        "instruments": list(papers),
        "complete": "all",
    }
    return answer.answer(answer.read(yaml.safe_dump(case).encode(), "case.yaml"))


def outcome(facts: Mapping[str, str], *papers: Any, about: str = "visit", on: str = ON) -> str:
    """Give the bare answer."""
    return decided(facts, *papers, about=about, on=on).outcome.value


def conditions(decision: Decision) -> set[str]:
    """Give the conditions of an answer."""
    return {one.token for one in decision.conditions}


def test_someone_on_the_list_visits() -> None:
    """An adult on the list may visit, for as long as the memo says, and may embrace the person."""
    decision = decided(MOTHER)

    assert decision.outcome.value == "permit"
    assert decision.may_last == {"visit_length": 45}
    assert conditions(decision) == {"contact_visit", "search_required"}
    assert {one.citation for one in decision.reasons} == {"memo 2026-03 (2026-01-05)"}


@pytest.mark.parametrize(("about", "expected"), [("visit", "pending"), ("entry", "refuse")])
def test_someone_off_the_list_is_told_whom_to_ask(about: str, expected: str) -> None:
    """Ahead the answer waits for the visiting office; at the gate it is no. Both name the way to a review."""
    decision = decided({**MOTHER, "contact.on_visiting_list": "no"}, about=about)

    assert decision.outcome.value == expected
    assert [(key.fact, key.office) for key in decision.keys] == [
        ("contact.on_visiting_list", "visiting_office")
    ]
    assert {(one.recipient, one.office) for one in decision.routes} == {
        ("person", "sheriff"),
        ("contact", "sheriff"),
    }


@pytest.mark.parametrize("missing", ["contact.identity_shown", "contact.search_accepted"])
@pytest.mark.parametrize("facts", [MOTHER, LAWYER], ids=["mother", "lawyer"])
def test_the_gate_asks_for_identity_and_search(missing: str, facts: Mapping[str, str]) -> None:
    """Whoever shows no identification or refuses the search does not come in that time; no list suffers."""
    without = {**facts, missing: "no"}

    assert outcome(without, about="entry") == "refuse"
    assert outcome(without) == "permit"


@pytest.mark.parametrize(
    ("born_on", "more", "expected"),
    [
        ("2008-08-02", {"escort.present": "no"}, "refuse"),
        ("2008-08-01", {"escort.present": "no"}, "permit"),
        ("2008-08-02", {}, "permit"),
        ("2008-08-02", {"escort.approved": "no"}, "pending"),
    ],
)
def test_a_child_comes_with_an_approved_adult(born_on: str, more: Mapping[str, str], expected: str) -> None:
    """Below the age of the memo a child needs an approved adult along; on the birthday no longer."""
    assert outcome({**CHILD, "contact.born_on": born_on, **more}) == expected


def test_a_court_order_refuses_the_contact_it_names() -> None:
    """No list helps against a court's order. It touches no other contact, and no court means no order."""
    refused = decided(MOTHER, paper("court_no_contact", ORDER))

    assert refused.outcome.value == "refuse"
    assert "court" in {one.office for one in refused.routes}
    assert outcome(MOTHER, paper("court_no_contact", {**ORDER, "names_contact": "no"})) == "permit"
    assert outcome(MOTHER, paper("court_no_contact", {**ORDER, "decider": "sheriff"})) == "permit"
    assert outcome(MOTHER, paper("court_no_contact", ORDER), about="call") == "permit"


def test_a_court_that_permits_a_contact_is_obeyed() -> None:
    """A court's permission goes before list, sanction and suspension; the week's number still stands."""
    unlisted = {**MOTHER, "contact.on_visiting_list": "no"}
    papers = [paper("court_contact", ORDER), paper("sanction", SANCTION), paper("suspension", SUSPENSION)]

    assert outcome(unlisted, *papers) == "permit"
    assert outcome({**unlisted, "use.visits_week": "3"}, *papers) == "refuse"


def test_a_sanction_takes_visits_away_until_its_day() -> None:
    """Family waits until the day the sanction ends, and the answer names that day."""
    decision = decided(MOTHER, paper("sanction", SANCTION, until="2026-08-11"))

    assert (decision.outcome.value, str(decision.earliest)) == ("refuse", "2026-08-11")
    assert outcome(MOTHER, paper("sanction", SANCTION, until="2026-08-11"), on="2026-08-11") == "permit"


def test_a_sanction_ends_by_itself() -> None:
    """No sanction runs beyond the longest that the memo allows, whatever the paper says."""
    for until in ("2027-01-01", None):
        sanction = paper("sanction", SANCTION, until=until)
        assert outcome(MOTHER, sanction, on="2026-08-30") == "refuse"
        assert outcome(MOTHER, sanction, on="2026-08-31") == "permit"


@pytest.mark.parametrize(
    "wrong", [{"decider": "sheriff"}, {"notice_to_person": "no"}], ids=["decider", "copy"]
)
def test_a_defective_sanction_keeps_nobody_away(wrong: Mapping[str, str]) -> None:
    """A sanction by another office, or that the person never got in writing, does not count."""
    assert outcome(MOTHER, paper("sanction", {**SANCTION, **wrong})) == "permit"


@pytest.mark.parametrize(
    "wrong",
    [{"decider": "visiting_office"}, {"ground": "papers_missing"}, {"notice_to_contact": "no"}],
    ids=["decider", "ground", "letter"],
)
def test_a_suspension_needs_what_the_memo_asks(wrong: Mapping[str, str]) -> None:
    """A suspension counts with the decider, the ground and the letter of the memo, not without one."""
    assert outcome(MOTHER, paper("suspension", SUSPENSION)) == "refuse"
    assert outcome(MOTHER, paper("suspension", {**SUSPENSION, **wrong})) == "permit"


def test_a_marker_limits_contact() -> None:
    """A marker takes the embrace away and keeps minors out; it keeps no adult out."""
    adult = decided(MOTHER, paper("marker", MARKER))

    assert adult.outcome.value == "permit"
    assert "non_contact" in conditions(adult)
    assert "contact_visit" not in conditions(adult)
    assert outcome({**CHILD, "contact.born_on": "2015-01-01"}, paper("marker", MARKER)) == "refuse"


@pytest.mark.parametrize("about", ["visit", "call"])
def test_nothing_keeps_a_lawyer_away_or_listens(about: str) -> None:
    """Neither list nor sanction, suspension, marker or number refuses a lawyer, and nobody listens."""
    papers = [
        paper("sanction", SANCTION),
        paper("suspension", SUSPENSION),
        paper("marker", {**MARKER, "live_monitoring": "yes"}),
    ]
    full = {**LAWYER, "use.visits_week": "50", "use.calls_week": "50", "call.number_on_list": "no"}

    decision = decided(full, *papers, about=about)

    assert decision.outcome.value == "permit"
    assert "unmonitored" in conditions(decision)
    assert not conditions(decision) & {"audio_monitored", "live_monitored", "recorded"}


def test_a_call_to_family_is_recorded_and_says_so() -> None:
    """Calls to family are recorded as the memo says; whoever was not told of it is owed that notice."""
    decision = decided({**MOTHER, "person.told_of_monitoring": "no"}, about="call")

    assert decision.outcome.value == "permit"
    assert conditions(decision) == {"audio_monitored", "recorded"}
    assert "notice_missing" in {one.kind for one in decision.beside}


@pytest.mark.parametrize(
    ("on", "used", "expected"),
    [
        ("2026-06-30", 1, "permit"),
        ("2026-06-30", 2, "refuse"),
        ("2026-07-01", 2, "permit"),
        (ON, 3, "refuse"),
    ],
)
def test_each_day_has_its_own_number(on: str, used: int, expected: str) -> None:
    """The week's number is that of the day of the visit: a later memo changes no day before it."""
    assert outcome({**MOTHER, "use.visits_week": str(used)}, on=on) == expected


@pytest.mark.parametrize(
    ("about", "listed", "expected"),
    [
        ("visiting_list", {"use.contacts_listed": "11"}, "permit"),
        ("visiting_list", {"use.contacts_listed": "12"}, "refuse"),
        ("visiting_list", {"use.contacts_listed": "0", "approval.listing": "no"}, "pending"),
        ("call_list", {"call_list.size": "19"}, "permit"),
        ("call_list", {"call_list.size": "20"}, "refuse"),
    ],
)
def test_a_list_holds_so_many(about: str, listed: Mapping[str, str], expected: str) -> None:
    """A place on a list needs approval and room."""
    facts = {**MOTHER, "approval.listing": "yes", "approval.number": "yes", **listed}

    assert outcome(facts, about=about) == expected


def test_what_the_rules_do_not_speak_of_is_not_answered() -> None:
    """Letters are no matter of these rules: nothing is refused for want of a rule about them."""
    with pytest.raises(Fault):
        decided(MOTHER, about="letter")


def test_a_day_before_the_first_memo_is_not_answered() -> None:
    """Of days before the first memo the rules say nothing."""
    with pytest.raises(Fault, match="says nothing of 2026-01-14"):
        decided(MOTHER, on="2026-01-14")


def test_a_process_that_goes_on_sees_a_memo_adopted_meanwhile(new_home: Path) -> None:
    """Rules adopted while a service runs are those it decides by, without a new start."""
    adopt(rules_of(changed()), new_home / shelf.RULES)
    second = {**MOTHER, "use.visits_week": "2"}
    before = outcome(second)
    adopt(rules_of(later(changed(), "2026-05-01", visits_a_week=5)), new_home / shelf.RULES)

    assert (before, outcome(second)) == ("refuse", "permit")


def test_rules_changed_by_hand_decide_nothing(new_home: Path) -> None:
    """A number changed in the pack's own files is refused, and the message says what to run."""
    adopt(rules_of(changed()), new_home / shelf.RULES)
    visits = new_home / shelf.RULES / "house-oak" / "1_visits.yaml"
    visits.write_text(visits.read_text("utf-8").replace("value: '2'", "value: '9'"), encoding="utf-8")

    with pytest.raises(Fault, match="not active") as refused:
        decided(MOTHER)

    assert "locutorio check house-oak" in refused.value.remedy


def test_the_last_day_to_ask_for_a_review_is_counted() -> None:
    """A refusal in writing opens the days of the memo; the last of them is told."""
    case = {
        "law": "house-oak",
        "question": {"kind": "clock", "clock": "review", "on": ON},
        "facts": {
            "review.refusal_in_writing": "yes",
            "review.refused_on": "2026-07-20",
            "review.asked_on": "none",
        },
    }
    decision = answer.answer(answer.read(yaml.safe_dump(case).encode(), "case.yaml"))

    assert [(one.name, str(one.last_day)) for one in decision.clocks] == [("review", "2026-08-04")]


def test_the_open_page_lists_rules_only_while_they_are_there(tmp_path: Path) -> None:
    """Rules that are adopted while pages are served are offered; when their folder is gone, pages go on."""
    before = [*shelf._known]
    shelf.known(tmp_path / "rules")
    try:
        assert "house-oak" not in beginning.laws()
        adopt(rules_of(changed()), tmp_path / "rules")
        assert "house-oak" in beginning.laws()
        assert any(name == "house-oak" for name, _ in entries.entries())
    finally:
        shelf._known[:] = before

    assert [*beginning.laws()] == sorted(shelf.laws(), key=lambda name: name == "arcadia")
