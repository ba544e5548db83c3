"""Those who keep the record, with a browser: each page fits its window, and axe finds nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from locutorio.actions.create_account import Role
from locutorio.actions.place_hold import Holding, place_hold
from locutorio.actions.transfer_person import Leaving, transfer_person
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.record.logs import POLICY
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.windows import WIDTHS, look, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment where somebody left, with a hold, and officers who keep its files."""
    with fresh("sqlite"):
        made = founded()
        account(made, "records", Role.RECORDS)
        transfer_person(Leaving(made.people["rowan"], date(2026, 1, 7), "ask the court"), made.sent("leave"))
        transfer_person(Leaving(made.people["linden"], date(2026, 1, 8), "ask the court"), made.sent("left"))
        place_hold(Holding("an inquest", "letter 7 of 2026", made.people["rowan"]), made.sent("hold"))
        yield made


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_kept(browser: Browser, site: str, artefacts: Path, lang: str, width: str) -> None:
    """A hold is placed, one that stands is looked at before its end is proposed, and so is an erasure."""
    told = words(lang)

    def picture(state: str) -> Path:
        return artefacts / f"kept-{state}-{lang}-{width}.png"

    with signed_in(browser, site, "records", lang, width) as page:
        page.goto(f"/{lang}/staff/kept")
        assert told["kept_state_held"] in look(page, picture("all"))
        page.locator("#number").fill("nobody")
        page.locator("#why").fill("an inquest")
        page.locator("#source").fill("letter 8")
        page.get_by_role("button", name=told["kept_place_go"], exact=True).click()
        assert told["kept_wrong"] in look(page, picture("wrong"))
        page.locator("#number").fill("1002")
        page.get_by_role("button", name=told["kept_place_go"], exact=True).click()
        assert told["kept_did_held"] in look(page, picture("placed"))
        page.locator("a[href*='end_hold']").first.click()
        assert "letter 7 of 2026" in look(page, picture("ending"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_whole_file(
    browser: Browser, site: str, artefacts: Path, oak: Oak, tmp_path: Path, lang: str, width: str
) -> None:
    """It is said to whom and why; what is saved opens with a page that fits and that axe finds nothing in."""
    told = words(lang)
    with signed_in(browser, site, "records", lang, width) as page:
        page.goto(f"/{lang}/staff/person/{oak.people['rowan']}/file")
        assert told["export_others"] in look(page, artefacts / f"export-{lang}-{width}.png")
        page.locator("#to").fill("the county court")
        page.locator("#ground").fill("order 7 of 2026")
        page.locator("#for_person").select_option("no")
        with page.expect_download() as saved:
            page.get_by_role("button", name=told["export_go"], exact=True).click()
        with zipfile.ZipFile(saved.value.path()) as archive:
            archive.extractall(tmp_path)
        page.goto((tmp_path / f"index.{lang}.html").as_uri())
        assert "the county court" in look(page, artefacts / f"exported-{lang}-{width}.png")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_keys_and_witnesses(
    browser: Browser, site: str, oak: Oak, artefacts: Path, lang: str, width: str
) -> None:
    """The custodian sees who signs and who witnesses, and what another witness would change."""
    account(oak, "custodian", Role.CUSTODIAN)
    line = f"witness {POLICY.witnesses[0].text()} http://127.0.0.1:9\nquorum 1"
    with signed_in(browser, site, "custodian", lang, width) as page:
        page.goto(f"/{lang}/staff/keys")
        assert words(lang)["keys_nobody"] in look(page, artefacts / f"keys-{lang}-{width}.png")
        page.locator("#witnesses-said").fill(line)
        with page.expect_navigation():
            page.get_by_role("button", name=words(lang)["proposing_look"], exact=True).click()
        said = look(page, artefacts / f"keys-proposed-{lang}-{width}.png")
        assert POLICY.witnesses[0].name in said
        page.goto(f"/{lang}/staff/keys")
        page.locator("a[href*='rotate_keys']").click()
        assert words(lang)["proposal_line_key_now"] in look(page, artefacts / f"keys-new-{lang}-{width}.png")
