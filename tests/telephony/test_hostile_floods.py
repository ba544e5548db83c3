"""Floods, noise and the engine's other doors: what is sent in numbers keeps nobody from calling."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.telephony import noise
from tests.telephony.message import offer, token
from tests.telephony.phones import Behaviour
from tests.telephony.siege import ALLOWED, BARRED, DIALLED, PERSON, PIN, Siege, Stranger

HERE = "127.0.0.1"
NOISE = 1500  # datagrams of one run; the seed is fixed


def test_a_flood_of_questions(siege: Siege) -> None:
    """Thousands of OPTIONS at once leave the engine answering within a second."""
    with Stranger(siege.wire) as stranger:
        for _ in range(3000):
            stranger.says(stranger.request("OPTIONS"))
        assert siege.alive()


def test_a_flood_of_invitations_of_strangers(siege: Siege) -> None:
    """A thousand INVITEs without credentials ask nothing of the decision point."""
    with Stranger(siege.wire) as stranger:
        for _ in range(1000):
            stranger.says(stranger.invitation())
        assert siege.alive()
    assert siege.wire.point.asked == []


def test_a_flood_of_invitations_of_a_telephone(siege: Siege) -> None:
    """A telephone that dials a hundred times at once is answered each time, and keeps no other out."""
    phone = siege.wire.phone("oak-2", voice=False)
    signed = [siege.signed(phone, f"1002*{PIN}*{BARRED}") for _ in range(100)]
    for call, request in signed:
        phone.sent(call, request)
    assert siege.alive()
    assert {call.final().code for call, _ in signed} <= {403, 503}


def test_calls_that_are_begun_and_left(siege: Siege) -> None:
    """Refusals that nobody acknowledges, and calls given up as they ring, take no place from others."""
    siege.wire.far.behaves(ALLOWED, Behaviour(rings=2))
    for number in range(2, 8):
        phone = siege.wire.phone(f"oak-{number}", voice=False)
        call, request = siege.signed(phone, f"100{number}*{PIN}*{ALLOWED}")
        phone.sent(call, request)
        call.until(180)
        call.cancel()
    siege.wire.until(lambda: not [one for one in siege.wire.engine.calls() if one["state"] < 5])
    siege.wire.far.forget()


def test_one_telephone_cannot_make_the_decision_point_seem_dead(siege: Siege) -> None:
    """Offers as long as may be, and ones that cannot be asked about, never close the way for others."""
    for body in (
        offer(HERE, 40_000, *["a=x"] * 1200),
        offer(HERE, 40_000, "a=" + '"\\' * 3000),
        "\xff\xfe" * 500,
    ):
        for _ in range(4):
            call = siege.wire.phone("oak-3", voice=False).call(f"1003*{PIN}*{BARRED}", body=body)
            assert call.final().code in {403, 488, 513}


def test_a_flood_of_endings(siege: Siege) -> None:
    """A thousand BYEs and CANCELs of calls that are not there end none that is."""
    phone = siege.wire.phone()
    call = phone.call(DIALLED)
    assert call.final().code == 200
    with Stranger(siege.wire) as stranger:
        for number in range(1000):
            method = ("BYE", "CANCEL")[number % 2]
            tag = f";tag={token()}" if method == "BYE" else ""
            stranger.says(stranger.request(method, ("To", f"<sip:{ALLOWED}@{HERE}>{tag}")))
        assert siege.alive()
    assert not call.ended.is_set()
    call.hang_up()


def test_noise(siege: Siege) -> None:
    """Messages changed at random, of a telephone and of strangers, end no call and place none."""
    assert noise.sent(siege, seed=7, count=NOISE) == NOISE


@contextmanager
def connected(siege: Siege) -> Iterator[socket.socket]:
    """Give a connection to the engine's page for this machine's own processes."""
    with socket.create_connection((HERE, siege.wire.plane.rpc), timeout=1) as line:
        yield line


def said(line: socket.socket) -> bytes:
    """Give what comes back, or nothing."""
    try:
        return line.recv(4096)
    except (TimeoutError, ConnectionError):
        return b""


@pytest.mark.parametrize("path", ["/RPC", "/play", "/query", "/", "/RPC/../RPC", "//RPC", "/rpc", "*"])
@pytest.mark.parametrize(
    "shown",
    ["", "Authorization: Bearer wrong\r\n", "Authorization: Bearer \r\n", "authorization: Basic Og==\r\n"],
)
def test_the_engines_page_wants_its_secret(siege: Siege, path: str, shown: str) -> None:
    """Without the secret of the plane nothing is done there, by whatever path."""
    body = json.dumps({"jsonrpc": "2.0", "method": "dlg.list", "id": 1})
    with connected(siege) as line:
        line.sendall(
            f"POST {path} HTTP/1.1\r\nHost: x\r\n{shown}Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        answer = said(line)
    assert b"jsonrpc" not in answer
    assert not answer or b" 403 " in answer.split(b"\r\n")[0] or b" 400 " in answer.split(b"\r\n")[0]


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "in pieces"])
def test_no_call_is_made_over_that_door(siege: Siege, whole: bool) -> None:
    """SIP that comes there, whole or by the byte, is not heard, with credentials or without."""
    phone = siege.wire.phone("oak-5", voice=False)
    _, request = siege.signed(phone, f"1005*{PIN}*{ALLOWED}")
    data = request.written().replace(b"SIP/2.0/UDP", b"SIP/2.0/TCP")
    with connected(siege) as line:
        for at in range(0, len(data), len(data) if whole else 40):
            line.sendall(data[at : at + (len(data) if whole else 40)])
            time.sleep(0 if whole else 0.005)
        line.settimeout(0.3)
        answer = said(line)
    assert answer == b""
    assert siege.wire.point.asked == []
    assert siege.at_trunk == []


def test_connections_that_say_nothing_keep_nobody_out(siege: Siege) -> None:
    """Many connections that are held open, half said, leave the door open to the plane's own processes."""
    held = [socket.create_connection((HERE, siege.wire.plane.rpc), timeout=1) for _ in range(60)]
    try:
        for number, line in enumerate(held):
            line.sendall(
                (b"POST /RPC HTTP/1.1\r\nContent-Length: 99999\r\n", b"INVITE sip:", b"\0" * 50)[number % 3]
            )
        began = time.monotonic()
        siege.wire.engine.calls()
        assert time.monotonic() - began < 1
    finally:
        for line in held:
            line.close()


