"""People at browsers of their own: each page they see is tested for accessibility, and kept as a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from locutorio.actions.demo.opening import PASSWORD
from locutorio.web.words import words
from tests.web.checks import axe, check_headings, overflow
from tests.web.pages import CROSSED, LANGUAGES
from tests.web.windows import HEIGHT, WIDTHS

# Each two of a width, a language, and with or without scripts; or all three.
READERS = [("telephone", "es", False), ("telephone", "en", True), ("desk", "es", True), ("desk", "en", False)]
if CROSSED:
    READERS = [*product(WIDTHS, LANGUAGES, (True, False))]
SECONDS_MAX = 10
Opens = Callable[[str, str], "Reader"]


@dataclass
class Reader:
    """Somebody at a browser. Each page they see is tested for accessibility, and kept as a picture.

    axe is a script: where theirs runs none, it looks at the same page in a window of ``testing`` that does.
    """

    page: Page
    testing: BrowserContext | None
    lang: str
    name: str
    pictures: Path
    seen: list[str] = field(default_factory=list)

    def says(self, name: str) -> str:
        """Give a sentence of the pages in their language."""
        return words(self.lang)[name]

    def look(self, state: str) -> str:
        """Test the page that is shown, and take its picture; give its text."""
        page = self.page
        assert self.faults() == [], state
        assert overflow(page) == 0, state
        assert page.locator("html").get_attribute("lang") == self.lang
        check_headings(page)
        page.screenshot(path=self.pictures / f"{self.name}-{len(self.seen):02}-{state}.png", full_page=True)
        self.seen.append(state)
        return page.locator("main").inner_text()

    def faults(self) -> list[str]:
        """Give what axe finds on the page that is shown."""
        if self.testing is None:
            return axe(self.page)
        self.testing.clear_cookies()
        self.testing.add_cookies(self.page.context.cookies())  # type: ignore[arg-type] # as they were given
        beside = self.testing.new_page()
        beside.goto(self.page.url)
        found = axe(beside)
        beside.close()
        return found

    def press(self, name: str) -> None:
        """Press the first button, or follow the first link, of that name."""
        says = self.says(name)
        self.page.locator(f'main button:has-text("{says}"), main a:has-text("{says}")').first.click()

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Sign in, by the link that every open page has."""
        self.page.goto(f"/{self.lang}/")
        self.page.get_by_role("link", name=self.says("menu_sign_in"), exact=True).click()
        self.look("sign-in")
        self.page.locator("#name").fill(name)
        self.page.locator("#password").fill(password)
        self.press("sign_in_go")


@contextmanager
def readers(browser: Browser, site: str, artefacts: Path, width: str, *, scripts: bool) -> Iterator[Opens]:
    """Give what opens a browser window for somebody; a request to any other host fails the test."""
    opened: list[BrowserContext] = []
    elsewhere: list[str] = []

    def open_(who: str, lang: str) -> Reader:
        context = browser.new_context(
            base_url=site,
            java_script_enabled=scripts,
            viewport={"width": WIDTHS[width], "height": HEIGHT},
        )
        context.on(
            "request", lambda sent: elsewhere.append(sent.url) if not sent.url.startswith(site) else None
        )
        context.set_default_timeout(SECONDS_MAX * 1000)
        opened.append(context)
        testing = None
        if not scripts:
            testing = browser.new_context(viewport={"width": WIDTHS[width], "height": HEIGHT})
            opened.append(testing)
        name = f"{who}-{lang}-{width}-{'scripts' if scripts else 'without'}"
        return Reader(context.new_page(), testing, lang, name, artefacts)

    yield open_
    for context in opened:
        context.close()
    assert elsewhere == []
