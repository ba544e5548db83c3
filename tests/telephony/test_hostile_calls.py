"""Tricks in calls and around them: forged endings, ways around, early voices, calls that overlap."""

from __future__ import annotations

import os
import re
import signal
import socket
import struct
import time

import pytest

from tests.telephony.message import Message, offer
from tests.telephony.phones import FAR, PHONE, Behaviour, Phone
from tests.telephony.siege import (
    ALLOWED,
    BARRED,
    DIALLED,
    ELSEWHERE,
    Siege,
    Stranger,
    besieged,
    goes_on,
    in_the_call,
    talking,
)
from tests.telephony.wire import Wire

HERE = "127.0.0.1"
STRANGE = 0x77  # what the voice of a stranger is made of


def inside(siege: Siege, wait: float = 0.2) -> list[str]:
    """Give the methods that came to the far end within a call."""
    time.sleep(wait)
    return [each.method for each in siege.at_trunk if each.method not in ("INVITE", "ACK", "BYE")]


MOVES: dict[str, tuple[str, tuple[tuple[str, str], ...], str, int]] = {
    "hold": ("INVITE", (), offer(HERE, 40_000, "a=sendonly"), 488),
    "voice moved to a stranger": ("INVITE", (), offer(ELSEWHERE, 40_000), 488),
    "a picture added": ("INVITE", (), offer(HERE, 40_000, "m=video 40002 RTP/AVP 31"), 488),
    "an offer left out": ("INVITE", (), "", 488),
    "an update": ("UPDATE", (), offer(HERE, 40_000), 488),
    "a transfer": ("REFER", (("Refer-To", f"<sip:{BARRED}@{HERE}>"),), "", 403),
    "a transfer that replaces": (
        "REFER",
        (("Refer-To", f"<sip:{BARRED}@{HERE}?Replaces=a%3Bto-tag%3Db>"),),
        "",
        403,
    ),
    "keys in a message": ("INFO", (("Content-Type", "application/dtmf-relay"),), "Signal=5\r\n", 403),
    "text": ("MESSAGE", (("Content-Type", "text/plain"),), "hello", 403),
    "news": ("NOTIFY", (("Event", "refer"),), "SIP/2.0 200 OK", 403),
    "a subscription": ("SUBSCRIBE", (("Event", "dialog"),), "", 403),
    "an acknowledgement in between": ("PRACK", (("RAck", "1 1 INVITE"),), "", 403),
    "a method that nobody knows": ("CONFERENCE", (), "", 403),
}


@pytest.mark.parametrize("case", MOVES)
def test_no_telephone_moves_a_call(siege: Siege, case: str) -> None:
    """In a call a telephone changes nothing: each such request is refused and told, and the call goes on."""
    method, headers, body, expected = MOVES[case]
    phone, call = talking(siege)
    call.ask(method, *headers, body=body)
    assert call.final().code == expected
    assert siege.wire.point.event("violation", method=method)
    assert inside(siege) == []
    goes_on(siege, phone, call)


@pytest.mark.parametrize(
    "case", ["hold", "voice moved to a stranger", "an update", "a transfer", "text", "news"]
)
def test_nor_does_the_one_who_was_called(siege: Siege, case: str) -> None:
    """The far end is refused the same: the telephone hears of nothing."""
    method, headers, body, expected = MOVES[case]
    phone, call = talking(siege)
    assert siege.wire.far.request(siege.wire.far.leg(), method, *headers, body=body).code == expected
    goes_on(siege, phone, call)


GUESSES = {
    "no tags": ("", ""),
    "guessed tags": ("a", "b"),
    "the telephone's tag twice": ("own", "own"),
    "the tags the wrong way round": ("theirs", "own"),
}


