"""The page of what waits before each office, asked for in odd ways."""

from __future__ import annotations

from locutorio.actions.create_account import Role
from locutorio.web.words import words
from tests.databases import Store
from tests.establishment import founded
from tests.web.seated import Seated, account


def test_what_is_no_page_is_answered_as_one(store: Store, quick_passwords: None) -> None:
    """A number that is none, too great or too long shows a page and breaks nothing."""
    account(founded(law="us-federal"), "records", Role.RECORDS)
    officer = Seated("records")
    for said in ("", "x", "-1", "99999", "9" * 5_000, "²", "٣"):
        assert words("en")["petitions_title"] in officer.page(f"staff/petitions?page={said}")
