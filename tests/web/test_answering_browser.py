"""The page that answers who asks, with a browser: it fits its window, and axe finds nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from locutorio.actions.create_account import Role
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.windows import WIDTHS, look, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment under federal law, with an officer of records."""
    with fresh("sqlite"):
        made = founded(law="us-federal")
        account(made, "records", Role.RECORDS)
        yield made


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_press_asks_for_a_name(
    browser: Browser, site: str, artefacts: Path, lang: str, width: str
) -> None:
    """The form is filled in; the answer stands above it, and what may be told."""
    with signed_in(browser, site, "records", lang, width) as page:
        page.goto(f"/{lang}/staff/answer")
        look(page, artefacts / f"answering-{lang}-{width}.png")
        page.locator("#to").fill("The Oak Herald")
        page.locator("#number").fill("1001")
        page.locator("#asker").select_option("press")
        page.locator("#item").select_option("name")
        with page.expect_navigation():
            page.get_by_role("button", name=words(lang)["answering_go"], exact=True).click()
        assert "Rowan Ash" in look(page, artefacts / f"answered-{lang}-{width}.png")
