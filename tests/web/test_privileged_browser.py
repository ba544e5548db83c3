"""The numbers nobody listens to, with a browser: the page fits its window, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from locutorio.actions.create_account import Role
from locutorio.actions.enter_privileged import NewPrivileged, enter_privileged
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.windows import WIDTHS, look, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment with two registered numbers."""
    with fresh("sqlite"):
        made = founded()
        account(made, "records", Role.RECORDS)
        enter_privileged(NewPrivileged("+12025550101", "counsel", "Ana Ibáñez"), made.sent("counsel"))
        enter_privileged(NewPrivileged("112", "emergency", "Emergencies"), made.sent("emergency"))
        yield made


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_numbers(browser: Browser, site: str, artefacts: Path, lang: str, width: str) -> None:
    """A number that contradicts itself is told; another is looked at before it is proposed."""
    told = words(lang)

    def picture(state: str) -> Path:
        return artefacts / f"numbers-{state}-{lang}-{width}.png"

    with signed_in(browser, site, "records", lang, width) as page:
        page.goto(f"/{lang}/staff/numbers")
        assert "Ana Ibáñez" in look(page, picture("all"))
        for number, state in (("+12025550101", "wrong"), ("+12025550102", "looked")):
            page.locator("#number").fill(number)
            page.locator("#kind").select_option("court")
            page.locator("#name").fill("District Court")
            page.get_by_role("button", name=told["proposing_look"], exact=True).click()
            said = look(page, picture(state))
        assert told["proposal_does_enter_privileged"] in said
