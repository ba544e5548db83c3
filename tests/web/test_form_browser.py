"""The one-page form in a browser: filled, sent, opened, printed, on a telephone and on a desk, with axe."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page

from locutorio.web.words import words
from tests.web.checks import axe, check_headings, check_skip_link
from tests.web.pages import LANGUAGES, SEEN
from tests.web.windows import WIDTHS, window

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "examples"
FILE = EXAMPLES / "spouse-half-way-house-before-release.yaml"
UNDER_MEASURE = EXAMPLES / "daughters-escort-no-visa-under-measure.yaml"
ANSWER = "main button[value=answer]"


@pytest.fixture
def plain_page(browser: Browser, site: str, width: str) -> Iterator[Page]:
    """Give a window without scripts."""
    with window(browser, site, width, scripts=False) as opened:
        yield opened


def press(page: Page, button: str) -> None:
    """Press a button, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.locator(button).first.click()


def empty(page: Page, lang: str) -> None:
    page.goto(f"/{lang}/form")


def opened(page: Page, lang: str, file: Path = FILE) -> None:
    empty(page, lang)
    page.locator("#file").set_input_files(file)
    press(page, "button[value=open]")


def with_papers(page: Page, lang: str) -> None:
    opened(page, lang, UNDER_MEASURE)


def wrong(page: Page, lang: str) -> None:
    opened(page, lang)
    page.locator("[id='f.request.party_size']").fill("x")
    page.locator("#asked_on").fill("2099-01-01")
    press(page, ANSWER)


def not_opened(page: Page, lang: str) -> None:
    opened(page, lang, EXAMPLES / "README.md")


def unknown(page: Page, lang: str) -> None:
    empty(page, lang)
    press(page, ANSWER)


def slip(page: Page, lang: str) -> None:
    opened(page, lang)
    press(page, "button[formaction$='form/slip']")


def remedy(page: Page, lang: str) -> None:
    opened(page, lang)
    press(page, "button[formaction$='form/remedy']")


STATES: Mapping[str, Callable[[Page, str], None]] = {
    "empty": empty,
    "opened": opened,
    "with-papers": with_papers,
    "wrong": wrong,
    "not-opened": not_opened,
    "unknown": unknown,
    "slip": slip,
    "remedy": remedy,
}


@pytest.mark.parametrize(("width", "lang"), SEEN, indirect=["width"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_its_window_and_axe_finds_nothing(
    page: Page, width: str, lang: str, state: str, artefacts: Path
) -> None:
    """Empty, answered, wrong or printed: nothing runs out of the window and nobody is shut out."""
    STATES[state](page, lang)
    page.screenshot(path=artefacts / f"form-{state}-{lang}-{width}.png", full_page=True)

    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    check_headings(page)
    if state in {"empty", "opened"}:
        check_skip_link(page, lang)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    assert axe(page) == []
    assert "?" not in page.url


@pytest.mark.parametrize("lang", LANGUAGES)
def test_someone_who_knows_the_facts_gets_the_answer_in_one_screen(plain_page: Page, lang: str) -> None:
    """Without scripts: fill in, press Enter, and the answer stands over the form, still filled in."""
    page = plain_page
    empty(page, lang)
    page.locator("[id='f.contact.on_visiting_list']").select_option("yes")
    page.locator("[id='f.visit.by_video']").select_option("no")
    page.locator("input[name=complete]").check()
    page.locator("[id='f.contact.age']").fill("12")
    with page.expect_navigation():
        page.locator("[id='f.contact.age']").press("Enter")

    assert page.locator(".headline").inner_text()
    assert page.locator("[id='f.contact.age']").input_value() == "12"
    assert page.locator("[id='f.contact.on_visiting_list']").input_value() == "yes"
    assert page.locator("details.group").first.get_attribute("open") is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_filled_in_can_be_saved_and_opened_again(plain_page: Page, lang: str, tmp_path: Path) -> None:
    """The file saved from the form opens to the same answer."""
    page = plain_page
    opened(page, lang)
    first = page.locator(".headline").inner_text()
    with page.expect_download() as saving:
        page.locator("button[formaction$='case-file']").click()
    saving.value.save_as(tmp_path / "CASE.yaml")

    assert saving.value.suggested_filename == "CASE.yaml"
    opened(page, lang, tmp_path / "CASE.yaml")
    assert page.locator(".headline").inner_text() == first


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slip_prints_on_one_sheet(page: Page, lang: str, artefacts: Path) -> None:
    """From the browser's own menu, on Letter and on A4, the slip is one sheet without menu or foot."""
    slip(page, lang)
    for paper in ("Letter", "A4"):
        made = page.pdf(path=artefacts / f"slip-{lang}-{paper}.pdf", format=paper)
        with pikepdf.open(io.BytesIO(made)) as document:
            assert len(document.pages) == 1
    page.emulate_media(media="print")
    for hidden in (".site-header", ".site-footer", "main form"):
        assert not page.locator(hidden).first.is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_leads_to_its_field(plain_page: Page, lang: str) -> None:
    """The first stop after an error is the list of what is wrong; each entry leads to the field it names."""
    page = plain_page
    wrong(page, lang)
    told = words(lang)

    assert page.title().startswith(told["error_in"].partition("{")[0])
    page.get_by_role("link", name=told["form_wrong_whole"]).click()
    assert page.url.endswith("#f.request.party_size")
    assert page.locator("[id='f.request.party_size']").is_visible()


def test_the_other_language_keeps_what_was_filled_in(plain_page: Page) -> None:
    """The switch of language takes the form along, and nothing of it into the address."""
    page = plain_page
    opened(page, "en")
    with page.expect_navigation():
        page.get_by_role("button", name="Español").click()

    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator("[id='f.contact.relation']").input_value() == "spouse"
    assert page.url.endswith("/es/form")
