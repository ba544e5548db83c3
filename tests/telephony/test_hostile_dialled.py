"""What is dialled and what is offered, bent by a telephone of the house, with its right credentials."""

from __future__ import annotations

import pytest

from tests.telephony.message import offer
from tests.telephony.siege import ALLOWED, BARRED, ELSEWHERE, PERSON, PIN, SILENCE, Siege, Stranger

HERE = "127.0.0.1"

# What is dialled, with the codes that may be answered. Each names the number that is barred, or none at all.
DIALLED: dict[str, tuple[str, set[int]]] = {
    "the barred number": (f"{PERSON}*{PIN}*{BARRED}", {403}),
    "the barred number alone": (BARRED, {403}),
    "the permitted number alone, then another": (f"{PERSON}*{PIN}*{ALLOWED}*{BARRED}", {484}),
    "two numbers with a comma": (f"{PERSON}*{PIN}*{ALLOWED},{BARRED}", {484}),
    "a pause and more digits": (f"{PERSON}*{PIN}*{ALLOWED}p123", {484}),
    "an extension": (f"{PERSON}*{PIN}*{ALLOWED};ext=99", {484, 400}),
    "a carrier": (f"{PERSON}*{PIN}*{ALLOWED};cic=+1234", {484, 400}),
    "an escaped line end": (f"{PERSON}*{PIN}*{ALLOWED}%0d%0aX-Evil:%201", {484, 400}),
    "an escaped NUL": (f"{PERSON}*{PIN}*{ALLOWED}%00{BARRED}", {484, 400}),
    "an escaped quotation": (f"{PERSON}*{PIN}*%22,%22called%22:%22{ALLOWED}", {484, 400}),
    "JSON": (f'{PERSON}*{PIN}*","decision":"allow', {SILENCE, 400, 484}),
    "a backslash": (f"{PERSON}*{PIN}*\\u002b12025550101", {SILENCE, 400, 484}),
    "a variable of the engine": ("$var(q)", {484, 400}),
    "a variable within": (f"{PERSON}*{PIN}*$avp(called)", {484, 400}),
    "an escaped at": (f"{PERSON}*{PIN}*{ALLOWED}%40{ELSEWHERE}", {484, 400}),
    "digits of another script": (f"{PERSON}*{PIN}*\u0661\u0662\u0663\u0664", {484, 400}),
    "escaped digits of another script": (f"{PERSON}*{PIN}*%D9%A1%D9%A2%D9%A3", {484, 400}),
    "blanks within": (f"{PERSON}*{PIN}*+1%20202%20555%200199", {484, 400}),
    "hyphens within": (f"{PERSON}*{PIN}*+1-202-555-0199", {484, 400}),
    "no PIN": (f"{PERSON}**{ALLOWED}", {484}),
    "no person": (f"*{PIN}*{ALLOWED}", {484}),
    "no number": (f"{PERSON}*{PIN}*", {484}),
    "stars alone": ("*****", {484}),
    "plus signs": (f"{PERSON}*{PIN}*++++", {484}),
    "one digit": (f"{PERSON}*{PIN}*1", {484}),
    "a number of a thousand digits": (f"{PERSON}*{PIN}*" + "1" * 1000, {484}),
    "a PIN of a thousand digits": (f"{PERSON}*" + "1" * 1000 + f"*{ALLOWED}", {484}),
    "a path": ("../../RPC", {484, 400}),
    "the engine's own page": ("/RPC", {484, 400}),
    "a file to play": ("/play", {484, 400}),
    "letters": (f"{PERSON}*{PIN}*FREECALL", {484}),
    "service codes": (f"{PERSON}*{PIN}**21*{BARRED}#", {484, 400}),
}


