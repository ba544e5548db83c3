"""What may be sent, and what is refused before any page reads it: from elsewhere, too much, not readable."""

import importlib
import socket
import time
from html import unescape

import pytest
from django.test import Client

from locutorio.web.limits import BODY_BYTES_MAX
from locutorio.web.words import words
from tests.web.pages import LANGUAGES
from tests.web.telling import FORM, post

ADDRESS = "/en/interview"
BEGIN = [("do", "begin"), ("about", "visit"), ("law", "us-federal")]
FIELDS_TOO_MANY = 1_001
SECONDS = 0.5
SECONDS_MAX = 10


def refused(client: Client, lang: str, body: bytes, **headers: str) -> tuple[int, str]:
    """Send a body; give the status, and the page."""
    response = client.post(f"/{lang}/interview", body, content_type=FORM, **headers)  # type: ignore[arg-type]
    return response.status_code, unescape(response.content.decode())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://127.0.0.1:9999"},
    ],
)
def test_what_another_site_sends_is_refused(client: Client, lang: str, headers: dict[str, str]) -> None:
    """A form on a page of another site gets no answer here, only the way to ask oneself."""
    response = client.post(f"/{lang}/interview", {"do": "begin", "about": "visit"}, headers=headers)

    assert response.status_code == 403
    assert words(lang)["error_elsewhere_title"] in unescape(response.content.decode())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},
    ],
)
def test_what_our_own_pages_send_is_read(client: Client, headers: dict[str, str]) -> None:
    """A form of these pages is read, as browsers send it: without a referrer, or from an old browser."""
    response = client.post(ADDRESS, dict(BEGIN), headers=headers)

    assert response.status_code == 200
    assert 'name="asking"' in response.content.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "body",
    [
        b"said=" + b"x" * BODY_BYTES_MAX,
        b"said=" + b"x" * 200_000,
        b"&".join(b"said=contact.age%3D1" for _ in range(FIELDS_TOO_MANY)),
    ],
    ids=["whole", "fields", "number of fields"],
)
def test_too_much_is_refused_in_plain_words(client: Client, lang: str, body: bytes) -> None:
    """More than the answers of a person or one case file is not read, and the page says so."""
    status, page = refused(client, lang, body)

    assert status == 413
    assert words(lang)["error_too_large_title"] in page


def test_more_answers_than_can_be_given_are_refused(client: Client) -> None:
    """A page carries no more answers than its law could ask for."""
    carried = [("law", "us-federal"), ("about", "visit"), ("on", "2026-03-02"), ("asked_on", "2026-03-02")]
    response = post(client, ADDRESS, [*carried, *[("said", "contact.age=30")] * 500])

    assert response.status_code == 400


@pytest.mark.parametrize("length", ["-5", "many", "²", "1e3"])
def test_a_length_that_is_none_is_refused(client: Client, length: str) -> None:
    """A request that does not say truly how long it is gets a page, not a failure."""
    status, page = refused(client, "en", b"do=begin", CONTENT_LENGTH=length)

    assert status == 400
    assert words("en")["error_bad_request_title"] in page


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nno header\r\n\r\n"),
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"do=begin"),
        (FORM, b"do=%ff%fe&about=%00"),
        (FORM, b"&&&===;;;"),
    ],
)
def test_what_cannot_be_read_is_refused(client: Client, kind: str, body: bytes) -> None:
    """A body of another kind, or a broken one, gets a page in plain words."""
    response = client.post(ADDRESS, body, content_type=kind)

    assert response.status_code == 400
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_a_page_that_takes_forms_takes_nothing_else(client: Client, method: str) -> None:
    """Only GET, HEAD and POST mean something here, and the answer says so."""
    response = getattr(client, method)(ADDRESS)

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_a_browser_that_sends_without_end_is_hung_up_on(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that comes in drop by drop holds its own connection only, and not for long."""
    monkeypatch.setattr(importlib.import_module("locutorio.web.serve"), "REQUEST_SECONDS_MAX", SECONDS)
    host, port = site.removeprefix("http://").split(":")
    began = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=SECONDS_MAX) as slow:
        slow.sendall(b"POST /en/interview HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 90000\r\n")
        slow.sendall(f"Content-Type: {FORM}\r\n\r\n".encode())
        try:
            while time.monotonic() - began < SECONDS_MAX:
                slow.sendall(b"x")
                time.sleep(SECONDS / 10)
        except ConnectionError:
            pass

    assert time.monotonic() - began < SECONDS_MAX


def test_a_body_that_is_refused_is_still_answered(site: str) -> None:
    """Whoever sends far too much gets to read why: the connection does not break on them."""
    host, port = site.removeprefix("http://").split(":")
    size = 5_000_000
    with socket.create_connection((host, int(port)), timeout=SECONDS_MAX) as large:
        large.sendall(
            f"POST /es/interview HTTP/1.1\r\nHost: {host}\r\nContent-Length: {size}\r\n\r\n".encode()
        )
        large.sendall(b"x" * size)
        answer = b""
        while piece := large.recv(65_536):
            answer += piece

    assert b" 413 " in answer.split(b"\r\n")[0]
    assert words("es")["error_too_large_title"] in unescape(answer.decode())
