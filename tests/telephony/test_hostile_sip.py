"""A telephone of the house that sends what no telephone should: malformed, oversized, and in other words.

Each request has the right credentials of a real telephone and names a number that may be called, so that
nothing but what is bent in it stands between it and the trunk.
"""

from __future__ import annotations

import pytest

from tests.telephony.siege import (
    SILENCE,
    Bend,
    Siege,
    after,
    also,
    code,
    put,
    swap,
    without,
)


def headers(count: int, line: str) -> Bend:
    """Put one header many times."""
    return also(*[line] * count)


# What is bent, and with which codes it may be answered; SILENCE is no answer at all.
MALFORMED: dict[str, tuple[Bend, set[int]]] = {
    "no Via": (without("Via"), {SILENCE}),
    "no From": (without("From"), {SILENCE, 400}),
    "no To": (without("To"), {SILENCE, 400}),
    "no Call-ID": (without("Call-ID"), {SILENCE, 400}),
    "no CSeq": (without("CSeq"), {SILENCE, 400}),
    "no Max-Forwards": (without("Max-Forwards"), {200, 400}),
    "no Contact": (without("Contact"), {200}),
    "Max-Forwards of nothing": (put("Max-Forwards", "0"), {483}),
    "Max-Forwards below zero": (put("Max-Forwards", "-1"), {400, 483}),
    "Max-Forwards beyond all": (put("Max-Forwards", "99999999999"), {200, 400, 483}),
    "a second To": (also("To: <sip:x@127.0.0.1>"), {SILENCE, 400, 403}),
    "a second From": (also("From: <sip:oak-2@127.0.0.1>;tag=x"), {SILENCE, 400, 403}),
    "a second Call-ID": (also("Call-ID: other"), {SILENCE, 400, 403}),
    "a second CSeq": (also("CSeq: 9 INVITE"), {SILENCE, 400, 403}),
    "a CSeq of another method": (put("CSeq", "2 OPTIONS"), {SILENCE, 400}),
    "a CSeq beyond 32 bits": (put("CSeq", "99999999999 INVITE"), {SILENCE, 400}),
    "a CSeq below zero": (put("CSeq", "-5 INVITE"), {SILENCE, 400}),
    "a CSeq that is no number": (put("CSeq", "two INVITE"), {SILENCE, 400}),
    "a length beyond the datagram": (put("Content-Length", "99999"), {SILENCE, 400}),
    "a length below zero": (put("Content-Length", "-1"), {SILENCE, 400}),
    "a length that is no number": (put("Content-Length", "all"), {SILENCE, 400}),
    "two lengths": (also("Content-Length: 0"), {SILENCE, 400, 488}),
    "a length that cuts the offer": (put("Content-Length", "10"), {400, 488}),
    "an unclosed quotation": (put("From", '"oak-1 <sip:oak-1@127.0.0.1>;tag=abc'), {SILENCE, 400, 403}),
    "an unclosed bracket": (put("To", "<sip:x@127.0.0.1"), {SILENCE, 400}),
    "an empty tag": (put("From", "<sip:oak-1@127.0.0.1>;tag="), {SILENCE, 400}),
    "no tag": (put("From", "<sip:oak-1@127.0.0.1>"), {400}),
    "two tags": (put("From", "<sip:oak-1@127.0.0.1>;tag=a;tag=b"), {SILENCE, 200, 400}),
    "an empty Via": (put("Via", ""), {SILENCE, 400}),
    "a Via of another version": (put("Via", "SIP/9.9/UDP 127.0.0.1:9;branch=z9hG4bKx"), {SILENCE, 400}),
    "a Via of a port beyond all": (put("Via", "SIP/2.0/UDP 127.0.0.1:99999;branch=z9hG4bKx"), {SILENCE, 400}),
    "a thousand Via": (headers(60, "Via: SIP/2.0/UDP 127.0.0.9:9;branch=z9hG4bK" + "x" * 50), {SILENCE, 400}),
    "a thousand routes": (headers(60, "Record-Route: <sip:127.0.0.9:9;lr;" + "y" * 40 + ">"), {200, 400}),
    "a header of seven thousand": (after("X-Long: " + "x" * 7000), {200, 400, 403}),
    "a name of a header of seven thousand": (after("x" * 7000 + ": 1"), {200, 400}),
    "a header without a name": (after(": nothing"), {SILENCE, 200, 400}),
    "a header without a colon": (after("nothing"), {SILENCE, 200, 400}),
    "lines that go on": (swap("Max-Forwards: 20", "Max-Forwards:\r\n 20"), {SILENCE, 200, 400}),
    "bare line feeds": (lambda text: text.replace("\r\n", "\n"), {SILENCE, 200, 400, 488}),
    "no empty line": (lambda text: text.replace("\r\n\r\n", "\r\n", 1), {SILENCE, 400, 488}),
    "cut in a header": (lambda text: text[: text.index("CSeq") + 3], {SILENCE, 400}),
    "a NUL in a header": (after("Subject: a\0b"), {SILENCE, 200, 400}),
    "bytes that are no text": (
        lambda text: text.encode() + b"\xff\xfe\xc0\x80" * 50,
        {SILENCE, 200, 400, 488},
    ),
    "nine thousand bytes": (lambda text: text + "x" * 9000, {SILENCE, 400, 513}),
    "as long as a datagram can be": (lambda text: text + "x" * (65_000 - len(text)), {SILENCE, 400, 513}),
    "version 3": (swap("SIP/2.0\r\n", "SIP/3.0\r\n"), {SILENCE, 400, 505}),
    "a method in small letters": (swap("INVITE sip:", "invite sip:"), {SILENCE, 400, 405}),
    "a method that nobody knows": (swap("INVITE", "INVITED"), {SILENCE, 400, 405}),
    "two spaces in the first line": (swap("INVITE sip:", "INVITE  sip:"), {SILENCE, 400}),
    "a first line of HTTP": (
        lambda text: "POST /RPC HTTP/1.1\r\n" + text.partition("\r\n")[2],
        {SILENCE, 400},
    ),
    "headers in their short form": (
        lambda text: text.replace("Via:", "v:").replace("From:", "f:").replace("Contact:", "m:"),
        {200},
    ),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_what_is_malformed_gets_nobody_further(siege: Siege, case: str) -> None:
    """What is malformed is answered with a stated code or not at all; what is odd but clear, as others."""
    bend, codes = MALFORMED[case]
    phone = siege.wire.phone(voice=False)
    call, request = siege.signed(phone)
    bent = bend(request.written().decode())
    phone.send(bent if isinstance(bent, bytes) else bent.encode(), phone.engine)
    found = code(call) if SILENCE in codes else call.final().code
    assert found in codes, found
