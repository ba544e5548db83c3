"""A petition is told from its dated events: what is apart stays apart, and routes go with what was ruled."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from locutorio.actions.petition_clocks import Procedure, deadlines, procedure
from locutorio.decisions.decision import Outcome as Found
from locutorio.kernel.faults import Fault
from locutorio.remedies.intervals import Interval, Order
from locutorio.remedies.routes import Standing, Why, routes
from locutorio.remedies.telling import Stage, seen
from locutorio.remedies.values import Carried, Event, Kind, Outcome, Petition, refuse_unsound
from tests.remedies.drawn import LATER, event
from tests.remedies.promises import some

HISTORIES = 150


@pytest.fixture(scope="module")
def federal() -> Procedure:
    """The federal procedure of the United States, as of the days of these histories."""
    return procedure("us-federal", date(2026, 3, 1))


def warden(*events: Event, **more: object) -> tuple[Petition, list[Event]]:
    """Give a complaint to the Warden of something that happened on 1 March 2026."""
    asks = ("visits by the spouse", "two calls a month")
    made = Petition(id="p", office="warden", asks=asks, clock="bp9", arose_on=date(2026, 3, 1), **more)  # type: ignore[arg-type]
    return made, [*events]


@pytest.mark.parametrize("seed", range(3))
def test_every_history(seed: int) -> None:
    """Every promise holds of drawn histories; the campaign `petitions` has the full count."""
    some(random.Random(seed), HISTORIES)


def test_written_filed_and_entered_stay_apart() -> None:
    """A letter written in July and filed in August has two days, and neither is taken for the other."""
    petition, events = warden(
        event(Kind.WRITTEN, date(2026, 7, 15)),
        event(Kind.FILED, date(2026, 8, 5)),
        event(Kind.ENTERED, date(2026, 8, 6)),
    )
    one = seen(petition, events, date(2026, 8, 5), LATER)
    assert (one.written and one.written.on, one.filed and one.filed.on) == (
        date(2026, 7, 15),
        date(2026, 8, 5),
    )
    assert one.entered is None


def test_delivered_and_denied_stand_beside_each_other() -> None:
    """The post says that it came, the office that it did not: both are told, and that they disagree."""
    petition, events = warden(
        event(Kind.SENT, date(2026, 3, 2)),
        event(Kind.DELIVERED, date(2026, 3, 5), proof="receipt of the post"),
        event(Kind.DENIED, date(2026, 3, 20), proof="letter of the office"),
    )
    before, after = (seen(petition, events, date(2026, 3, on), LATER) for on in (19, 20))
    assert not before.service.disputed
    assert after.service.disputed
    assert after.stage is Stage.SENT


def test_a_ground_is_spent_once_the_event_it_ends_with_took_place() -> None:
    """The trial is over: the ground that rested on it is shown as spent, from that day."""
    ground = event(Kind.OPPOSED, date(2026, 3, 10), "g", says="escape", ends_with="the trial")
    petition, events = warden(ground, event(Kind.ENDED, date(2026, 7, 17), of="g"))
    before, after = (seen(petition, events, date(2026, 7, on), LATER) for on in (16, 17))
    assert before.grounds[0].spent_by is None
    assert after.grounds[0].spent_by == events[1]


def test_a_less_strict_means_that_nobody_answered_is_seen() -> None:
    """A recorded visit was offered; a ruling alone is no answer to it."""
    offer = event(Kind.OFFERED, date(2026, 3, 3), "o", says="a recorded visit")
    petition, events = warden(offer, event(Kind.RULED, date(2026, 3, 9), outcome=Outcome.DENIED))
    assert seen(petition, events, date(2026, 4, 1), LATER).offers[0].answered_by is None
    answered = [*events, event(Kind.ANSWERED, date(2026, 3, 9), of="o", says="staff cannot watch it")]
    assert seen(petition, answered, date(2026, 4, 1), LATER).offers[0].answered_by is not None


def test_a_rejected_form_is_put_right_until_its_day() -> None:
    """Rejected for its form is no answer: it can be put right, and filed again it waits again."""
    rejected = event(Kind.RULED, date(2026, 3, 20), "r", outcome=Outcome.REJECTED, until=date(2026, 3, 30))
    petition, events = warden(event(Kind.FILED, date(2026, 3, 18)), rejected)
    for on, standing in ((date(2026, 3, 30), Standing.OPEN), (date(2026, 3, 31), Standing.LATE)):
        one = seen(petition, events, on, LATER)
        assert one.stage is Stage.REJECTED
        own = routes(one, None, {}, deadlines(procedure("us-federal", on), []), on)[0]
        assert (own.standing, own.why, own.until) == (standing, Why.PUT_RIGHT, date(2026, 3, 30))
    later = event(Kind.FILED, date(2026, 3, 25), "f2")
    at_once = event(Kind.FILED, date(2026, 3, 20), "f3", known_at=rejected.known_at + timedelta(hours=1))
    for filed in (later, at_once):
        again = seen(petition, [*events, filed], date(2026, 3, 30), LATER)
        assert (again.stage, again.filed) == (Stage.PENDING, filed)


@pytest.mark.parametrize(
    ("on", "found", "next_day"),
    [
        (date(2026, 6, 21), Found.OPEN, None),
        (date(2026, 6, 22), Found.DEEMED_DENIED, date(2026, 7, 11)),
    ],
)
def test_silence_may_be_taken_as_a_denial(on: date, found: Found, next_day: date | None) -> None:
    """Filed 1 June, no answer: from the 21st day after it the next form may be filed (28 CFR 542.18)."""
    petition, events = warden(event(Kind.FILED, date(2026, 6, 1)))
    by = procedure("us-federal", on)
    one = seen(petition, events, on, LATER)
    due = deadlines(by, [(by.rungs["bp9"], one)])
    assert due.answer is not None
    assert (due.answer.last_day, due.answer.outcome) == (date(2026, 6, 21), found)
    assert due.longest == date(2026, 7, 11)
    route = next(
        one for one in routes(one, by.rungs["bp9"], by.rungs, due, on) if one.to == "regional_director"
    )
    assert route.standing is (Standing.OPEN if next_day else Standing.NOT_YET)
    assert route.until == next_day


def test_an_emergency_that_somebody_claims_silences_nobody() -> None:
    """Filed on a Monday as an emergency: asked for by Thursday; whether it is one, a person decides."""
    petition, events = warden(event(Kind.FILED, date(2026, 6, 1)), emergency=True)
    by = procedure("us-federal", date(2026, 6, 5))
    due = deadlines(by, [(by.rungs["bp9"], seen(petition, events, by.on, LATER))])
    assert due.emergency == date(2026, 6, 4)
    assert due.answer is not None
    assert (due.answer.last_day, due.silent) == (date(2026, 6, 21), False)


def test_the_next_form_counts_from_the_day_of_the_signature() -> None:
    """Signed 10 April: the next form is due 30 April (28 CFR 542.15(a)), and the court comes later."""
    petition, events = warden(
        event(Kind.FILED, date(2026, 3, 21)),
        event(Kind.RULED, date(2026, 4, 10), outcome=Outcome.DENIED),
        event(Kind.DELIVERED, date(2026, 4, 22), carried=Carried.RULING),
    )
    for on, standing in ((date(2026, 4, 30), Standing.OPEN), (date(2026, 5, 1), Standing.LATE)):
        by = procedure("us-federal", on)
        one = seen(petition, events, on, LATER)
        due = deadlines(by, [(by.rungs["bp9"], one)])
        found = {way.to: way for way in routes(one, by.rungs["bp9"], by.rungs, due, on)}
        assert due.file is not None
        assert (due.file.last_day, due.file.outcome) == (date(2026, 3, 21), Found.OPEN)
        next_one = found["regional_director"]
        assert (next_one.standing, next_one.until) == (standing, date(2026, 4, 30))
        assert found["court"].standing is Standing.NOT_YET


def test_a_court_without_power_is_closed_and_names_where_to_ask() -> None:
    """Denied without prejudice, no power, ask elsewhere: that court is closed, the other is open."""
    ruled = event(
        Kind.RULED,
        date(2024, 4, 10),
        outcome=Outcome.WITHOUT_PREJUDICE,
        closes=True,
        next="warden",
        says="the custodian is solely responsible",
    )
    petition = Petition(id="p", office="court", asks=("visits by the spouse",))
    one = seen(petition, [event(Kind.FILED, date(2024, 4, 9)), ruled], date(2024, 4, 11), LATER)
    by = procedure("us-federal", date(2026, 1, 1))
    found = {way.to: way.standing for way in routes(one, None, by.rungs, deadlines(by, []), by.on)}
    assert found == {"court": Standing.CLOSED, "warden": Standing.OPEN}


def test_two_months_in_a_chain_of_two_petitions(federal: Procedure) -> None:
    """The appeal counts from the signature of the answer that it contests, read from that petition."""
    first, events = warden(
        event(Kind.FILED, date(2026, 3, 5)),
        event(Kind.RULED, date(2026, 3, 20), outcome=Outcome.DENIED),
    )
    appeal = Petition(id="q", office="regional_director", asks=("the same",), clock="bp10", follows="p")
    on = date(2026, 4, 1)
    chain = [
        (federal.rungs["bp9"], seen(first, events, on, LATER)),
        (federal.rungs["bp10"], seen(appeal, [], on, LATER)),
    ]
    due = deadlines(procedure("us-federal", on), chain)
    assert due.file is not None
    assert due.file.last_day == date(2026, 3, 20) + timedelta(days=20)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"kind": Kind.RULED}, "outcome"),
        ({"kind": Kind.RULED, "outcome": Outcome.PART}, "granted"),
        ({"kind": Kind.RULED, "outcome": Outcome.DENIED, "granted": frozenset({0})}, "granted"),
        ({"kind": Kind.RULED, "outcome": Outcome.PART, "granted": frozenset({7})}, "granted"),
        ({"kind": Kind.RULED, "outcome": Outcome.GRANTED, "until": date(2026, 5, 1)}, "rejected"),
        ({"kind": Kind.ENDED, "of": "w"}, "nothing that was noted"),
        ({"kind": Kind.TAKEN_BACK, "of": "x"}, "nothing that was noted"),
        ({"kind": Kind.DELIVERED, "carried": Carried.RULING}, "no ruling"),
        ({"kind": Kind.FILED, "on": date(2026, 3, 4)}, "before written"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object], why: str) -> None:
    """An event that says too little, names what is not there, or comes too early is a fault that says why."""
    petition, before = warden(event(Kind.WRITTEN, date(2026, 3, 5), "w"))
    told = {"id": "n", "on": date(2026, 4, 1), "known_at": LATER, **wrong}
    with pytest.raises(Fault, match=why):
        refuse_unsound(petition, Event(**told), tuple(before))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "order", "days"),
    [
        (date(2026, 2, 27), date(2026, 3, 1), Order.AFTER, 2),
        (date(2026, 3, 1), date(2026, 2, 27), Order.BEFORE, 2),
        (date(2026, 3, 1), date(2026, 3, 1), Order.SAME_DAY, 0),
        (None, date(2026, 3, 1), Order.UNKNOWN, None),
    ],
)
def test_two_things_side_by_side(first: date | None, second: date, order: Order, days: int | None) -> None:
    """A filing and an act have their days and what lies between; an unknown day gives no number."""
    found = Interval(first, second)
    assert (found.order, found.days) == (order, days)
