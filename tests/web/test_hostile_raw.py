"""What no browser sends, over a socket: broken requests, wrong lengths, slow bodies. All are answered."""

from __future__ import annotations

import importlib
import socket
import time
from urllib.request import urlopen

import pytest

from locutorio.web.headers import POLICY

SECONDS_MAX = 15
HOST = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded"
BROKEN = {
    "nul in the charset": b"POST /en/owed HTTP/1.1\r\n"
    + HOST
    + FORM
    + b"; charset=\0\r\nContent-Length: 3\r\n\r\na=b",
    "control in the type": b"POST /en/owed HTTP/1.1\r\n"
    + HOST
    + FORM
    + b"\x01\x7f\r\nContent-Length: 3\r\n\r\na=b",
    "nul in the address": b"GET /en/\0 HTTP/1.1\r\n" + HOST + b"\r\n",
    "surrogate in the address": b"GET /en/%ed%a0%80 HTTP/1.1\r\n" + HOST + b"\r\n",
    "bytes in the address": b"GET /en/\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "no host": b"GET /en/owed HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /en/owed HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n",
    "host elsewhere": b"GET /en/owed HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "length below nothing": b"POST /en/owed HTTP/1.1\r\n" + HOST + b"Content-Length: -5\r\n\r\na=b",
    "length in words": b"POST /en/owed HTTP/1.1\r\n" + HOST + b"Content-Length: five\r\n\r\na=b",
    "length endless": b"POST /en/owed HTTP/1.1\r\n" + HOST + b"Content-Length: " + b"9" * 40 + b"\r\n\r\na=b",
    "two lengths": b"POST /en/owed HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\na=b",
    "in pieces": b"POST /en/owed HTTP/1.1\r\n"
    + HOST
    + b"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
    "address of another site": b"GET http://evil.example/en/owed HTTP/1.1\r\n" + HOST + b"\r\n",
    "star": b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    "connect": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    "method unknown": b"<script> /en/owed HTTP/1.1\r\n" + HOST + b"\r\n",
    "version unknown": b"GET /en/owed HTTP/3.0\r\n" + HOST + b"\r\n",
    "line of 70 kB": b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "header of 70 kB": b"GET /en/owed HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
    "header of 1 MB": b"GET /en/owed HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 1_000_000 + b"\r\n\r\n",
    "length and pieces": b"POST /en/owed HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /en/account HTTP/1.1\r\n\r\n",
    "headers 500": b"GET /en/owed HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 500 + b"\r\n",
    "header without a colon": b"GET /en/owed HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n",
    "header that is folded": b"GET /en/owed HTTP/1.1\r\n" + HOST + b"X: a\r\n Set-Cookie: b\r\n\r\n",
    "cookies": b"GET /en/owed HTTP/1.1\r\n" + HOST + b"Cookie: " + b"a=b; " * 5_000 + b"\r\n\r\n",
    "up to the settings": b"GET /static/../../settings.py HTTP/1.1\r\n" + HOST + b"\r\n",
    "up in disguise": b"GET /static/..%2f..%2fsettings.py HTTP/1.1\r\n" + HOST + b"\r\n",
    "nul in a file": b"GET /static/%00 HTTP/1.1\r\n" + HOST + b"\r\n",
    "sent to a file": b"POST /static/locutorio.css HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\na=b",
    "range backwards": b"GET /static/locutorio.css HTTP/1.1\r\n" + HOST + b"Range: bytes=5-1\r\n\r\n",
    "waits to be told": b"POST /en/owed HTTP/1.1\r\n"
    + HOST
    + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\na=b",
    "no request": b"\x16\x03\x01\x02\x00\x01 \r\n\r\n",
}
UNHEADED = {"version unknown", "no request"}  # before a version is known, HTTP has no headers


@pytest.fixture
def port(site: str) -> int:
    return int(site.rpartition(":")[2])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> float:
    """Let the server wait for a silent browser less long than it does."""
    seconds = 1.0
    serve = importlib.import_module("locutorio.web.serve")
    monkeypatch.setattr(serve._Handler, "timeout", seconds)
    monkeypatch.setattr(serve, "UNREAD_SECONDS_MAX", seconds)
    return seconds


def answer(port: int, raw: bytes) -> bytes:
    """Send bytes; give all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS_MAX) as connection:
        connection.sendall(raw)
        pieces = []
        try:
            while piece := connection.recv(65_536):
                pieces.append(piece)
        except ConnectionResetError:
            pass
    return b"".join(pieces)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_request_is_answered(port: int, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """It gets an answer that is no failure of the program, with its headers; the console stays silent."""
    told = answer(port, BROKEN[name])
    head, _, body = told.partition(b"\r\n\r\n")

    assert told, name
    assert b" 500 " not in head.split(b"\r\n")[0]
    assert b"Traceback" not in told
    assert b"SECRET_KEY" not in told
    if name not in UNHEADED:
        assert f"Content-Security-Policy: {POLICY}".encode() in head
        assert b"X-Content-Type-Options: nosniff" in head
    assert b"set-cookie" not in head.lower()
    assert b"evil.example" not in body
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /en/ow",
        b"GET /en/owed HTTP/1.1\r\nHost: 127",
        b"POST /en/owed HTTP/1.1\r\n" + HOST + FORM + b"\r\nContent-Length: 100\r\n\r\ntext=",
        b"POST /en/form HTTP/1.1\r\n" + HOST + b"Content-Type: multipart/form-data; boundary=XX\r\n"
        b"Content-Length: 5000\r\n\r\n--XX\r\n"
        b'Content-Disposition: form-data; name="file"; filename="x"\r\n\r\nlaw: ',
    ],
    ids=["nothing", "half a line", "half a header", "half a form", "half a file"],
)
def test_a_slow_sender_keeps_nobody_waiting(
    site: str, port: int, quick: float, begun: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    """While one sends no more, others are answered at once; the silent one is let go of."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS_MAX) as connection:
        connection.sendall(begun)
        began = time.perf_counter()
        with urlopen(f"{site}/static/locutorio.svg", timeout=SECONDS_MAX) as other:
            assert other.status == 200
        while connection.recv(65_536):
            pass
        assert time.perf_counter() - began < SECONDS_MAX

    assert quick < SECONDS_MAX
    assert "Traceback" not in capfd.readouterr().err


def test_many_silent_senders_keep_nobody_waiting(site: str, port: int, quick: float) -> None:
    """Fifty connections that send nothing do not stop a fifty-first from being answered."""
    silent = [socket.create_connection(("127.0.0.1", port), timeout=SECONDS_MAX) for _ in range(50)]
    try:
        with urlopen(f"{site}/static/locutorio.svg", timeout=SECONDS_MAX) as other:
            assert other.status == 200
    finally:
        for one in silent:
            one.close()
    assert quick < SECONDS_MAX
