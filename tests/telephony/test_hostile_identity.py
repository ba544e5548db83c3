"""Who says to be a telephone and is none, or another: nothing is asked for them, and nobody is called."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.telephony.message import Message, credentials, token
from tests.telephony.siege import ALLOWED, BARRED, DIALLED, PERSON, PIN, SILENCE, Siege, Stranger, code
from tests.telephony.wire import REALM

HERE = "127.0.0.1"
Shown = Callable[[str], str]


def field(name: str, value: str) -> Shown:
    """Put another value into the credentials."""
    return lambda text: re.sub(rf'\b{name}="?[^",]*"?', lambda _: f"{name}={value}", text, count=1)


# What is changed in credentials that are right, with the codes that may be answered.
SHOWN: dict[str, tuple[Shown, set[int]]] = {
    "a wrong response": (field("response", f'"{"0" * 32}"'), {403}),
    "no response": (field("response", '""'), {400, 403, 407}),
    "a response in capitals, cut": (field("response", '"ABCDEF"'), {403, 407}),
    "another telephone's name": (field("username", '"oak-2"'), {403}),
    "a name that nobody has": (field("username", '"oak-99"'), {403}),
    "an empty name": (field("username", '""'), {403, 407}),
    "a name with a quotation": (field("username", '"oak-1\\"x"'), {400, 403, 407}),
    "a name that is a variable": (field("username", '"$avp(telephone)"'), {400, 403, 407}),
    "another realm": (field("realm", '"elsewhere"'), {403, 407}),
    "a nonce of one's own": (field("nonce", f'"{token() * 4}"'), {403, 407}),
    "a nonce that was changed": (lambda text: re.sub(r'(nonce="...)(.)', r"\g<1>A", text), {403, 407}),
    "no nonce": (field("nonce", '""'), {400, 403, 407}),
    "the target of another call": (field("uri", f'"sip:{PERSON}*{PIN}*{BARRED}@{HERE}"'), {403}),
    "no target": (field("uri", '""'), {400, 403, 407}),
    "a protection of its own": (
        lambda text: text + ', qop=auth-int, nc=00000001, cnonce="x"',
        {400, 403, 407},
    ),
    "another scheme": (lambda text: text.replace("Digest", "Basic"), {400, 403, 407}),
    "no scheme": (lambda text: text.removeprefix("Digest "), {400, 403, 407}),
    "noise": (lambda _: "Digest \x01\x02,,,===", {SILENCE, 400, 403, 407}),
    "seven thousand commas": (lambda _: "Digest " + "," * 6000, {SILENCE, 400, 403, 407, 513}),
}


@pytest.mark.parametrize("case", SHOWN)
def test_credentials_that_are_bent_are_none(siege: Siege, case: str) -> None:
    """Where anything differs from what was challenged, the telephone is not known, and nothing is asked."""
    bend, codes = SHOWN[case]
    phone = siege.wire.phone(voice=False)
    call, request = siege.signed(phone)
    shown = tuple(
        (name, bend(value) if name == "Proxy-Authorization" else value) for name, value in request.headers
    )
    phone.send(Message(request.start, shown, request.body), phone.engine)
    assert (code(call) if SILENCE in codes else call.final().code) in codes
    assert siege.wire.point.asked == []


def test_without_credentials_nothing_is_asked(siege: Siege) -> None:
    """A stranger is challenged, and that is all."""
    with Stranger(siege.wire) as stranger:
        stranger.says(stranger.invitation())
        answer = stranger.answer()
        assert answer is not None
        assert answer.code == 407
    assert siege.wire.point.asked == []


def test_a_stranger_does_not_learn_who_exists(siege: Siege) -> None:
    """A wrong secret and a name that nobody has are answered alike."""
    told = []
    for name in ("oak-1", "oak-99"):
        final = siege.wire.phone(name, secret="a guess", voice=False).call(DIALLED).final()
        told.append((final.start, final.why, len(final.headers)))
    assert told[0] == told[1]


def test_the_secret_that_is_kept_for_nobody_opens_nothing(siege: Siege) -> None:
    """Who is nobody cannot show the response to what the engine compares where there is no secret."""
    phone = siege.wire.phone("oak-99", voice=False)
    call = phone.begun(DIALLED)
    challenge = phone.challenged(call)
    nonce = re.search(r'nonce="([^"]+)"', challenge.one("Proxy-Authenticate"))
    assert nonce is not None
    from tests.telephony.message import _md5

    second = _md5(f"INVITE:{call.uri}")
    for first in ("0" * 32, "", "<null>"):
        response = _md5(f"{first}:{nonce[1]}:{second}")
        shown = (
            f'Digest username="oak-99", realm="{REALM}", nonce="{nonce[1]}", uri="{call.uri}", '
            f'response="{response}", algorithm=MD5'
        )
        call.cseq += 1
        phone.sent(call, phone.invitation(call, ("Proxy-Authorization", shown)))
        assert call.final().code in {403, 407}
    assert siege.wire.point.asked == []


def test_a_nonce_is_good_once(siege: Siege) -> None:
    """Credentials that were seen on the network open no second call, to the same number or another."""
    phone = siege.wire.phone(voice=False)
    call, request = siege.signed(phone)
    phone.sent(call, request)
    assert call.final().code == 200
    call.hang_up()
    shown = request.one("Proxy-Authorization")
    again = phone.begun(DIALLED)
    phone.sent(again, phone.invitation(again, ("Proxy-Authorization", shown)))
    assert again.final().code == 407
    assert len(siege.wire.point.asked) == 1


def test_a_request_sent_again_by_a_stranger_opens_nothing(siege: Siege) -> None:
    """The very bytes of a call that is over, from another place, place no call."""
    phone = siege.wire.phone(voice=False)
    call, request = siege.signed(phone)
    phone.sent(call, request)
    assert call.final().code == 200
    call.hang_up()
    with Stranger(siege.wire) as stranger:
        stranger.says(request)
        stranger.says(re.sub(r"branch=z9hG4bK\w+", f"branch=z9hG4bK{token()}", request.written().decode()))
        answer = stranger.answer(1)
        assert answer is None or answer.code >= 400
    assert len(siege.wire.point.asked) == 1


def test_credentials_caught_in_the_air_open_nothing_to_another_number(siege: Siege) -> None:
    """Who catches a request before it arrives cannot make it one to another number."""
    phone = siege.wire.phone(voice=False)
    _, request = siege.signed(phone)
    with Stranger(siege.wire, HERE) as stranger:
        stranger.says(request.written().decode().replace(ALLOWED, BARRED))
        answer = stranger.answer(1)
        assert answer is None or answer.code == 403
    assert siege.wire.point.asked == []


@pytest.mark.parametrize("name", ["oak-2", "oak-99", "1001", "anonymous", ""])
def test_from_is_who_shows_credentials(siege: Siege, name: str) -> None:
    """A telephone cannot call as another: what it says to be is what it has shown."""
    phone = siege.wire.phone(voice=False)
    call, request = siege.signed(phone)
    forged = request.written().decode().replace("From: <sip:oak-1@", f"From: <sip:{name}@")
    phone.send(forged.encode(), phone.engine)
    assert call.final().code in {400, 403}
    assert siege.wire.point.asked == []


SAID = [
    ("P-Asserted-Identity", "<sip:+12025550100@gov>"),
    ("P-Preferred-Identity", "<sip:+12025550100@gov>"),
    ("Remote-Party-ID", "<sip:+12025550100@gov>;privacy=off"),
    ("Diversion", "<sip:+12025550100@gov>;reason=unconditional"),
    ("History-Info", "<sip:+12025550100@gov>;index=1"),
    ("Referred-By", "<sip:warden@gov>"),
    ("Privacy", "none"),
    ("P-Charging-Vector", "icid-value=1"),
    ("X-Locutorio-Attempt", "00000000-0000-4000-8000-000000000000"),
    ("Identity", "ey.J.x"),
    ("Subject", "from the warden"),
    ("Alert-Info", "<http://127.0.0.9/ring.wav>"),
    ("Call-Info", "<http://127.0.0.9/card>;purpose=card"),
    ("Reply-To", "<sip:elsewhere@127.0.0.9>"),
    ("User-Agent", "x" * 500),
    ("Session-Expires", "90;refresher=uas"),
    ("Supported", "replaces, timer, 100rel, path, outbound"),
    ("Accept-Contact", "*;audio"),
    ("Geolocation", "<cid:x@y>"),
    ("Expires", "0"),
    ("Timestamp", "9" * 300),
]


def test_nothing_that_a_telephone_says_of_itself_goes_on(siege: Siege) -> None:
    """Of a telephone's headers the trunk sees those that a call needs, and none by which it names itself."""
    call = siege.wire.phone(voice=False).call(DIALLED, *SAID)
    assert call.final().code == 200
    sent = siege.wire.far.leg().invite
    assert not {name for name, _ in sent.headers} & {name for name, _ in SAID if name != "User-Agent"}
    for trace in ("oak-1", PERSON + "*", "gov", "warden", "refresher", "Proxy-Authorization"):
        assert trace not in sent.raw, trace
    call.hang_up()


