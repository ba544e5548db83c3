"""Hostile input to every page and upload: always a clear answer; nothing runs or loads from elsewhere."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client

from locutorio.web.headers import HEADERS
from tests.web import attacks
from tests.web.payloads import (
    FILES,
    LANGUAGES,
    MARK,
    MULTIPART,
    SEED,
    TEXTS,
    Sent,
    multipart,
    names_of,
    routes,
    takes_forms,
)

FEWEST = 4_000
SECONDS_MAX = 20
CLEAR = {200, 302, 400, 403, 404, 405, 413}
PAGES = ("text/html", "application/json", "application/yaml", "application/pdf")
LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "manifest", "ping"}
RUNNING = {"script", "iframe", "object", "embed", "base", "style", "applet", "meta-refresh", "foreignobject"}


class Seen(HTMLParser):
    """Looks through a page for what would run, or load from elsewhere, and for the ends of its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in RUNNING or (tag == "meta" and ("http-equiv", "refresh") in attrs):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            link = name in LOADING or (name == "href" and tag == "link")
            if link and value and not re.match(r"(/(?!/)|#)", value):
                self.wrong.append(f"<{tag} {name}={value}>")
            if name == "href" and value and not re.match(r"(/(?!/)|#|https://)", value):
                self.wrong.append(f"<{tag} href={value}>")
            if name.startswith("on") or name == "style" or MARK in name:
                self.wrong.append(f"<{tag} {name}>")

    def handle_endtag(self, tag: str) -> None:
        self.ended = self.ended or tag == "html"


def send(client: Client, sent: Sent) -> HttpResponse:
    """Send one attack."""
    response = client.generic(
        sent.method, sent.address, sent.body, content_type=sent.content_type, headers=dict(sent.headers)
    )
    return cast("HttpResponse", response)


def wrong(response: HttpResponse) -> list[str]:
    """Say what is wrong with an answer: not clear, without its headers, or with something that runs."""
    found = [] if response.status_code in CLEAR else [f"status {response.status_code}"]
    found += [f"header {name}" for name, value in HEADERS.items() if response.headers.get(name) != value]
    found += [f"cookie {name}" for name in response.cookies]
    if any(MARK in value or "\n" in value for value in response.headers.values()) or "X-Injected" in response:
        found.append("a header holds what was sent")
    if response.status_code == 302 and not re.match(r"/(en|es)/(api)?$", response.headers["Location"]):
        found.append(f"leads to {response.headers['Location']}")
    kind = response.headers.get("Content-Type", "")
    if not kind.startswith(PAGES) and response.status_code != 302:
        found.append(f"type {kind}")
    content = response.content
    if b"Traceback" in content or b"locutorio/web" in content or b"site-packages" in content:
        found.append("a traceback")
    if kind.startswith("text/html"):
        page = Seen()
        page.feed(content.decode())
        found += page.wrong
        if not page.ended and response.status_code != 302:
            found.append("the page does not end")
    return found


@pytest.fixture(scope="module")
def hostile_client() -> Client:
    return Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")


def fields_at(client: Client, address: str) -> tuple[dict[str, str], set[str]]:
    """Give the fields that the pages lead to sending to an address, found by asking the pages themselves."""
    lang = address.split("/")[1]
    pages = [client.get(one).content.decode() for one in (address, f"/{lang}/", f"/{lang}/form")]
    fields, _ = names_of(pages)
    begun = client.post(f"/{lang}/interview", {**fields, "about": "visit", "do": "begin"}).content.decode()
    more, _ = names_of([begun])
    own, files = names_of(pages[:1])
    if own.keys() <= {"word", "outcome", "status", "do"}:
        own = {**fields, **more}
    return {**more, **own}, files


def tried(client: Client) -> Iterator[Sent]:
    """Give every attack on every address of the site."""
    for address in routes():
        yield from attacks.everywhere(address)
        if takes_forms(address):
            fields, files = fields_at(client, address)
            yield from attacks.texts(address, fields)
            yield from attacks.shapes(address, fields)
            yield from attacks.bodies(address, fields)
            yield from attacks.pasted(address, fields)
            for file in files:
                yield from attacks.uploads(address, fields, file)
    yield from attacks.addresses()


def test_the_attacks_reach_every_address_of_the_site(hostile_client: Client) -> None:
    """Every address of the URLconf is attacked, those that take forms most, and a new page would be too."""
    sent = list(tried(hostile_client))
    reached = Counter(one.address.split("?")[0] for one in sent)

    assert set(routes()) <= reached.keys()
    assert all(reached[address] > 150 for address in routes() if takes_forms(address))
    assert {
        f"/{lang}/{name}" for lang in LANGUAGES for name in ("owed", "form", "interview")
    } <= reached.keys()
    assert len(sent) >= FEWEST


def test_whatever_is_sent_is_answered_clearly(
    hostile_client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """
    No answer is a failure, a traceback or something that runs; each has its headers, none is slow, nothing is
    written to disk or on the console. One attack in eight is tried; HOSTILE_SHARE=1 tries all.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    share = int(os.environ.get("HOSTILE_SHARE", "8"))
    chosen = [one for number, one in enumerate(tried(hostile_client)) if number % share == SEED % share]
    found = []
    for one in chosen:
        began = time.perf_counter()
        response = send(hostile_client, one)
        seconds = time.perf_counter() - began
        found += [(one.address[:60], one.of, fault) for fault in wrong(response)]
        if seconds > SECONDS_MAX:
            found.append((one.address[:60], one.of, f"{seconds:.1f} seconds"))

    assert found == []
    assert len(chosen) * share >= FEWEST
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize(
    ("address", "file"), [("/en/form", "file"), ("/es/owed", "file"), ("/en/history", "file")]
)
def test_every_hostile_file_is_answered(hostile_client: Client, address: str, file: str, name: str) -> None:
    """Each file, uploaded, gets a page in a few seconds: read, or told what is wrong with it."""
    body = multipart([("form", "1"), ("do", "show")], file, "CASE.yaml", FILES[name])
    sent = Sent(name, address, body=body, content_type=MULTIPART)
    began = time.perf_counter()
    response = send(hostile_client, sent)

    assert wrong(response) == []
    assert time.perf_counter() - began < SECONDS_MAX


def test_a_text_that_was_typed_is_shown_as_text(hostile_client: Client) -> None:
    """Markup and the signs of templates that were typed stand on the page as they were typed."""
    for text in (TEXTS[0], TEXTS[1], "{{ 7|add:42 }}", "{% debug %}"):
        page = hostile_client.post("/en/owed", {"text": text, "do": "x", "on": "2026-06-01"}).content.decode()
        assert escape(text) in page


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<script>", "<script>"),
        ("<img src=x onerror=y>", "<img onerror>"),
        ("<p style='x'>", "<p style>"),
        ("<link rel=stylesheet href=https://evil.example>", "<link href=https://evil.example>"),
        ("<form action=//evil.example>", "<form action=//evil.example>"),
        ("<a href=javascript:x>", "<a href=javascript:x>"),
        ("<p>cut off", "the page does not end"),
    ],
)
def test_a_page_with_something_wrong_is_seen(page: str, fault: str) -> None:
    """The watch is awake: what must not stand on a page is found on one made with it."""
    response = HttpResponse(page, status=500)

    assert fault in wrong(response)
    assert "status 500" in wrong(response)
    assert "header Content-Security-Policy" in wrong(response)
