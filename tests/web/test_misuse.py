"""What somebody may try who means no good, one thing at a time, and what must then still be so."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, ProgrammingError

from locutorio.actions import clock, sign_in
from locutorio.actions.create_account import Role
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.store import people
from locutorio.store.knowledge import PartyMember
from locutorio.store.models import Booking, Closure, Entry, Establishment, Waiting
from locutorio.web.words import words
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.gate.at_oak import MINUTE, SCHEDULE, TEN, Gate, at_the_gate, booked
from tests.web.seated import PASSWORD, Seated, account

pytestmark = pytest.mark.usefixtures("quick_passwords")
NAME, OFFICER = "of family", "of visits"


@pytest.fixture
def gate(store: Store, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Give an establishment half an hour before ten, with a family and an officer who can sign in."""
    monkeypatch.setattr(clock, "now", lambda: TEN - 30 * MINUTE)
    made = at_the_gate()
    Establishment.objects.update(schedule=SCHEDULE)
    account(made.oak, NAME, Role.FAMILY, contact=made.oak.contacts["alder"])
    account(made.oak, OFFICER, Role.VISITS)
    return made


def request_of(booking: UUID) -> UUID:
    """Give the request of a booking."""
    return UUID(str(Booking.objects.values_list("request", flat=True).get(id=booking)))


def permitted(gate: Gate) -> UUID:
    """Give a request of the family that the law permits, without a place."""
    what = VisitRequest(
        gate.oak.people["rowan"], (PartyMember(gate.oak.contacts["alder"]),), date(2026, 12, 9)
    )
    answer = request_visit(what, gate.sent(TEN - 40 * MINUTE))
    assert answer.outcome == "permit"
    return answer.request


def test_nobody_waits_for_years(gate: Gate) -> None:
    """Days over centuries, each of which would be looked at whenever a place comes free, are refused."""
    page = f"visits/request/{permitted(gate)}/wait"
    family = Seated(NAME)

    refused = family.post(page, {"first": "1900-01-01", "last": "2200-12-31"})
    assert refused.status_code == 409
    assert not Waiting.objects.exists()
    assert family.post(page, {"first": "2026-12-06", "last": "2027-02-03"}).status_code == 303
    assert Waiting.objects.count() == 1


@pytest.mark.parametrize(("name", "desk"), [(NAME, "visits"), (OFFICER, "staff")])
def test_what_has_begun_is_neither_cancelled_nor_moved(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, name: str, desk: str
) -> None:
    """Nobody gets out of a visit that was missed, or goes on, by cancelling it afterwards."""
    booking = booked(gate)
    page = f"{desk}/request/{request_of(booking)}"
    monkeypatch.setattr(clock, "now", lambda: TEN + MINUTE)
    one = Seated(name)

    for address, fields in (("cancel", {"why": "ill"}), ("change", {"slot": "hall@2026-12-09T10:00"})):
        assert one.post(f"{page}/{address}", fields).status_code == 409
    assert Booking.objects.get().standing == "booked"
    monkeypatch.setattr(clock, "now", lambda: TEN - MINUTE)
    assert one.post(f"{page}/cancel", {"why": "ill"}).status_code == 303
    assert Booking.objects.get().standing == "cancelled"


def test_nobody_is_kept_out_from_one_address(gate: Gate) -> None:
    """However often one address tries a name, its owner gets in elsewhere; a long one counts by half."""
    for _ in range(sign_in.OF_ONE_NAME_MAX + 10):
        sign_in.sign_in(NAME, "not the password", "192.0.2.1", FOUNDED)
    for number in range(sign_in.OF_ONE_NAME_MAX + 10):
        sign_in.sign_in(NAME, "not the password", f"2001:db8::{number:x}", FOUNDED)

    assert isinstance(sign_in.sign_in(NAME, PASSWORD, "192.0.2.1", FOUNDED), sign_in.NotSignedIn)
    assert isinstance(sign_in.sign_in(NAME, PASSWORD, "2001:db8::ffff", FOUNDED), sign_in.NotSignedIn)
    assert isinstance(sign_in.sign_in(NAME, PASSWORD, "203.0.113.9", FOUNDED), sign_in.SignedIn)


