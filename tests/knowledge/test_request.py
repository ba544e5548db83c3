"""A request is decided on what the establishment knows, and what was decided can be decided again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from locutorio.actions import answer
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.kernel.faults import Fault
from locutorio.notices.document import as_document
from locutorio.store import requests
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED, Oak, founded

DAY = date(2026, 11, 10)


def asking(oak: Oak, *contacts: str, on: date = DAY, person: str = "rowan") -> VisitRequest:
    return VisitRequest(oak.people[person], tuple(PartyMember(oak.contacts[name]) for name in contacts), on)


def test_someone_on_the_list_may_visit_and_someone_else_may_not_yet(store: Store) -> None:
    """The establishment's own list is the key the law asks for: who is on it may come, who is not waits."""
    oak = founded()
    listed = request_visit(asking(oak, "alder"), oak.sent("a"))
    other = request_visit(asking(oak, "laurel"), oak.sent("b"))

    assert listed.outcome == "permit"
    assert other.outcome == "pending"


def test_a_child_needs_an_adult_of_the_party(store: Store) -> None:
    """A child who comes alone is refused; beside an adult of the party both may come."""
    oak = founded()
    alone = request_visit(asking(oak, "willow"), oak.sent("a"))
    together = request_visit(asking(oak, "willow", "alder"), oak.sent("b"))

    assert alone.outcome == "refuse"
    assert [member.outcome for member in together.members] == ["permit", "permit"]


def test_a_party_is_answered_as_the_worst_of_its_members(store: Store) -> None:
    """Where one of a party may come and another may not yet, the party may not yet."""
    oak = founded()
    found = request_visit(asking(oak, "alder", "laurel"), oak.sent("a"))

    assert [member.outcome for member in found.members] == ["permit", "pending"]
    assert found.outcome == "pending"


@pytest.mark.parametrize("party", [("alder",), ("laurel",), ("willow", "alder")])
def test_what_was_kept_decides_the_same_again(store: Store, party: tuple[str, ...]) -> None:
    """The case kept with a decision, given to `locutorio decide`, gives the very same answer."""
    oak = founded()
    found = request_visit(asking(oak, *party), oak.sent("a"))

    for row in requests.decided_of(oak.id, found.request):
        again = answer.answer(answer.read(row.case.encode(), "case"))
        assert as_document(again, str(row.document["lang"])) == row.document
        assert again.pack_hash == row.law_hash


def test_a_request_sent_twice_is_one_request(store: Store) -> None:
    """The same command twice has one effect and one answer."""
    oak = founded()
    first = request_visit(asking(oak, "alder"), oak.sent("a"))
    second = request_visit(asking(oak, "alder"), oak.sent("a"))

    assert first == second
    assert len(requests.requests_of(oak.id, oak.people["rowan"])) == 1


def test_an_approval_holds_from_its_day(store: Store) -> None:
    """An approval that begins later is missing before, and the answer says from when it is better."""
    oak = founded()
    what = Listing(oak.people["rowan"], oak.contacts["laurel"], since=DAY)
    list_contact(what, oak.sent("list"))
    before = request_visit(asking(oak, "laurel", on=DAY - timedelta(days=1)), oak.sent("a"))
    after = request_visit(asking(oak, "laurel"), oak.sent("b"))

    assert (before.outcome, after.outcome) == ("pending", "permit")
    [kept] = requests.decided_of(oak.id, before.request)
    assert kept.document["decision"]["earliest"] == DAY.isoformat()


def test_a_day_that_is_past_cannot_be_asked_for(store: Store) -> None:
    """By the establishment's own clock: at ten in the evening in New York it is already tomorrow in UTC."""
    oak = founded()
    late = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)
    same_evening = request_visit(asking(oak, "alder", on=date(2026, 11, 2)), oak.sent("a", late))
    assert same_evening.outcome == "permit"

    with pytest.raises(Fault, match="is past"):
        request_visit(asking(oak, "alder", on=date(2026, 11, 1)), oak.sent("b", FOUNDED))


def test_somebody_of_another_establishment_is_not_found(store: Store) -> None:
    """A request that names someone who is not here changes nothing."""
    oak = founded()
    what = VisitRequest(oak.people["rowan"], (PartyMember(oak.people["linden"]),), DAY)
    with pytest.raises(Fault, match="there is no contact"):
        request_visit(what, oak.sent("a"))
    assert not requests.requests_of(oak.id, oak.people["rowan"])
