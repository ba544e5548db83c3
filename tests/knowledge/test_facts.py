"""What an establishment knows by itself is said as facts; what was entered says more than that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from locutorio.actions import answer, deciding, shelf
from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.end_paper import end_paper
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.facts.case import Dated, see
from locutorio.facts.vocabulary import Value
from locutorio.kernel.faults import Fault
from locutorio.store import models, requests
from locutorio.store.entered import FactRow, timeline
from locutorio.store.knowledge import Asked, PartyMember, case_of
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.replay.booked import DAY, booked, founded

LATER = FOUNDED + timedelta(days=1)


def seen(oak: Oak, contact: str, *party: str, on: date = DAY, about: str = "visit") -> Mapping[str, Value]:
    """Give the facts that hold for one contact of a party on a day."""
    case = case_of(
        oak.id,
        oak.people["rowan"],
        oak.contacts[contact],
        [PartyMember(oak.contacts[name]) for name in (contact, *party)],
        on,
        about=about,
        known_at=FOUNDED + timedelta(days=20),
        asked_on=FOUNDED.date(),
    )
    return see(case, on=on, zone="America/New_York", kinds=()).facts


def test_the_list_the_party_and_the_bookings_are_facts(store: Store) -> None:
    """Who is on the list, as what, who comes together, and how many visits are booked, each as a fact."""
    oak = founded()
    booked(oak, "rowan", "holly", on=DAY - timedelta(days=1))
    booked(oak, "rowan", "alder", on=DAY + timedelta(days=14))
    booked(oak, "linden", "laurel")
    facts = seen(oak, "willow", "alder")

    assert (
        facts.items()
        >= {
            "approval.listing": True,
            "contact.on_visiting_list": True,
            "contact.role": "social",
            "contact.relation": "child",
            "contact.born_on": date(2016, 5, 21),
            "escort.present": True,
            "escort.approved": True,
            "request.party_size": 2,
            "visit.adults": 1,
            "use.visits_week": 1,
            "usage.visits_month": 2,
            "use.friends_listed": 1,
            "use.contacts_listed": 2,
        }.items()
    )
    assert (
        seen(oak, "alder", "willow").items()
        >= {
            "contact.comes_with_child": True,
            "escort.present": False,
            "contact.on_other_list": True,
        }.items()
    )
    assert seen(oak, "myrtle").items() >= {"approval.listing": False, "contact.on_other_list": True}.items()
    assert "contact.role" not in seen(oak, "myrtle")


def test_an_adult_who_is_not_approved_comes_and_is_said_not_to_be(store: Store) -> None:
    """An adult of the party who is not on the list comes with the child, unapproved; alone nobody does."""
    oak = founded()
    assert seen(oak, "willow", "laurel").items() >= {"escort.present": True, "escort.approved": False}.items()
    assert seen(oak, "willow", "laurel", "alder")["escort.approved"] is True
    alone = seen(oak, "willow")
    assert alone["escort.present"] is False
    assert "escort.approved" not in alone


def test_an_age_that_is_not_known_is_not_guessed(store: Store) -> None:
    """Where a birth day is not known neither age nor the number of adults is said."""
    oak = founded()
    listing = Listing(oak.people["rowan"], oak.contacts["alder"], relation="sibling")
    list_contact(listing, oak.sent("a"))
    models.Contact.objects.filter(id=oak.contacts["alder"]).update(born_on=None)
    facts = seen(oak, "alder")
    assert {"contact.born_on", "visit.adults", "escort.approved"}.isdisjoint(facts)


def test_a_number_may_be_called_if_it_is_approved_and_blocked_for_nobody(store: Store) -> None:
    """A call is about a number of that contact; one that is blocked for everybody is blocked for each."""
    oak = founded()
    assert seen(oak, "alder", about="call")["approval.number"] is False
    number = NewNumber(oak.people["rowan"], "+15555550100", "mobile", contact=oak.contacts["alder"])
    change_number(number, oak.sent("a", LATER))
    assert seen(oak, "alder", about="call")["approval.number"] is True
    assert seen(oak, "holly", about="call")["approval.number"] is False
    change_number(NewNumber(None, "+15555550100", "mobile", "blocked"), oak.sent("b", LATER))
    assert seen(oak, "alder", about="call")["approval.number"] is False


def test_what_was_entered_says_more_than_what_follows(store: Store) -> None:
    """A fact entered of a person and a contact goes before one of either, and that before the list."""
    oak = founded()
    rowan, alder = oak.people["rowan"], oak.contacts["alder"]

    def enter(value: str, name: str, **of: object) -> None:
        enter_fact(NewFact("contact.relation", value, **of), oak.sent(name, LATER))  # type: ignore[arg-type]

    assert seen(oak, "alder")["contact.relation"] == "sibling"
    enter("friend", "a")
    assert seen(oak, "alder")["contact.relation"] == "friend"
    enter("cousin", "b", contact=alder)
    enter("partner", "c", person=rowan, contact=alder)
    assert seen(oak, "alder")["contact.relation"] == "partner"
    assert seen(oak, "holly")["contact.relation"] == "friend"


def test_what_was_learned_later_holds_from_its_own_days(store: Store) -> None:
    """Of two rows the one learned later holds on its days, and the other on the days that are left."""

    def row(value: str, since: date | None, until: date | None, hours: int) -> FactRow:
        at = datetime(2026, 1, 1, hours, tzinfo=UTC)
        return FactRow(None, None, "contact.convicted", value, since, until, at, "")

    first, second, third = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
    rows = [row("no", None, None, 1), row("yes", first, third, 2), row("unknown", second, third, 3)]
    assert [(one.value, one.since, one.until) for one in timeline(rows)] == [
        (False, None, first),
        (True, first, second),
        (None, second, third),
        (False, third, None),
    ]
    assert timeline([row("yes", first, None, 1)]) == (Dated(True, first, None, "2026-01-01T01:00:00+00:00"),)


def test_a_fact_for_some_days_leaves_the_others_as_they_were(store: Store) -> None:
    """What was entered for some days says nothing of the others: there what follows from the list holds."""
    oak = founded()
    alder = oak.contacts["alder"]
    fact = NewFact("approval.listing", "no", contact=alder, since=DAY, until=DAY + timedelta(days=2))
    enter_fact(fact, oak.sent("a", LATER))
    house = NewFact(
        "approval.listing", "unknown", since=DAY + timedelta(days=1), until=DAY + timedelta(days=5)
    )
    enter_fact(house, oak.sent("b", LATER))
    said = [seen(oak, "alder", on=DAY + timedelta(days=day)).get("approval.listing") for day in range(-1, 6)]
    assert said == [True, False, False, None, None, None, True]


def test_a_paper_that_ended_before_it_began_is_in_no_case(store: Store) -> None:
    """A paper taken back before its first day never holds; the case that is kept can be read again."""
    oak = founded()
    facts = {"decider": "court", "signed_on": "2026-11-03", "later_order": "no"}
    rowan, alder = oak.people["rowan"], oak.contacts["alder"]
    order = NewPaper(rowan, "order_no_visits", alder, facts, since=DAY + timedelta(days=5))
    paper = enter_paper(order, oak.sent("a", LATER)).paper
    end_paper(paper, DAY + timedelta(days=2), oak.sent("b", LATER))
    asked = VisitRequest(rowan, (PartyMember(alder),), DAY)
    found = request_visit(asked, oak.sent("c", LATER + timedelta(minutes=1)))

    assert found.outcome == "permit"
    [kept] = requests.decided_of(oak.id, found.request)
    assert answer.read(kept.case.encode(), "case").papers == ()


def test_papers_that_may_exist_are_not_known(store: Store) -> None:
    """Where it was entered that orders may exist that are not here, the answer is open, and says so."""
    oak = founded()

    def decide() -> deciding.PartyDecision:
        party = [PartyMember(oak.contacts["alder"])]
        rowan = oak.people["rowan"]
        return deciding.decide_party(oak.id, rowan, party, DAY, known_at=LATER, asked_on=LATER.date())

    assert decide().outcome == "permit"
    enter_fact(NewFact("instruments.order", "unknown", person=oak.people["rowan"]), oak.sent("a", LATER))
    open_ = decide()
    assert open_.outcome == "pending"
    assert "instruments.order" in open_.decisions[0].unknown
    enter_fact(
        NewFact("instruments.order", "known", person=oak.people["rowan"]),
        oak.sent("b", LATER + timedelta(minutes=1)),
    )
    assert decide().outcome == "pending"  # it became known a minute after the moment that is asked about


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("contact.eye_colour", "brown", "is not a fact"),
        ("contact.convicted", "perhaps", "is not an answer"),
        ("request.on", "2026-11-10", "said elsewhere"),
        ("instrument.signed_on", "2026-11-10", "said elsewhere"),
        ("instruments.edict", "unknown", "is no kind of paper"),
        ("instruments.order", "some", "does not say"),
    ],
)
def test_what_is_no_fact_is_not_entered(store: Store, path: str, value: str, said: str) -> None:
    """Only facts of the vocabulary are entered, with values they can have."""
    oak = founded()
    with pytest.raises(Fault, match=said):
        enter_fact(NewFact(path, value, person=oak.people["rowan"]), oak.sent("a", LATER))


@pytest.mark.parametrize("law", ["arcadia", "us-federal"])
def test_facts_that_the_law_does_not_read_are_left_out_and_change_nothing(law: str) -> None:
    """Every worked case of a law is decided alike by the facts alone that the law is said to read."""
    pack = shelf.pack(law)
    read = deciding._facts_read(law, pack.hash)
    worked = [one for one in shelf.cases(law).worked if one.case.question.kind == "contact"]
    assert len(worked) > 20
    for one in worked:
        less = replace(
            one.case, facts={path: dated for path, dated in one.case.facts.items() if path in read}
        )
        assert answer.answer(less).outcome == answer.answer(one.case).outcome, one.name
    assert "arcadia.listed" not in deciding._facts_read("us-federal", shelf.pack("us-federal").hash)


def test_a_case_is_of_this_establishment_alone(store: Store) -> None:
    """Somebody of another establishment cannot be asked about here."""
    oak = founded()
    known = deciding.knowledge(oak.id, oak.people["rowan"], [oak.contacts["alder"]], known_at=LATER)
    asked = Asked(oak.contacts["alder"], [PartyMember(oak.contacts["alder"])], DAY, DAY)
    assert known.case(asked).law == "arcadia"
    with pytest.raises(Fault, match="there is no person"):
        deciding.knowledge(oak.id, oak.contacts["alder"], [], known_at=LATER)


@pytest.mark.parametrize(("entered", "outcome"), [(None, "permit"), ("no", "pending")])
def test_a_telephone_that_fails_lets_family_wait(store: Store, entered: str | None, outcome: str) -> None:
    """A call is decided as when all works, until somebody enters that a part does not: then it waits."""
    oak = founded(law="arcadia")
    for path, value in (("arcadia.recording_told", "no"), ("arcadia.telephone_works", entered)):
        if value is not None:
            enter_fact(NewFact(path, value), oak.sent(path, LATER))
    case = case_of(
        oak.id,
        oak.people["rowan"],
        oak.contacts["alder"],
        [PartyMember(oak.contacts["alder"])],
        DAY,
        about="call",
        known_at=FOUNDED + timedelta(days=20),
        asked_on=FOUNDED.date(),
    )

    assert answer.answer(case).outcome == outcome