@pytest.mark.parametrize(
    "text",
    [
        'POST /RPC HTTP/1.1\r\nContent-Length: 41\r\n\r\n{"jsonrpc":"2.0","method":"core.kill","id":1}',
        "INVITE sip:/RPC SIP/2.0\r\n\r\n",
        "OPTIONS sip:127.0.0.1/play SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.9:9;branch=z9hG4bKa\r\n\r\n",
        "d7:command4:pinge",
        '{"jsonrpc":"2.0","method":"dlg.list","id":1}',
    ],
    ids=["a page", "a call to a page", "a question to a page", "words for a relay", "words for the engine"],
)
def test_the_telephones_door_is_no_other_door(siege: Siege, text: str) -> None:
    """What is meant for the engine's page or for a relay is not heard where telephones speak."""
    with Stranger(siege.wire, HERE) as stranger:
        stranger.says(text)
        answer = stranger.answer(0.2)
        assert answer is None or answer.code >= 400
    assert siege.at_trunk == []


def test_guessing_pins_is_asked_each_time_and_the_pin_never_goes_on(siege: Siege) -> None:
    """Every guess of every telephone is the decision point's to count: the engine drops none, keeps none."""
    guesses = [f"{number:010}" for number in range(7_310_000_000, 7_310_000_024)]
    for index, guess in enumerate(guesses):
        phone = siege.wire.phone(f"oak-{index % 8 + 1}", voice=False)
        assert phone.call(f"{PERSON}*{guess}*{BARRED}").final().code == 403
    assert [each["pin"] for each in siege.wire.point.asked] == guesses
    assert {each["telephone"] for each in siege.wire.point.asked} == {
        f"oak-{number}" for number in range(1, 9)
    }
    kept = siege.wire.log("kamailio") + siege.wire.journal() + json.dumps(siege.wire.point.events)
    assert not [guess for guess in guesses if guess in kept]
