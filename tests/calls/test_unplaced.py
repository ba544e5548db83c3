"""Calls that were allowed and not made: owed until a later one makes them up, and seen when they are late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from locutorio.actions.deciding import Contact, decided, knowledge
from locutorio.actions.note_unplaced import MakingUpCall, make_up_call, note_unplaced
from locutorio.actions.put_before_governor import put_before_governors
from locutorio.actions.unplacing import Unmade
from locutorio.decisions.decision import Decision
from locutorio.kernel.faults import Fault
from locutorio.store import unplaced
from locutorio.store.knowledge import PartyMember
from locutorio.store.models import Entry, Notice
from tests.calls.exchange import NUMBERS, exchange
from tests.calls.switchboard import NOW, Switchboard, switchboard
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.mail.post import KNOWN, fact

DAY = date(2026, 11, 1)


def unmade(made: Switchboard, on: date = DAY, why: str = "no_interpreter") -> Unmade:
    """Give a call of Rowan's to Alder that was not made."""
    return Unmade(made.oak.people["rowan"], made.oak.contacts["alder"], on, why)


def asked(made: Switchboard, on: date = date(2026, 11, 3), at: datetime = NOW) -> Decision:
    """Ask the law of a call from Rowan to Alder on a day."""
    contact = made.oak.contacts["alder"]
    known = knowledge(made.oak.id, made.oak.people["rowan"], [contact], known_at=at)
    return decided(known, Contact((PartyMember(contact),), on, on, "call")).members[0].decision


@pytest.mark.parametrize(
    ("law", "provision"), [("arcadia", "5.4.calls_owed"), ("us-federal", "540.100.b.call_not_placed")]
)
def test_the_law_counts_it_until_it_is_made_up(store: Store, law: str, provision: str) -> None:
    """One owed call is found beside the answer, with its provision; made up, or before anybody knew, none."""
    made = switchboard(law=law)
    for path, value in KNOWN.items():
        fact(made.oak, path, value)
    id_ = note_unplaced(unmade(made), made.oak.sent("note", NOW))
    owed = [one for one in asked(made).beside if one.kind == "owed"]
    assert [(one.amount, one.finding.provision) for one in owed] == [(1, provision)]
    assert not [one for one in asked(made, at=NOW - timedelta(minutes=1)).beside if one.kind == "owed"]
    call = made.call(at=NOW + timedelta(hours=1))
    make_up_call(MakingUpCall(id_, call), made.oak.sent("make up", NOW + timedelta(hours=2)))
    assert not [one for one in asked(made, at=NOW + timedelta(hours=3)).beside if one.kind == "owed"]


def test_each_side_is_told_in_their_language(store: Store) -> None:
    """Linden and Laurel read Spanish; both letters name the day by which it is made up."""
    made = switchboard(make_up_days=7)
    what = Unmade(made.oak.people["linden"], made.oak.contacts["laurel"], DAY, "fault", "Se cayó la línea")
    note_unplaced(what, made.oak.sent("note", NOW))
    told = {bool(one.person_id): one for one in Notice.objects.filter(kind="call_unplaced")}
    assert {one.language for one in told.values()} == {"es"}
    for one in told.values():
        assert "8 de noviembre de 2026" in str(one.letter)
        assert "no funcionaban" in str(one.letter)
    assert "Se cayó la línea" in str(told[True].letter)
    assert "Se cayó la línea" not in str(told[False].letter)


def test_it_is_before_the_governor_when_its_day_is_over(store: Store) -> None:
    """Seven days are set: on the last it waits; after it both are told that the governor has it, once."""
    made = switchboard(make_up_days=7)
    id_ = note_unplaced(unmade(made), made.oak.sent("note", NOW))
    put_before_governors(NOW + timedelta(days=6))
    assert unplaced.unplaced(made.oak.id, id_).escalated_at is None
    for day in (7, 8):
        put_before_governors(NOW + timedelta(days=day))
    assert unplaced.unplaced(made.oak.id, id_).escalated_at == NOW + timedelta(days=7)
    assert Notice.objects.filter(kind="call_escalated").count() == 2
    assert Entry.objects.filter(action="put_before_governor").count() == 1


