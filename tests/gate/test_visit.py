"""A visit at the gate: somebody arrives, it starts, it ends, and what was lost of it is owed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from locutorio.actions.end_visit import Ending, end_visit
from locutorio.actions.record_arrival import Arriving, record_arrival
from locutorio.kernel.faults import Fault
from locutorio.store.gate import owed_minutes
from locutorio.store.models import Booking, Entry, Establishment, LostTime
from tests.databases import Store
from tests.gate.at_oak import HERE, MINUTE, SCHEDULE, TEN, at_the_gate, booked


def test_a_visit_takes_place(store: Store) -> None:
    """Arrival, start and end, each with its entry, make a visit that happened; nothing is owed."""
    gate = at_the_gate()
    booking = booked(gate)

    arrived = gate.arrives(booking, "alder", TEN - 20 * MINUTE)
    started = gate.starts(booking, TEN)
    ended = gate.ends(booking, TEN + 60 * MINUTE)

    assert (arrived.outcome, arrived.decided) == ("admitted", "permit")
    assert (started.outcome, started.late_minutes) == ("started", 0)
    assert (ended.outcome, ended.missing_minutes, ended.owed_in_all) == ("happened", 0, 0)
    assert gate.seen(booking).standing == "happened"
    assert [*Entry.objects.order_by("at").values_list("action", flat=True)] == [
        "record_arrival",
        "start_visit",
        "end_visit",
    ]


def test_a_command_sent_twice_is_one_visit(store: Store) -> None:
    """The page sent again, or the button pressed by two officers, records one arrival, one start, one end."""
    gate = at_the_gate()
    booking = booked(gate)
    what = Arriving(booking, gate.oak.contacts["alder"], identity="passport")
    sent = gate.sent(TEN - 5 * MINUTE)

    first, again = record_arrival(what, sent), record_arrival(what, sent)
    other = gate.arrives(booking, "alder", TEN - MINUTE)
    gate.starts(booking, TEN)
    started = gate.starts(booking, TEN + 5 * MINUTE, late_by="family")
    gate.ends(booking, TEN + 30 * MINUTE, "establishment", "a count was called")
    ended = gate.ends(booking, TEN + 60 * MINUTE)

    assert first == again
    assert (other.outcome, other.at) == ("already", first.at)
    assert (started.outcome, started.late_minutes) == ("already", 0)
    assert (ended.outcome, ended.owed_in_all) == ("already", 30)
    assert LostTime.objects.count() == 1


def test_only_what_the_establishment_caused_is_owed(store: Store) -> None:
    """Twenty minutes late through the establishment are owed; ten at the end that the family left are not."""
    gate = at_the_gate()
    booking = booked(gate)

    gate.arrives(booking, "alder", TEN - 20 * MINUTE)
    gate.starts(booking, TEN + 20 * MINUTE, "establishment")
    ended = gate.ends(booking, TEN + 50 * MINUTE, "family", "they had to catch a bus")

    assert (ended.late_minutes, ended.early_minutes, ended.missing_minutes) == (20, 10, 30)
    assert ended.owed_minutes == ended.owed_in_all == 20
    assert owed_minutes(gate.oak.id, gate.oak.people["rowan"]) == 20


@pytest.mark.parametrize(("start", "late", "owed"), [(20, 0, 0), (30, 0, 0), (45, 15, 15)])
def test_a_short_visit_that_starts_too_late_for_its_length(
    store: Store, start: int, late: int, owed: int
) -> None:
    """Half an hour within an hour: it is late, and owed, once what is left of the slot is too short."""
    gate = at_the_gate()
    whole = SCHEDULE.replace("hours: [10:00-11:00, 14:00-16:00]", "hours: 10:00-11:00, visit_minutes: 30")
    Establishment.objects.update(schedule=whole)
    booking = booked(gate)

    gate.arrives(booking, "alder", TEN - 20 * MINUTE)
    assert gate.starts(booking, TEN + start * MINUTE, "establishment").late_minutes == late
    ended = gate.ends(booking, min(TEN + (start + 30) * MINUTE, TEN + 60 * MINUTE))
    assert (ended.missing_minutes, ended.owed_minutes) == (owed, owed)


def test_a_late_start_needs_a_cause(store: Store) -> None:
    """Whoever starts a visit late says through whom; nothing is started without it."""
    gate = at_the_gate()
    booking = booked(gate)
    gate.arrives(booking, "alder", TEN)

    with pytest.raises(Fault, match="12 minutes late"):
        gate.starts(booking, TEN + 12 * MINUTE)

    assert gate.seen(booking).took is None


def test_nobody_arrived_nothing_starts(store: Store) -> None:
    """A visit starts with somebody in the room."""
    gate = at_the_gate()
    booking = booked(gate)

    with pytest.raises(Fault, match="nobody of this party was let in"):
        gate.starts(booking, TEN)
    with pytest.raises(Fault, match="did not start"):
        gate.ends(booking, TEN)


def test_an_end_before_the_start_is_refused(store: Store) -> None:
    """The end of a visit lies after its start, by the clock of the wall."""
    gate = at_the_gate()
    booking = booked(gate)
    gate.arrives(booking, "alder", TEN)
    gate.starts(booking, TEN)

    with pytest.raises(Fault, match="before it started"):
        end_visit(Ending(booking, at="09:59"), gate.sent(TEN + 60 * MINUTE))

    assert gate.seen(booking).standing == "booked"


def test_an_early_end_needs_a_reason(store: Store) -> None:
    """Whoever ends a visit says why, except time itself."""
    gate = at_the_gate()
    booking = booked(gate)
    gate.arrives(booking, "alder", TEN)
    gate.starts(booking, TEN)

    with pytest.raises(Fault, match="nobody said why"):
        gate.ends(booking, TEN + 5 * MINUTE, "establishment", "  ")


def test_a_visit_past_midnight(store: Store) -> None:
    """A visit of 23:30 that ends at 00:20 of the next day lasted fifty minutes and is of its own day."""
    gate = at_the_gate()
    late = TEN.replace(hour=23, minute=30)
    booking = booked(gate, starts=late)

    gate.arrives(booking, "alder", late - 5 * MINUTE)
    gate.starts(booking, late)
    ended = end_visit(
        Ending(booking, at="00:20", ended_by="establishment", reason="the room was needed"),
        gate.sent(late + 55 * MINUTE),
    )

    assert (ended.early_minutes, ended.owed_minutes) == (10, 10)
    assert gate.seen(booking).on == late.date()


def test_the_night_the_clock_goes_back(store: Store) -> None:
    """From half past midnight to the second half past one is two hours, written as the clock shows it."""
    gate = at_the_gate()
    starts = datetime(2027, 11, 7, 0, 30, tzinfo=HERE)
    booking = booked(gate, starts=starts, minutes=120)
    gate.arrives(booking, "alder", starts)
    gate.starts(booking, starts)
    end = gate.seen(booking).ends

    ended = end_visit(Ending(booking, at="01:30"), gate.sent(end))

    assert ended.missing_minutes == 0


def test_what_was_withdrawn_a_minute_ago(store: Store) -> None:
    """The gate records nothing on a booking that no longer stands, and says what became of it and why."""
    gate = at_the_gate()
    booking = booked(gate)
    Booking.objects.filter(id=booking).update(
        standing="withdrawn", ended_by="law", ground="Arcadia Custody Act, section 5(1)"
    )

    with pytest.raises(Fault, match="this booking is withdrawn") as caught:
        gate.arrives(booking, "alder", TEN)

    assert caught.value.why == "Arcadia Custody Act, section 5(1)"
    assert gate.seen(booking).arrived == {}


def test_a_place_only_held(store: Store) -> None:
    """A booking that nobody confirmed is no booking at the gate."""
    gate = at_the_gate()
    booking = booked(gate, standing="held")

    with pytest.raises(Fault, match="only held"):
        gate.arrives(booking, "alder", TEN)


def test_somebody_of_another_party(store: Store) -> None:
    """Who is not of the party is not let in on its booking."""
    gate = at_the_gate()
    booking = booked(gate)

    with pytest.raises(Fault, match="not of the party"):
        gate.arrives(booking, "holly", TEN)


def test_another_day(store: Store) -> None:
    """A booking of next week is not begun today."""
    gate = at_the_gate()
    booking = booked(gate)

    with pytest.raises(Fault, match="is on 2026-12-05"):
        gate.arrives(booking, "alder", TEN - timedelta(days=7))


def test_who_did_not_come_is_absent(store: Store) -> None:
    """When a visit ends, those of the party who never arrived stand as absent, and were not refused."""
    gate = at_the_gate()
    booking = booked(gate, party=("alder", "holly"))
    gate.arrives(booking, "alder", TEN)
    gate.starts(booking, TEN)
    gate.ends(booking, TEN + 60 * MINUTE)

    outcomes = {one: row.outcome for one, row in gate.seen(booking).arrived.items()}
    assert outcomes == {gate.oak.contacts["alder"]: "admitted", gate.oak.contacts["holly"]: "absent"}


def test_a_child_does_not_go_in_without_the_adult(store: Store) -> None:
    """A child was let in because an adult was to come; the visit does not start while no adult is there."""
    gate = at_the_gate()
    booking = booked(gate, party=("alder", "willow"))

    assert gate.arrives(booking, "willow", TEN - 5 * MINUTE).outcome == "admitted"
    alone = gate.starts(booking, TEN)
    assert gate.arrives(booking, "alder", TEN + 2 * MINUTE).outcome == "admitted"
    together = gate.starts(booking, TEN + 3 * MINUTE, "family")

    assert alone.outcome == "not_started"
    assert [one.contact for one in alone.barred] == [gate.oak.contacts["willow"]]
    assert alone.barred[0].grounds[0].citation == "Arcadia Custody Act, section 4(4)"
    assert together.outcome == "started"


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"identity": "library_card"}, "no kind of identity"),
        ({"search": "S" * 21}, "short name"),
        ({"facts": {"person.status": "convicted"}}, "nothing that the gate records"),
        ({"facts": {"contact.search_accepted": "perhaps"}}, "not an answer"),
        ({"at": "soon"}, "not a time of day"),
    ],
)
def test_what_cannot_be_used(store: Store, more: dict[str, object], match: str) -> None:
    """What is no identity, search, fact or time is refused with what can be written, and records nothing."""
    gate = at_the_gate()
    booking = booked(gate)

    with pytest.raises(Fault, match=match):
        gate.arrives(booking, "alder", TEN, **more)

    assert gate.seen(booking).arrived == {}
    assert Entry.objects.count() == 0
