"""Each kind of change reaches what is booked: lists, facts, numbers, closures, moves, separations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.change_rules import change_rules
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.lift_closure import lift_closure
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.release_person import release_person
from locutorio.actions.separate import Apart, end_separation, separate
from locutorio.actions.transfer_person import Leaving, transfer_person
from locutorio.kernel.faults import Fault
from locutorio.store import models
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.replay.booked import DAY, booked, everything, founded

LATER = FOUNDED + timedelta(days=1)
NEXT_WEEK = DAY + timedelta(days=7)


def test_an_approval_withdrawn_puts_the_visit_at_risk_and_given_again_settles_it(store: Store) -> None:
    """
    A key that is missing can still come: the visit stays booked, its people are told that it is at risk, why
    and by when; once the approval is there again they are told that it stands.
    """
    oak = founded()
    visit = booked(oak, "rowan", "alder", "willow")
    listing = Listing(oak.people["rowan"], oak.contacts["alder"], "removed", relation="sibling")
    list_contact(listing, oak.sent("removed", LATER))

    assert visit.standing == "booked"
    assert visit.row.risk.startswith("pending")
    told = visit.told("alder")
    assert "at risk" in told
    assert "It must come from" in told
    assert "before the visit begins: on 10 November 2026 at 14:00" in told
    assert "somebody else who was to come with you" in visit.told("willow")

    list_contact(
        Listing(oak.people["rowan"], oak.contacts["alder"], relation="sibling"),
        oak.sent("again", LATER + timedelta(minutes=1)),
    )
    assert visit.row.risk == ""
    assert visit.kinds("alder") == ["at_risk", "stands_again"]


def test_what_is_at_risk_is_told_once(store: Store) -> None:
    """A further change that leaves the same thing missing writes nothing more of that visit."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    listing = Listing(oak.people["rowan"], oak.contacts["alder"], "removed", relation="sibling")
    list_contact(listing, oak.sent("removed", LATER))
    before = everything(visit)
    fact = NewFact("person.status", "sentenced", person=oak.people["rowan"])
    done = enter_fact(fact, oak.sent("fact", LATER))

    assert done.looked_at == 1
    assert everything(visit) == before


def test_a_question_only_a_person_may_settle_puts_it_at_risk(store: Store) -> None:
    """Where the law leaves it to an office, nothing is withdrawn: it is said who decides, and by when."""
    oak = founded()
    visit = booked(oak, "linden", "laurel")
    fact = NewFact("arcadia.worked_here", "yes", contact=oak.contacts["laurel"])
    done = enter_fact(fact, oak.sent("fact", LATER))

    assert done.at_risk == (visit.id,)
    assert visit.row.risk == "refer: cq_former_officer"
    told = visit.told("laurel")
    assert "en riesgo" in told
    assert "¿Puede visitar a una persona presa quien trabajó en la casa?" in told
    assert "la jueza o el juez de visitas" in told
    person = visit.told("linden")
    assert "en riesgo" in person
    assert "trabajó" not in person


def test_a_fact_about_a_contact_reaches_everyone_who_lists_them(store: Store) -> None:
    """Holly visits two people; what is learned of her is decided again for both, and for nobody else."""
    oak = founded()
    hers = [booked(oak, "rowan", "holly"), booked(oak, "hazel", "holly", on=NEXT_WEEK)]
    other = booked(oak, "linden", "laurel")
    before = everything(other)
    fact = NewFact("arcadia.worked_here", "yes", contact=oak.contacts["holly"])
    done = enter_fact(fact, oak.sent("fact", LATER))

    assert set(done.at_risk) == {visit.id for visit in hers}
    assert everything(other) == before


