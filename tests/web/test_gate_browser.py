"""An officer at the gate with a browser: each page fits its window, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.store.models import Listed
from locutorio.web.words import words
from tests.databases import fresh
from tests.gate.at_oak import MINUTE, TEN, Gate, booked
from tests.web.pages import LANGUAGES
from tests.web.seated import account
from tests.web.test_gate import gate_with_schedule
from tests.web.windows import WIDTHS, look, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("quick_passwords")]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """An establishment at half past nine of a day of visits."""
    monkeypatch.setattr(clock, "now", lambda: (TEN - 30 * MINUTE).astimezone(UTC))
    with fresh("sqlite"):
        made = gate_with_schedule()
        account(made.oak, "officer", Role.VISITS)
        yield made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_morning_at_the_gate(
    browser: Browser, site: str, gate: Gate, artefacts: Path, lang: str, width: str
) -> None:
    """
    From the day to a booking to the gate: somebody is let in and the visit starts and ends; somebody else is
    refused, and the notice can be printed. A person's page, a paper's form and the closed days are looked at.
    """
    told, alder, laurel = words(lang), gate.oak.contacts["alder"], gate.oak.contacts["laurel"]
    first, second = booked(gate, starts=TEN - 30 * MINUTE), booked(gate, "linden", ("laurel", "myrtle"))
    Listed.objects.filter(contact=laurel).update(status="removed")

    def picture(state: str) -> Path:
        return artefacts / f"gate-{state}-{lang}-{width}.png"

    def at(booking: UUID, contact: UUID | None = None) -> str:
        end = f"/contact/{contact}" if contact else ""
        return f"/{lang}/staff/booking/{booking}{end}"

    with signed_in(browser, site, "officer", lang, width) as page:
        page.goto(f"/{lang}/staff?on=2026-12-05")
        assert "Ash, Rowan" in look(page, picture("day"))
        page.goto(at(first, alder))
        page.locator("#identity").select_option("passport")
        page.locator("button[value=arrive]").click()
        assert told["gate_did_arrived"] in look(page, picture("arrived"))
        page.get_by_role("button", name=told["gate_start_go"], exact=True).click()
        assert told["standing_under_way"] in look(page, picture("started"))
        page.get_by_role("button", name=told["gate_end_go"], exact=True).click()
        assert told["standing_happened"] in look(page, picture("ended"))

        page.goto(at(second, laurel))
        page.locator("button[value=arrive]").click()
        assert told["gate_law_refuse"] in look(page, picture("not-let-in"))
        page.locator("#note").fill("No está en la lista.")
        page.locator("button[value=refuse]").click()
        assert told["gate_did_refused"] in look(page, picture("refused"))
        page.locator('li:has-text("Laurel Birch") a[href*="/staff/notice/"]').click()
        assert "No se le dejó entrar." in look(page, picture("notice"))

        for state, address in {
            "person": f"staff/person/{gate.oak.people['linden']}",
            "paper": f"staff/person/{gate.oak.people['linden']}/paper?form=order_no_visits",
            "closed": "staff/closed",
            "slot": "staff/slot/hall@2026-12-05T10:00",
        }.items():
            page.goto(f"/{lang}/{address}")
            look(page, picture(state))
