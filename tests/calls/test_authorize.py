"""A dialled call is decided by the law, on what is known; each attempt is kept with its reasons."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from locutorio.actions.authorize_call import Attempt, Privileged, authorize_call
from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.store import calls
from locutorio.store.models import Call, CallDecision, Entry, Failure
from tests.calls.exchange import COUNSEL, COURT, HELP, NUMBERS, PIN, SECOND, exchange
from tests.establishment import FOUNDED

pytestmark = pytest.mark.usefixtures("store")
STRANGER = "+12025550199"


def test_a_permitted_call() -> None:
    """It is connected on the private plane for as long as the law lets it last, and its reasons are kept."""
    one = exchange()
    found = one.dial("one", NUMBERS["alder"])
    assert (found.allowed, found.plane, found.limit_seconds) == (True, "private", 15 * 60)
    assert (found.listen, found.record, found.reason) == (False, False, "")
    (decision,) = calls.decisions_of(one.oak.id, found.attempt)
    assert decision.outcome == "permit"
    assert "Arcadia Custody Act, section 5(1)" in json.dumps(decision.document)
    assert one.row("one").disposition == "under_way"


def test_the_same_attempt_has_one_answer() -> None:
    """An engine that asks twice hears the same, and one call is kept."""
    one = exchange()
    assert one.dial("one", NUMBERS["alder"]) == one.dial("one", NUMBERS["alder"], at=FOUNDED + SECOND)
    assert Call.objects.count() == CallDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("dialled", "reason"),
    [
        ({"called": STRANGER}, "number-not-listed"),
        ({"called": "12"}, "number-not-valid"),
        ({"called": NUMBERS["alder"], "pin": "0000000000"}, "wrong-pin"),
        ({"called": NUMBERS["alder"], "person": "9999"}, "wrong-pin"),
        ({"called": NUMBERS["alder"], "telephone": "south-9"}, "telephone-stopped"),
    ],
)
def test_refused(dialled: dict[str, Any], reason: str) -> None:
    """Each refusal says why in one word, is kept as a call that was blocked, and connects nobody."""
    one = exchange()
    found = one.dial("one", **dialled)
    assert (found.allowed, found.reason, found.plane, found.limit_seconds) == (False, reason, "", 0)
    row = one.row("one")
    assert (row.disposition, row.cause, row.ended_at) == ("blocked", reason, FOUNDED)


def test_one_call_at_a_time() -> None:
    """While a person is in a call, another one of theirs is refused; somebody else's is not."""
    one = exchange()
    assert one.dial("one", NUMBERS["alder"]).allowed
    again = one.dial("two", NUMBERS["holly"], at=FOUNDED + SECOND)
    assert (again.reason, again.code) == ("already-in-a-call", 486)
    assert one.dial("three", NUMBERS["laurel"], person="1002", at=FOUNDED + SECOND).allowed
    one.says("one", "ended", FOUNDED + 5 * SECOND, why="caller", began=FOUNDED + SECOND)
    assert one.dial("four", NUMBERS["holly"], at=FOUNDED + 6 * SECOND).allowed


def test_guessing_is_held_back() -> None:
    """After five wrong PINs the right one is not looked at there, and is elsewhere."""
    one = exchange()
    assert one.dial("right", NUMBERS["alder"]).allowed
    one.says("right", "ended", FOUNDED, why="caller")
    for turn in range(5):
        assert one.dial(f"wrong {turn}", NUMBERS["alder"], pin="1").reason == "wrong-pin"
    assert one.dial("held", NUMBERS["alder"], at=FOUNDED + SECOND).reason == "too-many-tries"
    later = FOUNDED + timedelta(minutes=16)
    assert one.dial("later", NUMBERS["alder"], at=later).allowed
    assert {row.held_back for row in Failure.objects.all()} == {1}


