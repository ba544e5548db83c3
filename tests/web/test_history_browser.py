"""The page of dated events, and the page that stands alone, in a browser without scripts and with axe."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

from locutorio.command.main import app
from tests.web.checks import axe, check_headings
from tests.web.test_history import EXAMPLE, LANGUAGES, ON, ROOT
from tests.web.windows import WIDTHS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", ["empty", "shown", "fault"])
def test_every_state_fits_its_window_and_is_accessible(
    page: Page, lang: str, state: str, width: str, artefacts: Path
) -> None:
    """Nothing runs out of the window, headings go down one step at a time, and axe finds nothing."""
    page.goto(f"/{lang}/history")
    if state != "empty":
        page.locator("#text").fill(EXAMPLE if state == "shown" else EXAMPLE.replace("trust: 4", "trust: 9"))
        page.locator("#on").fill(ON)
        page.locator("button[value=show]").click()
    page.screenshot(path=artefacts / f"history-{state}-{lang}-{width}.png", full_page=True)

    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    check_headings(page)
    assert axe(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_that_stands_alone_is_legible_on_a_telephone_and_on_paper(
    page: Page, lang: str, width: str, tmp_path: Path, artefacts: Path
) -> None:
    """It fits a telephone and a sheet of A4; its text has the size of text; axe finds nothing."""
    file = tmp_path / "case.html"
    example = ROOT / "examples" / "history" / "seven-years.yaml"
    told = CliRunner().invoke(app, ["history", str(example), "--on", ON, "--page", str(file), "--lang", lang])
    assert told.exit_code == 0, told.output
    page.goto(file.as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    sizes = page.evaluate(
        "[...document.querySelectorAll('svg text')].map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 12
    inside = page.evaluate(
        "[...document.querySelectorAll('svg text')].every(one => "
        "one.getBoundingClientRect().right <= document.documentElement.clientWidth)"
    )
    assert inside
    check_headings(page)
    assert axe(page) == []
    page.pdf(path=artefacts / f"history-{lang}-{width}.pdf", prefer_css_page_size=True)
