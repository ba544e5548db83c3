"""What is read of calls, on each database: whoever reads sees the rows that are theirs."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from locutorio.actions.calls_due import calls_due
from locutorio.actions.calls_left import calls_left_of, own_calls_left
from locutorio.actions.calls_seen import call_whole, calls_of_day, calls_of_person, calls_with_me, own_calls
from locutorio.actions.note_unplaced import note_unplaced
from locutorio.actions.unplaced_seen import owed_calls, own_unplaced, unplaced_of_person
from locutorio.actions.unplacing import Unmade
from locutorio.store.actor import PROGRAM, Actor
from tests.calls.switchboard import MINUTE, NOW, switchboard
from tests.databases import Store


def test_each_read_gives_what_is_there(store: Store) -> None:
    """The day, a call with its letter, a person's, the lawyer's, what is left, owed and due."""
    made = switchboard()
    at, rowan = made.oak.id, made.oak.people["rowan"]
    live = made.live()
    private = made.call("linden", "myrtle", NOW - timedelta(hours=1))
    note_unplaced(Unmade(rowan, made.oak.contacts["alder"], NOW.date(), "fault"), made.oak.sent("note", NOW))
    later = NOW + 2 * MINUTE
    day = calls_of_day(PROGRAM, at, later)
    assert [(one.row.id, one.left_seconds) for one in day.under_way] == [(live, 780)]
    assert [one.named.contact for one in day.over] == ["Myrtle Birch"]
    whole = call_whole(PROGRAM, at, live, "en", later)
    assert whole.decided[0].letter is not None
    assert len(calls_of_person(PROGRAM, at, rowan, later)) == 1
    assert len(calls_left_of(PROGRAM, at, rowan, "es", later).left) == 1
    assert [one.person for one in unplaced_of_person(PROGRAM, at, rowan).items] == ["Rowan Ash"]
    assert len(owed_calls(PROGRAM, at)) == 1
    assert {one.person.number for one in calls_due(PROGRAM, at, later).due} == {"1002"}
    person = Actor(uuid4(), frozenset({"person"}), person=rowan, establishment=at)
    assert [one.row.id for one in own_calls(person, at, later)] == [live]
    assert own_calls_left(person, at, "en", later) is not None
    assert len(own_unplaced(person, at)) == 1
    contacts = (made.oak.contacts["myrtle"],)
    lawyer = Actor(uuid4(), frozenset({"counsel"}), contacts, establishment=at)
    assert [(one.seen.row.id, one.unrecorded) for one in calls_with_me(lawyer, at, later)] == [
        (private, True)
    ]
