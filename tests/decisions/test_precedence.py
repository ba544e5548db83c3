"""Which provision prevails, and what is said of those that lose."""

from __future__ import annotations

import pytest

from locutorio.decisions.decision import Outcome, Truth
from tests.decisions.small_law import ask, little_pack, paper, provision

VISIT = 'request.about in ["visit", "entry"]'
MAY = provision("may", "permit: open", when=VISIT)
SHALL = provision("shall", "permit: right", when=VISIT)
LISTED = "contact.convicted"


def test_nothing_permits_without_a_provision() -> None:
    """Where no provision permits, the residual provision refuses and is cited."""
    decision = ask(little_pack())

    assert decision.outcome is Outcome.REFUSE
    assert [one.provision for one in decision.reasons] == ["residual"]


def test_an_open_permission_yields_to_any_prohibition() -> None:
    """A "may" gives way even to a prohibition of lower rank, and is shown as having yielded."""
    law = little_pack(MAY, provision("bars", "prohibit: yes", when=VISIT, rank="4"))
    decision = ask(law)

    assert decision.outcome is Outcome.REFUSE
    assert [(lost.finding.provision, lost.how) for lost in decision.defeated] == [("may", "yields")]


@pytest.mark.parametrize(
    ("rank", "outcome"), [("4", Outcome.PERMIT), ("3", Outcome.REFER), ("2", Outcome.REFUSE)]
)
def test_a_right_beats_lower_rank_loses_to_higher_and_is_referred_at_equal_rank(
    rank: str, outcome: Outcome
) -> None:
    """Between a right and a prohibition the higher rank decides; at equal rank only a person can."""
    law = little_pack(SHALL, provision("bars", "prohibit: yes", when=VISIT, rank=rank))

    assert ask(law).outcome is outcome


def test_an_override_removes_only_what_it_names() -> None:
    """The one that names the other prevails; a second prohibition that is not named still stands."""
    over = provision("shall", "permit: right", when=VISIT, overrides="[bars]")
    bars = provision("bars", "prohibit: yes", when=VISIT)
    other = provision("other", "prohibit: yes", when=f"{VISIT}\n{LISTED}", rank="2")

    assert ask(little_pack(over, bars, other), {"contact.convicted": False}).outcome is Outcome.PERMIT
    assert ask(little_pack(over, bars, other), {"contact.convicted": True}).outcome is Outcome.REFUSE


def test_a_removed_provision_removes_nothing() -> None:
    """If B removes A, what A would have removed stands again."""
    bars = provision("bars", "prohibit: yes", when=VISIT)
    lifts = provision("lifts", "permit: open", when=VISIT, overrides="[bars]")
    ends = provision("ends", "flag: needs_nothing", when=VISIT, overrides="[lifts]")
    law = little_pack(bars, lifts, ends.replace("flag: needs_nothing", "condition: [visual_supervision]"))
    decision = ask(law)

    assert decision.outcome is Outcome.REFUSE
    assert {lost.finding.provision for lost in decision.defeated} == {"lifts"}


def test_a_missing_key_waits_when_asked_ahead_and_refuses_at_the_gate() -> None:
    """Asked ahead, a missing approval is pending; at the gate it refuses for that occasion; given, it
    permits.
    """
    law = little_pack(MAY, provision("needs", "require: {key: approval.warden, from: warden}", when=VISIT))
    missing = ask(law, {"approval.warden": False})

    assert missing.outcome is Outcome.PENDING
    assert [(key.fact, key.office, key.state) for key in missing.keys] == [
        ("approval.warden", "warden", Truth.NO)
    ]
    assert ask(law, {"approval.warden": False}, about="entry").outcome is Outcome.REFUSE
    assert ask(law, {"approval.warden": True}, about="entry").outcome is Outcome.PERMIT


def test_an_unknown_key_leaves_the_answer_open() -> None:
    """A key nobody spoke of is pending without being firm, and the answer comes in branches."""
    law = little_pack(MAY, provision("needs", "require: {key: approval.warden, from: warden}", when=VISIT))
    decision = ask(law)

    assert (decision.outcome, decision.firm) == (Outcome.PENDING, False)
    assert {branch.outcome for branch in decision.branches} == {Outcome.PERMIT, Outcome.PENDING}


