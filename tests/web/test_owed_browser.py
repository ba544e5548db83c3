"""The page of what was promised and what happened, in a browser without scripts and with axe."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from locutorio.web.words import words
from tests.web.checks import axe, check_headings
from tests.web.pages import SEEN
from tests.web.test_owed import EXAMPLE, LANGUAGES, ON
from tests.web.windows import WIDTHS

pytestmark = pytest.mark.browser

STATES = ("empty", "shown", "template", "file-fault", "promise-fault", "event-fault")


def bring(page: Page, lang: str, state: str) -> None:
    """Bring the page into a state, as a reader does."""
    page.goto(f"/{lang}/owed")
    if state == "empty":
        return
    if state == "template":
        page.locator("button[value=template]").click()
        return
    text = EXAMPLE.replace("happened: attempted", "happened: perhaps") if state == "file-fault" else EXAMPLE
    page.locator("#text").fill(text)
    page.locator("#on").fill(ON)
    if state in {"shown", "file-fault"}:
        page.locator("button[value=show]").click()
    else:
        part = state.removesuffix("-fault")
        page.get_by_text(words(lang)[f"owed_add_{part}"]).click()
        page.locator(f"button[value={part}]").click()


@pytest.mark.parametrize(("width", "lang"), SEEN, indirect=["width"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_its_window_and_is_accessible(
    page: Page, lang: str, state: str, width: str, artefacts: Path
) -> None:
    """Nothing runs out of the window, headings go down one step at a time, and axe finds nothing."""
    bring(page, lang, state)
    page.screenshot(path=artefacts / f"owed-{state}-{lang}-{width}.png", full_page=True)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    check_headings(page)
    assert axe(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_is_made_counted_and_saved_without_scripts(
    browser: Browser, site: str, lang: str, artefacts: Path
) -> None:
    """A promise and an event are entered and counted; the file is saved, opened again and counted alike."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{lang}/owed")
    told = words(lang)
    page.get_by_text(told["owed_add_promise"]).click()
    page.locator("#p_what").select_option("visit")
    page.locator("#p_paper").fill("schedule of May")
    page.locator("#p_count").fill("3")
    page.locator("#p_from").fill("2026-01-01")
    page.locator("#complete + label").click()
    page.locator("button[value=promise]").click()
    page.get_by_text(told["owed_add_event"], exact=True).click()
    page.locator("#e_on").fill("2026-01-15")
    page.locator("#e_what").select_option("visit")
    page.locator("#e_happened").select_option("yes")
    page.locator("button[value=event]").click()
    counted = page.locator(".owed-table tbody tr").first.inner_text()
    with page.expect_download() as saving:
        page.locator("button[value=save]").click()
    saved = artefacts / f"saved-{lang}.yaml"
    saving.value.save_as(saved)
    page.goto(f"/{lang}/owed")
    page.locator("#file").set_input_files(saved)
    page.locator("button[value=show]").click()

    assert saving.value.suggested_filename == "owed.yaml"
    assert page.locator(".owed-table tbody tr").first.inner_text() == counted
    assert [cell.strip() for cell in counted.split("\t")][1:5] == ["3", "1", "0", "2"]
    context.close()


def test_the_printed_account_holds_no_form(browser: Browser, site: str, artefacts: Path) -> None:
    """On paper stand the time line, the tables and what can be asked; the form and the menu are left out."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    bring(page, "es", "shown")
    page.emulate_media(media="print")
    page.pdf(path=artefacts / "owed-es.pdf", format="Letter")

    assert page.locator(".timeline svg").first.is_visible()
    assert page.locator(".owed-table").first.is_visible()
    for hidden in ("form.talk", ".site-menu", ".lede"):
        assert not page.locator(hidden).is_visible()
    context.close()


def test_the_other_language_is_one_button_away(browser: Browser, site: str) -> None:
    """The account stands in the other language without anything being entered again."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    bring(page, "en", "shown")
    page.get_by_role("button", name="Español").click()

    assert page.url == f"{site}/es/owed"
    assert page.get_by_role("heading", name=words("es")["owed_account"]).is_visible()
    context.close()
