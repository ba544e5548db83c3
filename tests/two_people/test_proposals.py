"""Two people lift an order: one proposes, the other approves, and the entry names both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from locutorio.actions.end_paper import end_paper
from locutorio.actions.propose import Proposing, preview, propose
from locutorio.actions.refuse_proposal import refuse_proposal
from locutorio.actions.two_people import Changed, NotByTwo
from locutorio.actions.withdraw_proposal import withdraw_proposal
from locutorio.kernel.faults import Fault
from locutorio.store import history, proposals
from locutorio.store.actor import PROGRAM
from locutorio.store.models import Entry, Fact, Paper, Proposal
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.replay.booked import booked, founded
from tests.two_people.officers import NOW, ended, lifting, officers, order


def test_an_order_is_lifted_by_two_and_both_are_named(store: Store) -> None:
    """One proposes, another approves: the order ends, once, and the entry names both and what each used."""
    oak = founded()
    staff, paper = officers(oak), order(oak)
    row = staff.proposed(lifting(paper))
    assert not ended(paper)

    staff.approve(row)

    assert ended(paper)
    kept = history.history(oak.id, oak.people["rowan"], FOUNDED, [row.id])[-1]
    assert kept.noted["two_people"]["digest"] == row.digest
    assert [kept.noted["two_people"][by]["holder"] for by in ("proposed_by", "approved_by")] == [
        "Sorrel, staff 17",
        "Tansy, staff 18",
    ]
    assert kept.noted["two_people"]["approved_by"]["factor"] == "passkey"


def test_an_order_lifted_lets_a_family_book_again(store: Store) -> None:
    """What the approval does is what the act does: the contact may come again."""
    oak = founded()
    staff, paper = officers(oak), order(oak)
    staff.approve(staff.proposed(lifting(paper)))

    assert booked(oak, "rowan", "alder", at=NOW + timedelta(hours=1)).standing == "booked"


def test_what_the_act_refuses_leaves_the_proposal_waiting(store: Store) -> None:
    """Where the act itself cannot be done, nothing is: not even the approval."""
    oak = founded()
    staff, paper = officers(oak), order(oak)
    booked(oak, "rowan", "holly")
    row = staff.proposed(lifting(paper))
    Fact.objects.create(
        id=oak.people["rowan"],
        establishment_id=oak.id,
        person_id=oak.people["rowan"],
        path="contact.role",
        value="no such role",
        known_at=FOUNDED,
    )
    with pytest.raises(Fault):
        staff.approve(row)

    assert not ended(paper)
    assert proposals.proposal(oak.id, row.id).standing == "waiting"


def test_a_refused_or_withdrawn_proposal_does_nothing(store: Store) -> None:
    """Who may approve can refuse with a reason; who proposed can take it back; then nobody can approve it."""
    oak = founded()
    staff, first, second = officers(oak), order(oak), order(oak, "hazel", "holly")
    refused = staff.proposed(lifting(first))
    refuse_proposal(refused.id, "the paper is no copy of the court", staff.sent("tansy", "refuses"))
    what = preview(PROGRAM, oak.id, "end_paper", lifting(second))
    withdrawn = propose(
        Proposing("end_paper", lifting(second), "lifted", what.digest), staff.sent("sorrel", "second")
    )
    withdraw_proposal(withdrawn, staff.sent("sorrel", "takes back"))

    for id_, name in ((refused.id, "refused"), (withdrawn, "withdrawn")):
        row = proposals.proposal(oak.id, id_)
        assert row.standing == name
        with pytest.raises(NotByTwo) as caught:
            staff.approve(row)
        assert caught.value.name == name
    assert proposals.proposal(oak.id, refused.id).ground == "the paper is no copy of the court"
    assert not ended(first)
    assert not ended(second)


def test_only_its_own_proposes_and_only_others_refuse(store: Store) -> None:
    """Nobody refuses their own, takes back another's, or refuses without saying why."""
    oak = founded()
    staff = officers(oak)
    row = staff.proposed(lifting(order(oak)))
    with pytest.raises(NotByTwo) as caught:
        withdraw_proposal(row.id, staff.sent("tansy", "takes back"))
    assert caught.value.name == "not_own"
    with pytest.raises(Fault, match="says why"):
        refuse_proposal(row.id, " ", staff.sent("tansy", "refuses"))
    with pytest.raises(NotByTwo) as caught:
        refuse_proposal(row.id, "no", staff.sent("sorrel", "refuses"))
    assert caught.value.name == "no_right"

    assert proposals.proposal(oak.id, row.id).standing == "waiting"


def test_a_proposal_is_bound_to_what_was_shown_to_who_proposes(store: Store) -> None:
    """Who proposes saw exactly this: another statement than they saw is not taken."""
    oak = founded()
    staff, paper = officers(oak), order(oak)
    seen = preview(PROGRAM, oak.id, "end_paper", lifting(paper))
    other = {**lifting(paper), "on": (NOW + timedelta(days=9)).date().isoformat()}
    with pytest.raises(Changed):
        propose(Proposing("end_paper", other, "lifted", seen.digest), staff.sent("sorrel", "other"))

    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("act", "arguments"),
    [
        ("no_such_act", {}),
        ("end_paper", {}),
        ("end_paper", {"paper": "1", "on": "2026-11-03"}),
        ("end_paper", {"paper": "", "on": ""}),
        ("end_paper", {"paper": "x" * 300_000}),
        ("end_paper", {str(number): "" for number in range(100)}),
    ],
)
def test_what_cannot_be_read_is_refused(store: Store, act: str, arguments: dict[str, str]) -> None:
    """What is no act, or says nothing that it can hold, is a fault a person can act on."""
    oak = founded()
    with pytest.raises(Fault):
        preview(PROGRAM, oak.id, act, arguments)


def test_the_program_may_alone_and_its_entry_says_so(store: Store) -> None:
    """A command on the machine can end a paper without a second person; its entry says that it did."""
    oak = founded()
    paper = order(oak)
    end_paper(paper, NOW.date(), oak.sent("end", NOW))

    assert (
        "without a second person"
        in history.history(oak.id, oak.people["rowan"], FOUNDED, [paper])[-1].noted["alone"]
    )


def test_each_sent_again_answers_as_before_and_does_nothing(store: Store) -> None:
    """Proposing, approving, refusing and taking back, each sent once more: nothing more is done."""
    oak = founded()
    staff = officers(oak)
    rows = [
        staff.proposed(lifting(order(oak, *pair)), step=str(number))
        for number, pair in enumerate((("rowan", "alder"), ("hazel", "holly"), ("linden", "laurel")))
    ]
    refuses, takes_back = staff.sent("tansy", "refuses"), staff.sent("sorrel", "takes back")
    for _ in range(2):
        staff.approve(rows[0])
        refuse_proposal(rows[1].id, "no", refuses)
        withdraw_proposal(rows[2].id, takes_back)
        staff.proposed(lifting(Paper.objects.get(person=oak.people["hazel"]).id), step="again")

    assert [proposals.proposal(oak.id, row.id).standing for row in rows] == [
        "approved",
        "refused",
        "withdrawn",
    ]
    assert Proposal.objects.count() == len(rows) + 1
    assert Entry.objects.filter(action__endswith="_proposal").count() == len(rows)
