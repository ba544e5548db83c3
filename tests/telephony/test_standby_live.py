"""The register that two people keep reaches the telephone by itself, and what the standby did, the record."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator

import pytest

from locutorio.actions.end_privileged import end_privileged
from locutorio.actions.enter_privileged import NewPrivileged, enter_privileged
from locutorio.record.register import FILE
from locutorio.store import calls, databases
from tests.calls.exchange import COURT, NUMBERS, PIN
from tests.telephony.live import Live, living
from tests.telephony.wire import EMERGENCY

LAWYER = "+12025550155"
PARTS = ("monitored", "private", "standby", "point", "kamailio")


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with living(parts=PARTS) as made:
        yield made


def registered(live: Live) -> bool:
    path = live.wire.plane.register / FILE
    return path.exists() and LAWYER.encode() in path.read_bytes()


@pytest.fixture(autouse=True)
def cleaned(live: Live) -> Iterator[None]:
    yield
    live.clean()


def test_a_call_by_the_standby_reaches_the_record(live: Live) -> None:
    """The point is killed: a registered number is connected all the same, and is a call once it is back.

    It is on the private plane, by the standby, under way until it ends; family waited meanwhile, and nobody's
    PIN was kept.
    """
    sent, before = live.exchange.oak.sent, {one.id for one in live.rows()}
    number = enter_privileged(NewPrivileged(LAWYER, "counsel", "Ana Ibáñez"), sent("counsel"))
    live.until(lambda: registered(live), 5)

    os.killpg(os.getpgid(live.wire.pid("point")), signal.SIGKILL)
    call = live.dial(LAWYER)
    assert call.final().code == 200
    refused = live.dial(NUMBERS["alder"], phone=live.phone("west-2"))
    assert refused.final().code == 503
    helped = live.dial(EMERGENCY, person="", phone=live.phone("west-3"))
    assert helped.final().code == 200
    helped.hang_up()

    def told() -> list[str]:
        return [one.by for one in live.rows() if one.id not in before]

    live.until(lambda: told() == ["standby"] * 3, 20)
    row = live.row(call)
    assert (row.by, row.plane, row.disposition, row.person) == ("standby", "private", "under_way", None)
    assert row.engine["standby"]["kind"] == "counsel"
    call.hang_up()
    ended = live.becomes(call, wait=15, disposition="answered", cause="caller")
    assert ended.answered_at is not None
    assert (live.row(refused).disposition, live.row(refused).cause) == ("blocked", "could-not-decide")
    assert live.becomes(helped, wait=15, disposition="answered").plane == "private"
    assert PIN not in str([one.engine for one in live.rows()])
    assert not calls.under_way(live.at)

    end_privileged(number, "no lawyer of anybody here any more", sent("ended"))


def test_a_database_that_is_away(live: Live) -> None:
    """The point runs and cannot reach its database: a court is reached, family wait, the record has both."""
    where = os.environ[databases.VARIABLE]
    before = {one.id for one in live.rows()}
    with sqlite3.connect(where, isolation_level=None) as held:
        held.execute("BEGIN EXCLUSIVE")
        call = live.dial(COURT)
        assert call.final().code == 200
        assert live.dial(NUMBERS["alder"], phone=live.phone("west-2")).final().code == 503
        held.execute("ROLLBACK")
    held.close()

    def told() -> list[tuple[str, str]]:
        return sorted((one.called, one.by) for one in live.rows() if one.id not in before)

    live.until(lambda: told() == [(NUMBERS["alder"], "standby"), (COURT, "standby")], 20)
    call.hang_up()
    assert live.becomes(call, wait=15, disposition="answered").plane == "private"
