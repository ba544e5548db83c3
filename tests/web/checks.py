"""What every page must keep, in whatever state it is."""

from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from locutorio.web.words import words

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def overflow(page: Page) -> int:
    """Give by how many pixels a page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(width, 0)


def check_headings(page: Page) -> None:
    """Hold that headings go down one step at a time, from one h1."""
    levels = [
        int(name[1])
        for name in page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName)")
    ]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def check_skip_link(page: Page, lang: str) -> None:
    """Hold that the first stop of the keyboard skips to the content."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == words(lang)["skip"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def axe(page: Page) -> list[str]:
    """Give each fault that axe finds once a page is there with its styles, with the first place of each."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        RULES,
    )
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html']}" for one in found["violations"]]
