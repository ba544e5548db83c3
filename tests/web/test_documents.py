"""The pages of documents: a file is sent, what could be read of it is told, and it comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from locutorio.actions.create_account import Role
from locutorio.web.limits import BODY_BYTES_MAX, FILE_BYTES_MAX
from locutorio.web.words import words
from tests.databases import fresh
from tests.documents import made
from tests.establishment import Oak, founded
from tests.web.seated import Seated, account


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment with officers and a person who sign in."""
    with fresh("sqlite"):
        made = founded()
        account(made, "records", Role.RECORDS)
        account(made, "ombudsman", Role.OMBUDSMAN)
        account(made, "gate", Role.GATE)
        account(made, "rowan", Role.PERSON, person=made.people["rowan"])
        yield made


def of(oak: Oak) -> str:
    """Give the address of the documents of a person."""
    return f"staff/person/{oak.people['rowan']}/documents"


def send(one: Seated, oak: Oak, name: str, data: bytes, **more: str) -> Any:
    """Send a file."""
    return one.post(of(oak), {"file": SimpleUploadedFile(name, data), **more}, seen=of(oak))


def test_a_file_is_kept_and_comes_back(oak: Oak) -> None:
    """What could be read of it stands on its page; it is only ever saved, whatever it says that it is."""
    records = Seated("records")
    data = made.printed(made.ENGLISH)
    answer = send(records, oak, "order 7.pdf", data, languages="EN, es", made_by="The court")
    assert answer.status_code == 303
    address = answer.headers["Location"].removeprefix("/en/").partition("?")[0]
    page = records.page(address)
    assert "Dear Sir" in page
    assert "en, es" in page
    assert "The court" in page
    assert "order 7.pdf" in records.page(of(oak))
    given = records.get(f"{address}/file")
    assert given.content == data
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["Content-Disposition"] == 'attachment; filename="order 7.pdf"'
    assert given.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_is_in_a_file_is_shown_as_text_and_in_its_own_direction(oak: Oak, lang: str) -> None:
    """Markup in a file is letters, and what is written from right to left is drawn so."""
    records = Seated("records", lang)
    sent = send(records, oak, "a.txt", f"<script>alert(1)</script> {made.ARABIC}".encode())
    page = records.get(sent.headers["Location"].removeprefix(f"/{lang}/")).content.decode()
    assert "<script>" not in page
    assert 'dir="auto">&lt;script&gt;' in page
    assert words(lang)["documents_right_to_left"] in unescape(page)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_is_not_kept_says_why(oak: Oak, lang: str) -> None:
    """No file, one that can run programs, a language that is none: the page says what to do."""
    records = Seated("records", lang)
    for fault, answer in {
        "kind": send(records, oak, "order.pdf", made.ZIPPED),
        "empty": records.post(of(oak), {}, seen=of(oak)),
        "language": send(records, oak, "a.txt", b"Hello", languages="Spanish"),
    }.items():
        assert answer.status_code == 409, fault
        assert words(lang)[f"documents_fault_{fault}"] in unescape(answer.content.decode())
    assert words(lang)["documents_none"] in records.page(of(oak))


def test_a_large_file_is_taken_there_alone(oak: Oak) -> None:
    """A scan of some million bytes is kept; other pages take no such form, and no page a larger one."""
    records = Seated("records")
    large = made.PNG + b"\0" * (BODY_BYTES_MAX * 5)
    assert send(records, oak, "scan.png", large).status_code == 303
    told = f"staff/person/{oak.people['rowan']}/told"
    assert records.post(told, {"to": "x" * BODY_BYTES_MAX}, seen=told).status_code == 413
    assert send(records, oak, "scan.png", made.PNG + b"\0" * FILE_BYTES_MAX).status_code == 413


def test_only_those_whose_work_it_is_see_them(oak: Oak) -> None:
    """The ombudsman reads and keeps none; the gate and the person see nothing; opening one is told."""
    address = send(Seated("records"), oak, "a.txt", b"Hello").headers["Location"].removeprefix("/en/")
    ombudsman = Seated("ombudsman")
    assert 'type="file"' not in ombudsman.page(of(oak))
    assert send(ombudsman, oak, "b.txt", b"Hello").status_code == 404
    assert "Hello" in ombudsman.page(address)
    for name in ("gate", "rowan"):
        assert Seated(name).get(of(oak)).status_code == 403
        assert Seated(name).get(address).status_code == 403
    assert words("en")["disclosures_read"].format(to="", what="") in Seated("rowan").page("own/told")


def test_what_is_not_there_is_not_told_apart(oak: Oak) -> None:
    """A document of nobody answers as one that is not theirs."""
    assert Seated("records").get(f"staff/document/{UUID(int=7)}").status_code == 404
