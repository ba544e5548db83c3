"""What was first keeps what it has, whatever changes; what is held or waited for is replayed too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.change_schedule import change_schedule
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.confirm_booking import confirm_booking
from locutorio.actions.enter_paper import enter_paper
from locutorio.actions.lift_closure import lift_closure
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.register_person import NewPerson, register_person
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.separate import Apart, end_separation, separate
from locutorio.actions.transfer_person import Leaving, transfer_person
from locutorio.actions.wait_for_place import WaitingFor, wait_for_place
from locutorio.kernel.faults import Fault
from locutorio.notices.text import letter_as_text
from locutorio.store import models, notices, people
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.replay.booked import DAY, Visit, booked, everything, founded
from tests.replay.test_papers import order
from tests.replay.test_schedules import schedule

LATER = FOUNDED + timedelta(days=1)


def two_rooms(hall: str = "14:00-15:00", booths: str = "15:00-16:00") -> str:
    """Give a schedule of two rooms, each open once a day."""
    return f"""
schedule: oak
name: Oak County Jail
zone: America/New_York
tick_minutes: 15
rooms:
  hall: {{name: Hall, places: {{open: 3}}}}
  booths: {{name: Booths, places: {{open: 3}}}}
sessions:
  - {{id: hall, room: hall, days: [every_day], hours: {hall}}}
  - {{id: booths, room: booths, days: [{"every_day" if booths else "mon"}], hours: {booths or "09:00-10:00"}}}
"""


def asked(oak: Oak, person: str, *contacts: str, on: date = DAY) -> VisitRequest:
    return VisitRequest(oak.people[person], tuple(PartyMember(oak.contacts[name]) for name in contacts), on)


def held(oak: Oak, person: str, contact: str, at: datetime = LATER) -> tuple[Visit, datetime]:
    """Hold a place, and say until when."""
    request = request_visit(asked(oak, person, contact), oak.sent(f"ask {person}", at)).request
    what = VisitBooking(request, f"hall@{DAY}T14:00", hold=True, by="staff")
    had = book_visit(what, oak.sent(f"hold {person}", at))
    assert had.booking is not None
    assert had.hold_until is not None
    return Visit(oak, had.booking, request, oak.people[person], (oak.contacts[contact],)), had.hold_until


def test_of_two_visits_that_now_overlap_the_first_keeps_its_time(store: Store) -> None:
    """Holly's two visits one after another overlap when one is made longer: the one booked later goes."""
    oak = founded(two_rooms())
    first = booked(oak, "rowan", "holly")
    later = booked(oak, "hazel", "holly", starts=15, session="booths")
    done = change_schedule(two_rooms("14:00-15:30"), oak.sent("a", LATER))

    assert done.withdrawn == (later.id,)
    assert first.standing == "booked"
    assert models.Tick.objects.filter(subject=oak.contacts["holly"]).count() == 6


def test_what_goes_leaves_its_time_to_what_was_first(store: Store) -> None:
    """A visit made longer into a time that is taken away altogether stands: nobody is there any more."""
    oak = founded(two_rooms())
    first = booked(oak, "rowan", "holly")
    later = booked(oak, "hazel", "holly", starts=15, session="booths")
    done = change_schedule(two_rooms("14:00-15:30", ""), oak.sent("a", LATER))

    assert done.withdrawn == (later.id,)
    assert first.standing == "booked"


def test_two_visits_that_change_places_in_time_both_stand(store: Store) -> None:
    """One visit ends sooner and the one after it was to begin in that time: neither is in the way."""
    oak = founded(two_rooms("14:00-15:00", "15:00-15:30"))
    first = booked(oak, "hazel", "holly", starts=15, session="booths")
    second = booked(oak, "rowan", "holly")
    done = change_schedule(two_rooms("14:00-14:45", "15:00-16:00"), oak.sent("a", LATER))

    assert done.withdrawn == ()
    assert (first.standing, second.standing) == ("booked", "booked")
    assert models.Tick.objects.filter(subject=oak.contacts["holly"]).count() == 7


