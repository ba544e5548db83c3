"""The pages of what courts entered: files are read there, and a person closes each lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from locutorio.actions.create_account import Role
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.store.models import Docketed
from locutorio.web.words import say, words
from tests.databases import fresh
from tests.dockets.files import CASE, feed, needs_parser
from tests.establishment import Oak, founded
from tests.web.seated import Seated, account

AT = "staff/courts"
ORDERS = (("Order", "Mon, 05 Jan 2026 10:00:00 GMT"), ("Letter", "Mon, 05 Jan 2026 11:00:00 GMT"))


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment with officers who sign in."""
    needs_parser()
    with fresh("sqlite"):
        made = founded()
        account(made, "records", Role.RECORDS)
        account(made, "ombudsman", Role.OMBUDSMAN)
        account(made, "rowan", Role.PERSON, person=made.people["rowan"])
        yield made


def of(oak: Oak) -> str:
    """Give the page of a person."""
    return f"staff/person/{oak.people['rowan']}/courts"


def send(one: Seated, data: bytes, **more: str) -> Any:
    """Send a file of a court."""
    return one.post(AT, {"file": SimpleUploadedFile("feed.xml", data), **more}, seen=AT)


def watch(one: Seated, oak: Oak, **more: str) -> Any:
    """Send the form that watches a case."""
    said = {"do": "watch", "court": "ZZD", "case": CASE, "defendant": "", **more}
    return one.post(of(oak), said, seen=of(oak))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_lead_is_shown_and_closed_by_its_paper(oak: Oak, lang: str) -> None:
    """A case is watched, a feed is read, its order waits with the court's words, and its paper closes it."""
    records, told = Seated("records", lang), words(lang)
    assert watch(records, oak).status_code == 303
    took = unescape(send(records, feed(*ORDERS)).content.decode())
    assert say(lang, "leads_took", new=2, changed=0) in took
    assert "[Letter]" in took
    assert say(lang, "leads_took_again", count=2) in unescape(send(records, feed(*ORDERS)).content.decode())
    page = records.page(of(oak))
    assert told["leads_open"] in page
    assert f"staff/person/{oak.people['rowan']}/paper" in page

    first, second = Docketed.objects.order_by("id").values_list("id", flat=True)
    paper = enter_paper(
        NewPaper(oak.people["rowan"], "sanction", since=date(2026, 11, 2)), oak.sent("paper")
    ).paper
    answered = records.post(of(oak), {"do": "paper", "lead": first, "paper": paper}, seen=of(oak))
    assert answered.status_code == 303
    dismissed = records.post(of(oak), {"do": "dismiss", "lead": second, "why": "Nothing."}, seen=of(oak))
    assert told["leads_did_dismiss"] in records.page(dismissed.headers["Location"].removeprefix(f"/{lang}/"))
    assert told["leads_none"] in records.page(AT)
    assert f"{told['leads_dismissed']} Nothing." in records.page(of(oak))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_is_wrong_is_said(oak: Oak, lang: str) -> None:
    """Each mistake has a sentence with what to do, and nothing of the form is lost."""
    records = Seated("records", lang)
    unsaid = {"do": "dismiss", "lead": oak.id, "why": "x"}
    for fault, answer in {
        "of_court": watch(records, oak, court="New York"),
        "case": watch(records, oak, case="24-1"),
        "defendant": watch(records, oak, defendant="one"),
        "kind": send(records, b"hello"),
        "court": send(records, feed(*ORDERS).replace(b"ecf.zzd.uscourts.gov", b"ecf.example")),
        "answer": records.post(of(oak), {"do": "paper", "lead": "x"}, seen=of(oak)),
    }.items():
        assert answer.status_code == 409, fault
        assert words(lang)[f"leads_fault_{fault}"] in unescape(answer.content.decode()), fault
    assert 'value="24-1"' in watch(records, oak, case="24-1").content.decode()
    assert records.post(of(oak), unsaid, seen=of(oak)).status_code == 404


def test_who_may_only_read_changes_nothing(oak: Oak) -> None:
    """The ombudsman sees the leads and no form; the person sees no page of staff."""
    records, ombudsman = Seated("records"), Seated("ombudsman")
    watch(records, oak)
    send(records, feed(*ORDERS))
    for page in (ombudsman.page(AT), ombudsman.page(of(oak))):
        assert "[Letter]" in page
        assert 'name="do"' not in page
        assert 'type="file"' not in page
    assert send(ombudsman, feed(*ORDERS)).status_code == 404
    assert watch(ombudsman, oak).status_code == 404
    assert Seated("rowan").get(AT).status_code == 403