def test_a_fact_of_the_establishment_yields_to_what_is_said_of_one(store: Store) -> None:
    """What is entered of a contact says more than what is entered of the establishment."""
    oak = founded()
    enter_fact(NewFact("arcadia.worked_here", "no", contact=oak.contacts["alder"]), oak.sent("a", LATER))
    known, unknown = booked(oak, "rowan", "alder"), booked(oak, "linden", "laurel")
    done = enter_fact(NewFact("arcadia.worked_here", "unknown"), oak.sent("b", LATER))

    assert done.at_risk == (unknown.id,)
    assert known.row.risk == ""


def test_a_birth_day_corrected_is_decided_again(store: Store) -> None:
    """A child booked alone because the day of birth was wrong is withdrawn when it is corrected."""
    oak = founded()
    visit = booked(oak, "rowan", "holly")
    child = NewContact("Cedar", "Holly", date(2015, 1, 1), id=oak.contacts["holly"])
    assert register_contact(child, oak.sent("a", LATER)).made == "changed"
    assert visit.standing == "withdrawn"
    assert register_contact(child, oak.sent("b", LATER)).made == "same"


def test_a_contradiction_is_not_taken(store: Store) -> None:
    """An age that cannot be, with the day of birth that is known, is refused, and nothing is changed."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    before = everything(visit)
    with pytest.raises(Fault, match=r"contact\.age"):
        enter_fact(NewFact("contact.age", "12", contact=oak.contacts["alder"]), oak.sent("a", LATER))
    assert everything(visit) == before
    assert not models.Fact.objects.filter(path="contact.age").exists()


def test_a_closed_day_withdraws_and_refuses_nobody(store: Store) -> None:
    """Everybody of that day is told the reason and that they may choose another time; other days stand."""
    oak = founded()
    closed = [booked(oak, "rowan", "alder"), booked(oak, "linden", "laurel", session="booths")]
    other = booked(oak, "rowan", "alder", on=NEXT_WEEK)
    before = everything(other)
    done = close_date(Closing(DAY, "the water is off"), oak.sent("close", LATER))

    assert set(done.touched.withdrawn) == {visit.id for visit in closed}
    assert {visit.row.ended_by for visit in closed} == {"establishment"}
    assert everything(other) == before
    assert "The reason given: the water is off." in closed[0].told("alder")
    assert "This is not a refusal" in closed[0].told("alder")
    assert "Esto no es una negativa" in closed[1].told("linden")
    assert closed[0].told("alder").count("3 November 2026, from 10:00 to 11:00.") == 1
    assert [row.cause for row in models.Decided.objects.filter(request=closed[0].request)] == ["request"]
    assert models.Request.objects.get(id=closed[0].request).outcome == "permit"


def test_a_closed_session_leaves_the_others_of_the_day(store: Store) -> None:
    """Only the session that is closed is reached; to lift it brings nothing back by itself."""
    oak = founded()
    hall, booths = booked(oak, "rowan", "alder"), booked(oak, "linden", "laurel", session="booths")
    done = close_date(Closing(DAY, "painting", "hall"), oak.sent("close", LATER))
    lift_closure(done.closure, oak.sent("lift", LATER))

    assert (hall.standing, booths.standing) == ("withdrawn", "booked")
    with pytest.raises(Fault, match="nothing is closed"):
        lift_closure(done.closure, oak.sent("lift again", LATER))


@pytest.mark.parametrize("leave", [transfer_person, release_person])
def test_who_leaves_is_visited_until_that_day(store: Store, leave: object) -> None:
    """Visits from that day on are withdrawn and their people told where to ask; earlier ones stand."""
    assert leave in (transfer_person, release_person)
    oak = founded()
    before, after = booked(oak, "rowan", "alder"), booked(oak, "rowan", "alder", on=NEXT_WEEK)
    what = Leaving(oak.people["rowan"], NEXT_WEEK, "Elm State Prison, family desk")
    done = leave(what, oak.sent("leave", LATER))

    assert done.withdrawn == (after.id,)
    assert before.standing == "booked"
    told = after.told("alder")
    assert "is not held there any more" in told
    assert "Elm State Prison, family desk" in told
    with pytest.raises(Fault, match="not here on that day"):
        booked(oak, "rowan", "alder", on=NEXT_WEEK)


def test_people_kept_apart_are_not_there_together(store: Store) -> None:
    """Of two visits at one time the one booked later goes; nobody is told that there is a separation."""
    oak = founded()
    first, later = booked(oak, "rowan", "alder"), booked(oak, "linden", "laurel", session="booths")
    same_day = booked(oak, "linden", "laurel", starts=16)
    what = Apart(oak.people["linden"], oak.people["rowan"], source="report 12")
    done = separate(what, oak.sent("apart", LATER))

    assert done.touched.withdrawn == (later.id,)
    assert (first.standing, same_day.standing) == ("booked", "booked")
    for name in ("linden", "laurel"):
        told = later.told(name)
        assert "no puede hacer esta visita a esa hora" in told
        for secret in ("Rowan", "separa", "report 12", "junto"):
            assert secret not in told


def test_people_kept_apart_for_a_day_and_a_contact_apart_from_a_person(store: Store) -> None:
    """The scope of a day reaches its other times; a contact kept apart from a person does not visit them."""
    oak = founded()
    first, later = booked(oak, "rowan", "alder"), booked(oak, "linden", "laurel", starts=18)
    separate(Apart(oak.people["rowan"], oak.people["linden"], scope="day"), oak.sent("a", LATER))
    assert (first.standing, later.standing) == ("booked", "withdrawn")

    meeting = booked(oak, "hazel", "alder", on=NEXT_WEEK)
    done = separate(Apart(oak.people["hazel"], contact=oak.contacts["alder"]), oak.sent("b", LATER))
    assert meeting.standing == "withdrawn"
    end_separation(done.separation, NEXT_WEEK, oak.sent("c", LATER))
    assert models.Separation.objects.get(id=done.separation).until == NEXT_WEEK


def test_a_number_is_kept_and_the_same_again_is_no_change(store: Store) -> None:
    """A number that is put on the list twice is there once, and nothing is decided the second time."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    before = everything(visit)
    number = NewNumber(oak.people["rowan"], "+15555550100", "mobile", contact=oak.contacts["alder"])
    assert change_number(number, oak.sent("a", LATER)).looked_at == 1
    assert change_number(number, oak.sent("b", LATER)).looked_at == 0
    assert everything(visit) == before


