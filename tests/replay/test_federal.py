"""The same changes under United States federal law: each reader is told what is theirs to know."""

from __future__ import annotations

from datetime import timedelta

from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.enter_paper import NewPaper, enter_paper
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.replay.booked import booked, everything, founded

LATER = FOUNDED + timedelta(days=1)
KNOWN = {"contact.same_case": "no", "contact.supervision": "none", "person.hospital": "none"}
ORDER = {
    "decider": "court",
    "signed_on": "2026-11-02",
    "covers_visits": "yes",
    "covers_calls": "yes",
    "covers_letters": "yes",
    "ended_without_motion": "no",
}


def federal() -> Oak:
    """An establishment under federal law that entered what the law asks of everybody."""
    oak = founded(law="us-federal")
    for path, value in KNOWN.items():
        enter_fact(NewFact(path, value), oak.sent(path))
    return oak


def test_the_supervision_of_a_contact_is_not_told_to_the_person(store: Store) -> None:
    """A visitor in a half-way house needs a pass: the visitor is told why, the person only by which law."""
    oak = federal()
    visit, other = booked(oak, "rowan", "alder"), booked(oak, "hazel", "holly")
    before = everything(other)
    fact = NewFact("contact.supervision", "halfway_house", contact=oak.contacts["alder"])
    done = enter_fact(fact, oak.sent("fact", LATER))

    assert done.at_risk == (visit.id,)
    assert everything(other) == before
    assert "Supervision the visitor is under: a half-way house" in visit.told("alder")
    person = visit.told("rowan")
    assert "28 CFR" in person
    assert "told to the one who was to come" in person
    for secret in ("half-way", "furlough", "supervision"):
        assert secret not in person.lower()


def test_an_order_of_a_court_withdraws_and_is_cited(store: Store) -> None:
    """A court's order against contact with one visitor withdraws that visit; both are told by which law."""
    oak = federal()
    visit = booked(oak, "rowan", "alder")
    order = NewPaper(
        oak.people["rowan"],
        "court_order_no_contact",
        oak.contacts["alder"],
        ORDER,
        since=LATER.date(),
        source="26-cr-117",
    )
    done = enter_paper(order, oak.sent("order", LATER))

    assert (done.standing, done.touched.withdrawn) == ("stands", (visit.id,))
    assert "26-cr-117" in visit.told("rowan")
    assert visit.row.ground in visit.told("alder")