@pytest.mark.parametrize("case", DIALLED)
def test_what_is_dialled_is_one_number_or_none(siege: Siege, case: str) -> None:
    """Nothing but the one form is taken, and what is asked is the very number: nothing is read into it."""
    dialled, codes = DIALLED[case]
    phone = siege.wire.phone(voice=False)
    call = phone.begun(dialled)
    phone.sent(call, phone.invitation(call))
    try:
        challenge = call.final(0.5)
    except AssertionError:
        assert SILENCE in codes
        return
    phone.again(call, challenge)
    final = call.final()
    assert final.code in codes, final.start
    assert all(each["called"] == BARRED for each in siege.wire.point.asked)


# Where a request is said to go, with what is dialled: %s is that.
ADDRESSED: dict[str, str] = {
    "the trunk's own address": "sip:{dialled}@{trunk}",
    "another place": "sip:{dialled}@192.0.2.1:5060",
    "by another transport": "sip:{dialled}@{engine};transport=tcp",
    "by way of the trunk": "sip:{dialled}@{engine};maddr=127.0.0.1",
    "with a parameter of telephones": "sip:{dialled}@{engine};user=phone",
    "with headers of its own": "sip:{dialled}@{engine}?Replaces=a%3Bto-tag%3Db&Route=%3Csip:127.0.0.1%3E",
    "with a second word": "sip:{dialled}:word@{engine}",
    "as tel": "tel:{dialled}",
    "as sips": "sips:{dialled}@{engine}",
    "as a page": "http://{engine}/RPC",
    "as nothing": "sip:",
    "as an address of version 6": "sip:{dialled}@[::1]:5060",
    "as a port beyond all": "sip:{dialled}@127.0.0.1:99999",
}


@pytest.mark.parametrize("dialled", [BARRED, f"{PERSON}*{PIN}*{BARRED}"], ids=["alone", "by a person"])
@pytest.mark.parametrize("case", ADDRESSED)
def test_no_address_leads_past_the_question(siege: Siege, case: str, dialled: str) -> None:
    """However its target is written, a barred number is not called, by the trunk or another way."""
    plane = siege.wire.plane
    phone = siege.wire.phone(voice=False)
    call = phone.begun(dialled)
    call.uri = ADDRESSED[case].format(
        dialled=dialled, trunk=plane.trunk, engine=f"{plane.address}:{plane.sip}"
    )
    phone.sent(call, phone.invitation(call))
    try:
        challenge = call.final(0.5)
    except AssertionError:
        return
    if challenge.code == 407:
        phone.again(call, challenge)
        assert call.final().code in {400, 403, 416, 484}


def lines(*more: str, port: int = 40_000, where: str = HERE) -> str:
    return offer(where, port, *more)


