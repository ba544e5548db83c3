"""How notices reach their readers, with a browser: each page fits its window, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.store.models import Notice
from locutorio.web.words import words
from tests.databases import fresh
from tests.gate.at_oak import MINUTE, TEN, Gate, at_the_gate, booked
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.windows import WIDTHS, look, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("quick_passwords")]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """A visit that was withdrawn: the person and the contact have a notice each."""
    monkeypatch.setattr(clock, "now", lambda: TEN + 90 * MINUTE)
    with fresh("sqlite"):
        made = at_the_gate()
        made.misses(booked(made), TEN + 65 * MINUTE, by="establishment", note="a flood")
        account(made.oak, "officer", Role.VISITS)
        yield made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_letter_is_written_down_as_sent(
    gate: Gate, browser: Browser, site: str, lang: str, width: str, artefacts: Path
) -> None:
    """From the list to the form, a mistake, and what then stands on the notice."""
    told, notice = words(lang), Notice.objects.get(contact=gate.oak.contacts["alder"])
    with signed_in(browser, site, "officer", lang, width) as page:

        def seen(name: str) -> str:
            return look(page, artefacts / f"service-{name}-{lang}-{width}.png")

        page.goto(f"/{lang}/staff/notices")
        assert told["service_standing_waiting"] in seen("list")
        page.goto(f"/{lang}/staff/notice/{notice.id}/service")
        assert told["service_none"] in seen("form")
        page.locator("#fact").select_option("sent")
        page.locator("#way").select_option("post")
        for on, says in (("2026-12-01", "service_wrong_before"), ("2026-12-05", "service_fact_sent")):
            page.locator("#proof").fill("letter 7")
            page.locator("#on").fill(on)
            with page.expect_navigation():
                page.locator("main button[type=submit]").click()
            assert told[says] in seen(on)
