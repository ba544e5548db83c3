"""The pages of deadlines: what the command tells stands there, for anyone, and nothing is kept."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from locutorio.actions import clock, remedy
from locutorio.notices.letter import FindingBlock
from locutorio.notices.remedy import compose
from locutorio.web.words import words

LANGUAGES = ("en", "es")
EVENT, ON = "2026-03-01", "2026-03-10"
BP9 = "deadlines/us-federal/bp9"


def page(
    client: Client, lang: str, address: str, sent: dict[str, str] | None = None, status: int = 200
) -> str:
    """Give the text of a page, read or sent to."""
    at = f"/{lang}/{address}"
    response = client.get(at) if sent is None else client.post(at, sent)
    assert response.status_code == status, response.content.decode()
    return unescape(response.content.decode())


def shown(text: str) -> str:
    """Give the text of a page without its markup, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_command_tells_stands_on_the_page(client: Client, lang: str) -> None:
    """Headline, every step with its arithmetic, its law and its routes, and what every answer ends with."""
    text = shown(page(client, lang, BP9, {"event": EVENT, "on": ON, "do": "show"}))
    given = {"clock.event_on": date.fromisoformat(EVENT)}
    letter = compose(remedy.reckon("us-federal", "bp9", given, date.fromisoformat(ON)), lang)

    for told in (letter.headline, *letter.lead, *letter.foot, *(one.heading for one in letter.sections)):
        assert told in text
    blocks = [block for section in letter.sections for block in section.blocks]
    for block in blocks:
        assert getattr(block, "text", "") in text
        if isinstance(block, FindingBlock):
            assert block.head in text
            assert block.citation in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", ["us-federal", "arcadia"])
def test_every_deadline_has_a_page_with_its_questions(client: Client, lang: str, law: str) -> None:
    """Each is listed, and its page asks for each of its facts in the reader's language."""
    listed = page(client, lang, "deadlines")
    known = remedy.kinds(law, clock.today())
    for name in known:
        assert f'href="/{lang}/deadlines/{law}/{name}"' in listed
        text = page(client, lang, f"deadlines/{law}/{name}")
        for option, fact in remedy.options(known, name).items():
            assert f'name="{option}"' in text
            assert fact.ask[lang] in text


def test_a_deadline_that_does_not_count_has_no_page(client: Client) -> None:
    """What is not there, or rests on text nobody has checked, is not found."""
    for address in ("deadlines/us-federal/bp99", "deadlines/nowhere/bp9", "deadlines/england-wales/keeping"):
        page(client, "en", address, status=404)


def test_the_days_can_be_saved_for_a_calendar(client: Client) -> None:
    """The button gives a calendar file with each last day."""
    response = client.post(f"/es/{BP9}", {"event": EVENT, "on": ON, "do": "calendar"})

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.decode().count("BEGIN:VEVENT") == 11


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"event": "2026-02-30"}, "fault_day"),
        ({"event": EVENT, "filed": "2026-02-01"}, "fault_order"),
        ({"event": ""}, "fault_uncounted"),
        ({"event": EVENT, "on": "2001-01-01"}, "fault_too_early"),
        ({"event": "<script>", "on": ON}, "fault_day"),
    ],
)
def test_what_cannot_be_counted_is_told_in_words(
    client: Client, lang: str, sent: dict[str, str], fault: str
) -> None:
    """The fault stands above the form, which keeps what was sent."""
    response = client.post(f"/{lang}/{BP9}", {"on": ON, **sent})
    raw = response.content.decode()

    assert response.status_code == 400
    assert words(lang)[fault] in unescape(raw)
    assert "<script>" not in raw
    assert "Traceback" not in raw


def test_the_other_language_shows_the_same_answer(client: Client) -> None:
    """The switch sends along what was said."""
    text = page(client, "en", BP9, {"event": EVENT, "on": ON, "do": "show"})

    assert re.search(rf'<form[^>]*action="/es/{BP9}".*?name="event" value="{EVENT}"', text, re.DOTALL)
