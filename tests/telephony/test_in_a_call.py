"""Within a call nothing changes: who is in it, where its voices go, how long it lasts; orders end it."""

import time

import pytest

from tests.telephony.message import offer
from tests.telephony.phones import FAR, PHONE, Behaviour, Call
from tests.telephony.wire import Wire

NUMBER = "+12025550101"
DIALLED = f"1001*4711*{NUMBER}"


def _talking(wire: Wire, name: str = "oak-1", **answer: object) -> Call:
    wire.point.says(NUMBER, **answer)
    call = wire.phone(name).call(DIALLED)
    assert call.final().code == 200
    return call


@pytest.mark.parametrize(
    ("method", "code"), [("INVITE", 488), ("UPDATE", 488), ("REFER", 403), ("INFO", 403), ("MESSAGE", 403)]
)
def test_telephone_changes_nothing(wire: Wire, method: str, code: int) -> None:
    """Hold, another codec, transfer and messages are refused and told, and never reach the far end."""
    call = _talking(wire)
    more = (("Refer-To", "<sip:+12025550199@127.0.0.1>"),) if method == "REFER" else ()
    call.ask(method, *more, body=offer("127.0.0.1", 40_000, "a=sendonly"))
    while (found := call.response()).method != method:
        pass
    assert found.code == code
    if method == "INVITE":
        call.ask("ACK", cseq=call.cseq)
    event = wire.point.event("violation", method=method)
    assert event["attempt"] == wire.point.asked[0]["attempt"]
    call.hang_up()
    assert {each.method for each in wire.far.leg().requests} == {"ACK", "BYE"}


@pytest.mark.parametrize("method", ["INVITE", "UPDATE", "REFER", "INFO", "MESSAGE"])
def test_far_end_changes_nothing(wire: Wire, method: str) -> None:
    """The far end can change a call no more than the telephone can."""
    call = _talking(wire)
    found = wire.far.request(wire.far.leg(), method, body=offer("127.0.0.1", 40_000))
    assert found.code in (403, 488)
    assert wire.point.event("violation", method=method)
    call.hang_up()


def test_limit_is_not_begun_anew(wire: Wire) -> None:
    """Requests within a call do not move its limit."""
    call = _talking(wire, limit_seconds=3)
    for _ in range(4):
        time.sleep(0.5)
        call.ask("INVITE", body=offer("127.0.0.1", 40_000))
    assert abs(call.seconds() - 3) <= 1.1


def test_stranger_ends_no_call(wire: Wire) -> None:
    """Who knows every identifier of a call and is not in it cannot end it."""
    call = _talking(wire)
    stranger = wire.phone("oak-2", voice=False)
    port, call.phone.port = call.phone.port, stranger.port
    call.phone.door, stranger.door, door = stranger.door, call.phone.door, call.phone.door
    call.ask("BYE")
    time.sleep(0.2)
    call.phone.door, stranger.door, call.phone.port = door, call.phone.door, port
    event = wire.point.event("violation")
    assert event["method"] == "BYE"
    assert call.phone.voice is not None
    assert call.phone.voice.hears(FAR)
    call.hang_up()


def test_far_end_hangs_up(wire: Wire) -> None:
    """When the far end hangs up, the telephone is told, and who it was is told to the decision point."""
    call = _talking(wire)
    wire.far.hang_up(wire.far.leg())
    assert call.seconds() < 2
    assert wire.point.event("ended")["why"] == "called"


def test_order(wire: Wire) -> None:
    """An order ends a live call on both sides within half a second, and both are told which order it was."""
    call = _talking(wire)
    wire.until(lambda: wire.point.event("answered"))
    (live,) = [each for each in wire.engine.calls() if each["state"] == 4]
    assert live["variables"]["attempt"] == wire.point.asked[0]["attempt"]
    began = time.monotonic()
    wire.engine.end(live["h_entry"], live["h_id"], "X-Order: 2026-117")
    assert call.ended.wait(1)
    leg = wire.far.leg()
    assert leg.ended.wait(1)
    assert max(call.ended_at, leg.ended_at) - began < 0.5
    assert call.bye is not None
    assert call.bye.one("X-Order") == "2026-117"
    assert wire.point.event("ended")["why"] == "engine"


def test_order_while_it_rings(wire: Wire) -> None:
    """A call that rings is called off at both sides, by what the engine was asked with."""
    wire.point.says(NUMBER)
    wire.far.behaves(NUMBER, Behaviour(code=0))
    call = wire.phone().call(DIALLED)
    call.until(180)
    asked = wire.point.asked[0]
    wire.engine.cancel(asked["call_id"], asked["cseq"])
    assert call.final().code == 487
    assert wire.far.leg().ended.wait(1)
    assert wire.point.event("failed")["code"] == 487


