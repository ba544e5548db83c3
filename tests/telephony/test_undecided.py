"""Where no answer comes, or none that can be used: the standby is asked, then emergency lines pass."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.telephony.phones import FAR, Call
from tests.telephony.scripted import Scripted, allowed
from tests.telephony.wire import EMERGENCY, Wire

NUMBER = "+12025550101"
DIALLED = f"1001*4711*{NUMBER}"
Changed = dict[str, Any]

UNUSABLE: dict[str, Changed] = {
    "another_attempt": {"attempt": "00000000-0000-0000-0000-000000000000"},
    "another_version": {"v": 2},
    "no_decision": {"decision": None},
    "unknown_decision": {"decision": "perhaps"},
    "no_person": {"person": ""},
    "person_no_word": {"person": "a b"},
    "no_media": {"media": None},
    "unknown_media": {"media": "recorded"},
    "no_limit": {"limit_seconds": None},
    "limit_text": {"limit_seconds": "60"},
    "limit_nought": {"limit_seconds": 0},
    "limit_below": {"limit_seconds": -1},
    "limit_above": {"limit_seconds": 7201},
    "limit_part": {"limit_seconds": 1.5},
    "expired": {"expires_at": 1},
    "expires_never": {"expires_at": None},
    "called_none": {"called": ""},
    "called_uri": {"called": "+1202@elsewhere"},
}


@pytest.mark.parametrize("changed", UNUSABLE.values(), ids=UNUSABLE)
def test_unusable(wire: Wire, changed: Changed) -> None:
    """An allow that lacks, contradicts or exceeds anything allows nothing; the standby is asked the same."""
    wire.point.says(NUMBER, **changed)
    final = wire.phone().call(DIALLED).final()
    assert (final.code, final.why) == (403, "number-not-listed")
    assert wire.point.asked == wire.standby.asked
    assert not wire.far.legs
    assert wire.point.event("refused")["by"] == "standby"


@pytest.mark.parametrize("text", ["", "no", "{", "[]", '"allow"', '{"decision":"allow"}', "9" * 9000])
def test_no_answer_in_what_is_said(wire: Wire, text: str) -> None:
    """What is no answer at all is none, from the standby too: then it could not be decided."""
    for scripted in (wire.point, wire.standby):
        scripted.says_exactly(NUMBER, lambda _: text)
    final = wire.phone().call(DIALLED).final()
    assert (final.code, final.why) == (503, "could-not-decide")
    assert final.one("Retry-After")
    assert wire.point.event("refused")["by"] == "engine"


@pytest.mark.parametrize(
    "name", ["v", "attempt", "decision", "person", "media", "limit_seconds", "expires_at", "called"]
)
def test_incomplete(wire: Wire, name: str) -> None:
    """An allow without any one of its parts allows nothing."""
    wire.point.says_exactly(
        NUMBER, lambda asked: {key: value for key, value in allowed(asked).items() if key != name}
    )
    assert wire.phone().call(DIALLED).final().why == "number-not-listed"
    assert len(wire.standby.asked) == 1


def test_badly_refused(wire: Wire) -> None:
    """A refusal is one however badly it is written: nobody is asked again."""
    wire.point.says(NUMBER, decision="refuse", code=200, reason="", phrase="")
    wire.standby.says(NUMBER)
    assert wire.phone().call(DIALLED).final().code == 503
    assert not wire.standby.asked


def test_standby_privately_alone(wire: Wire) -> None:
    """The standby connects on the private relay; of its own, none lets a call be monitored."""
    wire.point.status = 500
    wire.standby.says(NUMBER)
    phone = wire.phone()
    call = phone.call(DIALLED)
    assert call.final().code == 200
    assert phone.voice is not None
    assert phone.voice.hears(FAR)
    assert [each["variables"]["media"] for each in wire.engine.calls() if each["state"] == 4] == ["private"]
    call.hang_up()
    wire.standby.says("+12025550102", media="monitored")
    assert wire.phone("oak-2").call("1002*1*+12025550102").final().code == 503


def _down(scripted: Scripted) -> None:
    scripted.down()


def _hung(scripted: Scripted) -> None:
    scripted.hangs = 4


@pytest.mark.parametrize(("fault", "most"), [(_down, 0.5), (_hung, 2.6)], ids=["down", "hung"])
def test_both_away(wire: Wire, fault: Callable[[Scripted], None], most: float) -> None:
    """Both dead: refused at once. Both hanging: within their seconds. Emergency lines are connected."""
    fault(wire.point)
    fault(wire.standby)
    try:
        final, took = _took(wire.phone(voice=False).call(DIALLED))
        assert (final, took < most) == (503, True)
        assert wire.phone("oak-2", voice=False).call(EMERGENCY).final().code == 200
        assert wire.far.leg().invite.start.startswith(f"INVITE sip:{EMERGENCY}@")
        (call,) = [each for each in wire.engine.calls() if each["state"] in (3, 4)]
        assert (call["variables"]["media"], call["lifetime"]) == ("private", 1800)
    finally:
        if fault is _down:
            wire.point.up()
            wire.standby.up()
        wire.point.hangs = wire.standby.hangs = 0
    # what was not told is told once somebody listens
    assert wire.point.event("refused", why="could-not-decide")
    _closed(wire)


def test_breaker(wire: Wire) -> None:
    """After three times without an answer nobody waits for one; two seconds later it is asked again."""
    wire.point.hangs, wire.standby.hangs = 3, 3
    calls = [wire.phone(f"oak-{number}", voice=False).call(DIALLED) for number in range(1, 6)]
    assert {call.final().code for call in calls} == {503}
    final, took = _took(wire.phone("oak-6", voice=False).call(DIALLED))
    assert (final, took < 0.3) == (503, True)
    wire.point.hangs = wire.standby.hangs = 0
    _closed(wire)
    assert wire.phone("oak-7", voice=False).call(DIALLED).final().code == 403


def test_asked_once(wire: Wire) -> None:
    """A request that a telephone sends again while it is asked is asked of nobody twice."""
    wire.point.hangs = 0.4
    phone = wire.phone()
    call = phone.call(DIALLED)
    assert call.request is not None
    for _ in range(3):
        phone.send(call.request, phone.engine)
        time.sleep(0.05)
    assert call.final().code == 403
    assert len(wire.point.asked) == 1


def test_text_of_callers_is_text(wire: Wire) -> None:
    """What a telephone writes cannot become a part of the question, nor be read as a word of the engine's."""
    phone = wire.phone()
    body = phone.invitation(phone.begun(DIALLED)).body + 'a=x:","called":"911","y":"$var(q) $(hdr(To))\r\n'
    phone.call(DIALLED, body=body).final()
    (asked,) = wire.point.asked
    assert (asked["called"], asked["sdp"]) == (NUMBER, body)
    assert json.dumps(asked)


def _took(call: Call) -> tuple[int, float]:
    began = time.monotonic()
    return call.final().code, time.monotonic() - began


def _closed(wire: Wire) -> None:
    """Wait until the breaker lets calls through to the decision point itself."""
    wire.point.asked.clear()
    wire.until(lambda: wire.phone("oak-8", voice=False).call(DIALLED).final().code and wire.point.asked)