@pytest.mark.parametrize("case", GUESSES)
def test_a_stranger_who_guesses_ends_no_call(siege: Siege, case: str) -> None:
    """Who does not know a call's tags cannot end it, whatever else they know of it."""
    phone, call = talking(siege)
    assert call.answer is not None
    known = {"own": call.tag, "theirs": call.answer.tag("To")}
    ours, theirs = (known.get(each, each) for each in GUESSES[case])
    with Stranger(siege.wire) as stranger:
        stranger.says(in_the_call(call, "BYE", stranger, tags=(ours, theirs)))
        answer = stranger.answer(0.5)
        assert answer is None or answer.code >= 400
    goes_on(siege, phone, call)


@pytest.mark.parametrize(
    "address", [ELSEWHERE, HERE], ids=["from elsewhere", "from the telephone's own address"]
)
def test_a_stranger_who_listened_ends_no_call(siege: Siege, address: str) -> None:
    """Nor can who knows all of a call's tags, from another place than the telephone's: it is not theirs."""
    phone, call = talking(siege)
    with Stranger(siege.wire, address) as stranger:
        for method in ("BYE", "INVITE", "REFER", "CANCEL"):
            stranger.says(in_the_call(call, method, stranger))
            answer = stranger.answer(0.3)
            assert answer is None or answer.code >= 400
    assert inside(siege) == []
    goes_on(siege, phone, call)


@pytest.mark.parametrize(
    "address", [ELSEWHERE, HERE], ids=["from elsewhere", "from the telephone's own address"]
)
def test_a_stranger_calls_off_no_call(siege: Siege, address: str) -> None:
    """Who knows all of a call that rings cannot call it off from another place."""
    siege.wire.far.behaves(ALLOWED, Behaviour(rings=1.0))
    phone = siege.wire.phone()
    call = phone.call(DIALLED)
    call.until(180)
    assert call.request is not None
    with Stranger(siege.wire, address) as stranger:
        names = ("Via", "From", "To", "Call-ID", "Max-Forwards")
        kept = tuple(each for each in call.request.headers if each[0] in names)
        number = call.request.one("CSeq").split()[0]
        stranger.says(Message(f"CANCEL {call.uri} SIP/2.0", (*kept, ("CSeq", f"{number} CANCEL"))))
        time.sleep(0.2)
    assert call.final().code == 200
    goes_on(siege, phone, call)


def test_a_stranger_answers_for_nobody(siege: Siege) -> None:
    """Responses that nobody asked a stranger for are heard by nobody, however much of the call they know."""
    siege.wire.far.behaves(ALLOWED, Behaviour(rings=0.6))
    phone = siege.wire.phone()
    call = phone.call(DIALLED)
    call.until(180)
    sent = siege.wire.far.leg().invite
    forged = [
        sent.answer(200, "OK", ("Contact", f"<sip:x@{ELSEWHERE}>"), tag="x", body=offer(ELSEWHERE, 40_000)),
        sent.answer(302, "Moved", ("Contact", f"<sip:{BARRED}@{HERE}>"), tag="x"),
        sent.answer(486, "Busy Here", tag="x"),
    ]
    with Stranger(siege.wire) as stranger:
        for each in forged:
            guessed = re.sub(r"branch=z9hG4bK[^;\r]*", "branch=z9hG4bKguess.0", each.written().decode())
            stranger.says(guessed)
        time.sleep(0.1)
    assert call.final().code == 200
    goes_on(siege, phone, call)


