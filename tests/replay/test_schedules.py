"""A changed schedule, or a change of what it tells people apart by, reaches what is booked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_schedule import change_schedule
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.register_person import NewPerson, register_person
from locutorio.kernel.faults import Fault
from locutorio.store import models, people
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.replay.booked import DAY, booked, everything, founded

LATER = FOUNDED + timedelta(days=1)


def schedule(
    *, hours: str = "[14:00-15:00, 16:00-17:00]", places: int = 3, more: str = "", who: str = ""
) -> str:
    return f"""
schedule: oak
name: Oak County Jail
zone: America/New_York
tick_minutes: 15
rooms:
  hall: {{name: Hall, places: {{open: {places}}}}}
sessions:
  - {{id: hall, room: hall, days: [every_day], hours: {hours}{who}}}
{more}"""


def test_the_same_schedule_again_changes_nothing(store: Store) -> None:
    """To look again with nothing changed withdraws nothing and writes nothing, however full it was."""
    oak = founded(schedule(places=2))
    visits = [booked(oak, "rowan", "alder"), booked(oak, "linden", "laurel")]
    before = [everything(visit) for visit in visits]
    done = change_schedule(schedule(places=2), oak.sent("a", LATER))

    assert (done.looked_at, done.withdrawn) == (2, ())
    assert [everything(visit) for visit in visits] == before


def test_a_time_that_is_no_more_is_withdrawn_with_other_times(store: Store) -> None:
    """Who was booked at a time that is taken away is told so and offered others; who was not, stands."""
    oak = founded(schedule())
    gone, stays = booked(oak, "linden", "laurel"), booked(oak, "rowan", "alder", starts=16)
    before = everything(stays)
    done = change_schedule(schedule(hours="[16:00-17:00]"), oak.sent("a", LATER))

    assert done.withdrawn == (gone.id,)
    assert gone.row.ended_by == "establishment"
    assert everything(stays) == before
    told = gone.told("laurel")
    assert "Cambiaron las horas de visita" in told
    assert "4 de noviembre de 2026, de 16:00 a 17:00." in told
    assert told.count("de 16:00 a 17:00") == 3


def test_of_fewer_places_those_who_were_first_keep_theirs(store: Store) -> None:
    """When two places are left of three, the one who was booked last gives way."""
    oak = founded(schedule(places=3))
    visits = [booked(oak, "hazel", "holly"), booked(oak, "rowan", "alder"), booked(oak, "linden", "laurel")]
    done = change_schedule(schedule(places=2), oak.sent("a", LATER))

    assert done.withdrawn == (visits[2].id,)
    assert [visit.standing for visit in visits] == ["booked", "booked", "withdrawn"]
    assert models.Slot.objects.get().places == {"open": 2}


def test_a_smaller_quota_is_counted_anew_in_first_order(store: Store) -> None:
    """A visit a week: of one person's two the first booked stands; another person's is not touched."""
    oak = founded(schedule())
    first = booked(oak, "rowan", "alder", on=DAY + timedelta(days=1))
    later, other = booked(oak, "rowan", "holly", on=DAY), booked(oak, "linden", "laurel")
    before = everything(other)
    quota = "quotas: [{id: weekly, unit: visits, limit: 1, per: week}]\n"
    done = change_schedule(schedule(more=quota), oak.sent("a", LATER))

    assert done.withdrawn == (later.id,)
    assert (first.standing, everything(other)) == ("booked", before)
    assert {row.booking_id: row.amount for row in models.Debit.objects.all()} == {first.id: 1, other.id: 1}
    assert change_schedule(schedule(more=quota), oak.sent("b", LATER)).withdrawn == ()
    assert models.Debit.objects.count() == 2


def test_a_longer_session_takes_more_time_of_its_people(store: Store) -> None:
    """A slot that now ends later says so, and its people are busy until then."""
    oak = founded(schedule())
    booked(oak, "rowan", "alder")
    left = booked(oak, "linden", "laurel", on=DAY + timedelta(days=1))
    cancel_booking(Cancelling(left.id, "contact"), oak.sent("cancel", LATER))
    change_schedule(schedule(hours="[14:00-15:30, 16:00-17:00]"), oak.sent("a", LATER))

    for slot in models.Slot.objects.all():  # also one in which nothing stands now
        assert slot.ends - slot.starts == timedelta(minutes=90)
    assert models.Tick.objects.filter(subject=oak.people["rowan"]).count() == 6


def test_a_person_moved_to_another_wing_keeps_only_its_visits(store: Store) -> None:
    """A session for one wing is not offered to who moved to another; what that wing has stands."""
    wing = "groups: {a: {units: [A]}}\n"
    oak = founded(schedule(who=", for: {groups: [a]}", more=wing))
    visit, other = booked(oak, "rowan", "alder"), booked(oak, "linden", "laurel")
    before = everything(other)
    moved = NewPerson(
        "1001", "Ash", "Rowan", people.person(oak.id, oak.people["rowan"]).born_on, unit="B-1-001"
    )
    assert register_person(moved, oak.sent("a", LATER)).made == "changed"

    assert visit.standing == "withdrawn"
    assert "there is no place for this visit at that time any more" in visit.told("alder")
    assert everything(other) == before


def test_what_an_officer_allowed_beyond_the_schedule_stays(store: Store) -> None:
    """A booking that the schedule did not offer before the change either is not taken away by it."""
    limit = "party: [{people_max: 1}]\n"
    oak = founded(schedule())
    visit = booked(oak, "rowan", "alder", "willow")
    models.Establishment.objects.update(schedule=schedule(more=limit))
    done = change_schedule(schedule(more=limit, places=2), oak.sent("a", LATER))
    assert done.withdrawn == ()
    assert visit.standing == "booked"


def test_steps_of_time_do_not_change_under_a_booking(store: Store) -> None:
    """What was kept apart in steps of a quarter of an hour cannot be counted in others."""
    oak = founded(schedule())
    booked(oak, "rowan", "alder")
    with pytest.raises(Fault, match="other steps"):
        change_schedule(schedule().replace("tick_minutes: 15", "tick_minutes: 30"), oak.sent("a", LATER))
    assert "tick_minutes: 15" in people.establishment(oak.id).schedule


def test_a_closed_day_names_the_next_times_with_a_place(store: Store) -> None:
    """The times that a notice names are free: not closed, not full, and offered to the same people."""
    oak = founded(schedule(places=1))
    visit = booked(oak, "rowan", "alder")
    close_date(Closing(DAY - timedelta(days=6), "painting"), oak.sent("a", LATER))
    close_date(Closing(DAY, "the water is off"), oak.sent("b", LATER))

    told = visit.told("alder")
    assert "3 November 2026, from 14:00 to 15:00." in told
    assert "3 November 2026, from 16:00 to 17:00." in told
    assert "5 November 2026, from 14:00 to 15:00." in told
    assert "4 November" not in told