def test_where_no_day_is_set_the_governor_has_it_at_once(store: Store) -> None:
    """The law sets no day, and the establishment none: it waits for nobody."""
    made = switchboard()
    id_ = note_unplaced(unmade(made), made.oak.sent("note", NOW))
    assert unplaced.unplaced(made.oak.id, id_).escalated_at == NOW
    assert "governor" in str(Notice.objects.filter(contact=made.oak.contacts["alder"]).get().letter)


def test_only_a_later_call_that_was_had_makes_it_up_and_only_one(store: Store) -> None:
    """Not one before its day, not one that nobody answered, not another person's, not the same twice."""
    made = switchboard()
    owed = [note_unplaced(unmade(made, why=why), made.oak.sent(why, NOW)) for why in ("no_monitor", "fault")]
    wrong = (
        made.call(at=NOW - timedelta(days=3)),
        made.call(disposition="no_answer", talk_seconds=0),
        made.call("linden", "laurel"),
    )
    for call in wrong:
        with pytest.raises(Fault):
            make_up_call(MakingUpCall(owed[0], call), made.oak.sent(f"wrong {call}", NOW))
    right = made.call(at=NOW + timedelta(minutes=9))
    make_up_call(MakingUpCall(owed[0], right), made.oak.sent("right", NOW))
    for id_ in owed:
        with pytest.raises(Fault):
            make_up_call(MakingUpCall(id_, right), made.oak.sent(f"again {id_}", NOW))
    assert unplaced.owed_to(made.oak.id, made.oak.people["rowan"], NOW) == 1


def test_what_cannot_be_is_not_noted(store: Store) -> None:
    """A day to come, a reason that is none, somebody who is not on the list."""
    made = switchboard()
    stranger = Unmade(made.oak.people["rowan"], made.oak.contacts["laurel"], DAY, "fault")
    for what in (unmade(made, date(2026, 11, 4)), unmade(made, why="rain"), stranger):
        with pytest.raises(Fault):
            note_unplaced(what, made.oak.sent(str(what), NOW))
    assert not Notice.objects.exists()


def test_a_call_that_the_law_permits_and_the_house_cannot_connect_is_owed_once(store: Store) -> None:
    """It must be recorded and cannot be: it is owed; dialled again that day, once."""
    one = exchange(monitors="record")
    fact(one.oak, "arcadia.recording_told", "yes")
    for name, at in (
        ("first", FOUNDED),
        ("second", FOUNDED + timedelta(hours=1)),
        ("later", FOUNDED + timedelta(hours=20)),
    ):
        assert one.dial(name, NUMBERS["alder"], at=at).reason == "could-not-record"
    owed = unplaced.unplaced_of(one.oak.id, one.oak.people["rowan"])
    assert [(row.on.day, row.why) for row in owed] == [(3, "fault"), (2, "fault")]
    assert Notice.objects.filter(kind="call_unplaced").count() == 4


def test_a_call_that_makes_up_one_of_last_month_counts_for_that_month(store: Store) -> None:
    """It was owed in October and made up in November: November's calls and minutes are all still there."""
    made = switchboard(law="us-federal")
    owed = note_unplaced(unmade(made, date(2026, 10, 20)), made.oak.sent("note", NOW))
    call = made.call()
    assert _used(made) == (1, 4)
    make_up_call(MakingUpCall(owed, call), made.oak.sent("make up", NOW + timedelta(hours=1)))
    assert _used(made) == (0, 0)


def _used(made: Switchboard) -> tuple[object, object]:
    """Give the calls and minutes of November that a case of Rowan and Alder has."""
    contact, on = made.oak.contacts["alder"], date(2026, 11, 3)
    known = knowledge(made.oak.id, made.oak.people["rowan"], [contact], known_at=NOW + timedelta(hours=2))
    facts = decided(known, Contact((PartyMember(contact),), on, on, "call")).members[0].case.facts
    return facts["use.calls_month"][0].value, facts["use.call_minutes_month"][0].value