def test_another_law_decides_all_that_is_booked(store: Store) -> None:
    """When the establishment goes by another law, each booking is decided by it, and by the old again."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    done = change_rules("us-federal", oak.sent("law", LATER))
    assert done.looked_at == 1
    assert done.at_risk == (visit.id,)
    assert models.Establishment.objects.get().law == "us-federal"
    back = change_rules("arcadia", oak.sent("back", LATER))
    assert back.stands_again == (visit.id,)


def test_a_visit_that_has_begun_is_left_to_staff(store: Store) -> None:
    """Nobody is sent out of a room by a program: staff are told to look, and its people that they will."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    models.Visit.objects.create(
        id=visit.id, establishment_id=oak.id, booking_id=visit.id, started_at=visit.row.slot.starts
    )
    during = visit.row.slot.starts + timedelta(minutes=10)
    close_date(Closing(DAY, "a fire alarm"), oak.sent("close", during))

    assert (visit.standing, visit.row.risk) == ("booked", "under_way")
    assert "while this visit is taking place" in visit.told("alder")


def test_what_is_over_is_not_decided_again(store: Store) -> None:
    """A visit of a day that is past is left as it was, whatever is learned later."""
    oak = founded()
    visit = booked(oak, "linden", "laurel")
    before = everything(visit)
    fact = NewFact("arcadia.worked_here", "yes", contact=oak.contacts["laurel"])
    done = enter_fact(fact, oak.sent("fact", FOUNDED + timedelta(days=30)))

    assert done.looked_at == 0
    assert everything(visit) == before
