"""One person alone cannot do what needs two, by any trick; each is tried on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from locutorio.actions.approve_proposal import approve_proposal
from locutorio.actions.authority import FRESH, NotFresh, Refused
from locutorio.actions.end_paper import end_paper
from locutorio.actions.two_people import STANDS, Changed, NotByTwo
from locutorio.kernel.faults import Fault
from locutorio.store import proposals
from locutorio.store.identifiers import new_id
from locutorio.store.models import Account, Entry, Establishment, Paper, Proposal, Role
from tests import establishment
from tests.databases import Store
from tests.replay.booked import founded
from tests.two_people.officers import NOW, Officers, ended, lifting, officers, order


def refused(staff: Officers, name: str, **how: object) -> None:
    """See that an approval is refused for a reason, and that nothing was done."""
    entries = Entry.objects.count()
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    with pytest.raises(NotByTwo) as caught:
        staff.approve(row, **how)  # type: ignore[arg-type]
    assert caught.value.name == name
    assert Entry.objects.count() == entries
    assert not Paper.objects.exclude(ended_on=None).exists()


@pytest.fixture
def staff(store: Store) -> Officers:
    """Give officers, with an order that one of them proposed to lift."""
    oak = founded()
    made = officers(oak)
    made.proposed(lifting(order(oak)))
    return made


def test_one_does_not_approve_what_they_proposed(staff: Officers) -> None:
    """Who proposed is refused, also where their account has been given the role of those who approve."""
    refused(staff, "one_person", by="sorrel")
    Role.objects.create(
        id=uuid4(), establishment_id=staff.oak.id, account_id=staff.ids["sorrel"], role="governor"
    )
    refused(staff, "one_person", by="sorrel")


@pytest.mark.parametrize("holder", ["Sorrel, staff 17", "  sorrel,  STAFF 17", "\uff33orrel, staff 17"])
def test_a_second_account_of_one_person_is_no_second_person(staff: Officers, holder: str) -> None:
    """Two accounts of one holder are one person, however the holder is written."""
    staff.add("other", "governor", holder)

    refused(staff, "one_person", by="other")


def test_an_account_of_nobody_is_no_second_person(staff: Officers) -> None:
    """An account of which nobody wrote down who holds it cannot be told from the first."""
    staff.add("other", "governor", " ")

    refused(staff, "no_holder", by="other")


def test_the_form_of_an_approval_sent_again_does_nothing(staff: Officers) -> None:
    """The same form again gets the first answer; as a new one, or by somebody else, it is refused."""
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    staff.approve(row)
    entries = Entry.objects.count()
    staff.approve(row)
    for who, step in (("tansy", "again"), ("yarrow", "again")):
        with pytest.raises(NotByTwo) as caught:
            staff.approve(row, who, step=step)
        assert caught.value.name == "approved"

    assert Entry.objects.count() == entries


def test_what_has_changed_since_is_not_approved(staff: Officers) -> None:
    """Where the paper is not as it was shown, the approval is refused and says what changed."""
    Paper.objects.update(source="order 26-999")
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    with pytest.raises(Changed) as caught:
        staff.approve(row)

    assert [line["name"] for line in caught.value.lines] == ["source"]
    refused(staff, "changed")


def test_a_session_older_than_five_minutes_does_not_approve(staff: Officers) -> None:
    """Who showed 5 minutes and a second ago who they are shows it again; so does who only gave a password."""
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    late = staff.sent("tansy", "late", NOW, NOW - FRESH - timedelta(seconds=1))
    ahead = staff.sent("tansy", "ahead", NOW, NOW + FRESH + timedelta(seconds=1))
    password = staff.oak.sent("password", NOW, staff.by("tansy", factor="password"))
    never = staff.oak.sent("never", NOW, replace(staff.by("tansy", factor="totp"), authenticated_at=None))
    for sent in (late, ahead, password, never):
        with pytest.raises(NotFresh):
            approve_proposal(row.id, row.digest, sent)

    assert proposals.proposal(staff.oak.id, row.id).standing == "waiting"


@pytest.mark.parametrize("whose", ["sorrel", "tansy"])
@pytest.mark.parametrize("how", ["role", "stopped"])
def test_a_right_taken_away_meanwhile_is_no_right(staff: Officers, whose: str, how: str) -> None:
    """Both must still be allowed at the moment of the approval, whatever their sessions still say."""
    if how == "role":
        Role.objects.filter(account=staff.ids[whose]).delete()
    else:
        Account.objects.filter(id=staff.ids[whose]).update(stopped_at=NOW)

    refused(staff, "no_right")


def test_a_proposal_of_another_establishment_is_none(staff: Officers) -> None:
    """Who approves in one establishment cannot in another, not even with its identifier and digest."""
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    elsewhere = officers_elsewhere()
    with pytest.raises(Fault, match="no such proposal"):
        elsewhere.approve(row, "teasel")

    assert proposals.proposal(staff.oak.id, row.id).standing == "waiting"


def officers_elsewhere() -> Officers:
    """Give an officer of another establishment."""
    elm = Establishment.objects.create(
        id=new_id(NOW), code="elm", name="Elm", zone=establishment.ZONE, law=establishment.LAW, schedule=""
    )
    made = Officers(establishment.Oak(elm.id, {}, {}))
    made.add("teasel", "governor", "Teasel, staff 90")
    return made


def test_names_in_a_form_make_nobody(staff: Officers) -> None:
    """An act takes no word on who proposes or approves it: the account that asks counts, and no other."""
    forged = {
        **lifting(Paper.objects.get().id),
        "proposed_by": str(staff.ids["tansy"]),
        "approved_by": "tansy",
    }
    with pytest.raises(Fault, match="more than the act takes"):
        staff.proposed(forged, by="sorrel")
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    assert row.proposed_by == staff.ids["sorrel"]
    with pytest.raises(NotByTwo) as caught:
        staff.approve(row, "sorrel")

    assert caught.value.name == "one_person"
    assert not ended(Paper.objects.get().id)


def test_no_other_door_and_no_used_identifier_does_it(staff: Officers) -> None:
    """The act asked for by itself, with an identifier used before, or by nobody, is refused."""
    paper = Paper.objects.get().id
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    with pytest.raises(NotByTwo, match="two people"):
        end_paper(paper, NOW.date(), staff.sent("sorrel", "alone"))
    with pytest.raises(Refused):
        end_paper(paper, NOW.date(), staff.sent("tansy", "alone"))
    with pytest.raises(Fault, match="used for another change"):
        approve_proposal(row.id, row.digest, staff.sent("sorrel", "proposes end_paper"))
    with pytest.raises(NotByTwo) as caught:
        approve_proposal(row.id, row.digest, staff.oak.sent("the program", NOW))
    assert caught.value.name == "nobody"

    assert not ended(paper)


def test_a_proposal_stands_for_72_hours(staff: Officers) -> None:
    """At the first moment after 72 hours nobody can approve it."""
    refused(staff, "lapsed", at=NOW + STANDS)
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    staff.approve(row, at=NOW + STANDS - timedelta(seconds=1))

    assert ended(Paper.objects.get().id)


def test_a_swapped_digest_or_statement_is_not_approved(
    staff: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Another digest in the form is not approved; nor another digest, statement or argument in the table, which
    the database does not let anybody change.
    """
    row = proposals.proposal(staff.oak.id, Proposal.objects.get().id)
    with pytest.raises(Changed):
        approve_proposal(row.id, "0" * 64, staff.sent("tansy", "swapped"))
    other = order(staff.oak, "hazel", "holly")
    for columns in ({"digest": "0" * 64}, {"lines": row.lines[:-1]}, {"arguments": lifting(other)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.update(**columns)
        swapped = replace(row, **columns)
        with monkeypatch.context() as patched:
            patched.setattr(proposals, "proposal", lambda *_, swapped=swapped: swapped)
            with pytest.raises(Changed):
                staff.approve(row)
    assert not ended(other)
    staff.approve(row)

    assert ended(Paper.objects.get(source="order 26-117", person=staff.oak.people["rowan"]).id)
