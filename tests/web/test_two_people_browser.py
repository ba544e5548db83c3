"""Two people at their browsers lift an order: one by a passkey, the other by a code; one alone cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from locutorio.actions import clock
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.store.models import Account, Establishment, Paper, Proposal
from locutorio.web.words import words
from tests.databases import fresh as database
from tests.establishment import Oak, founded
from tests.two_people.officers import ended, order
from tests.web.checks import axe, check_headings, overflow
from tests.web.devices import App
from tests.web.pages import LANGUAGES

pytestmark = pytest.mark.browser

WIDTHS = {"telephone": 320, "desk": 1280}
PASSWORD = "three quiet lanterns"
SECONDS_MAX, HEIGHT = 20, 900
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Officer:
    """An officer of staff at a browser of their own, with a passkey in it or an app beside it."""

    def __init__(self, context: BrowserContext, name: str, lang: str, pictures: Path) -> None:
        self.page: Page = context.new_page()
        self.context, self.name, self.lang, self.pictures = context, name, lang, pictures
        self.app: App | None = None
        self.seen = 0

    def says(self, name: str) -> str:
        """Give a sentence of the pages in their language."""
        return words(self.lang)[name]

    def look(self) -> str:
        """Test the page that is shown, and keep a picture of it; give its text."""
        page = self.page
        assert axe(page) == [], page.url
        assert overflow(page) == 0, page.url
        check_headings(page)
        self.seen += 1
        picture = self.pictures / f"two-people-{self.name}-{self.lang}-{self.seen:02}.png"
        page.screenshot(path=picture, full_page=True)
        return str(page.locator("main").inner_text())

    def go(self, address: str) -> str:
        """Open a page, and test it."""
        self.page.goto(f"/{self.lang}/{address}")
        return self.look()

    def press(self, name: str) -> None:
        """Press the button of a sentence, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator(f'main button:has-text("{self.says(name)}")').first.click()

    def sign_in(self) -> None:
        """Sign in by name and password, and by the app where there is one."""
        self.page.goto(f"/{self.lang}/sign-in")
        self.page.locator("#name").fill(self.name)
        self.page.locator("#password").fill(PASSWORD)
        self.press("sign_in_go")
        if self.app:
            self.page.locator("#code").fill(self.app.code())
            self.press("sign_in_go")

    def enrol_passkey(self) -> None:
        """Add a passkey of this browser."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self.go("account/factors/passkey")
        self.press("passkey_go")
        self.page.locator("strong.secret").first.wait_for()
        self.look()

    def enrol_app(self) -> None:
        """Add an app with one-time codes."""
        self.go("account/factors/codes")
        self.app = App(self.page.locator("strong.secret").inner_text().replace(" ", ""))
        self.page.locator("#code").fill(self.app.code())
        self.press("totp_go")
        self.look()


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """Give an establishment where staff need a second factor, with two officers and an order in force."""
    with database("sqlite"):
        made = founded()
        Establishment.objects.update(factor_needed=True)
        for number, (name, role) in enumerate((("sorrel", Role.VISITS), ("tansy", Role.GOVERNOR))):
            create_account(
                NewAccount(name, PASSWORD, role, holder=f"{name}, staff {number}"), made.sent(name)
            )
        order(made)
        yield made


@pytest.fixture
def officer(browser: Browser, site: str, artefacts: Path) -> Iterator[Callable[..., Officer]]:
    """Give what opens a browser for an officer, at a name for which passkeys can be made."""
    opened: list[BrowserContext] = []

    def open_(name: str, lang: str, width: int = WIDTHS["desk"]) -> Officer:
        context = browser.new_context(
            base_url=site.replace("127.0.0.1", "localhost"), viewport={"width": width, "height": HEIGHT}
        )
        context.set_default_timeout(SECONDS_MAX * 1000)
        opened.append(context)
        return Officer(context, name, lang, artefacts)

    yield open_
    for context in opened:
        context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_people_lift_an_order_by_passkey_and_by_code(
    oak: Oak, officer: Callable[..., Officer], lang: str
) -> None:
    """
    An officer with a passkey proposes to lift the order, and finds no way to approve it; a governor with an
    app sees the same lines and approves them; the order ends then, and both pages say so.
    """
    first, second = officer("sorrel", lang), officer("tansy", lang)
    paper = Paper.objects.get().id
    first.sign_in()
    first.enrol_passkey()
    proposing = f"staff/proposals/new?act=end_paper&paper={paper}&on=2026-12-01"
    assert "order 26-117" in first.go(proposing)
    first.page.locator("#why").fill("the court lifted it")
    first.press("proposal_new_go")
    own = first.look()
    assert first.says("proposal_own") in own
    assert first.says("proposal_approve_go") not in own
    proposal = Proposal.objects.get()
    assert proposal.proposed_factor == "passkey"
    assert not ended(paper)

    second.sign_in()
    second.enrol_app()
    second.go("staff/proposals")
    second.page.get_by_role("link", name=second.says("proposal_act_end_paper")).first.click()
    assert "the court lifted it" in second.look()
    second.press("proposal_approve_go")
    assert second.says("proposal_did_approve") in second.look()

    assert ended(paper)
    done = Proposal.objects.get()
    assert (done.standing, done.decided_factor) == ("approved", "totp")
    assert done.decided_by == Account.objects.get(name="tansy").id
    assert first.says("proposal_state_approved") in first.go(f"staff/proposals/{proposal.id}")


def test_who_showed_it_too_long_ago_confirms_and_goes_on(
    oak: Oak, officer: Callable[..., Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After six minutes the form is kept while they confirm by their passkey, and then sent on by itself."""
    one = officer("sorrel", "en")
    one.sign_in()
    one.enrol_passkey()
    one.go(f"staff/proposals/new?act=end_paper&paper={Paper.objects.get().id}&on=2026-12-01")
    one.page.locator("#why").fill("the court lifted it")
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(minutes=6))
    one.press("proposal_new_go")
    assert one.says("confirm_title") in one.look()
    assert not Proposal.objects.exists()
    one.press("confirm_passkey_go")
    one.page.wait_for_url("**/staff/proposals/*did=proposed")

    assert one.says("proposal_own") in one.look()
    assert Proposal.objects.get().why == "the court lifted it"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_officer_acts_in_an_emergency_and_a_governor_reviews_it(
    oak: Oak, officer: Callable[..., Officer], lang: str, width: str
) -> None:
    """
    An officer stops a contact, from the page of the person; a governor is told on every page, and reviews it;
    on a telephone and on a desk, each page as axe wants it.
    """
    first, second = (officer(name, lang, WIDTHS[width]) for name in ("sorrel", "tansy"))
    first.sign_in()
    first.enrol_passkey()
    first.go(f"staff/person/{oak.people['rowan']}/propose")
    first.go(f"staff/person/{oak.people['rowan']}/emergency")
    first.page.locator("#kind").select_option("stop")
    first.page.locator("#contact").select_option(str(oak.contacts["alder"]))
    first.page.locator("#reason").fill("he threatened her")
    first.press("emergency_go")
    assert first.says("emergency_did_begun") in first.look()
    assert first.says("emergency_review_go") not in first.page.locator("main").inner_text()

    second.sign_in()
    second.enrol_app()
    second.go("staff")
    second.page.get_by_role("link", name=second.says("emergency_banner_look")).click()
    second.look()
    second.page.locator("#finding-1").select_option("right")
    second.page.locator("#review-1").fill("there was no time")
    second.press("emergency_review_go")

    assert second.says("emergency_did_reviewed") in second.look()
    assert second.says("emergency_kind_stop") in second.go("emergencies")
    second.go("staff/proposals")
