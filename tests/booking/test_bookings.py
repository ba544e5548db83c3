"""A place is had whole or not at all; what is not to be had is said so, and is no refusal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.booked import Booked
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.confirm_booking import confirm_booking
from locutorio.actions.lapse_holds import lapse_holds
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.slots_shown import slots_shown
from locutorio.actions.wait_for_place import WaitingFor, wait_for_place
from locutorio.kernel.faults import Fault
from locutorio.notices.hindrances import hindrance_told
from locutorio.store import bookings, notices, spending, waiting
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED, Oak, founded

SCHEDULE = """\
schedule: oak
name: Oak County Jail
zone: America/New_York
tick_minutes: 30
hold_minutes: 15
rooms:
  hall: {name: Hall, places: {open: PLACES}}
  benches: {name: Benches, counts: people, places: {open: 3}}
sessions:
  - {id: day, room: hall, days: [every_day], hours: [09:00-10:00, 10:00-11:00]}
  - {id: long, room: benches, days: [every_day], hours: [09:30-10:30, 13:00-14:00]}
quotas:
  - {id: visits_a_week, unit: visits, limit: 2, per: week, week_starts: sun}
"""
ON = date(2026, 11, 14)
NINE, TEN, LONG, ONE = (
    "day@2026-11-14T09:00",
    "day@2026-11-14T10:00",
    "long@2026-11-14T09:30",
    "long@2026-11-14T13:00",
)
NEXT_DAY = "day@2026-11-15T09:00"


def oak_with(places: int = 2) -> Oak:
    return founded(SCHEDULE.replace("PLACES", str(places)))


def asked(oak: Oak, person: str, *contacts: str, name: str = "", on: date = ON) -> UUID:
    party = tuple(PartyMember(oak.contacts[one]) for one in contacts)
    sent = oak.sent(f"ask {person} {contacts} {name}")
    answer = request_visit(VisitRequest(oak.people[person], party, on), sent)
    assert answer.outcome == "permit"
    return answer.request


def book(oak: Oak, request: UUID, slot: str = NINE, *, hold: bool = False, at: datetime = FOUNDED) -> Booked:
    return book_visit(VisitBooking(request, slot, hold), oak.sent(f"book {request} {slot} {at}", at))


def taken(done: Booked) -> UUID:
    assert done.booking is not None
    return done.booking


def test_a_permitted_request_is_booked(store: Store) -> None:
    """A request that the law permits is booked where a place is free."""
    oak = oak_with()

    done = book(oak, asked(oak, "rowan", "alder"))

    assert (done.outcome, done.places, done.kind) == ("booked", 1, "open")


def test_the_same_command_books_once(store: Store) -> None:
    """A command that is sent again is answered as the first time, and takes nothing more."""
    oak = oak_with()
    request = asked(oak, "rowan", "alder")

    assert book(oak, request) == book(oak, request)
    assert len(bookings.bookings_for(oak.id, oak.people["rowan"])) == 1


def test_full_is_no_refusal(store: Store) -> None:
    """Where no place is left, it is said so with the next time that has one, and not as a refusal."""
    oak = oak_with(places=1)
    book(oak, asked(oak, "rowan", "alder"))

    done = book(oak, asked(oak, "linden", "laurel"))

    assert (done.outcome, done.next_slot, done.booking) == ("full", LONG, None)
    assert "allowed" in hindrance_told("en", done.hindrances[0])


def test_a_party_has_all_its_places_or_none(store: Store) -> None:
    """Where people are counted, a party for which too few places are left takes none of them."""
    oak = oak_with()
    book(oak, asked(oak, "rowan", "alder", "willow"), ONE)

    assert book(oak, asked(oak, "linden", "laurel", "myrtle"), ONE).outcome == "full"
    assert book(oak, asked(oak, "hazel", "holly"), ONE).outcome == "booked"


def test_somebody_is_in_one_place_at_one_time(store: Store) -> None:
    """A person or a contact who has a visit at some time of the slot is not booked again; it is said who."""
    oak = oak_with()
    book(oak, asked(oak, "rowan", "holly"))

    person = book(oak, asked(oak, "rowan", "alder"), LONG)
    contact = book(oak, asked(oak, "hazel", "holly"), LONG)

    assert (person.outcome, person.busy) == ("busy", (oak.people["rowan"],))
    assert (contact.outcome, contact.busy) == ("busy", (oak.contacts["holly"],))


def test_a_quota_is_spent_and_given_back(store: Store) -> None:
    """What a booking takes of a quota is missing to the next, and there again when it is cancelled."""
    oak = oak_with()
    first = book(oak, asked(oak, "rowan", "alder", name="1"))
    book(oak, asked(oak, "rowan", "alder", name="2"), TEN)

    third = asked(oak, "rowan", "holly", name="3")
    assert book(oak, third, ONE).outcome == "spent"
    cancel_booking(Cancelling(taken(first), "contact", "The bus is on strike"), oak.sent("cancel"))
    assert book(oak, third, ONE, at=FOUNDED + timedelta(minutes=1)).outcome == "booked"


def test_booking_and_cancelling_in_a_loop_gains_nothing(store: Store) -> None:
    """However often somebody books and gives back, the quota is what it was."""
    oak = oak_with()
    book(oak, asked(oak, "rowan", "alder", name="kept"))
    again = asked(oak, "rowan", "alder", name="again")
    for turn in range(6):
        at = FOUNDED + timedelta(minutes=turn)
        had = taken(book(oak, again, TEN, at=at))
        for sent in (oak.sent(f"cancel {turn}", at), oak.sent(f"cancel {turn}", at)):
            cancel_booking(Cancelling(had, "contact", "never mind"), sent)
    late = FOUNDED + timedelta(hours=1)

    assert book(oak, again, TEN, at=late).outcome == "booked"
    assert book(oak, asked(oak, "rowan", "holly", name="one more"), ONE, at=late).outcome == "spent"


def test_a_booking_moves_without_being_lost(store: Store) -> None:
    """A booking that moves keeps its identifier and its first decision; where there is no place, it stays."""
    oak = oak_with(places=1)
    mine = taken(book(oak, asked(oak, "rowan", "alder")))
    book(oak, asked(oak, "linden", "laurel"), TEN)
    before = bookings.one_booking(oak.id, mine)

    full = change_booking(Changing(mine, TEN), oak.sent("to ten"))
    assert full.outcome == "full"
    assert bookings.one_booking(oak.id, mine) == before

    moved = change_booking(Changing(mine, NEXT_DAY), oak.sent("to the next day"))
    after = bookings.one_booking(oak.id, mine)
    assert (moved.outcome, moved.booking, after.key) == ("booked", mine, NEXT_DAY)
    assert after.decided_at == before.decided_at
    assert book(oak, asked(oak, "hazel", "holly")).outcome == "booked"


def test_a_changed_party_is_decided_and_counted_anew(store: Store) -> None:
    """When somebody joins, the law is asked about everybody, and those who come are held at that time."""
    oak = oak_with()
    mine = taken(book(oak, asked(oak, "rowan", "alder")))
    party = (PartyMember(oak.contacts["alder"]), PartyMember(oak.contacts["holly"]))

    assert change_booking(Changing(mine, party=party), oak.sent("join")).outcome == "booked"
    assert book(oak, asked(oak, "hazel", "holly"), LONG).outcome == "busy"


def test_a_hold_lasts_as_long_as_it_says(store: Store) -> None:
    """A hold can be confirmed until it runs out; then it lapses, and its place is somebody else's."""
    oak = oak_with(places=1)
    held = book(oak, asked(oak, "rowan", "alder"), hold=True)
    assert held.hold_until == FOUNDED + timedelta(minutes=15)
    late = FOUNDED + timedelta(minutes=15)

    other = book(oak, asked(oak, "linden", "laurel"), at=late)

    assert (held.outcome, other.outcome) == ("held", "booked")
    assert confirm_booking(taken(held), oak.sent("too late", late)) == "lapsed"


