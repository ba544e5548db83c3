"""The page as a browser shows it: without scripts, on a telephone and on a desk, tested for accessibility."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Request

from locutorio.web.words import words
from tests.web.checks import axe, check_headings, check_skip_link
from tests.web.pages import KINDS, SEEN, address_of
from tests.web.windows import HEIGHT, WIDTHS

pytestmark = pytest.mark.browser

TARGET_PIXELS_MIN = 24


@pytest.fixture
def context(browser: Browser, site: str, width: str) -> Iterator[BrowserContext]:
    """Give a browser window without scripts; a request to any other host fails the test."""
    opened = browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": WIDTHS[width], "height": HEIGHT}
    )
    elsewhere: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(f"{site}/"):
            elsewhere.append(request.url)

    opened.on("request", note)
    yield opened
    opened.close()
    assert elsewhere == []


def test_a_reader_walks_from_the_first_page_to_an_answer_and_its_law(context: BrowserContext) -> None:
    """
    Without scripts, a reader searches, opens a case, reads the answer, follows its citation to the law, takes
    the other language there and comes back to the cases.
    """
    page = context.new_page()
    page.goto("/en/cases")
    page.get_by_label(words("en")["search_word"]).fill("identification")
    page.get_by_label(words("en")["search_outcome"]).select_option("refuse")
    page.get_by_role("button", name=words("en")["search_go"]).click()
    page.locator(".case-title").first.click()

    assert page.locator(".headline").inner_text()
    page.locator("#part-why ~ .finding .citation a").first.click()
    assert re.search(r"/en/law/us-federal/", page.url)

    page.get_by_role("link", name="Español").click()
    assert re.search(r"/es/law/us-federal/", page.url)
    assert page.locator("html").get_attribute("lang") == "es"

    page.get_by_role("link", name=words("es")["menu_cases"]).first.click()
    assert page.url.endswith("/es/cases")


def test_the_case_file_can_be_saved(context: BrowserContext, artefacts: Path) -> None:
    """The link saves the case under its own name."""
    page = context.new_page()
    page.goto("/en/case/us-federal/A06")
    with page.expect_download() as saving:
        page.get_by_role("link", name=words("en")["case_yaml"]).click()
    saving.value.save_as(artefacts / "A06.yaml")

    assert saving.value.suggested_filename == "A06.yaml"
    assert (artefacts / "A06.yaml").read_text(encoding="utf-8").startswith("law: us-federal\n")


@pytest.mark.parametrize(("width", "lang"), SEEN, indirect=["width"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_its_window_and_can_be_walked_by_keyboard(
    browser: Browser, site: str, width: str, lang: str, kind: str, artefacts: Path
) -> None:
    """
    Nothing runs out of the window, headings go down one step at a time from one h1, the first stop of the
    keyboard skips to the content, and axe finds nothing against WCAG 2.2 AA.
    """
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": HEIGHT})
    try:
        page = context.new_page()
        complaints: list[str] = []
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.goto(f"/{lang}/{address_of(kind)}")
        page.screenshot(path=artefacts / f"{kind}-{lang}-{width}.png", full_page=True)

        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
        check_headings(page)
        check_skip_link(page, lang)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
        assert axe(page) == []
        assert [one for one in complaints if "404" not in one] == []
    finally:
        context.close()


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    """The test for accessibility is awake: a page made with faults is not passed."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content(
        "<html><body><img src='x.png'><input><a href='#' style='color:#eee'>here</a></body></html>"
    )
    found = " ".join(axe(page))
    context.close()

    for fault in ("image-alt", "label", "color-contrast", "html-has-lang", "document-title"):
        assert fault in found


def test_a_printed_answer_holds_the_answer_and_not_the_menu(
    browser: Browser, site: str, artefacts: Path
) -> None:
    """On paper stand the letter and what was known; menu, form and links to save are left out."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/es/case/us-federal/A06")
    page.emulate_media(media="print")

    assert page.locator(".headline").is_visible()
    assert page.locator(".given .facts").first.is_visible()
    for hidden in (".site-menu", ".site-language", ".take", ".usa-skipnav"):
        assert not page.locator(hidden).is_visible()
    page.pdf(path=artefacts / "A06-es.pdf", format="Letter")
    page.screenshot(path=artefacts / "print-es.png", full_page=True)
    context.close()

    assert (artefacts / "A06-es.pdf").read_bytes().startswith(b"%PDF")


def test_letters_twice_as_large_still_fit(browser: Browser, site: str) -> None:
    """A reader who doubles the size of letters loses nothing at the edge of the window."""
    context = browser.new_context(base_url=site, viewport={"width": 640, "height": HEIGHT})
    page = context.new_page()
    for address in (
        "/es/",
        "/es/cases",
        "/es/case/us-federal/A06",
        "/es/law/us-federal/540.44.e.child_escort",
    ):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    context.close()


def test_every_target_is_large_enough_to_touch(browser: Browser, site: str) -> None:
    """On a telephone, buttons, fields and links that stand alone are at least as high as WCAG 2.2 asks."""
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS["telephone"], "height": HEIGHT})
    page = context.new_page()
    page.goto("/es/cases")
    heights = page.evaluate(
        "[...document.querySelectorAll('button, input, select, .site-menu a, .site-language a, .case-title')]"
        ".map(one => one.getBoundingClientRect().height)"
    )
    context.close()

    assert min(heights) >= TARGET_PIXELS_MIN
