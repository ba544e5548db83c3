"""A living plane of which parts are ended, stopped and begun again: nobody talks unseen, nobody pays."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from django.db.models import F

from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.clock import now
from locutorio.actions.end_call import EndingCall, end_call
from locutorio.actions.keep_telephone import keep_telephone, stop_telephone
from locutorio.store import calls
from locutorio.store.calls import CallRow
from locutorio.store.locks import hold_person
from locutorio.store.models import Call as Kept
from locutorio.store.transaction import Transaction, perform
from locutorio.telephony.sip import EngineGone
from tests.calls.exchange import COURT, HELP, NUMBERS
from tests.telephony.live import Live, living
from tests.telephony.phones import FAR, Behaviour
from tests.telephony.wire import REALM


@pytest.fixture(scope="module")
def plane() -> Iterator[Live]:
    with living() as live:
        yield live


@pytest.fixture
def live(plane: Live) -> Iterator[Live]:
    yield plane
    plane.clean()


def answers(live: Live) -> bool:
    """Tell whether the engine answers."""
    try:
        live.wire.engine.calls()
    except EngineGone:
        return False
    return True


def blocked(live: Live, number: str, status: str = "blocked") -> None:
    """Block a number for everybody, by the action, or end that."""
    sent = live.exchange.oak.sent(f"{status} {number} {time.monotonic()}", now())
    change_number(NewNumber(None, number, "mobile", status), sent)


def test_ended_by_an_order(live: Live) -> None:
    """A number that is blocked ends the call to it on both sides within two seconds, as the record says."""
    call = live.dial(NUMBERS["alder"])
    assert call.final().code == 200
    time.sleep(0.5)
    began = time.monotonic()
    blocked(live, NUMBERS["alder"])
    entered = time.monotonic()
    assert call.ended.wait(5)
    leg = live.wire.far.leg()
    assert leg.ended.wait(1)
    assert max(call.ended_at, leg.ended_at) - entered < 2, (began, entered)
    live.becomes(call, disposition="answered", cause="ended-by-order")
    blocked(live, NUMBERS["alder"], "ended")


def test_ended_while_it_rings(live: Live) -> None:
    """A call that rings is called off by what ends it, before anybody answers."""
    live.wire.far.behaves(NUMBERS["holly"], Behaviour(code=0))
    call = live.dial(NUMBERS["holly"], "1003")
    call.until(180)
    blocked(live, NUMBERS["holly"])
    entered = time.monotonic()
    call.until(487, 5)
    assert time.monotonic() - entered < 2
    assert live.wire.far.leg().ended.wait(2)
    live.becomes(call, disposition="no_answer", cause="ended-by-order")
    blocked(live, NUMBERS["holly"], "ended")


def test_ended_by_staff(live: Live) -> None:
    """An officer ends a call, within two seconds."""
    call = live.dial(NUMBERS["laurel"], "1002")
    assert call.final().code == 200
    sent = live.exchange.oak.sent("ends", now())
    end_call(EndingCall(live.row(call).id, "the wing is cleared"), sent)
    entered = time.monotonic()
    assert call.ended.wait(5)
    assert call.ended_at - entered < 2
    live.becomes(call, disposition="answered", cause="ended-by-staff")


def test_a_telephone_is_kept_and_stopped(live: Live) -> None:
    """A telephone calls once the engine was told of it, and no more once it was told of its end."""
    secret = keep_telephone("east-1", "east", REALM, live.exchange.oak.sent("east"))
    phone = live.wire.phone("east-1", secret)
    live.until(lambda: phone.call(HELP).final().code == 200, 10)
    stop_telephone("east-1", live.exchange.oak.sent("east stops"))
    live.until(lambda: phone.call(HELP).final().code == 403, 10)


def test_the_point_dies(live: Live) -> None:
    """With no decision point, family waits and a court is reached; both are in the record once it is back."""
    pid = live.wire.pid("point")
    os.killpg(pid, signal.SIGSTOP)
    try:
        social = live.dial(NUMBERS["alder"])
        final = social.final(10)
        assert (final.code, final.why) == (503, "could-not-decide")
        court = live.dial(COURT, phone=live.phone("west-2"))
        assert court.final(10).code == 200
        assert court.phone.voice is not None
        assert court.phone.voice.hears(FAR)
    finally:
        os.killpg(pid, signal.SIGCONT)
    row = live.becomes(court, 15, by="standby", disposition="under_way")
    assert (row.plane, row.called) == ("private", COURT)
    time.sleep(1)
    court.hang_up()
    assert live.becomes(court, 15, disposition="answered", cause="caller").talk_seconds >= 1
    live.becomes(social, 15, disposition="blocked")


def test_the_point_is_killed_in_mid_call(live: Live) -> None:
    """A decision point that is killed is back within two seconds, and knows what went on meanwhile."""
    call = live.dial(NUMBERS["alder"])
    assert call.final().code == 200
    os.killpg(live.wire.pid("point"), signal.SIGKILL)
    call.hang_up()
    live.becomes(call, 15, disposition="answered", cause="caller")
    again = live.dial(NUMBERS["alder"])
    assert again.final(10).code == 200


def test_the_engine_is_killed_in_mid_call(live: Live) -> None:
    """A call goes on over the end of the engine, is ended after it, and keeps nobody from calling then."""
    call = live.dial(NUMBERS["alder"])
    assert call.final().code == 200
    time.sleep(0.5)
    before = live.wire.pid("kamailio")
    os.killpg(before, signal.SIGKILL)
    live.until(lambda: live.wire.pid("kamailio") != before and answers(live), 10)
    assert live.row(call).disposition == "under_way"
    call.hang_up()
    live.becomes(call, 10, disposition="answered", cause="caller")
    assert live.dial(NUMBERS["alder"]).final(10).code == 200


def test_a_call_that_the_engine_has_lost(live: Live) -> None:
    """A call that the engine has lost is closed in seconds, its time is given back, and its person calls."""
    row = planted(live)
    assert live.dial(NUMBERS["alder"]).final(30).why == "already-in-a-call"
    live.until(lambda: not calls.under_way(live.at), 12)
    found = calls.call(live.at, row.id)
    assert found is not None
    assert (found.disposition, found.cause) == ("lost", "engine-lost")
    assert found.returned_seconds > 0
    assert live.dial(NUMBERS["alder"]).final(30).code == 200


def test_a_call_that_nobody_knows(live: Live) -> None:
    """A call that the engine carries on and the record has closed is ended there."""
    call = live.dial(NUMBERS["alder"])
    assert call.final().code == 200
    live.until(lambda: live.row(call).answered_at is not None, 10)
    closed = {"disposition": "lost", "cause": "fault", "ended_at": now(), "version": F("version") + 1}
    Kept.objects.filter(id=live.row(call).id).update(**closed)
    assert call.ended.wait(12)


def test_the_database_is_away(live: Live) -> None:
    """While nothing can be written, family waits and a court is reached; the record has both afterwards.

    The engine, which had no answer, asks the decision point again two seconds later.
    """
    with locked(live):
        social = live.dial(NUMBERS["laurel"], "1002")
        final = social.final(10)
        assert (final.code, final.why) == (503, "could-not-decide")
        court = live.dial(COURT, "1002", phone=live.phone("west-2"))
        assert court.final(10).code == 200
    live.becomes(court, 20, by="standby", disposition="under_way")
    court.hang_up()
    live.becomes(court, 20, disposition="answered", cause="caller")
    live.becomes(social, 20, disposition="blocked")
    live.until(lambda: live.dial(NUMBERS["laurel"], "1002").final(30).code == 200, 4)


@contextmanager
def locked(live: Live) -> Iterator[None]:
    """Let nobody write to the database of a plane, nor read what is new, until the end."""
    with closing(sqlite3.connect(live.where, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


def planted(live: Live) -> CallRow:
    """Keep a call under way, of which the engine has never heard."""
    call = live.dial(NUMBERS["alder"])
    assert call.final().code == 200
    call.hang_up()
    live.becomes(call, disposition="answered")
    before = live.row(call)
    moment = now()
    other = {"call_id": f"lost {before.id}"}
    sent = live.exchange.oak.sent(f"planted {before.id}", moment)
    row = replace(
        before,
        id=sent.id,
        started_at=moment,
        answered_at=moment,
        ended_at=None,
        disposition="under_way",
        cause="",
        talk_seconds=0,
        engine=other,
    )

    def work(tx: Transaction) -> dict[str, str]:
        assert row.person is not None
        hold_person(tx, row.person)
        calls.keep(tx, row)
        return {}

    perform(sent.command("authorize_call", {}, person=row.person), work)
    return row


def test_private_relay_dies(live: Live) -> None:
    """Where the relay of a private call dies, the call ends, minutes are given back, and the next goes on."""
    call = live.dial(NUMBERS["alder"])
    assert call.final().code == 200
    live.until(lambda: live.row(call).answered_at)
    time.sleep(0.6)
    os.kill(live.wire.pid("private"), signal.SIGKILL)
    began = time.monotonic()
    assert call.ended.wait(8)
    assert time.monotonic() - began < 4
    row = live.becomes(call, disposition="lost", cause="relay-lost")
    assert row.limit_seconds is not None
    assert row.returned_seconds == row.limit_seconds - row.talk_seconds > 0
    live.until(lambda: live.dial(NUMBERS["alder"]).final().code == 200)
