"""Mail with a browser: each page fits its window, and axe finds nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from locutorio.actions.create_account import Role
from locutorio.actions.review_mail import Reviewing, review_mail
from locutorio.web.words import words
from tests.databases import fresh
from tests.mail.post import DAY, PostRoom, post_room
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.windows import WIDTHS, look, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def post(quick_passwords: None) -> Iterator[PostRoom]:
    """A post room with an item that waits and one that is being translated."""
    with fresh("sqlite"):
        made = post_room()
        account(made.oak, "visits", Role.VISITS)
        account(made.oak, "governor", Role.GOVERNOR)
        account(made.oak, "rowan", Role.PERSON, person=made.oak.people["rowan"])
        away = made.log("away")
        review_mail(Reviewing(away.mail, "FBI", DAY), made.sent("away, to be read"))
        yield made


def opened(page: Page, address: str) -> None:
    """Open what is protected: say why, and go on."""
    page.goto(address)
    page.locator("input[name=reason] + label").first.click()
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_an_item_is_logged_and_rejected(
    browser: Browser, site: str, artefacts: Path, post: PostRoom, lang: str, width: str
) -> None:
    """The form is sent; the item, what waits, its rejection and the person's own list are looked at."""
    told = words(lang)

    def picture(state: str) -> Path:
        return artefacts / f"mail-{state}-{lang}-{width}.png"

    with signed_in(browser, site, "visits", lang, width) as page:
        opened(page, f"/{lang}/staff/person/{post.oak.people['rowan']}/mail")
        look(page, picture("log"))
        with page.expect_navigation():
            page.get_by_role("button", name=told["mail_log_go"], exact=True).click()
        assert told["mail_did_logged"] in look(page, picture("item"))
        address = page.url.partition("?")[0]
        page.goto(f"/{lang}/staff/mail")
        assert told["mail_standing_in_review"] in look(page, picture("waiting"))
    with signed_in(browser, site, "governor", lang, width) as page:
        opened(page, address)
        page.locator("#ground").select_option("code")
        page.locator("#why").fill("Every third word.")
        with page.expect_navigation():
            page.get_by_role("button", name=told["mail_reject_go"], exact=True).click()
        assert told["mail_did_reject"] in look(page, picture("rejected"))
    with signed_in(browser, site, "rowan", lang, width) as page:
        page.goto(f"/{lang}/own/mail")
        assert told["mail_standing_rejected"] in look(page, picture("own"))
