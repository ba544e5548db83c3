"""The page on which one person's complete file is given: by records alone, on record, in one file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest

from locutorio.actions.create_account import Role
from locutorio.store.models import Entry
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.seated import Seated, account

GIVEN = {"to": "the county court", "ground": "order 7 of 2026", "for_person": "no"}


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment with an officer of records, one of visits, and a person who signs in."""
    with fresh("sqlite"):
        made = founded()
        for name in ("records", "visits"):
            account(made, name, Role(name))
        account(made, "rowan", Role.PERSON, person=made.people["rowan"])
        yield made


def address(oak: Oak) -> str:
    return f"staff/person/{oak.people['rowan']}/file"


def test_records_give_it_and_the_person_sees_to_whom(oak: Oak) -> None:
    """Named on the page before; all of it in one file; told on the person's own page, in their language."""
    records, at = Seated("records"), address(oak)
    assert "Rowan Ash, 1001" in records.page(at)
    given = records.post(at, GIVEN, seen=at)
    assert given.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(given.content)) as archive:
        file = json.loads(archive.read("file.json"))
        assert {"index.en.html", "index.es.html"} <= {*archive.namelist()}
    assert file["count"] == len(file["entries"]) > 0
    assert file["exported"]["to"] == GIVEN["to"]
    entry = Entry.objects.get(action="export_person")
    assert (entry.person, entry.actor is None) == (oak.people["rowan"], False)
    seen = Seated("rowan", "es").page("own/told")
    assert words("es")["disclosures_exported"].format(to=GIVEN["to"], what="") in seen
    assert GIVEN["ground"] in seen


def test_nobody_else_can_and_not_without_a_ground(oak: Oak) -> None:
    """Neither other staff nor the person; and nothing is given where a part of the form is empty."""
    at = address(oak)
    records = Seated("records")
    records.page(f"staff/person/{oak.people['rowan']}")
    for name in ("visits", "rowan"):
        assert Seated(name).get(at).status_code in (403, 404)
        assert Seated(name).post(at, GIVEN, seen="account").status_code in (403, 404)
    for lacking in ({"ground": " "}, {"for_person": ""}):
        answer = records.post(at, {**GIVEN, **lacking}, seen=at)
        assert answer.status_code == 409
        assert words("en")["export_wrong"] in answer.content.decode()
    assert not Entry.objects.filter(action="export_person").exists()