ROUTED: dict[str, tuple[str, str]] = {
    "an INVITE by way of the trunk": ("INVITE", "Route: <sip:{trunk};lr>\r\n"),
    "an INVITE by way of the engine, then the trunk": (
        "INVITE",
        "Route: <sip:{engine};lr>\r\nRoute: <sip:{trunk};lr>\r\n",
    ),
    "an INVITE that says it is in a call": (
        "INVITE to",
        "Route: <sip:{engine};lr>\r\nRoute: <sip:{trunk};lr>\r\n",
    ),
    "an INVITE with the mark of a call": ("INVITE to", "Route: <sip:{engine};lr;ftag=x;did=1a2.3b4>\r\n"),
    "an ACK": ("ACK to", "Route: <sip:{engine};lr>\r\nRoute: <sip:{trunk};lr>\r\n"),
    "an ACK of no call": ("ACK", "Route: <sip:{trunk};lr>\r\n"),
    "a BYE": ("BYE to", "Route: <sip:{engine};lr>\r\nRoute: <sip:{trunk};lr>\r\n"),
    "a CANCEL": ("CANCEL", "Route: <sip:{trunk};lr>\r\n"),
    "a question in no call": ("OPTIONS to", "Route: <sip:{engine};lr>\r\nRoute: <sip:{trunk};lr>\r\n"),
    "a strict route": ("INVITE to", "Route: <sip:{engine}>\r\nRoute: <sip:{trunk}>\r\n"),
    "routes in one header": ("INVITE", "Route: <sip:{engine};lr>, <sip:{trunk};lr>\r\n"),
    "a route that is none": ("INVITE", "Route: <<<>>>;;;\r\n"),
    "a path": ("REGISTER", "Path: <sip:{trunk};lr>\r\nRoute: <sip:{trunk};lr>\r\n"),
}


@pytest.mark.parametrize("case", ROUTED)
def test_no_route_leads_to_the_trunk(siege: Siege, case: str) -> None:
    """Whatever way a request says that it goes, nothing of a stranger's arrives at the trunk."""
    said, routes = ROUTED[case]
    method, _, within = said.partition(" ")
    plane = siege.wire.plane
    with Stranger(siege.wire, HERE) as stranger:
        request = stranger.invitation(uri=f"sip:{ALLOWED}@{plane.trunk}").written().decode()
        text = request.replace("INVITE", method).replace(
            "\r\n", "\r\n" + routes.format(engine=f"{HERE}:{plane.sip}", trunk=plane.trunk), 1
        )
        if within:
            text = re.sub(r"(?m)^(To: .*?)\r$", r"\1;tag=there\r", text)
        stranger.says(text)
        answer = stranger.answer(0.3)
        assert answer is None or answer.code >= 400
    assert siege.at_trunk == []
    assert siege.wire.point.asked == []


@pytest.mark.parametrize(
    "contact", [f"<sip:x@{ELSEWHERE}:9>", "<sip:{trunk}>", "<sip:{engine}>", "*", "<tel:1>"]
)
def test_where_a_telephone_says_it_is_takes_nobody_anywhere(siege: Siege, contact: str) -> None:
    """A telephone that gives another's place as its own moves no voice, and the engine can end its call."""
    plane = siege.wire.plane
    named = contact.format(trunk=plane.trunk, engine=f"{HERE}:{plane.sip}")
    phone = siege.wire.phone()
    call, request = siege.signed(phone)
    headers = tuple((name, named if name == "Contact" else value) for name, value in request.headers)
    phone.sent(call, Message(request.start, headers, request.body))
    if call.final().code == 200:
        siege.wire.until(lambda: [one for one in siege.wire.engine.calls() if one["state"] == 4])
        for each in siege.wire.engine.calls():
            if each["state"] == 4:
                siege.wire.engine.end(each["h_entry"], each["h_id"])
        assert siege.wire.point.event("ended")["why"] == "engine"
        siege.wire.until(lambda: not siege.wire.far.voice.hears(PHONE, 3, 0.2))


@pytest.mark.parametrize(
    "via", [f"received={ELSEWHERE}", f"maddr={ELSEWHERE}", "rport=9", "ttl=255;maddr=224.0.0.1", "alias;i=1"]
)
def test_where_answers_go_is_no_bypass(siege: Siege, via: str) -> None:
    """Whatever a Via says of where answers go, the call is asked about, and to the permitted number."""
    phone = siege.wire.phone(voice=False)
    _, request = siege.signed(phone)
    text = re.sub(r"(?m)^(Via: .*?)\r$", rf"\1;{via}\r", request.written().decode(), count=1)
    phone.send(text.encode(), phone.engine)
    time.sleep(0.2)
    assert len(siege.wire.point.asked) <= 1


