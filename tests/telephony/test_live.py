"""Calls through the real engine, decided by the real decision point on a real database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from locutorio.actions.clock import now
from locutorio.store import calls
from locutorio.store.models import Call as Kept
from locutorio.store.models import Establishment
from tests.calls.exchange import NUMBERS, PIN
from tests.telephony.live import Live, living
from tests.telephony.phones import FAR, PHONE, Behaviour
from tests.telephony.voice import Voice

STRANGER = "+12025550199"
MOVED = ("Contact", "<sip:5@127.0.0.1>")


@pytest.fixture(scope="module")
def plane() -> Iterator[Live]:
    with living() as live:
        yield live


@pytest.fixture
def live(plane: Live) -> Iterator[Live]:
    yield plane
    plane.clean()


def keeps(live: Live, **kept: object) -> None:
    """Let the establishment keep its telephones in a way."""
    Establishment.objects.filter(id=live.at).update(telephony=kept)


def test_permitted(live: Live) -> None:
    """A permitted call is connected, both hear each other, and its record has who, whom, how and how long."""
    phone = live.phone()
    call = live.dial(NUMBERS["alder"], phone=phone)
    assert call.final().code == 200
    row = live.row(call)
    assert (row.disposition, row.plane, row.called) == ("under_way", "private", NUMBERS["alder"])
    assert row.person == live.exchange.oak.people["rowan"]
    assert phone.voice is not None
    assert phone.voice.hears(FAR)
    assert live.wire.far.voice.hears(PHONE)
    time.sleep(1.1)
    call.hang_up()
    ended = live.becomes(call, disposition="answered", cause="caller")
    assert ended.talk_seconds in (1, 2)
    assert len(calls.decisions_of(live.at, row.id)) == 1


@pytest.mark.parametrize(
    ("called", "person", "pin", "code", "why"),
    [
        (STRANGER, "1001", PIN, 403, "number-not-listed"),
        ("12", "1001", PIN, 403, "number-not-valid"),
        (NUMBERS["alder"], "1001", "0000000000", 403, "wrong-pin"),
        (NUMBERS["alder"], "9999", PIN, 403, "wrong-pin"),
        (NUMBERS["alder"], "1002", PIN, 403, "number-not-listed"),
        (NUMBERS["alder"], "", "", 403, "wrong-pin"),
    ],
)
def test_refused(live: Live, called: str, person: str, pin: str, code: int, why: str) -> None:
    """A refusal says why by its code and its word, is heard, reaches no trunk, and is in the record."""
    call = live.dial(called, person, pin, live.phone("west-2"))
    began = time.monotonic()
    early = call.until(183)
    assert early.body.startswith("v=0")
    final = call.final(30)
    assert (final.code, final.why) == (code, why)
    assert time.monotonic() - began > 1
    assert not live.wire.far.legs
    row = live.row(call)
    assert (row.disposition, row.cause, row.plane) == ("blocked", why, "")


def test_announced(live: Live) -> None:
    """Before the final answer the caller hears a voice, which the far end has no part in."""
    phone = live.phone()
    call = live.dial(STRANGER, phone=phone)
    early = call.until(183)
    assert phone.voice is not None
    phone.voice.toward(early.body)
    live.until(lambda: phone.voice is not None and len(phone.voice.sound) > 8_000)
    assert call.final(30).code == 403


def test_one_call_at_a_time(live: Live) -> None:
    """Whoever is in a call is refused another at another telephone, and has one again once it is over."""
    first = live.dial(NUMBERS["alder"])
    assert first.final().code == 200
    second = live.dial(NUMBERS["holly"], phone=live.phone("west-2"))
    final = second.final(30)
    assert (final.code, final.why) == (486, "already-in-a-call")
    first.hang_up()
    live.becomes(first, disposition="answered")
    assert live.dial(NUMBERS["holly"], phone=live.phone("west-3")).final().code == 200


@pytest.mark.parametrize(
    ("behaviour", "disposition", "cause"),
    [
        (Behaviour(code=486, phrase="Busy Here"), "busy", "sip-486"),
        (Behaviour(code=480, phrase="Temporarily Unavailable"), "no_answer", "sip-480"),
        (Behaviour(code=500, phrase="Server Error"), "failed", "sip-500"),
        (Behaviour(code=302, phrase="Moved", headers=(MOVED,)), "failed", "sip-302"),
    ],
)
def test_not_answered(live: Live, behaviour: Behaviour, disposition: str, cause: str) -> None:
    """A call that nobody answers is kept as what it was, and takes nothing from anybody."""
    live.wire.far.behaves(NUMBERS["alder"], behaviour)
    call = live.dial(NUMBERS["alder"])
    assert call.final().code >= 400
    row = live.becomes(call, disposition=disposition, cause=cause)
    assert row.talk_seconds == 0


def test_called_off(live: Live) -> None:
    """A call that the caller gives up while it rings is over in the record."""
    live.wire.far.behaves(NUMBERS["alder"], Behaviour(code=0))
    call = live.dial(NUMBERS["alder"])
    call.until(180)
    call.cancel()
    call.until(487)
    assert live.becomes(call, disposition="no_answer").cause == "called-off"


def test_cut_at_its_limit(live: Live) -> None:
    """A call is cut at its limit on both sides within a second, and is not told as a fault."""
    keeps(live, minutes=1)
    call = live.dial(NUMBERS["alder"])
    assert call.final().code == 200
    Kept.objects.filter(id=live.row(call).id).update(limit_seconds=4)
    assert abs(call.seconds(12) - 4) <= 1
    leg = live.wire.far.leg()
    assert leg.ended.wait(1)
    assert abs(leg.ended_at - leg.answered_at - 4) <= 1
    row = live.becomes(call, disposition="answered", cause="time-up")
    assert row.talk_seconds in (3, 4)
    keeps(live)


def test_warned(live: Live) -> None:
    """A minute before the end the person hears so, and only they."""
    phone = live.phone()
    call = live.dial(NUMBERS["alder"], phone=phone)
    assert call.final().code == 200
    assert phone.voice is not None
    assert phone.voice.hears(FAR)
    said = others(phone.voice, FAR)
    Kept.objects.filter(id=live.row(call).id).update(
        limit_seconds=120, answered_at=now() - timedelta(seconds=59)
    )
    live.until(lambda: phone.voice is not None and others(phone.voice, FAR) - said > 50)
    assert others(live.wire.far.voice, PHONE) == 0
    assert not call.ended.is_set()


def others(voice: Voice, byte: int) -> int:
    """Give how many frames were heard that are not of one party."""
    return sum(voice.heard.values()) - voice.heard[byte]
