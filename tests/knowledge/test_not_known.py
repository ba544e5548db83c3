"""What is not known stays so: nothing that the establishment was not told is said to be so or not so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.list_contact import Guardian, Listing, list_contact, name_guardian
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.store import models
from locutorio.store.knowledge import Knowledge, PartyMember
from tests.databases import Store
from tests.entries import entries
from tests.establishment import FOUNDED, Oak
from tests.knowledge.test_facts import LATER, seen
from tests.replay.booked import DAY, booked, founded

KIND = "instruments.order"


def ageless(oak: Oak, *names: str) -> None:
    """Let nobody know when some contacts were born."""
    models.Contact.objects.filter(id__in=[oak.contacts[name] for name in names]).update(born_on=None)


def test_whether_an_adult_comes_is_not_known_where_an_age_is_not(store: Store) -> None:
    """A child who comes with somebody of no known age is not said to come without an adult."""
    oak = founded()
    ageless(oak, "alder")
    facts = seen(oak, "willow", "alder")

    assert {"escort.present", "arcadia.adult_comes", "escort.approved"}.isdisjoint(facts)
    assert seen(oak, "willow", "alder", "holly")["escort.present"] is True
    party = (PartyMember(oak.contacts["willow"]), PartyMember(oak.contacts["alder"]))
    answer = request_visit(VisitRequest(oak.people["rowan"], party, DAY), oak.sent("ask"))
    child = next(one for one in answer.members if one.contact == oak.contacts["willow"])
    assert child.outcome == "pending"


def test_whether_the_adult_is_approved_is_not_known_where_an_age_is_not(store: Store) -> None:
    """An adult who is not approved comes, and somebody of no known age who is: that may be the one."""
    oak = founded()
    ageless(oak, "alder")
    facts = seen(oak, "willow", "laurel", "alder")

    assert facts["escort.present"] is True
    assert "escort.approved" not in facts


def test_whether_a_child_comes_along_is_not_known_where_an_age_is_not(store: Store) -> None:
    """An adult who comes with somebody of no known age is not said to come without a child."""
    oak = founded()
    ageless(oak, "holly")

    assert "contact.comes_with_child" not in seen(oak, "alder", "holly")
    assert seen(oak, "alder", "holly", "willow")["contact.comes_with_child"] is True


def test_being_on_another_list_ends_with_the_place_on_it(store: Store) -> None:
    """A contact is on the list of another person on the days of that place, and on no other."""
    oak = founded()
    place = Listing(oak.people["linden"], oak.contacts["willow"], since=DAY, until=DAY + timedelta(days=1))
    list_contact(place, oak.sent("list"))
    days = [DAY + timedelta(days=days) for days in (-1, 0, 1)]
    assert [seen(oak, "willow", on=day)["contact.on_other_list"] for day in days] == [False, True, False]


def unknown_kinds(oak: Oak, contact: str, on: date = DAY) -> frozenset[str]:
    one, known_at = oak.contacts[contact], LATER + timedelta(days=9)
    return Knowledge(oak.id, oak.people["rowan"], [one], known_at=known_at).unknown_kinds(one, on)


def test_what_is_said_of_all_does_not_settle_what_one_may_have(store: Store) -> None:
    """That all papers are here, said of everybody, leaves open what was said of one person or contact."""
    oak = founded()
    rowan, alder = oak.people["rowan"], oak.contacts["alder"]
    enter_fact(NewFact(KIND, "unknown", person=rowan, contact=alder), oak.sent("a", LATER))
    enter_fact(NewFact(KIND, "known"), oak.sent("b", LATER + timedelta(hours=1)))

    assert unknown_kinds(oak, "alder") == {"order"}
    assert unknown_kinds(oak, "holly") == frozenset()
    enter_fact(NewFact(KIND, "known", person=rowan, contact=alder), oak.sent("c", LATER + timedelta(hours=2)))
    assert unknown_kinds(oak, "alder") == frozenset()


@pytest.mark.parametrize(("days", "open_"), [(-1, True), (0, False), (1, True)])
def test_that_all_papers_are_here_holds_on_its_days(store: Store, days: int, open_: bool) -> None:
    """What was said for one day only is not taken for the days around it."""
    oak = founded()
    enter_fact(NewFact(KIND, "unknown"), oak.sent("a", LATER))
    one_day = NewFact(KIND, "known", since=DAY, until=DAY + timedelta(days=1))
    enter_fact(one_day, oak.sent("b", LATER + timedelta(hours=1)))
    assert bool(unknown_kinds(oak, "alder", DAY + timedelta(days=days))) is open_


def test_who_answers_for_a_child_reaches_what_is_booked(store: Store) -> None:
    """Of two adults with a child the law is asked about the one who answers for the child, as of today."""
    oak = founded(law="us-federal")
    willow, holly = oak.contacts["willow"], oak.contacts["holly"]
    enter_fact(NewFact("contact.visa", "held", person=oak.people["rowan"], contact=holly), oak.sent("fact"))
    adult = Guardian(oak.contacts["alder"], willow, until=DAY)

    assert "escort.visa" not in seen(oak, "willow", "alder", "holly")
    name_guardian(Guardian(holly, willow), oak.sent("holly", FOUNDED))
    before = models.Person.objects.get(id=oak.people["rowan"]).version
    name_guardian(adult, oak.sent("alder", FOUNDED))
    assert models.Person.objects.get(id=oak.people["rowan"]).version > before
    assert "escort.visa" in seen(oak, "willow", "alder", "holly")


def test_a_visit_with_a_child_is_decided_again_when_another_adult_answers(store: Store) -> None:
    """Who answers for a child is a change like any other: what is booked is looked at again."""
    oak = founded()
    booked(oak, "rowan", "alder", "willow")
    name_guardian(Guardian(oak.contacts["holly"], oak.contacts["willow"]), oak.sent("g", LATER))
    (entry,) = entries(action="name_guardian")
    assert entry.noted["replayed"]["looked_at"] == 1