def test_nobody_is_heard_before_the_answer(siege: Siege) -> None:
    """Early voice of either side reaches nobody: there is no talking while it rings."""
    siege.wire.far.behaves(ALLOWED, Behaviour(rings=0.8, early=True, provisional=(183, "Session Progress")))
    phone = siege.wire.phone()
    assert phone.voice is not None
    call = phone.call(DIALLED)
    early = call.until(183)
    phone.voice.toward(early.body)
    assert not siege.wire.far.voice.hears(PHONE, 1, 0.3)
    assert not phone.voice.hears(FAR, 1, 0.2)
    assert call.final().code == 200
    goes_on(siege, phone, call)


@pytest.mark.parametrize("code", [300, 301, 302, 305, 380])
def test_a_redirection_is_followed_by_nobody(siege: Siege, code: int) -> None:
    """The number that was decided on is the number that is called: the call is over, and the reason told."""
    siege.wire.far.behaves(
        ALLOWED, Behaviour(code=code, phrase="Moved", headers=(("Contact", f"<sip:{BARRED}@{HERE}>"),))
    )
    assert siege.wire.phone(voice=False).call(DIALLED).final().code == 480
    assert siege.wire.point.event("forwarding")
    siege.wire.far.forget()


def test_an_answer_with_more_than_voice(siege: Siege) -> None:
    """The far end that answers with a picture as well gets voice alone, by way of the relay."""
    siege.wire.far.behaves(ALLOWED, Behaviour(body=offer(HERE, 9, "m=video 9 RTP/AVP 31")))
    call = siege.wire.phone().call(DIALLED)
    found = call.final()
    assert found.code in {200, 488, 503}
    if found.code == 200:
        assert "m=video 9" not in found.body
        call.hang_up()
    siege.wire.far.forget()


@pytest.mark.parametrize(
    "address", [ELSEWHERE, HERE], ids=["from elsewhere", "from the telephone's own address"]
)
def test_a_stranger_is_neither_heard_nor_hears(siege: Siege, address: str) -> None:
    """Voice that a stranger sends to a call's ports reaches nobody, and none of the call comes to them."""
    phone, call = talking(siege)
    assert call.answer is not None
    ports = [
        re.search(r"m=audio (\d+)", body) for body in (call.answer.body, siege.wire.far.leg().invite.body)
    ]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind((address, 0))
        stranger.settimeout(0.01)
        for number in range(60):
            packet = struct.pack("!BBHII", 0x80, 0, number, number * 160, 7) + bytes([STRANGE]) * 160
            for port in ports:
                assert port is not None
                stranger.sendto(packet, (HERE, int(port[1])))
            with pytest.raises(TimeoutError):
                stranger.recv(2048)
    assert phone.voice is not None
    assert phone.voice.heard[STRANGE] == siege.wire.far.voice.heard[STRANGE] == 0
    goes_on(siege, phone, call)


def test_after_the_end_nobody_is_heard(siege: Siege) -> None:
    """A telephone that goes on sending when its call is over reaches nobody, nor does the far end."""
    phone, call = talking(siege)
    call.hang_up()
    siege.wire.point.event("ended")
    time.sleep(0.2)
    assert phone.voice is not None
    assert not siege.wire.far.voice.hears(PHONE, 1, 0.4)
    assert not phone.voice.hears(FAR, 1, 0.2)


def test_an_engine_that_starts_anew_knows_whose_a_call_is(wire: Wire, witness: Phone) -> None:
    """Where the engine died in mid-call, its successor lets the parties end the call, and nobody else."""
    with besieged(wire, witness) as siege:
        phone, call = talking(siege)
        before = wire.pid("kamailio")
        os.kill(before, signal.SIGKILL)
        wire.until(lambda: wire.pid("kamailio") != before and siege.alive())
        siege.settled()
        with Stranger(wire) as stranger:
            stranger.says(in_the_call(call, "BYE", stranger))
            answer = stranger.answer(1)
            assert answer is not None
            assert answer.code >= 400
        goes_on(siege, phone, call)
        assert wire.point.event("ended")["why"] == "caller"
