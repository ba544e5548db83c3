"""Recordings with a browser: each page fits its window, axe finds nothing, Chromium plays what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from locutorio.actions.create_account import Role
from locutorio.actions.open_recording import FOLDER
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.recordings.kept import keeps_recordings, recorded
from tests.telephony.test_stereo import PERSON, sound, spoken
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.windows import WIDTHS, look, signed_in

pytestmark = pytest.mark.browser
_PLAY = "audio => audio.play().then(() => audio.duration)"


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment that records."""
    with fresh("sqlite"):
        made = founded()
        keeps_recordings(made)
        account(made, "monitoring", Role.MONITORING)
        yield made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_recording_is_found_opened_and_played(
    browser: Browser,
    site: str,
    artefacts: Path,
    oak: Oak,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    width: str,
) -> None:
    """From the list, by saying why, to a second of sound."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    recorded(oak, tmp_path, voices=sound(*spoken(PERSON, 440)).wav)
    told = words(lang)
    with signed_in(browser, site, "monitoring", lang, width) as page:
        page.goto(f"/{lang}/staff/person/{oak.people['rowan']}/recordings")
        look(page, artefacts / f"recordings-{lang}-{width}.png")
        page.locator("ul.rows a").first.click()
        look(page, artefacts / f"recording-{lang}-{width}.png")
        page.locator("#why").fill("a threat was reported")
        page.locator("#authority").fill("order 12")
        page.get_by_role("button", name=told["recording_ask_go"], exact=True).click()
        said = look(page, artefacts / f"recording-heard-{lang}-{width}.png")
        assert told["recording_sides"] in said
        assert page.locator("audio").evaluate(_PLAY) == pytest.approx(1, abs=0.01)
