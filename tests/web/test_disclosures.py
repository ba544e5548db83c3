"""The pages on which is noted what is given out, and on which the person sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from locutorio.actions.create_account import Role
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.seated import Seated, account


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment with an officer of records and a person who sign in."""
    with fresh("sqlite"):
        made = founded()
        account(made, "records", Role.RECORDS)
        account(made, "rowan", Role.PERSON, person=made.people["rowan"])
        yield made


def test_what_is_given_out_stands_on_the_persons_page(oak: Oak) -> None:
    """Records note it; the person reads it in their language, with each time that staff opened the file."""
    records, rowan = Seated("records"), Seated("rowan", "es")
    at = f"staff/person/{oak.people['rowan']}/told"
    assert "<form" in records.page(at)
    given = {"to": "the county court", "what": "The visiting list", "ground": "order 7 of 2026"}
    assert records.post(at, given, seen=at).status_code == 303
    assert words("en")["disclosures_wrong"] in records.post(at, {**given, "to": ""}, seen=at).content.decode()
    seen = rowan.page("own/told")
    assert "The visiting list, se entregó a the county court" in seen
    assert "order 7 of 2026" in seen
    assert words("es")["disclosures_read"].format(to="", what="") in seen


def test_nobody_elses_can_be_seen(oak: Oak) -> None:
    """A person sees their own alone: the page of staff is not for them."""
    assert Seated("rowan").get(f"staff/person/{oak.people['rowan']}/told").status_code in (403, 404)


def test_one_page_for_a_marked_file_and_for_nobody(quick_passwords: None) -> None:
    """The page that answers is the same byte for byte, but for what each form carries anew and the number."""
    with fresh("sqlite"):
        oak = founded(law="us-federal")
        account(oak, "records", Role.RECORDS)
        records = Seated("records")
        told = f"staff/person/{oak.people['rowan']}/told"
        assert words("en")["confidential_yes"] in records.page(told)
        assert records.post(told, {"mark": "yes"}, seen=told).status_code == 303
        assert words("en")["confidential_no"] in records.page(told)
        asked = {"to": "The Oak Herald", "asker": "press", "item": "place", "ground": "none"}
        pages = []
        for number in ("1001", "8888", "1002"):
            answer = records.post("staff/answer", {**asked, "number": number}, seen="staff/answer")
            assert answer.status_code == 200
            text = re.sub(r'name="(csrfmiddlewaretoken|command)" value="[^"]+"', "", answer.content.decode())
            pages.append(text.replace(f'value="{number}"', ""))
        marked, nobody, ordinary = pages
        assert marked == nobody != ordinary
        assert "Oak County Jail" in ordinary
        seen = records.page(f"staff/person/{oak.people['linden']}/told")
        assert "The Oak Herald" in seen
        assert "The Oak Herald" not in records.page(told)
        wrong = records.post("staff/answer", {**asked, "to": ""}, seen="staff/answer")
        assert words("en")["answering_wrong"] in wrong.content.decode()
