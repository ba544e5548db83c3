"""In an emergency one officer acts alone for an hour: it crosses nothing that it may not, and is reviewed."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from locutorio.actions.authority import FRESH, NotFresh, Refused
from locutorio.actions.break_glass import LASTS, Breaking, Stopped, break_glass
from locutorio.actions.break_glass_seen import measures_seen
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.review_break_glass import Review, review_break_glass
from locutorio.actions.two_people import NotByTwo
from locutorio.kernel.faults import Fault
from locutorio.store import break_glass as kept
from locutorio.store import history, notices
from locutorio.store.models import BreakGlass, Listed, Role
from tests.databases import Store
from tests.gate.at_oak import MINUTE, TEN, Gate, at_the_gate, booked
from tests.two_people.officers import Officers, officers, order

AT = TEN.astimezone(UTC) - 5 * MINUTE


@pytest.fixture
def gate(store: Store) -> Gate:
    """Give the gate."""
    return at_the_gate()


@pytest.fixture
def staff(gate: Gate) -> Officers:
    """Give the officers on duty."""
    made = officers(gate.oak)
    made.add("clover", "gate", "Clover, staff 21")
    made.add("fern", "auditor", "Fern, staff 22")
    return made


def breaking(
    staff: Officers, kind: str, by: str = "clover", at: datetime = AT, contact: str = "alder"
) -> UUID:
    """Let an officer allow or stop a contact of a person."""
    what = Breaking(staff.oak.people["rowan"], staff.oak.contacts[contact], kind, "their mother is dying")
    return break_glass(what, staff.sent(by, f"{kind} {contact} {at}", at))


def reviewing(staff: Officers, id_: UUID, by: str, at: datetime = AT + MINUTE) -> None:
    """Let somebody review it."""
    review_break_glass(Review(id_, "right", "it was needed"), staff.sent(by, f"reviews {id_} {at}", at))


def unlisted(gate: Gate) -> None:
    """Take Alder off the list, so that a key is missing at the gate."""
    Listed.objects.filter(contact=gate.oak.contacts["alder"]).update(status="removed")


@pytest.mark.parametrize("by", ["sorrel", "clover", "tansy"])
def test_an_officer_on_duty_allows_an_urgent_contact_for_an_hour(
    gate: Gate, staff: Officers, by: str
) -> None:
    """Whom the list alone keeps out comes in and the visit starts; an hour later it has ended by itself."""
    visit = booked(gate)
    unlisted(gate)
    assert gate.arrives(visit, "alder", TEN).outcome == "not_admitted"
    breaking(staff, "allow", by)

    breaking(staff, "allow", by)
    assert BreakGlass.objects.count() == 1
    assert gate.arrives(visit, "alder", TEN).outcome == "admitted"
    assert gate.starts(visit, TEN).outcome == "started"
    later = booked(gate, starts=TEN + timedelta(hours=4))
    assert gate.arrives(later, "alder", TEN + timedelta(hours=4)).outcome == "not_admitted"
    assert kept.in_force(gate.oak.id, AT + LASTS) == []


def test_a_contact_stopped_for_safety_does_not_come_in(gate: Gate, staff: Officers) -> None:
    """Nobody comes in, and no visit starts, while it holds; others are not touched, and then it is over."""
    first, other = booked(gate, party=("alder", "holly")), booked(gate, "hazel", ("holly",))
    gate.arrives(first, "holly", AT)
    breaking(staff, "stop")
    with pytest.raises(Stopped):
        gate.arrives(first, "alder", TEN)
    breaking(staff, "stop", contact="holly")
    with pytest.raises(Stopped):
        gate.starts(first, TEN)

    assert gate.arrives(other, "holly", TEN).outcome == "admitted"
    assert gate.arrives(first, "alder", AT + LASTS, beyond="the governor").outcome == "admitted"


def test_a_stop_is_stronger_than_what_was_allowed(gate: Gate, staff: Officers) -> None:
    """Where one officer allows and another stops, nobody comes in."""
    visit = booked(gate)
    breaking(staff, "allow")
    breaking(staff, "stop", "sorrel")
    with pytest.raises(Stopped):
        gate.arrives(visit, "alder", TEN)


def test_it_never_crosses_an_order(gate: Gate, staff: Officers) -> None:
    """An order in force cannot be crossed: neither when it is asked for, nor when it lands afterwards."""
    visit = booked(gate)
    breaking(staff, "allow")
    order(gate.oak)
    assert gate.seen(visit).standing == "withdrawn"
    again = booked(gate, starts=TEN)
    assert gate.arrives(again, "alder", TEN).outcome == "not_admitted"
    reviewing(staff, BreakGlass.objects.get().id, "tansy")
    with pytest.raises(NotByTwo) as caught:
        breaking(staff, "allow", at=AT + 2 * MINUTE)

    assert caught.value.name == "crosses"


def test_it_stops_no_counsel_and_cannot_record(gate: Gate, staff: Officers) -> None:
    """A lawyer is not stopped by one person, and there is nothing in it that could record anybody."""
    rowan, laurel = gate.oak.people["rowan"], gate.oak.contacts["laurel"]
    list_contact(Listing(rowan, laurel, role="attorney"), gate.oak.sent("lawyer"))
    with pytest.raises(NotByTwo) as caught:
        breaking(staff, "stop", contact="laurel")
    assert caught.value.name == "privileged"
    for kind in ("record", "listen", "", "allow stop"):
        with pytest.raises(Fault):
            breaking(staff, kind)

    assert {one.name for one in fields(Breaking)} == {"person", "contact", "kind", "reason"}


def test_only_who_is_on_duty_and_really_there_can(gate: Gate, staff: Officers) -> None:
    """An auditor cannot, nor who showed too long ago who they are, nor nobody; and it says why."""
    what = Breaking(gate.oak.people["rowan"], gate.oak.contacts["alder"], "allow", "urgent")
    with pytest.raises(NotByTwo) as caught:
        break_glass(what, gate.oak.sent("x", AT))
    assert caught.value.name == "no_right"
    with pytest.raises(NotFresh):
        break_glass(what, staff.sent("clover", "x", AT, AT - FRESH - MINUTE))
    with pytest.raises(Refused):
        break_glass(what, staff.sent("fern", "x", AT))
    with pytest.raises(Fault, match="says why"):
        break_glass(Breaking(what.person, what.contact, "allow", " "), staff.sent("clover", "y", AT))

    assert not BreakGlass.objects.exists()


def test_it_is_not_made_longer_by_doing_it_again(gate: Gate, staff: Officers) -> None:
    """The same cannot be done again by anybody until somebody else has reviewed it."""
    first = breaking(staff, "allow")
    for by in ("clover", "sorrel"):
        with pytest.raises(NotByTwo) as caught:
            breaking(staff, "allow", by, AT + LASTS)
        assert caught.value.name == "again"
    reviewing(staff, first, "tansy")

    breaking(staff, "allow", "sorrel", AT + LASTS)


def test_somebody_else_reviews_it_once(gate: Gate, staff: Officers) -> None:
    """Not who did it, not by another account of theirs, not somebody without the right, and not twice."""
    mine = breaking(staff, "allow", "tansy")
    staff.add("other", "governor", "TANSY,  staff 18")
    for by, name in (("tansy", "one_person"), ("other", "one_person")):
        with pytest.raises(NotByTwo) as caught:
            reviewing(staff, mine, by)
        assert caught.value.name == name
    with pytest.raises(Refused):
        reviewing(staff, mine, "clover")
    reviewing(staff, mine, "yarrow")
    reviewing(staff, mine, "yarrow")
    with pytest.raises(NotByTwo) as caught:
        reviewing(staff, mine, "yarrow", AT + 2 * MINUTE)
    assert caught.value.name == "reviewed"

    row = kept.break_glass(gate.oak.id, mine)
    assert (row.finding, row.reviewed_by) == ("right", staff.ids["yarrow"])


def test_a_review_that_is_late_is_seen(gate: Gate, staff: Officers) -> None:
    """After 24 hours it stands as overdue on the page of those who review, and in what is counted."""
    breaking(staff, "stop")
    governor = staff.by("tansy")
    on_time = measures_seen(governor, gate.oak.id, AT + timedelta(hours=24))
    late = measures_seen(governor, gate.oak.id, AT + timedelta(hours=24, seconds=1))

    assert [one.overdue for one in on_time.to_review] == [False]
    assert [one.overdue for one in late.to_review] == [True]
    assert [(one.year, one.kind, one.all, one.open) for one in late.counted] == [(AT.year, "stop", 1, 1)]


def test_the_person_and_the_contact_are_told_and_the_entry_names_who_did_it(
    gate: Gate, staff: Officers
) -> None:
    """Both are told at once in their language, not what the danger was; the entry has it all."""
    made = breaking(staff, "stop")
    rowan, alder = gate.oak.people["rowan"], gate.oak.contacts["alder"]
    told = [
        *notices.notices_of(gate.oak.id, person=rowan),
        *notices.notices_of(gate.oak.id, contacts=[alder]),
    ]

    assert [one.kind for one in told] == ["emergency"] * 2
    assert all("10:55" in one.letter.lead[0] and "mother" not in str(one.letter) for one in told)
    kept_entry = history.history(gate.oak.id, rowan, AT, [made])[-1]
    assert (kept_entry.action, kept_entry.actor) == ("break_glass", "clover")


def test_a_right_taken_away_is_no_right(gate: Gate, staff: Officers) -> None:
    """Who was on duty and is not any more cannot, whatever their session says."""
    Role.objects.filter(account=staff.ids["clover"]).delete()
    with pytest.raises(NotByTwo):
        breaking(staff, "allow")
