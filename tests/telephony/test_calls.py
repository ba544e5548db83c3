"""Calls on the wire: what is allowed passes, what is refused does not."""

import time

from tests.telephony.phones import FAR, PHONE
from tests.telephony.wire import Wire

NUMBER, PIN = "+12025550101", "4711"
DIALLED = f"1001*{PIN}*{NUMBER}"


def test_ready(wire: Wire) -> None:
    """The whole plane is ready within a second."""
    assert wire.ready_seconds < 1


def test_allowed(wire: Wire) -> None:
    """A call that is allowed is connected to the number of the answer, and both hear each other."""
    wire.point.says(NUMBER)
    phone = wire.phone()
    call = phone.call(DIALLED)
    assert call.final().code == 200
    assert phone.voice is not None
    assert phone.voice.hears(FAR)
    assert wire.far.voice.hears(PHONE)
    call.hang_up()
    event = wire.point.event("ended")
    assert event["why"] == "caller"
    assert wire.point.event("answered")["attempt"] == event["attempt"] == wire.point.asked[0]["attempt"]


def test_refused(wire: Wire) -> None:
    """A call that is refused gets the code and the reason of the decision, and never reaches the trunk."""
    call = wire.phone().call(DIALLED)
    began = time.monotonic()
    final = call.final()
    assert (final.code, final.why) == (403, "number-not-listed")
    assert time.monotonic() - began < 0.5
    assert not wire.far.legs
    assert wire.point.event("refused", why="number-not-listed", by="point", code=403)


def test_limit(wire: Wire) -> None:
    """At its limit a call is cut on both sides, within one second."""
    wire.point.says(NUMBER, limit_seconds=3)
    call = wire.phone().call(DIALLED)
    assert call.final().code == 200
    leg = wire.far.leg()
    assert abs(call.seconds() - 3) <= 1.1
    assert leg.ended.wait(1)
    assert abs(leg.ended_at - leg.answered_at - 3) <= 1.1
    assert wire.point.event("ended")["why"] == "engine"


def test_many_limits(wire: Wire) -> None:
    """Where many calls reach their limits at once, each is cut on both sides and each end is told once."""
    calls = []
    for number in range(8):
        called = f"+1202555020{number}"
        wire.point.says(called, limit_seconds=2)
        calls.append(wire.phone(f"oak-{number + 1}", voice=False).call(f"100{number}*1*{called}"))
    for call in calls:
        assert call.final().code == 200
    for call in calls:
        call.seconds()
    assert all(leg.ended.wait(2) for leg in wire.far.legs)
    wire.until(lambda: len(_ended(wire)) == len(calls))
    assert len(set(_ended(wire))) == len(calls)


def _ended(wire: Wire) -> list[str]:
    return [each["attempt"] for each in wire.point.events if each["event"] == "ended"]