SESSION = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
OFFERED: dict[str, tuple[str, set[int]]] = {
    "voice of a stranger": (lines(where=ELSEWHERE), {488}),
    "voice of nowhere": (lines(where="0.0.0.0"), {488}),
    "voice of everybody": (lines(where="224.0.0.1/127"), {488}),
    "voice of version 6": (lines().replace("IN IP4 127.0.0.1", "IN IP6 ::1"), {488}),
    "a name for an address": (lines(where="localhost"), {488}),
    "a second address, of the voice alone": (lines(f"c=IN IP4 {ELSEWHERE}"), {488}),
    "an address of the voice alone": (
        SESSION + f"m=audio 40000 RTP/AVP 0\r\nc=IN IP4 {ELSEWHERE}\r\n",
        {488},
    ),
    "two addresses": (lines().replace("t=0 0", f"c=IN IP4 {ELSEWHERE}\r\nt=0 0"), {488}),
    "no address": (lines().replace("c=IN IP4 127.0.0.1\r\n", ""), {488}),
    "an address with a blank behind": (
        lines().replace("c=IN IP4 127.0.0.1", "c=IN IP4 127.0.0.1 "),
        {200, 488},
    ),
    "an address with a lone line feed": (
        lines().replace("c=IN IP4 127.0.0.1\r\n", f"c=IN IP4 127.0.0.1\nc=IN IP4 {ELSEWHERE}\r\n"),
        {488},
    ),
    "two voices": (lines("m=audio 40002 RTP/AVP 0"), {488}),
    "a hundred voices": (lines(*["m=audio 40002 RTP/AVP 0"] * 100), {488}),
    "a picture as well": (lines("m=video 40002 RTP/AVP 31"), {488}),
    "a picture first": (
        SESSION + "c=IN IP4 127.0.0.1\r\nm=video 40002 RTP/AVP 31\r\nm=audio 40000 RTP/AVP 0\r\n",
        {488},
    ),
    "a fax": (lines().replace("m=audio", "m=image"), {488}),
    "text": (lines().replace("m=audio", "m=text"), {488}),
    "an application": (lines().replace("m=audio", "m=application"), {488}),
    "a word for voice in capitals": (lines().replace("m=audio", "M=AUDIO"), {488}),
    "sealed voice": (lines().replace("RTP/AVP", "RTP/SAVP"), {488}),
    "voice over TCP": (lines().replace("RTP/AVP", "TCP/RTP/AVP"), {488}),
    "no port": (lines(port=0), {200, 488}),
    "a port beyond all": (lines(port=99_999), {488, 503}),
    "a port below zero": (lines(port=-1), {488, 503}),
    "no codec": (lines().replace(" 0 101\r\n", "\r\n"), {200, 488, 503}),
    "a codec that nobody may use": (offer(HERE, 40_000, codecs="96"), {200, 488, 503}),
    "reports to a stranger": (lines(f"a=rtcp:9 IN IP4 {ELSEWHERE}"), {200, 488}),
    "candidates of a stranger": (
        lines(f"a=candidate:1 1 UDP 99 {ELSEWHERE} 9 typ host", "a=ice-ufrag:x", "a=ice-pwd:y" * 8),
        {200, 488},
    ),
    "a key": (lines("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + "A" * 40), {200, 488}),
    "hold from the beginning": (lines("a=inactive"), {200, 488}),
    "ten thousand attributes": (lines(*["a=x"] * 1200), {200, 488, 513}),
    "an attribute of five thousand": (lines("a=" + "x" * 5000), {200, 488, 513}),
    "not even a version": ("m=audio 40000 RTP/AVP 0\r\nc=IN IP4 127.0.0.1\r\n", {200, 488, 503}),
    "noise": ("\x01\x02\x03" * 300, {488}),
    "an offer with a sign that is no text": (lines("a=\x07"), {488}),
    "an offer with a letter of another alphabet": (lines("a=\u00f1"), {488}),
    "nothing": ("", {488}),
    "blanks": (" \r\n", {488}),
}


@pytest.mark.parametrize("case", OFFERED)
def test_what_is_offered_is_one_voice_from_where_it_is_asked(siege: Siege, case: str) -> None:
    """Voice alone, one, at the telephone's own address: whatever else an offer says, no stranger is told."""
    body, codes = OFFERED[case]
    with Stranger(siege.wire) as stranger:
        call = siege.wire.phone().call(f"{PERSON}*{PIN}*{ALLOWED}", body=body)
        final = call.final()
        assert final.code in codes, final.start
        if final.code == 200:
            assert ELSEWHERE not in siege.wire.far.leg().invite.body
            call.hang_up()
        assert stranger.came.empty()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/mixed;boundary=x", f"--x\r\nContent-Type: application/sdp\r\n\r\n{lines()}\r\n--x--\r\n"),
        ("text/plain", lines()),
        ("application/sdp;charset=utf-7", lines()),
        ("message/sip", "INVITE sip:x@127.0.0.1 SIP/2.0\r\n\r\n"),
    ],
)
def test_a_body_of_another_kind_is_no_offer(siege: Siege, kind: str, body: str) -> None:
    """What is not plainly an offer of voice is refused, also where one is wrapped in it."""
    phone = siege.wire.phone(voice=False)
    call, request = siege.signed(phone, body=body)
    phone.send(request.written().decode().replace("application/sdp", kind, 1).encode(), phone.engine)
    final = call.final()
    assert final.code in {200, 488}
    assert (final.code == 200) == kind.startswith("application/sdp;")