def test_trying_on_does_not_keep_anybody_out_for_longer(gate: Gate) -> None:
    """Whoever goes on trying is let in as soon as whoever stopped."""
    for minutes in range(16):
        sign_in.sign_in(NAME, "not the password", "192.0.2.1", FOUNDED + timedelta(minutes=minutes // 3))
    later = FOUNDED + timedelta(minutes=20)
    assert isinstance(sign_in.sign_in(NAME, PASSWORD, "192.0.2.1", later), sign_in.SignedIn)


def test_a_sign_that_no_text_holds_is_refused(gate: Gate) -> None:
    """NUL in a field is what no browser sends: said so, on both databases, and nothing is written."""
    officer, before = Seated(OFFICER), Entry.objects.count()

    answers = [
        Seated().sign_in("a\x00b"),
        officer.get("staff/people?word=%00"),
        officer.post("staff/closed", {"on": "2026-12-24", "reason": "a\x00", "session": ""}),
        officer.post("staff/closed", {"on": "2026-12-24", "reason": "a", "x\x00": ""}),
    ]

    assert [one.status_code for one in answers] == [400] * 4
    assert words("en")["error_bad_request_title"] in unescape(answers[1].content.decode())
    assert Entry.objects.count() == before


def test_a_database_that_does_not_answer_is_told_and_a_mistake_of_ours_is_not_blamed_on_it(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 in words where the database is away, in reading or in a change; 500 where the program is wrong."""
    officer = Seated(OFFICER)

    def answer(error: Exception) -> Any:
        def fails(*_: object) -> None:
            raise error

        monkeypatch.setattr(people, "persons_found", fails)
        return officer.get("staff/people?word=a")

    away = answer(OperationalError("the server is away at 192.0.2.7"))
    assert away.status_code == 503
    assert words("en")["error_no_database_title"] in unescape(away.content.decode())
    assert "192.0.2.7" not in away.content.decode()
    assert answer(ProgrammingError("no such column")).status_code == 500

    page = f"staff/request/{permitted(gate)}/wait"

    def lost(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("locutorio.store.transaction.LOST_SECONDS_MAX", 0.0)
    monkeypatch.setattr("locutorio.store.bookings.hold_request", lost)
    assert officer.post(page, {"first": "2026-12-06", "last": "2026-12-07"}).status_code == 503


def test_only_a_session_of_the_schedule_is_closed(gate: Gate) -> None:
    """A session that does not exist is refused: it would be called closed, and nothing would be."""
    officer = Seated(OFFICER)
    for session in ("hell", "x" * 5_000):
        closed = officer.post("staff/closed", {"on": "2026-12-24", "reason": "paint", "session": session})
        assert closed.status_code == 409
    assert not Closure.objects.exists()
    assert (
        officer.post("staff/closed", {"on": "2026-12-24", "reason": "x", "session": "hall"}).status_code
        == 303
    )


@pytest.mark.parametrize(
    "at", ["0001-01-01T10:00", "9999-12-31T10:00", "2026-02-31T10:00", "2027-02-29T10:00", "2026-12-09T25:00"]
)
def test_a_time_that_no_calendar_has_is_none(gate: Gate, at: str) -> None:
    """Of a day or an hour that there is not, or that is out of reach: for whoever looks or moves there."""
    booking = booked(gate)
    moved = Seated(NAME).post(f"visits/request/{request_of(booking)}/change", {"slot": f"hall@{at}"})

    assert moved.status_code == 409
    assert Seated(OFFICER).get(f"staff/slot/hall@{at}").status_code == 404
    assert Booking.objects.get().slot.key == "hall@2026-12-05T10:00"


def test_the_identifier_of_somebody_elses_change_tells_nothing(gate: Gate) -> None:
    """A form with the identifier of another account's change is refused, and says nothing of that one."""
    account(gate.oak, "another", Role.FAMILY, contact=gate.oak.contacts["laurel"])
    command, mine, theirs = str(uuid4()), booked(gate), booked(gate, "linden", ("laurel",), TEN + MINUTE)
    page = f"visits/request/{request_of(theirs)}"
    assert Seated("another").post(f"{page}/cancel", {"why": "ill"}, command=command).status_code == 303

    again = Seated(NAME).post(f"visits/request/{request_of(mine)}/cancel", {"why": "ill"}, command=command)
    assert again.status_code == 409
    told = unescape(again.content.decode())
    assert [name for name in ("Laurel", "Birch", str(theirs), page) if name in told] == []
    assert Booking.objects.get(id=mine).standing == "booked"


def test_a_family_is_told_only_what_it_may_know(gate: Gate) -> None:
    """
    A page gives a family no more of a decision than its notice would: of a paper about the person that does
    not name them, where the law says it and no more; staff see it whole.
    """
    order = NewPaper(
        gate.oak.people["rowan"],
        "order_no_visits",
        facts={"decider": "court", "signed_on": "2026-12-01", "later_order": "no"},
        since=date(2026, 12, 1),
    )
    paper = enter_paper(order, gate.sent(TEN - 40 * MINUTE)).paper
    what = VisitRequest(order.person, (PartyMember(gate.oak.contacts["alder"]),), date(2026, 12, 9))
    answer = request_visit(what, gate.sent(TEN - 40 * MINUTE))
    assert answer.outcome == "refuse"

    whole = Seated(OFFICER).page(f"staff/request/{answer.request}")
    told = Seated(NAME).page(f"visits/request/{answer.request}")
    assert str(paper)[-8:] in whole
    assert str(paper)[-8:] not in told
    assert "part--contest" in told
