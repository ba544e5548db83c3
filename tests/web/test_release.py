"""The page of a release: what the command tells stands there, for anyone, and nothing is kept."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client

from locutorio.actions import clock
from locutorio.actions.project_release import project_release
from locutorio.decisions.projected import Sentence
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.notices.release import compose

TEN = Sentence(date(2026, 3, 1), years=10)
SENT = {"began": "2026-03-01", "years": "10", "literacy": "no", "offence": "violence"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_the_days_and_keeps_nothing(client: Client, lang: str) -> None:
    """What was written stands in the form again, and on no page that is opened later."""
    page = client.post(f"/{lang}/release", SENT)
    shown = unescape(page.content.decode())
    letter = compose(project_release("us-federal", TEN, clock.today(), "violence"), lang)
    assert page.status_code == 200
    for said in (letter.headline, *letter.lead, *(one.heading for one in letter.sections)):
        assert said in shown
    assert 'value="2026-03-01"' in shown
    assert "2026-03-01" not in client.get(f"/{lang}/release").content.decode()


@pytest.mark.parametrize("wrong", [{"years": "ten"}, {"began": "soon"}, {"years": ""}, {"offence": "gossip"}])
def test_what_cannot_be_is_said(client: Client, wrong: dict[str, str]) -> None:
    """The form comes back with what is wrong, and with what was written."""
    page = client.post("/es/release", {**SENT, **wrong})
    assert page.status_code == 400
    assert 'value="violence" selected' in page.content.decode() or "offence" in wrong