@pytest.mark.parametrize("of_contact", [False, True])
def test_people_kept_apart_are_not_brought_together_by_longer_times(store: Store, of_contact: bool) -> None:
    """Two who must not be there at once have visits after one another, until one of those is longer."""
    oak = founded(two_rooms())
    first = booked(oak, "rowan", "alder")
    later = booked(oak, "linden", "laurel", starts=15, session="booths")
    other = booked(oak, "hazel", "holly", starts=15, session="booths")
    apart = (
        Apart(oak.people["rowan"], contact=oak.contacts["laurel"])
        if of_contact
        else Apart(oak.people["rowan"], oak.people["linden"])
    )
    separate(apart, oak.sent("apart", LATER))
    done = change_schedule(two_rooms("14:00-15:30"), oak.sent("a", LATER))

    assert done.withdrawn == (later.id,)
    assert (first.standing, other.standing) == ("booked", "booked")
    assert "holds this visit" not in later.told("laurel")


def test_a_separation_that_ended_does_not_come_back(store: Store) -> None:
    """It ends once: a later end would keep apart people who were booked together since."""
    oak = founded()
    apart = separate(Apart(oak.people["rowan"], oak.people["linden"]), oak.sent("apart"))
    end_separation(apart.separation, DAY, oak.sent("end"))
    booked(oak, "rowan", "alder")
    booked(oak, "linden", "laurel")
    with pytest.raises(Fault, match="ends on 2026-11-10"):
        end_separation(apart.separation, DAY + timedelta(days=1), oak.sent("later"))
    end_separation(apart.separation, DAY, oak.sent("same"))


def test_a_hold_is_withdrawn_by_an_order(store: Store) -> None:
    """What is only held is decided again like what is booked, and cannot be confirmed then."""
    oak = founded()
    visit, _ = held(oak, "rowan", "alder")
    assert enter_paper(order(oak), oak.sent("order", LATER)).touched.withdrawn == (visit.id,)
    with pytest.raises(Fault, match="withdrawn"):
        confirm_booking(visit.id, oak.sent("confirm", LATER))


def test_a_hold_that_ran_out_is_not_confirmed_past_an_order(store: Store) -> None:
    """
    A hold is confirmed by a clock that is behind that of the order, for which it had run out: it does not
    stand beside the order.
    """
    oak = founded()
    visit, until = held(oak, "rowan", "alder")
    enter_paper(order(oak), oak.sent("order", until + timedelta(seconds=1)))
    try:
        confirm_booking(visit.id, oak.sent("confirm", until - timedelta(seconds=1)))
    except Fault as fault:
        assert "withdrawn" in str(fault)  # noqa: PT017 - either answer will do
    assert visit.standing in {"lapsed", "withdrawn"}
    assert not models.Place.objects.exists()


def waiting(oak: Oak, person: str, contact: str, last: date = DAY) -> Visit:
    """Ask, and wait for a place on the day."""
    request = request_visit(asked(oak, person, contact), oak.sent(f"ask {person}", LATER)).request
    wait_for_place(WaitingFor(request, DAY, last), oak.sent(f"wait {person}", LATER))
    return Visit(oak, request, request, oak.people[person], (oak.contacts[contact],))


def offered(visit: Visit) -> bool:
    return models.Booking.objects.filter(request=visit.request, standing="held").exists()


def test_a_day_that_opens_again_is_offered_to_who_waits(store: Store) -> None:
    """Who waits for a place on a closed day is offered one when the day is opened again."""
    oak = founded()
    closed = close_date(Closing(DAY, "painting"), oak.sent("close", LATER))
    waits = waiting(oak, "rowan", "alder")
    assert not offered(waits)
    lift_closure(closed.closure, oak.sent("open", LATER))
    assert offered(waits)
    assert waits.kinds("alder") == ["offered"]


def test_places_that_are_added_are_offered_to_who_waits(store: Store) -> None:
    """More places are offered to those who wait when the schedule has them."""
    oak = founded(schedule(hours="[14:00-15:00]", places=1))
    booked(oak, "linden", "laurel")
    waits = waiting(oak, "rowan", "alder")
    assert not offered(waits)
    change_schedule(schedule(hours="[14:00-15:00]", places=2), oak.sent("more", LATER))
    assert offered(waits)


