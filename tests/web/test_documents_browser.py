"""Documents and leads with a browser: each page fits its window, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from locutorio.actions.create_account import Role
from locutorio.actions.take_docket import take_docket
from locutorio.actions.watch_docket import Watching, watch_docket
from locutorio.dockets.watching import Watched
from locutorio.web.words import words
from tests.databases import fresh
from tests.dockets.files import CASE, feed, needs_parser
from tests.documents import made as files
from tests.establishment import Oak, founded
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.windows import WIDTHS, look, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment with an officer of records."""
    with fresh("sqlite"):
        made = founded()
        account(made, "records", Role.RECORDS)
        yield made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_file_is_sent_and_saved(
    browser: Browser, site: str, artefacts: Path, oak: Oak, tmp_path: Path, lang: str, width: str
) -> None:
    """What could be read and what not stands on its page; what is saved is what was sent."""
    told, data = words(lang), files.mixed() + files.ARABIC.encode()
    (tmp_path / "order.pdf").write_bytes(data)
    (tmp_path / "order.zip").write_bytes(files.ZIPPED)
    with signed_in(browser, site, "records", lang, width) as page:
        page.goto(f"/{lang}/staff/person/{oak.people['rowan']}/documents")
        page.locator("#file").set_input_files(tmp_path / "order.zip")
        page.get_by_role("button", name=told["documents_keep_go"], exact=True).click()
        said = look(page, artefacts / f"documents-{lang}-{width}.png")
        assert told["documents_fault_kind"] in said
        page.locator("#file").set_input_files(tmp_path / "order.pdf")
        page.locator("#languages").fill("en")
        page.get_by_role("button", name=told["documents_keep_go"], exact=True).click()
        page.locator("input[name=reason] + label").first.click()
        page.locator("main button[type=submit]").click()
        said = look(page, artefacts / f"document-{lang}-{width}.png")
        assert told["documents_as_sent"] in said
        assert "Dear Sir" in said
        with page.expect_download() as saved:
            page.get_by_role("link", name=told["documents_save"], exact=True).click()
        assert saved.value.suggested_filename == "order.pdf"
        assert Path(saved.value.path()).read_bytes() == data


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_leads_wait_and_are_closed(
    browser: Browser, site: str, artefacts: Path, oak: Oak, lang: str, width: str
) -> None:
    """The list of leads, and the page of one person on which one of them is closed."""
    needs_parser()
    told = words(lang)
    watch_docket(Watching(oak.people["rowan"], Watched("zzd", CASE, "1")), oak.sent("watch"))
    moments = (("Order", "Mon, 05 Jan 2026 10:00:00 GMT"), ("Letter", "Mon, 05 Jan 2026 11:00:00 GMT"))
    take_docket(feed(*moments), "feed.xml", None, oak.sent("take"))
    with signed_in(browser, site, "records", lang, width) as page:
        page.goto(f"/{lang}/staff/courts")
        assert "[Letter]" in look(page, artefacts / f"leads-{lang}-{width}.png")
        page.locator("section.standing a").first.click()
        look(page, artefacts / f"leads-person-{lang}-{width}.png")
        page.locator("[name=why]").first.fill("It is of another jail.")
        page.locator("form:has([value=dismiss]) button").first.click()
        said = look(page, artefacts / f"leads-closed-{lang}-{width}.png")
        assert told["leads_did_dismiss"] in said
        assert "It is of another jail." in said
