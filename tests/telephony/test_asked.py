"""What the engine asks is read as it writes it, and whatever else comes on the line is told so."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from locutorio.telephony.asked import BODY_BYTES_MAX
from tests.telephony.standing_by import asked, credential, house, serving

CREDENTIAL = credential()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving(house(tmp_path_factory.mktemp("standby"))) as one:
        yield one


def request(line: str = "POST /v1/authorize HTTP/1.1", body: bytes | None = None, **headers: str) -> bytes:
    """Give a request as the engine writes it, but for what is named; an empty header is left out."""
    data = json.dumps(asked()).encode() if body is None else body
    said = {"Host": "standby", "Authorization": CREDENTIAL, "Content-Length": str(len(data))}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [line, *(f"{name}: {value}" for name, value in said.items() if value)]
    return "\r\n".join((*lines, "", "")).encode("latin-1") + data


def answers(port: int, *parts: bytes) -> list[int]:
    """Send parts on one connection, and give the status of each answer until the other end hangs up.

    An answer may be lost to whoever still sends when the other end has hung up.
    """
    said = b""
    with socket.create_connection(("127.0.0.1", port), 5) as door, suppress(OSError):
        for part in parts:
            door.sendall(part)
        door.shutdown(socket.SHUT_WR)
        while some := door.recv(65_536):
            said += some
    return [int(one.split(b" ", 1)[0]) for one in said.split(b"HTTP/1.1 ")[1:]]


def test_several_are_asked_on_one_connection(port: int) -> None:
    """However their headers are written and however they come in pieces."""
    whole = request()
    shouted = (
        request()
        .replace(b"Content-Length", b"CONTENT-LENGTH")
        .replace(b"\r\n\r\n{", b"\r\nX-More: 1\r\n\r\n{")
    )

    assert answers(port, whole, shouted, whole[:9], whole[9:70], whole[70:]) == [200, 200, 200]


def test_who_waits_to_be_told_to_go_on_is(port: int) -> None:
    """As the engine's library asks before a longer body."""
    assert answers(port, request(Expect="100-continue")) == [100, 200]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (request("POST /v1/authorize"), 400),
        (request("POST /v1/authorize HTTP/3.0"), 400),
        (request("POST /v1/ authorize HTTP/1.1"), 400),
        (request("BREW /v1/authorize HTTP/1.1"), 501),
        (request("POST /" + "a" * 70_000 + " HTTP/1.1"), 414),
        (request().replace(b"Host: standby", b"no header"), 400),
        (request().replace(b"Host: standby", b"Host : standby"), 400),
        (request().replace(b"Host: standby", b"Content-Length: 3"), 400),
        (request(X="x" * 9_000), 400),
        (request().replace(b"Host: standby", b"\r\n".join(b"X-%d: x" % one for one in range(60))), 400),
        (request(Content_Length=""), 400),
        (request(Content_Length="-1"), 400),
        (request(Content_Length="\u00b2"), 400),
        (request(Content_Length="9" * 30), 400),
        (request(Content_Length=str(BODY_BYTES_MAX + 1)), 400),
        (request(Transfer_Encoding="chunked"), 400),
        (request("POST /v1/authorize HTTP/1.0"), 200),
        (request(Connection="close"), 200),
    ],
)
def test_after_what_is_no_request_of_the_engine_nothing_more_is_read(
    port: int, sent: bytes, status: int
) -> None:
    """What follows on the line could be anything: the connection ends with the answer."""
    assert answers(port, sent, request()) in ([status], [])


@pytest.mark.parametrize("credential", ["", "Basic AAAA", CREDENTIAL[:-1], "\u00e9"])
def test_who_does_not_have_the_secret_is_not_answered(port: int, credential: str) -> None:
    """And what was sent is read to its end, so that the next on the line is what it says."""
    assert answers(port, request(Authorization=credential), request()) == [401, 200]


def test_a_line_that_breaks_off_is_nothing(port: int) -> None:
    """In the first line, in a header or in the body: nobody is answered 200 for half of a question."""
    whole = request()
    for length in (5, 60, len(whole) - 4):
        assert 200 not in answers(port, whole[:length])