def test_a_hold_is_confirmed(store: Store) -> None:
    """A hold that is confirmed in time is booked, and does not lapse."""
    oak = oak_with(places=1)
    held = book(oak, asked(oak, "rowan", "alder"), hold=True)

    assert confirm_booking(taken(held), oak.sent("confirm")) == "booked"
    assert lapse_holds(oak.sent("lapse", FOUNDED + timedelta(days=1))) == ()


def test_a_freed_place_is_offered_to_the_first_who_waits(store: Store) -> None:
    """
    A place that comes free is held for the first who waits and still may come; they are told until when.
    Whoever began to wait later goes on waiting.
    """
    oak = oak_with(places=1)
    mine = taken(book(oak, asked(oak, "rowan", "alder")))
    book(oak, asked(oak, "rowan", "holly", name="ten"), TEN)
    first, second = asked(oak, "linden", "laurel"), asked(oak, "hazel", "holly")
    close_date(Closing(ON, "The benches are painted", "long"), oak.sent("close"))
    for turn, request in enumerate((first, second)):
        at = FOUNDED + timedelta(minutes=turn)
        wait_for_place(WaitingFor(request, ON, ON), oak.sent(f"wait {request}", at))
    cancel_booking(Cancelling(mine, "contact"), oak.sent("cancel", FOUNDED + timedelta(hours=1)))

    offered = bookings.booking_of(oak.id, first)
    assert offered is not None
    assert (offered.standing, offered.key) == ("held", NINE)
    found = waiting.waiting_of(oak.id, second)
    assert found is not None
    assert found.standing == "waiting"
    told = notices.notices_of(oak.id, contacts=[oak.contacts["laurel"]])
    assert [one.kind for one in told] == ["offered"]


def test_what_does_not_exist_is_a_fault(store: Store) -> None:
    """A slot that the schedule does not have, or a second booking of one request, is a fault."""
    oak = oak_with()
    request = asked(oak, "rowan", "alder")

    with pytest.raises(Fault, match="no time"):
        book(oak, request, "day@2026-11-14T09:30")
    book(oak, request)
    with pytest.raises(Fault, match="has a booking"):
        book(oak, request, TEN)


def test_the_times_say_what_hinders(store: Store) -> None:
    """Each time is shown with the places that are left and all that stands against it."""
    oak = oak_with(places=1)
    book(oak, asked(oak, "rowan", "alder"))
    party = (PartyMember(oak.contacts["alder"]),)

    shown = slots_shown(oak.id, oak.people["rowan"], party, ON, ON, asked_at=FOUNDED, by="public")

    by_key = {one.key: (one.left, [each.rule for each in one.hindrances]) for one in shown}
    assert by_key == {
        NINE: (0, ["full", "busy_person", "busy_contact"]),
        LONG: (3, ["busy_person", "busy_contact"]),
        TEN: (1, []),
        ONE: (3, []),
    }


def test_nothing_is_debited_for_what_was_given_back(store: Store) -> None:
    """After a cancellation the debits of a booking come to nothing."""
    oak = oak_with()
    mine = taken(book(oak, asked(oak, "rowan", "alder")))
    cancel_booking(Cancelling(mine, "person"), oak.sent("cancel"))

    left = spending.debited(oak.id, [oak.people["rowan"]], date.min, date.max)
    assert [one.amount for one in left] == [0]
