"""A refused call through the whole plane: the caller hears why; then it ends with its code and reason."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from locutorio.telephony.announcing import Announcer
from locutorio.telephony.prompts import FOLDER, prompt
from tests.telephony.speaking import linear, samples_of
from tests.telephony.test_announcing import alike
from tests.telephony.wire import Wire

NUMBER = "+12025550101"
DIALLED = f"1001*8301947265*{NUMBER}"
REASON = "telephone-stopped"


@pytest.fixture
def announcing(wire: Wire) -> Iterator[Wire]:
    """Give a plane whose decision point refuses a number and has the reason said in Spanish."""
    announcer = Announcer(wire.plane.monitored_control, wire.plane.prompts)

    def refused(asked: dict[str, Any]) -> dict[str, Any]:
        said = announcer.announce(asked["telephone"], asked["attempt"], asked["sdp"], REASON, "es")
        assert said is not None
        answer = {
            "v": 1,
            "attempt": asked["attempt"],
            "decision": "refuse",
            "code": 403,
            "phrase": "Forbidden",
        }
        return answer | {"reason": REASON, "announce": asdict(said)}

    wire.point.says_exactly(NUMBER, refused)
    yield wire
    announcer.close()


def test_the_caller_hears_why_and_then_the_call_ends(announcing: Wire) -> None:
    """The sentence of the reason arrives whole before the final code; nobody is called or recorded."""
    phone = announcing.phone()
    call = phone.call(DIALLED)
    began = time.monotonic()
    assert call.until(183).body.startswith("v=0")
    final = call.final(15)
    took = time.monotonic() - began
    assert (final.code, final.why) == (403, REASON)
    said = prompt(REASON, "es")
    assert said.seconds - 0.5 < took < said.seconds + 2
    assert phone.voice is not None
    sound, samples = bytes(phone.voice.sound), samples_of(FOLDER / said.name)
    assert len(sound) == pytest.approx(len(samples), abs=1600)
    assert alike([linear(one) for one in sound], [linear(one) for one in samples]) > 0.98
    assert not announcing.far.legs
    assert not list(announcing.plane.spool.glob("**/*.pcap"))
    assert announcing.point.event("refused", why=REASON)["code"] == 403


def test_who_hangs_up_in_the_middle_is_let_go_at_once(announcing: Wire) -> None:
    """A caller who has heard enough is not kept, can dial again at once, and hears it from the beginning."""
    phone = announcing.phone()
    call = phone.call(DIALLED)
    call.until(183)
    time.sleep(0.3)
    call.cancel()
    began = time.monotonic()
    while (found := call.final()).method != "INVITE":
        pass
    assert found.code == 487
    assert time.monotonic() - began < 1
    again = phone.call(DIALLED)
    again.until(183)
    assert again.final(15).code == 403


def test_nobody_is_heard_while_it_is_said(announcing: Wire) -> None:
    """What the caller says into an announcement goes nowhere."""
    phone = announcing.phone()
    call = phone.call(DIALLED)
    assert phone.voice is not None
    phone.voice.toward(call.until(183).body)
    time.sleep(0.5)
    assert not announcing.far.voice.heard
    assert call.final(15).code == 403
