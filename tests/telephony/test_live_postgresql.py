"""A smaller share of the living plane on PostgreSQL, where the program works under row-level security."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.clock import now
from tests.calls.exchange import COURT, NUMBERS, PIN
from tests.databases import WANTED, Lacking
from tests.telephony.live import Live, living
from tests.telephony.phones import FAR

pytestmark = pytest.mark.skipif("postgresql" not in WANTED, reason="LOCUTORIO_TEST_DATABASES leaves it out")


@pytest.fixture(scope="module")
def plane() -> Iterator[Live]:
    try:
        with living("postgresql") as live:
            yield live
    except Lacking as lacking:
        pytest.skip(str(lacking))


@pytest.fixture
def live(plane: Live) -> Iterator[Live]:
    yield plane
    plane.clean()


def test_permitted(live: Live) -> None:
    """A call is connected, both hear each other, and its record is closed once."""
    phone = live.phone()
    call = live.dial(NUMBERS["alder"], phone=phone)
    assert call.final().code == 200
    assert phone.voice is not None
    assert phone.voice.hears(FAR)
    call.hang_up()
    live.becomes(call, disposition="answered", cause="caller")


@pytest.mark.parametrize(
    ("called", "pin", "why"),
    [("+12025550199", PIN, "number-not-listed"), (NUMBERS["alder"], "0000000000", "wrong-pin")],
)
def test_refused(live: Live, called: str, pin: str, why: str) -> None:
    """A refusal says why, and is in the record."""
    call = live.dial(called, pin=pin)
    assert call.final(30).why == why
    assert live.row(call).disposition == "blocked"


def test_a_court(live: Live) -> None:
    """A court is reached on the private plane."""
    call = live.dial(COURT)
    assert call.final().code == 200
    assert live.row(call).plane == "private"


def test_ended_by_an_order(live: Live) -> None:
    """A number that is blocked ends the call to it within two seconds."""
    call = live.dial(NUMBERS["alder"])
    assert call.final().code == 200
    sent = live.exchange.oak.sent("blocked", now())
    change_number(NewNumber(None, NUMBERS["alder"], "mobile", "blocked"), sent)
    entered = time.monotonic()
    assert call.ended.wait(5)
    assert call.ended_at - entered < 2
    live.becomes(call, disposition="answered", cause="ended-by-order")
    change_number(NewNumber(None, NUMBERS["alder"], "mobile"), live.exchange.oak.sent("allowed again", now()))
