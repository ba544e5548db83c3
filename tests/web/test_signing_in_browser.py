"""Somebody at a browser enrols a passkey and an app and signs in with each, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from locutorio.actions.create_account import Role
from locutorio.store.models import Establishment
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.checks import axe, check_headings, overflow
from tests.web.devices import App
from tests.web.pages import LANGUAGES
from tests.web.seated import PASSWORD, account

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("quick_passwords")]
WIDTHS, HEIGHT = {"telephone": 320, "desk": 1280}, 900
NAME, GOVERNOR = "officer of visits", "governor"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def oak() -> Iterator[Oak]:
    """An establishment that needs a second factor of its staff, with an officer and a governor."""
    with fresh("sqlite"):
        made = founded()
        account(made, NAME, Role.VISITS, holder=f"{NAME}, staff 17")
        account(made, GOVERNOR, Role.GOVERNOR, holder=f"{GOVERNOR}, staff 18")
        Establishment.objects.update(factor_needed=True)
        yield made


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give a browser's page a device that holds passkeys and is always unlocked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made: dict[str, Any] = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session, made["authenticatorId"]


@contextmanager
def window(browser: Browser, site: str, width: str = "desk", *, script: bool = True) -> Iterator[Page]:
    """Open a window on the site by its name: an address in numbers cannot have passkeys."""
    context = browser.new_context(
        base_url=site.replace("127.0.0.1", "localhost"),
        viewport={"width": WIDTHS[width], "height": HEIGHT},
        java_script_enabled=script,
    )
    yield context.new_page()
    context.close()


def look(page: Page, picture: Path) -> str:
    """Test the page that is shown, and take its picture; give its text."""
    page.screenshot(path=picture, full_page=True)
    assert axe(page) == [], picture.name
    assert overflow(page) == 0, picture.name
    check_headings(page)
    return page.locator("main").inner_text()


def by_password(page: Page, lang: str, name: str = NAME) -> None:
    """Send the name and the password."""
    page.goto(f"/{lang}/sign-in")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("button[type=submit]", has_text=words(lang)["sign_in_go"]).click()


def approve(page: Page, lang: str, picture: Path) -> None:
    """Sign in as the governor, enrol an app, and approve what waits."""
    told = words(lang)
    by_password(page, lang, GOVERNOR)
    page.goto(f"/{lang}/account/factors/codes")
    page.locator("#code").fill(App(re.sub(r"\s", "", page.locator("strong.secret").inner_text())).code())
    page.get_by_role("button", name=told["totp_go"]).click()
    page.wait_for_selector(".codes")
    page.goto(f"/{lang}/staff/proposals")
    page.get_by_role("link", name=told["proposal_act_add_factor"]).click()
    assert told["proposal_does_add_factor"] in look(page, picture)
    page.get_by_role("button", name=told["proposal_approve_go"]).click()
    page.wait_for_url("**did=approve")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_an_officer_enrols_and_signs_in(
    browser: Browser, site: str, oak: Oak, artefacts: Path, lang: str, width: str
) -> None:
    """
    Led to enrol before anything else; a passkey at once, then an app, which a governor approves; in by the
    passkey alone, out, in by password and code; what they do asks who they are again only after a while.
    """
    told = words(lang)

    def picture(state: str) -> Path:
        return artefacts / f"signing-{state}-{lang}-{width}.png"

    with window(browser, site, width) as page:
        authenticator(page)
        page.goto(f"/{lang}/sign-in")
        look(page, picture("in"))
        by_password(page, lang)
        assert told["factors_must"] in look(page, picture("must"))
        page.get_by_role("link", name=told["passkey_title"]).click()
        look(page, picture("passkey"))
        page.locator("#name").fill("mi llave")
        page.get_by_role("button", name=told["passkey_go"]).click()
        page.wait_for_selector(".codes")
        assert told["codes_what"] in look(page, picture("codes"))
        page.get_by_role("link", name=told["codes_go"]).click()
        assert "mi llave" in look(page, picture("factors"))

        page.get_by_role("link", name=told["totp_title"]).click()
        look(page, picture("app"))
        app = App(re.sub(r"\s", "", page.locator("strong.secret").inner_text()))
        page.locator("#code").fill(app.code())
        page.get_by_role("button", name=told["totp_go"]).click()
        assert told["awaited_title"] in look(page, picture("awaited"))
        page.goto(f"/{lang}/account")
        assert told["told_passkey_added"] in look(page, picture("account"))
        page.goto(f"/{lang}/confirm?next=/{lang}/staff")
        look(page, picture("confirm"))
        page.get_by_role("button", name=told["confirm_passkey_go"]).click()
        page.wait_for_url(f"**/{lang}/staff")

        with window(browser, site, width) as second:
            approve(second, lang, picture("approving"))
        page.goto(f"/{lang}/sign-in")
        page.get_by_role("button", name=told["sign_in_passkey_go"]).click()
        page.wait_for_url(f"**/{lang}/staff")
        page.get_by_role("button", name=told["sign_out"]).click()

        by_password(page, lang)
        look(page, picture("second"))
        page.locator("#code").fill(app.code())
        page.locator("button[type=submit]", has_text=told["sign_in_go"]).click()
        page.wait_for_url(f"**/{lang}/staff")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_script_or_a_key_the_page_says_what_to_do(
    browser: Browser, site: str, oak: Oak, lang: str
) -> None:
    """Without JavaScript passkeys are said to need it; a device that refuses is said to have failed."""
    with window(browser, site, script=False) as page:
        page.goto(f"/{lang}/sign-in")
        assert words(lang)["passkey_needs_script"] in page.locator("main").inner_text()
        assert not page.get_by_role("button", name=words(lang)["sign_in_passkey_go"]).is_visible()
    with window(browser, site) as page:
        session, device = authenticator(page)
        session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
        page.goto(f"/{lang}/sign-in")
        page.get_by_role("button", name=words(lang)["sign_in_passkey_go"]).click()
        expect(page.locator("main")).to_contain_text(words(lang)["passkey_failed"])
