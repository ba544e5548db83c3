"""The page of a survey as a browser opens it from disk: on a telephone, on a desk, and on grey paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from locutorio.notices.reports.cells import report_as_csv
from locutorio.notices.reports.changed import tell_impact
from locutorio.notices.reports.page import report_as_page
from locutorio.notices.reports.report import Report
from locutorio.notices.reports.surveyed import tell_survey
from tests.survey_report.samples import HOSTILE, impact, surveyed
from tests.web.checks import axe, check_headings, overflow

pytestmark = pytest.mark.browser

WIDTHS = (320, 1280)
NAMES = ("survey", "impact")


def report(name: str, lang: str) -> Report:
    """Give one of the two reports, with identifiers that mean harm."""
    if name == "survey":
        return tell_survey(surveyed(), lang)
    return tell_impact(impact(lang, HOSTILE[1], HOSTILE[2]), lang)


@pytest.fixture(params=[(name, lang) for name in NAMES for lang in ("en", "es")], ids=str)
def page_on_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give the address of a page, with its files beside it."""
    name, lang = request.param
    told = report(name, lang)
    files = dict(report_as_csv(told))
    for file, text in files.items():
        (tmp_path / file).write_text(text, "utf-8")
    path = tmp_path / f"{name}-{lang}.html"
    path.write_text(report_as_page(told, files), "utf-8")
    return path


def opened(browser: Browser, path: Path, width: int, asked: list[str], refused: list[str]) -> Page:
    """Open a page from disk, noting what it asks for and what the browser refuses."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.on("dialog", lambda dialog: refused.append(dialog.message))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_stands_alone(browser: Browser, page_on_disk: Path, width: int, artefacts: Path) -> None:
    """It asks for nothing but itself, runs nothing, fits its window; its policy refuses nothing."""
    asked: list[str] = []
    refused: list[str] = []
    page = opened(browser, page_on_disk, width, asked, refused)

    assert asked == [page_on_disk.as_uri()]
    assert refused == []
    assert overflow(page) == 0
    check_headings(page)
    page.screenshot(path=artefacts / f"{page_on_disk.stem}-{width}.png", full_page=True)
    page.close()


def test_axe_finds_nothing(browser: Browser, page_on_disk: Path) -> None:
    """Against WCAG 2.2 AA and good practice, the page has no fault."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(page_on_disk.as_uri())

    assert axe(page) == []
    context.close()


def test_every_bar_is_drawn_to_its_number(browser: Browser, page_on_disk: Path) -> None:
    """Bars of one chart are as long as their counts; none has none; words stay inside the chart."""
    told = report(*page_on_disk.stem.split("-"))
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.goto(page_on_disk.as_uri())
    for table in (table for table in told.tables if table.bars):
        chart = page.locator(f'svg[aria-labelledby~="{table.name}-title"]')
        widths = chart.locator("rect").evaluate_all(
            "bars => bars.map(bar => bar.getBoundingClientRect().width)"
        )
        counts = [bar.count for bar in table.bars if bar.count]
        longest = max(counts)
        right = chart.evaluate("chart => chart.getBoundingClientRect().right")
        texts = chart.locator("text").evaluate_all(
            "all => all.map(text => text.getBoundingClientRect().right)"
        )
        assert len(widths) == len(counts)
        for width, count in zip(widths, counts, strict=True):
            assert width / max(widths) == pytest.approx(count / longest, abs=0.02)
        assert max(texts) <= right + 1
    page.close()


def test_on_paper_the_bars_differ_by_pattern(browser: Browser, page_on_disk: Path, artefacts: Path) -> None:
    """Printed, each bar refers to a pattern that is there, none to a colour."""
    page = browser.new_page()
    page.goto(page_on_disk.as_uri())
    page.emulate_media(media="print")
    fills = page.locator(".chart rect").evaluate_all("bars => bars.map(bar => bar.getAttribute('fill'))")
    patterns = page.locator("pattern").evaluate_all("all => all.map(one => `url(#${one.id})`)")
    page.pdf(path=artefacts / f"{page_on_disk.stem}.pdf", format="A4")

    assert len(set(fills)) >= 2
    assert set(fills) <= set(patterns)
    page.close()


def test_the_keyboard_reaches_every_wide_table(browser: Browser, page_on_disk: Path) -> None:
    """A table wider than a telephone can be scrolled by keyboard: it takes the focus and has a name."""
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.goto(page_on_disk.as_uri())
    named = page.locator(".wide").evaluate_all(
        "all => all.map(one => one.tabIndex === 0 && !!document.getElementById("
        "one.getAttribute('aria-labelledby')))"
    )

    assert named
    assert all(named)
    page.close()