def test_an_offer_that_a_closure_takes_gives_the_turn_back(store: Store) -> None:
    """Who was offered a place on a day that is closed waits on, before those who came later."""
    oak = founded()
    waits = waiting(oak, "rowan", "alder", last=DAY + timedelta(days=1))
    assert offered(waits)
    close_date(Closing(DAY, "painting"), oak.sent("close", LATER + timedelta(hours=1)))
    row = models.Booking.objects.get(request=waits.request, standing="held")
    assert row.slot.on == DAY + timedelta(days=1)
    assert sorted(waits.kinds("alder")) == ["offered", "offered", "withdrawn"]


def test_who_comes_back_can_be_visited(store: Store) -> None:
    """Somebody who left and is registered again as held since a later day is here again from then."""
    oak = founded()
    rowan = oak.people["rowan"]
    transfer_person(Leaving(rowan, date(2026, 11, 5)), oak.sent("leave", LATER))
    back = datetime(2026, 11, 8, 12, tzinfo=UTC)
    again = NewPerson("1001", "Ash", "Rowan", held_since=back)
    assert register_person(again, oak.sent("back", back)).id == rowan
    assert people.person(oak.id, rowan).left_on is None
    assert request_visit(asked(oak, "rowan", "alder"), oak.sent("ask", back)).outcome == "permit"


def test_a_correction_does_not_bring_back_who_left(store: Store) -> None:
    """The same row of a register, sent again after somebody left, says nothing of a return."""
    oak = founded()
    rowan = oak.people["rowan"]
    transfer_person(Leaving(rowan, date(2026, 11, 5)), oak.sent("leave", LATER))
    since = people.person(oak.id, rowan).held_since
    register_person(NewPerson("1001", "Ash", "Rowan", unit="C", held_since=since), oak.sent("row", LATER))
    assert people.person(oak.id, rowan).left_on == date(2026, 11, 5)


def test_an_evening_visit_is_of_its_own_day(store: Store) -> None:
    """A visit at eight in the evening, the next day by UTC, is of the day that the wall's calendar shows."""
    late = "[20:00-21:00]"
    oak = founded(schedule(hours=late))
    visit = booked(oak, "rowan", "alder", starts=20)
    before = everything(visit)
    day_after = DAY + timedelta(days=1)
    tomorrow = replace(order(oak), since=day_after)
    assert enter_paper(tomorrow, oak.sent("order", LATER)).touched.withdrawn == ()
    close_date(Closing(day_after, "painting"), oak.sent("close", LATER))
    transfer_person(Leaving(oak.people["rowan"], day_after), oak.sent("leave", LATER))
    assert everything(visit) == before
    assert close_date(Closing(DAY, "painting"), oak.sent("same day", LATER)).touched.withdrawn == (visit.id,)


@pytest.mark.parametrize("by", ["establishment", "contact", "person"])
def test_a_visit_that_is_cancelled_is_told_to_all_it_concerns(store: Store, by: str) -> None:
    """Whoever cancels, the person and all who were to come are told; the establishment says why to all."""
    oak = founded()
    visit = booked(oak, "linden", "laurel", "myrtle")
    cancel_booking(Cancelling(visit.id, by, "the hall is flooded"), oak.sent("cancel", LATER))
    told = [visit.told(name) for name in ("linden", "laurel", "myrtle")]
    assert ["Cancelada: esta visita no se hace" in one for one in told] == [True, True, False]
    assert "Cancelled: this visit does not take place" in told[2]
    assert "not a refusal" in told[2]
    assert ["the hall is flooded" in one for one in told] == [by == "establishment"] * 3
    assert visit.kinds("laurel") == ["cancelled"]


