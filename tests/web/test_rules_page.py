"""The page on which an administrator enters the next memo of the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest

from locutorio.actions import clock, shelf
from locutorio.actions.demo.opening import PASSWORD
from locutorio.web.words import words
from tests.web.opened import demo
from tests.web.seated import Seated


@pytest.fixture(params=["en", "es"])
def administrator(request: pytest.FixtureRequest) -> Iterator[Seated]:
    """Give the administrator of the demo."""
    with demo():
        seated = Seated(lang=request.param)
        seated.sign_in("administrator", PASSWORD)
        yield seated


def test_a_memo_is_shown_and_a_wrong_one_is_refused(administrator: Seated) -> None:
    """The page tells what the memos lay down; a number beyond its limits is refused, and nothing changes."""
    page = administrator.page("staff/rules")
    assert "2026-03" in page
    assert "2026-11" in page
    before = shelf.pack("house-oak").hash
    signed = (clock.now() - timedelta(days=1)).date().isoformat()
    memo = {
        "number": "2027-1",
        "signed_on": signed,
        "from": signed,
        "visits_a_week": "9999",
        "visits_a_week.item": "1",
    }
    response = administrator.post("staff/rules", memo)

    assert words(administrator.lang)["rules_not_adopted"] in unescape(response.content.decode())
    assert shelf.pack("house-oak").hash == before


def test_a_memo_is_checked_and_shown_before_it_is_proposed(administrator: Seated) -> None:
    """A memo is checked and proved, and shown as it would be proposed; it is not adopted."""
    signed = (clock.now() - timedelta(days=1)).date().isoformat()
    number, before = f"2027-{administrator.lang}", shelf.pack("house-oak").hash
    memo = {
        "number": number,
        "signed_on": signed,
        "from": signed,
        "visits_a_week": "2",
        "visits_a_week.item": "1",
    }
    response = administrator.post("staff/rules", memo)
    page = unescape(response.content.decode())

    assert response.status_code == 200, page[-3000:]
    assert words(administrator.lang)["proposal_act_change_rules"] in page
    assert number in page
    assert shelf.pack("house-oak").hash == before
