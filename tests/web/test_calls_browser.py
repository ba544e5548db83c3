"""Calls with a browser: each page fits its window, and axe finds nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.actions.note_unplaced import note_unplaced
from locutorio.actions.unplacing import Unmade
from locutorio.web.words import words
from tests.calls.switchboard import Switchboard, switchboard
from tests.databases import fresh
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.test_mail_browser import opened
from tests.web.windows import WIDTHS, look, signed_in, window

pytestmark = pytest.mark.browser


@pytest.fixture
def board(quick_passwords: None) -> Iterator[Switchboard]:
    """A switchboard with calls under way, over and refused, and one that is owed, as of now."""
    now = clock.now().replace(microsecond=0)
    with fresh("sqlite"):
        made = switchboard(make_up_days=7)
        oak = made.oak
        for name, role in (("visits", Role.VISITS), ("monitor", Role.MONITORING)):
            account(oak, name, role)
        account(oak, "rowan", Role.PERSON, person=oak.people["rowan"])
        account(oak, "myrtle", Role.COUNSEL, contact=oak.contacts["myrtle"])
        made.live(at=now)
        made.live("linden", "myrtle", at=now)
        made.call("linden", "myrtle", now - timedelta(days=2))
        made.call("linden", "myrtle", now - timedelta(days=3), plane="monitored")
        made.call(
            "rowan", "holly", now - timedelta(seconds=1), disposition="blocked", cause="calls-used", plane=""
        )
        made.call(at=now - timedelta(days=1), disposition="lost", cause="fault", returned_seconds=660)
        unmade = Unmade(oak.people["rowan"], oak.contacts["alder"], now.date() - timedelta(days=2), "fault")
        note_unplaced(unmade, oak.sent("note", now))
        yield made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_calls_are_looked_at_ended_and_proved(
    browser: Browser, site: str, artefacts: Path, board: Switchboard, lang: str, width: str
) -> None:
    """The live calls, one of them ended, a person's and what is owed, their own, counsel's statement."""
    told = words(lang)

    def picture(state: str) -> Path:
        return artefacts / f"calls-{state}-{lang}-{width}.png"

    def press(page: Page, name: str) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name).first.click()

    with signed_in(browser, site, "visits", lang, width) as page:
        page.goto(f"/{lang}/staff/calls?still=1")
        assert told["call_plane_private"] in look(page, picture("live"))
        with page.expect_navigation():
            page.get_by_role("link", name="Rowan Ash").first.click()
        look(page, picture("one"))
        page.locator("#end-why").fill("A fire drill.")
        press(page, told["call_end_go"])
        assert told["call_did_end"] in look(page, picture("ended"))
        opened(page, f"/{lang}/staff/person/{board.oak.people['linden']}/calls")
        page.goto(f"/{lang}/staff/person/{board.oak.people['rowan']}/calls")
        assert told["unplaced_owed"] in look(page, picture("person"))
        page.goto(f"/{lang}/staff/calls/owed")
        look(page, picture("owed"))
        page.goto(f"/{lang}/staff/calls/due")
        look(page, picture("due"))
    with signed_in(browser, site, "monitor", lang, width) as page:
        page.goto(f"/{lang}/staff/calls?still=1")
        assert told["call_hidden_what"] in look(page, picture("monitor"))
    with signed_in(browser, site, "rowan", lang, width) as page:
        page.goto(f"/{lang}/own/calls")
        assert told["calls_owed_to_you"] in look(page, picture("own"))
        with page.expect_navigation():
            page.get_by_role("link", name="Holly Cedar").first.click()
        assert told["call_cause_calls_used"] in look(page, picture("own-refused"))
    with signed_in(browser, site, "myrtle", lang, width) as page:
        page.goto(f"/{lang}/visits/calls")
        look(page, picture("counsel"))
        press(page, told["call_state_it"])
        look(page, picture("statement"))


def test_all_of_it_works_without_scripts(browser: Browser, site: str, board: Switchboard) -> None:
    """Signed in without scripts, the page of calls shows itself anew, and a call is ended."""
    with window(browser, site, "desk", scripts=False) as page:
        page.goto("/en/sign-in")
        page.locator("#name").fill("visits")
        page.locator("#password").fill("three quiet lanterns")
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/en/staff")
        answer = page.goto("/en/staff/calls")
        assert answer is not None
        assert answer.header_value("Refresh") == "10"
        page.get_by_role("link", name="Rowan Ash").first.click()
        page.locator("#end-why").fill("A fire drill.")
        page.get_by_role("button", name=words("en")["call_end_go"]).click()
        page.get_by_text(words("en")["call_did_end"]).wait_for()
