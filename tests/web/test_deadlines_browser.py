"""The page of deadlines in a browser with axe, on a telephone, at a desk and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.checks import axe, check_headings
from tests.web.test_deadlines import BP9, EVENT, LANGUAGES, ON
from tests.web.windows import WIDTHS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", ["shown", "fault"])
def test_every_state_fits_its_window_and_is_accessible(
    page: Page, lang: str, state: str, width: str, artefacts: Path
) -> None:
    """Nothing runs out of the window, headings go down one step at a time, and axe finds nothing."""
    page.goto(f"/{lang}/{BP9}")
    if state == "shown":
        page.locator("#event").fill(EVENT)
    page.locator("#on").fill(ON)
    page.locator("button[value=show]").click()
    page.screenshot(path=artefacts / f"deadline-{state}-{lang}-{width}.png", full_page=True)

    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    check_headings(page)
    assert axe(page) == []
    page.emulate_media(media="print")
    assert page.locator("#answer" if state == "shown" else "#faults").is_visible()