def test_a_visit_whose_time_has_begun_is_not_cancelled(store: Store) -> None:
    """Who does not come to a visit cannot cancel it afterwards; the gate records what became of it."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    begun = models.Slot.objects.get().starts + timedelta(minutes=1)
    for by in ("contact", "person", "establishment"):
        with pytest.raises(Fault, match="has begun"):
            cancel_booking(Cancelling(visit.id, by, "late"), oak.sent(by, begun))
    with pytest.raises(Fault, match="has begun"):
        change_booking(Changing(visit.id, f"hall@{DAY}T18:00"), oak.sent("change", begun))
    assert visit.standing == "booked"


def test_a_visit_under_way_is_neither_cancelled_nor_moved(store: Store) -> None:
    """A visit that staff started before its time is under way: it ends at the gate."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    early = models.Slot.objects.get().starts - timedelta(minutes=5)
    models.Visit.objects.create(id=visit.id, establishment_id=oak.id, booking_id=visit.id, started_at=early)
    with pytest.raises(Fault, match="has begun"):
        cancel_booking(Cancelling(visit.id, "contact"), oak.sent("cancel", early))
    with pytest.raises(Fault, match="has begun"):
        change_booking(Changing(visit.id, f"hall@{DAY}T18:00"), oak.sent("change", early))


def test_who_may_not_book_past_those_who_wait_moves_the_line_on(store: Store) -> None:
    """A place that came free with a hold is offered to who waits, when somebody else asks for it."""
    oak = founded(schedule(hours="[14:00-15:00]", places=1))
    _, until = held(oak, "linden", "laurel")
    waits = waiting(oak, "rowan", "alder")
    request = request_visit(asked(oak, "hazel", "holly"), oak.sent("ask", until)).request
    had = book_visit(VisitBooking(request, f"hall@{DAY}T14:00", by="staff"), oak.sent("book", until))
    assert had.outcome == "full"
    assert offered(waits)


@pytest.mark.parametrize("role", ["attorney", "social"])
def test_counsel_counts_against_no_quota(store: Store, role: str) -> None:
    """A privileged visit takes nothing of what a schedule allows a week; a social one does."""
    quota = "quotas: [{id: weekly, unit: visits, limit: 1, per: week}]\n"
    oak = founded(schedule(more=quota))
    lawyer = Listing(oak.people["rowan"], oak.contacts["holly"], role=role)
    list_contact(lawyer, oak.sent("list"))
    booked(oak, "rowan", "alder")
    request = request_visit(asked(oak, "rowan", "holly"), oak.sent("ask", LATER)).request
    had = book_visit(VisitBooking(request, f"hall@{DAY}T16:00", by="staff"), oak.sent("book", LATER))
    assert had.outcome == ("spent" if role == "social" else "booked")
    if role != "social":
        assert change_schedule(schedule(more=quota, places=2), oak.sent("same", LATER)).withdrawn == ()
        assert models.Debit.objects.count() == 1


def test_who_is_no_counsel_any_more_counts_against_quotas(store: Store) -> None:
    """When the role on the list is corrected, what the booked visits take of quotas follows."""
    oak = founded(schedule(more="quotas: [{id: weekly, unit: visits, limit: 1, per: week}]\n"))
    lawyer = Listing(oak.people["rowan"], oak.contacts["holly"], role="attorney", since=date(2026, 10, 1))
    list_contact(lawyer, oak.sent("list"))
    visit = booked(oak, "rowan", "holly")
    assert not models.Debit.objects.exists()
    list_contact(replace(lawyer, role="social"), oak.sent("friend", LATER))
    assert [row.amount for row in models.Debit.objects.filter(booking=visit.id)] == [1]


def test_who_is_not_why_it_is_withdrawn_is_not_given_a_reason_of_their_own(store: Store) -> None:
    """An order bars Alder; of Holly something is missing, but that withdraws nothing, nor is it said to."""
    oak = founded()
    visit = booked(oak, "rowan", "alder", "holly")
    removed = Listing(oak.people["rowan"], oak.contacts["holly"], "removed", relation="friend")
    list_contact(removed, oak.sent("removed", LATER))
    assert visit.row.risk
    enter_paper(order(oak), oak.sent("order", LATER + timedelta(hours=1)))

    told = notices.notices_of(oak.id, contacts=[oak.contacts["holly"]])[0]
    assert (told.kind, told.letter.outcome) == ("withdrawn", "pending")
    assert "Somebody else who was to come with you may not come now" in letter_as_text(told.letter, 10_000)
    assert [section.name for section in told.letter.sections] == ["contest"]
