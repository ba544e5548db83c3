"""Windows of a browser in which pages are looked at: how wide, what fails in any, what is seen of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.web.checks import axe, check_headings, overflow
from tests.web.seated import PASSWORD

WIDTHS, HEIGHT = {"telephone": 320, "desk": 1280}, 900
ANSWERED = "the server responded with a status of 4"


@contextmanager
def window(browser: Browser, site: str, width: str, *, scripts: bool = True) -> Iterator[Page]:
    """Open a window; a request to any other host, or a complaint of the browser, fails the test.

    That a form was answered with what is wrong in it is no complaint.
    """
    context = browser.new_context(
        base_url=site, viewport={"width": WIDTHS[width], "height": HEIGHT}, java_script_enabled=scripts
    )
    page = context.new_page()
    strange: list[str] = []
    own = (f"{site}/", "file:")
    context.on("request", lambda one: None if one.url.startswith(own) else strange.append(one.url))
    page.on(
        "console",
        lambda one: strange.append(one.text) if one.type == "error" and ANSWERED not in one.text else None,
    )
    yield page
    context.close()
    assert strange == []


@contextmanager
def signed_in(browser: Browser, site: str, name: str, lang: str, width: str) -> Iterator[Page]:
    """Open a window in which somebody is signed in."""
    with window(browser, site, width) as page:
        page.goto(f"/{lang}/sign-in")
        page.locator("#name").fill(name)
        page.locator("#password").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main button[type=submit]").click()
        yield page


def look(page: Page, picture: Path) -> str:
    """Test the page that is shown, and take its picture; give its text."""
    page.screenshot(path=picture, full_page=True)
    assert axe(page) == [], picture.name
    assert overflow(page) == 0, picture.name
    check_headings(page)
    return page.locator("main").inner_text()