def test_an_absent_paper_is_not_known_unless_the_list_is_complete() -> None:
    """Without a complete list of papers a permission is open; with it, it is firm."""
    law = little_pack(MAY)

    assert not ask(law, complete=frozenset()).firm
    assert ask(law).firm


def test_a_paper_that_may_permit_keeps_a_refusal_open() -> None:
    """A refusal is open while a court order that could permit may exist unknown; an unknown sanction
    cannot turn it.
    """
    law = little_pack()

    assert not ask(law, complete=frozenset({"sanction"})).firm
    assert ask(law, complete=frozenset({"court_order"})).firm


SANCTION = {
    "stop": (
        "sanction",
        3,
        [
            provision("none", "prohibit: yes", when=VISIT),
            provision(
                "wrong_office",
                "defect: {cure: {en: let the Warden decide, es: que decida la dirección}}",
                about="instrument",
                when='instrument.decider != "warden"',
            ),
            provision(
                "ends",
                "lapse: {on: instrument.signed_on + 1}",
                about="instrument",
                when="instrument.names_contact",
            ),
        ],
    )
}


def test_a_defective_paper_prohibits_nothing_and_says_how_it_could_be_cured() -> None:
    """A sanction by the wrong office does not bar the visit; the answer shows it, why, and the cure."""
    law = little_pack(MAY, forms=SANCTION)
    decision = ask(law, papers=[paper("stop", decider="court", names_contact=False)])

    assert decision.outcome is Outcome.PERMIT
    assert decision.instruments[0].standing is Outcome.DEFECTIVE
    assert decision.instruments[0].cures[0]["en"] == "let the Warden decide"
    assert ask(law, papers=[paper("stop", decider="warden", names_contact=False)]).outcome is Outcome.REFUSE


def test_a_paper_whose_office_is_unknown_leaves_the_answer_open() -> None:
    """Whether a paper stands can itself be unknown; then the answer says which fact of which paper is
    missing.
    """
    law = little_pack(MAY, forms=SANCTION)
    decision = ask(law, papers=[paper("stop", names_contact=False)])

    assert (decision.outcome, decision.firm) == (Outcome.PENDING, False)
    assert "stop:instrument.decider" in decision.unknown


CONTESTED = """
contested:
  - id: cq
    question: {en: which, es: cuál}
    office: warden
    interim: {en: wait, es: espere}
    sides:
      - {id: first, says: {en: first, es: primera}, authorities: [section 1]}
      - {id: second, says: {en: second, es: segunda}, authorities: [section 2]}
"""


def test_a_contested_question_is_referred_only_where_it_turns_the_answer() -> None:
    """If both sides lead to one answer it is given and the question shown; if they differ a person
    decides.
    """
    sided = provision("sided", "prohibit: yes", when=f"{VISIT}\n{LISTED}", side="cq.second", rank="2")
    law = little_pack(SHALL, sided, contested=CONTESTED)
    differs = ask(law, {"contact.convicted": True})
    alike = ask(law, {"contact.convicted": False})

    assert differs.outcome is Outcome.REFER
    assert [(side.name, side.outcome) for side in differs.contested[0].sides] == [
        ("first", Outcome.PERMIT),
        ("second", Outcome.REFUSE),
    ]
    assert alike.outcome is Outcome.PERMIT


def test_privacy_wins_over_listening_and_no_contact_over_contact() -> None:
    """A protective condition displaces listening and recording; otherwise the stricter condition stays."""
    law = little_pack(
        SHALL,
        provision("private", "condition: [unmonitored, contact_visit]", when=VISIT),
        provision("heard", "condition: [recorded, non_contact]", when=VISIT, rank="1"),
    )
    decision = ask(law)

    assert {one.token for one in decision.conditions} == {"unmonitored", "non_contact"}
    assert {lost.how for lost in decision.defeated} == {"privilege", "stricter"}
