"""A visit that is permitted only without physical contact is held where nobody touches, or is not held."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.booked import Booked
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.change_schedule import change_schedule
from locutorio.actions.end_paper import end_paper
from locutorio.actions.enter_paper import NewPaper, PaperEntered, enter_paper
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.slots_shown import slots_shown
from locutorio.actions.wait_for_place import WaitingFor, wait_for_place
from locutorio.notices.hindrances import hindrance_told
from locutorio.store import bookings, models
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.replay.booked import DAY, Visit, everything, founded

LATER = FOUNDED + timedelta(days=1)
MARKER = {
    "decider": "establishment_head",
    "signed_on": "2026-11-03",
    "no_touching": "yes",
    "live_monitoring": "no",
    "bars_minors": "no",
}
SCHEDULE = """
schedule: oak
name: Oak County Jail
zone: America/New_York
tick_minutes: 15
rooms:
  hall: {name: Hall, places: {open: 12}}
  both: {name: Hall with booths, places: {open: 12, closed: 1}}
  booths: {name: Booths, places: {window: 2}}
sessions:
  - {id: hall, room: hall, days: [every_day], hours: 09:00-10:00, contact: yes}
  - {id: both, room: both, days: [every_day], hours: 11:00-12:00}
  - {id: booths, room: booths, days: [every_day], hours: 14:00-15:00, contact: no}
