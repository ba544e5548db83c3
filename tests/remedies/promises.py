"""What holds of every history of a petition, whatever was noted of it and in whatever order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from locutorio.actions.petition_clocks import Procedure, deadlines, procedure
from locutorio.decisions.decision import Outcome as Found
from locutorio.remedies.routes import Standing, Why, routes
from locutorio.remedies.rungs import Deadlines
from locutorio.remedies.telling import Seen, Stage, seen
from locutorio.remedies.values import TRAVELS, Carried, Event, Kind, Outcome, Petition
from tests.remedies.drawn import FIRST, LATER, drawn

DAYS = 100


def some(rng: random.Random, count: int) -> None:
    """Draw so many petitions under the federal procedure."""
    by = procedure("us-federal", FIRST)
    for _ in range(count):
        history_told(rng, by)


def history_told(rng: random.Random, by: Procedure) -> None:
    """Draw a petition and try every promise on some days."""
    petition, events = drawn(rng)
    for on in (FIRST + timedelta(days=rng.randint(0, DAYS)) for _ in range(3)):
        one = seen(petition, events, on, LATER)
        nothing_is_lost(one, petition, events, on)
        order_changes_nothing(one, rng, petition, events, on)
        facts_stay_apart(one, events, on)
        later_knowledge_changes_nothing(rng, petition, events, on)
        at = replace(by, on=on)
        chain = [(at.rungs[petition.clock], one)] if petition.clock else []
        routes_go_with_what_was_ruled(one, at, deadlines(at, chain), on)


def nothing_is_lost(one: Seen, petition: Petition, events: list[Event], on: date) -> None:
    """Every event that has taken place is told once: as one that counts, or as taken back."""
    due = {e.id for e in events if e.kind is not Kind.TAKEN_BACK and (e.on is None or e.on <= on)}
    told = [e.id for e in one.events]
    assert len(told) == len({*told})
    assert {*told} | {e.id for e in one.taken_back} >= due
    assert not {*told} & {e.id for e in one.taken_back}
    assert {*told} <= due
    assert one.petition == petition


def order_changes_nothing(
    one: Seen, rng: random.Random, petition: Petition, events: list[Event], on: date
) -> None:
    """It is told the same whatever was entered first, and whatever came in twice to be read."""
    other = events[:]
    rng.shuffle(other)
    assert seen(petition, other, on, LATER) == one


def later_knowledge_changes_nothing(
    rng: random.Random, petition: Petition, events: list[Event], on: date
) -> None:
    """As of a moment of knowledge, what became known later is not there."""
    moment = rng.choice(events).known_at if events else LATER
    known = [e for e in events if e.known_at <= moment]
    assert seen(petition, events, on, moment) == seen(petition, known, on, LATER)


def facts_stay_apart(one: Seen, events: list[Event], on: date) -> None:
    """No fact stands in for another: each of a way, a stage and a spent ground has its own event."""
    counted = {e.id: e for e in one.events}
    for service, carried in ((one.service, Carried.PETITION), (one.ruling_service, Carried.RULING)):
        for kind in TRAVELS:
            for told in getattr(service, kind.value):
                assert (told.kind, told.carried) == (kind, carried)
                assert told.id in counted
    assert one.written is None or one.written.kind is Kind.WRITTEN
    assert one.filed is None or one.filed.kind is Kind.FILED
    assert one.entered is None or one.entered.kind is Kind.ENTERED
    for ground in one.grounds:
        ends = [e for e in counted.values() if e.kind is Kind.ENDED and e.of == ground.event.id]
        assert bool(ends) == (ground.spent_by is not None)
    for offer in one.offers:
        answers = [e for e in counted.values() if e.kind is Kind.ANSWERED and e.of == offer.event.id]
        assert bool(answers) == (offer.answered_by is not None)
    without = [e for e in events if not (e.carried is Carried.RULING and e.kind in TRAVELS)]
    assert seen(one.petition, without, on, LATER).stage is one.stage, "how a ruling travels rules nothing"


def routes_go_with_what_was_ruled(one: Seen, by: Procedure, due: Deadlines, on: date) -> None:
    """Nothing is open against an answer that is owed; silence counts only where nobody ruled in time."""
    rung = by.rungs.get(one.petition.clock)
    found = routes(one, rung, by.rungs, due, on)
    if one.outcome is Outcome.GRANTED or one.stage is Stage.WITHDRAWN:
        assert not found
    for route in found:
        if route.why is Why.SILENCE:
            assert one.ruling is None
            assert one.filed is not None
            assert due.answer is not None
            assert due.answer.last_day < on
        if route.why in (Why.CONTEST, Why.RULED, Why.NO_POWER, Why.NAMED, Why.ASK_AGAIN, Why.PUT_RIGHT):
            assert one.ruling is not None
            assert route.because == one.ruling.id
        if route.why is Why.AFTER_ANSWER:
            assert route.standing is Standing.NOT_YET
        if route.until is not None and route.standing in (Standing.OPEN, Standing.LATE):
            assert (route.standing is Standing.LATE) == (on > route.until)
    if one.stage is Stage.PENDING and due.answer is not None:
        assert due.silent == (on > due.answer.last_day)
        assert due.answer.outcome in (Found.OPEN, Found.DEEMED_DENIED)