@pytest.mark.parametrize(
    "header",
    [
        ("Replaces", "a;to-tag=b;from-tag=c"),
        ("Join", "a;to-tag=b;from-tag=c"),
        ("Target-Dialog", "a;local-tag=b;remote-tag=c"),
        ("Refer-To", f"<sip:{BARRED}@127.0.0.1>"),
        ("Require", "100rel"),
        ("Require", "nothing-that-exists"),
        ("Proxy-Require", "precondition"),
    ],
    ids=" ".join,
)
def test_what_would_join_or_move_calls_is_refused(siege: Siege, header: tuple[str, str]) -> None:
    """No telephone takes part in another's call, takes its place, or asks for what the engine does not do."""
    assert siege.wire.phone(voice=False).call(DIALLED, header).final().code == 420
    assert siege.wire.point.asked == []


@pytest.mark.parametrize(
    "method",
    ["REGISTER", "SUBSCRIBE", "NOTIFY", "MESSAGE", "REFER", "PUBLISH", "INFO", "UPDATE", "PRACK", "X"],
)
def test_calls_are_all_that_is_done(siege: Siege, method: str) -> None:
    """No method but INVITE begins anything, from whoever it comes."""
    with Stranger(siege.wire, HERE) as stranger:
        stranger.says(stranger.request(method, ("Refer-To", f"<sip:{BARRED}@{HERE}>"), ("Expires", "60")))
        answer = stranger.answer()
        assert answer is not None
        assert answer.code == 405
    assert siege.wire.point.asked == []


def test_guessed_secrets_keep_nobody_else_out(siege: Siege) -> None:
    """After many wrong secrets from one address it is refused unread; every real telephone still calls."""
    with Stranger(siege.wire) as stranger:
        for number in range(60):
            stranger.says(stranger.invitation())
            challenge = stranger.answer()
            if challenge is None or challenge.code != 407:
                break
            uri = f"sip:{DIALLED}@{HERE}:{siege.wire.plane.sip}"
            shown = credentials(challenge.one("Proxy-Authenticate"), "oak-1", f"guess {number}", uri)
            stranger.says(stranger.invitation(("Proxy-Authorization", shown)))
            answer = stranger.answer()
            assert answer is not None
            assert answer.code == 403
    assert siege.wire.point.asked == []
    call = siege.wire.phone(voice=False).call(DIALLED)
    assert call.final().code == 200
    call.hang_up()