def test_no_pin_is_kept() -> None:
    """What was dialled as a PIN stands in no entry and no call."""
    one = exchange()
    one.dial("one", NUMBERS["alder"])
    one.dial("two", NUMBERS["alder"], pin="99887766554")
    said = " ".join(str(row) for rows in (Entry.objects.values(), Call.objects.values()) for row in rows)
    assert PIN not in said
    assert "99887766554" not in said


@pytest.mark.parametrize("called", [COURT, HELP])
def test_lines_for_everybody(called: str) -> None:
    """A court and a line for emergencies are connected on the private plane, whoever may call whom."""
    one = exchange(monitors="record", recordings_days=30)
    found = one.dial("one", called)
    assert (found.allowed, found.plane, found.listen, found.record) == (True, "private", False, False)


def test_help_needs_no_pin() -> None:
    """Help is called without saying who calls."""
    one = exchange()
    assert one.dial("one", HELP, person="", pin="").allowed
    assert one.row("one").person is None


def test_staff_listen_where_the_law_lets_them() -> None:
    """It is monitored where the law lets staff listen, the house does, and the register can be trusted."""
    one = exchange(monitors="listen")
    found = one.dial("one", NUMBERS["alder"])
    assert (found.plane, found.listen, found.record) == ("monitored", True, False)


def test_counsel_is_never_monitored() -> None:
    """A number in the register is private, and so is a lawyer's on the list who is in no register."""
    one = exchange(monitors="record", recordings_days=30)
    enter_fact(NewFact("arcadia.recording_told", "yes"), one.oak.sent("told"))
    assert one.dial("social", NUMBERS["alder"]).record
    one.says("social", "ended", FOUNDED, why="caller")
    assert one.dial("registered", COUNSEL, at=FOUNDED + SECOND).plane == "private"
    one.says("registered", "ended", FOUNDED + SECOND, why="caller")
    one.is_a_lawyer("rowan", "holly")
    found = one.dial("listed", NUMBERS["holly"], at=FOUNDED + 2 * SECOND)
    assert (found.allowed, found.plane, found.record) == (True, "private", False)


def test_without_a_register_nothing_is_recorded() -> None:
    """Without a register to trust, a call that must be recorded is refused, and others are private."""
    one = exchange(monitors="record", recordings_days=30)
    one.trusted = False
    assert one.dial("may", NUMBERS["alder"]).plane == "private"
    one.says("may", "ended", FOUNDED, why="caller")
    enter_fact(NewFact("arcadia.recording_told", "yes"), one.oak.sent("told"))
    found = one.dial("must", NUMBERS["alder"], at=FOUNDED + SECOND)
    assert (found.reason, found.code) == ("register-not-trusted", 503)


def test_a_recording_needs_an_end() -> None:
    """A house that sets no end to recordings records nothing: a call that must be recorded is refused."""
    one = exchange(monitors="record")
    enter_fact(NewFact("arcadia.recording_told", "yes"), one.oak.sent("told"))
    assert one.dial("one", NUMBERS["alder"]).reason == "could-not-record"


def test_a_blocked_number() -> None:
    """A number that is blocked for everybody is not on anyone's list."""
    one = exchange()
    change_number(NewNumber(None, NUMBERS["alder"], "mobile", "blocked"), one.oak.sent("blocked"))
    assert one.dial("one", NUMBERS["alder"]).reason == "number-not-listed"


def test_a_change_meanwhile_is_seen() -> None:
    """What the answer rests on is looked at as it is when the call is kept, not before."""
    one = exchange()
    what = Attempt(one.attempt("one"), "north-1", "1001", PIN, NUMBERS["alder"], {})
    change_number(
        NewNumber(
            one.oak.people["rowan"],
            NUMBERS["alder"],
            "mobile",
            "ended",
            contact=one.oak.contacts["alder"],
            until=date(2026, 11, 1),
        ),
        one.oak.sent("ended"),
    )
    found = authorize_call(what, Privileged({}, trusted=True), one.oak.sent("one"))
    assert not found.allowed