def test_caller_gives_up(wire: Wire) -> None:
    """A caller who gives up while it rings ends it at the far end, and the decision point is told."""
    wire.point.says(NUMBER)
    wire.far.behaves(NUMBER, Behaviour(code=0))
    call = wire.phone().call(DIALLED)
    call.until(180)
    call.cancel()
    assert call.final().code in (200, 487)
    assert wire.far.leg().ended.wait(1)
    assert wire.point.event("failed")


@pytest.mark.parametrize("code", [301, 302, 305, 380])
def test_redirect(wire: Wire, code: int) -> None:
    """A number that answers with another one is not followed: it was not what was decided on."""
    wire.point.says(NUMBER)
    elsewhere = ("Contact", f"<sip:+12025550199@127.0.0.1:{wire.far.port}>")
    wire.far.behaves(NUMBER, Behaviour(code=code, phrase="Moved", headers=(elsewhere,)))
    assert wire.phone().call(DIALLED).final().code == 480
    assert wire.point.event("forwarding")
    assert wire.point.event("failed")["why"] == "forwarding"
    assert len(wire.far.legs) == 1


def test_forwarded_by_the_network(wire: Wire) -> None:
    """A network that says that it forwards is told to the decision point at once."""
    wire.point.says(NUMBER)
    wire.far.behaves(NUMBER, Behaviour(provisional=(181, "Call Is Being Forwarded"), rings=0.1))
    call = wire.phone().call(DIALLED)
    assert call.final().code == 200
    assert wire.point.event("forwarding")["attempt"] == wire.point.asked[0]["attempt"]


@pytest.mark.parametrize("code", [404, 486, 500, 603])
def test_not_answered(wire: Wire, code: int) -> None:
    """What the far end says is what the caller and the decision point hear."""
    wire.point.says(NUMBER)
    wire.far.behaves(NUMBER, Behaviour(code=code, phrase="No"))
    assert wire.phone().call(DIALLED).final().code == code
    assert wire.point.event("failed")["code"] == code


def test_one_call_for_each_person(wire: Wire) -> None:
    """Whoever is in a call cannot begin another one, from whatever telephone."""
    call = _talking(wire)
    final = wire.phone("oak-2", voice=False).call(DIALLED).final()
    assert (final.code, final.why) == (486, "already-in-a-call")
    call.hang_up()
    wire.until(lambda: wire.phone("oak-2", voice=False).call(DIALLED).final().code == 200)


def test_no_voice_before_the_answer(wire: Wire) -> None:
    """Before a call is answered nobody hears anybody, whatever the far end sends."""
    wire.point.says(NUMBER)
    wire.far.behaves(
        NUMBER, Behaviour(code=200, rings=0.8, early=True, provisional=(183, "Session Progress"))
    )
    phone = wire.phone()
    call = phone.call(DIALLED)
    early = call.until(183)
    assert phone.voice is not None
    phone.voice.toward(early.body)
    assert not phone.voice.hears(FAR, within=0.4)
    assert not wire.far.voice.heard[PHONE]
    assert call.final().code == 200
    assert phone.voice.hears(FAR)


def test_answered_without_voice(wire: Wire) -> None:
    """An answer that says nothing of voice is no call: it is ended at once on both sides."""
    wire.point.says(NUMBER)
    wire.far.behaves(NUMBER, Behaviour(body=""))
    call = wire.phone(voice=False).call(DIALLED)
    call.final()
    assert call.seconds() < 2
    assert wire.far.leg().ended.wait(2)


def test_announced_refusal(wire: Wire) -> None:
    """A refusal that has something to say is said before it is final; who hangs up ends it."""
    said = {"sdp": offer("127.0.0.1", 41_000), "seconds": 1}
    wire.point.says(
        NUMBER, decision="refuse", code=403, phrase="Forbidden", reason="suspended", announce=said
    )
    call = wire.phone(voice=False).call(DIALLED)
    assert call.until(183).body == said["sdp"]
    began = time.monotonic()
    assert call.final().why == "suspended"
    assert 0.9 < time.monotonic() - began < 4  # its second is heard; the engine counts whole ones
    wire.point.says(NUMBER, decision="refuse", code=403, reason="suspended", announce={**said, "seconds": 30})
    other = wire.phone("oak-2", voice=False).call(DIALLED)
    other.until(183)
    other.cancel()
    began = time.monotonic()
    while other.final().method != "INVITE":
        pass
    assert time.monotonic() - began < 1