"""


def key(session: str, on: date = DAY) -> str:
    return f"{session}@{on}T{ {'hall': '09', 'both': '11', 'booths': '14'}[session] }:00"


def mark(oak: Oak, person: str = "rowan", name: str = "marker") -> PaperEntered:
    paper = NewPaper(oak.people[person], "marker", None, MARKER, since=LATER.date(), source="memo 9")
    return enter_paper(paper, oak.sent(name, LATER))


def asked(oak: Oak, *contacts: str, on: date = DAY, person: str = "rowan") -> UUID:
    party = tuple(PartyMember(oak.contacts[name]) for name in contacts or ("alder",))
    sent = oak.sent(f"asked {person} {contacts} {on}", LATER)
    answer = request_visit(VisitRequest(oak.people[person], party, on), sent)
    assert answer.outcome == "permit"
    return answer.request


def book(oak: Oak, request: UUID, session: str, kind: str | None = None, on: date = DAY) -> Booked:
    what = VisitBooking(request, key(session, on), kind=kind, by="staff")
    return book_visit(what, oak.sent(f"book {request} {what}", LATER))


def visit(oak: Oak, session: str, *contacts: str, person: str = "rowan") -> Visit:
    request = asked(oak, *contacts, person=person)
    done = book(oak, request, session)
    assert done.booking is not None, done
    return Visit(oak, done.booking, request, oak.people[person], ())


def rules(done: Booked) -> list[str]:
    return [one.rule for one in done.hindrances]


def test_open_tables_are_not_for_those_who_may_not_touch(store: Store, house: str) -> None:
    """A visit without contact is not booked at a table; that is no refusal, and leads to a booth."""
    oak = founded(SCHEDULE, law=house)
    mark(oak)
    request = asked(oak)

    done = book(oak, request, "hall")

    assert (done.outcome, rules(done), done.booking) == ("not_offered", ["only_open"], None)
    assert done.next_slot == key("both")
    for lang, word in (("en", "allowed"), ("es", "permitida")):
        assert word in hindrance_told(lang, done.hindrances[0])


@pytest.mark.parametrize(("session", "kind"), [("both", "closed"), ("booths", "window")])
def test_the_usual_place_is_then_one_without_contact(
    store: Store, house: str, session: str, kind: str
) -> None:
    """Where a time has both kinds of place, such a visit has a closed one, and any other an open one."""
    oak = founded(SCHEDULE, law=house)
    free = visit(oak, "both")
    mark(oak, "linden")

    assert free.row.kind == "open"
    assert visit(oak, session, "laurel", person="linden").row.kind == kind


def test_an_open_place_that_is_asked_for_is_told_as_a_hindrance(store: Store, house: str) -> None:
    """A kind of place that the decision does not allow is not to be had, in words, beside one that is."""
    oak = founded(SCHEDULE, law=house)
    mark(oak)
    request = asked(oak)

    assert rules(book(oak, request, "both", "open")) == ["open_asked"]
    assert book(oak, request, "both", "closed").had


def test_closed_places_run_out_while_tables_are_free(store: Store, house: str) -> None:
    """When the booths of a time are taken, it is full for those who may not touch, and for nobody else."""
    oak = founded(SCHEDULE, law=house)
    mark(oak)
    mark(oak, "linden", "second")
    visit(oak, "both")

    assert book(oak, asked(oak, "laurel", person="linden"), "both").outcome == "full"
    assert book(oak, asked(oak, "holly", person="hazel"), "both").kind == "open"


def test_a_booking_is_not_changed_to_a_table(store: Store, house: str) -> None:
    """A booth is kept when another time has only tables."""
    oak = founded(SCHEDULE, law=house)
    mark(oak)
    booked = visit(oak, "booths")

    done = change_booking(Changing(booked.id, key("hall"), by="staff"), oak.sent("change", LATER))

    assert rules(done) == ["only_open"]
    assert booked.row.kind == "window"


def test_times_are_shown_with_what_they_lack(store: Store, house: str) -> None:
    """Of the times of a day, those with only tables say so to whoever may not touch, and to nobody else."""
    oak = founded(SCHEDULE, law=house)
    party = (PartyMember(oak.contacts["alder"]),)

    def shown(*, no_contact: bool) -> list[tuple[str, str, list[str]]]:
        found = slots_shown(
            oak.id,
            oak.people["rowan"],
            party,
            DAY,
            DAY,
            asked_at=LATER,
            by="staff",
            no_contact=no_contact,
        )
        return [(one.session, one.kind, [why.rule for why in one.hindrances]) for one in found]

    assert shown(no_contact=True) == [
        ("hall", "open", ["only_open"]),
        ("both", "closed", []),
        ("booths", "window", []),
    ]
    assert [kind for _, kind, _ in shown(no_contact=False)] == ["open", "open", "window"]


def test_a_place_is_offered_only_where_nobody_touches(store: Store, house: str) -> None:
    """Who waits and may not touch is offered the booth that comes free, not the tables beside it."""
    oak = founded(SCHEDULE, law=house)
    mark(oak)
    mark(oak, "linden", "second")
    booked = visit(oak, "both")
    book(oak, asked(oak, "holly", person="hazel"), "booths")
    book(oak, asked(oak, "alder", person="hazel", on=DAY + timedelta(days=1)), "both")
    waits = asked(oak, "laurel", person="linden")
    change_schedule(SCHEDULE.replace("window: 2", "window: 1"), oak.sent("fewer", LATER))
    wait_for_place(WaitingFor(waits, DAY, DAY), oak.sent("wait", LATER))
    assert bookings.booking_of(oak.id, waits) is None

    cancel_booking(Cancelling(booked.id, "contact", ""), oak.sent("cancel", LATER))

    offered = bookings.booking_of(oak.id, waits)
    assert offered is not None
    assert (offered.key, offered.kind, offered.standing) == (key("both"), "closed", "held")


def test_an_order_moves_what_is_booked_behind_glass(store: Store, house: str) -> None:
    """An order against touching moves a visit to a booth of its time; each is told, with reason and route."""
    oak = founded(SCHEDULE, law=house)
    booked, other = visit(oak, "both"), visit(oak, "both", "laurel", person="linden")
    before = everything(other)

    done = mark(oak)

    assert (done.touched.moved, done.touched.withdrawn) == ((booked.id,), ())
    row = booked.row
    assert (row.kind, row.standing, row.slot.key) == ("closed", "booked", key("both"))
    places = models.Place.objects.filter(booking=booked.id).values_list("kind", "number")
    assert [*places] == [("closed", 1)]
    assert everything(other) == before
    assert booked.kinds("alder") == ["conditions"]
    for name in ("alder", "rowan"):
        told = booked.told(name)
        assert "one without physical contact" in told
        assert "item 12" in told or "12" in told
        assert "What you can do" in told or "How to contest it" in told
    assert "memo 9" not in booked.told("alder")


def test_without_a_free_booth_the_establishment_withdraws_it(store: Store, house: str) -> None:
    """Where no such place is free at its time, the visit is withdrawn, not refused, and has other times."""
    oak = founded(SCHEDULE, law=house)
    booked = visit(oak, "hall")

    done = mark(oak)

    row = booked.row
    assert done.touched.withdrawn == (booked.id,)
    assert (row.standing, row.ended_by, bool(row.ground)) == ("withdrawn", "establishment", True)
    told = booked.told("alder")
    assert "only without physical contact" in told
    assert "not a refusal" in told
    assert "from 11:00 to 12:00" in told
    assert "from 09:00 to 10:00" not in told.split("There was a place at these times")[1]
    assert models.Request.objects.get(id=booked.request).outcome == "permit"
    assert book(oak, booked.request, "booths").had


def test_the_last_booth_goes_to_who_was_first(store: Store, house: str) -> None:
    """Of two visits that may not touch any more, the one that was booked first has the last booth."""
    oak = founded(SCHEDULE, law=house)
    first, second = visit(oak, "both", "alder"), visit(oak, "both", "laurel", person="linden")
    mark(oak, "linden", "second")
    assert second.row.kind == "closed"

    done = mark(oak)

    assert done.touched.withdrawn == (first.id,)
    assert second.row.standing == "booked"


def test_other_conditions_are_told_before_the_gate(store: Store, house: str) -> None:
    """A visit that stands on other conditions is told so once; to look again tells nothing."""
    oak = founded(SCHEDULE, law=house)
    booked = visit(oak, "booths")

    done = mark(oak)
    again = mark(oak, name="another")

    assert (done.touched.conditions, done.touched.moved) == ((booked.id,), ())
    assert (again.touched.conditions, booked.kinds("alder")) == ((), ["conditions"])
    assert "Your place is another" not in booked.told("alder")
    assert booked.row.kind == "window"


def test_a_condition_that_goes_is_told_and_moves_nothing(store: Store, house: str) -> None:
    """When people may touch again, the visit stays where it is, and they are told."""
    oak = founded(SCHEDULE, law=house)
    booked = visit(oak, "both")
    marked = mark(oak)

    ended = end_paper(marked.paper, LATER.date(), oak.sent("end", LATER))

    assert ended.conditions == (booked.id,)
    assert (booked.row.kind, booked.kinds("alder")) == ("closed", ["conditions", "conditions"])


def test_a_new_schedule_does_not_seat_them_at_a_table(store: Store, house: str) -> None:
    """A session that is held with contact from now on is nothing for those who may not touch."""
    oak = founded(SCHEDULE, law=house)
    mark(oak)
    booked = visit(oak, "booths")

    changed = change_schedule(SCHEDULE.replace("contact: no", "contact: yes"), oak.sent("new", LATER))

    assert changed.withdrawn == (booked.id,)
    assert "without physical contact" in booked.told("alder")
