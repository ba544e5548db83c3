"""The page of dated events: it tells a file with its picture, and gives it back; nothing is kept."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from locutorio.actions import history
from locutorio.chronicle.stage import Knowledge
from locutorio.web.words import words

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "history" / "seven-years.yaml").read_text("utf-8")
ON = "2020-11-01"
LANGUAGES = ("en", "es")


def sent(client: Client, lang: str = "en", *, status: int = 200, **fields: object) -> str:
    """Send the form; give the page as text."""
    response = client.post(f"/{lang}/history", fields)
    page = response.content.decode()
    assert response.status_code == status, page
    assert "Traceback" not in page
    return unescape(page)


def shown(page: str) -> str:
    """Give the text of a page without its markup, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_command_tells_stands_on_the_page(client: Client, lang: str) -> None:
    """The day, each contradiction and each event stand on the page as the command tells them."""
    text = shown(sent(client, lang, text=EXAMPLE, on=ON, do="show"))
    chronicle = history.read(EXAMPLE.encode(), "history.yaml")
    told = history.answer_of(chronicle, date.fromisoformat(ON), Knowledge())
    letters = (history.day_told(chronicle, told, lang).letter, history.whole_told(chronicle, lang).letter)

    for letter in letters:
        for section in letter.sections:
            assert section.heading in text
            for block in section.blocks:
                for line in (getattr(block, "text", ""), *getattr(block, "items", ())):
                    assert " ".join(line.split()) in text


def test_a_picture_is_drawn_for_each_contact_and_told_in_words(client: Client) -> None:
    """Each contact has one, with a name; no script and no style stands in it; the day is a line."""
    page = sent(client, text=EXAMPLE, on=ON, do="show")
    pictures = re.findall(r'<svg class="strip".*?</svg>(?=</div>)', page, flags=re.DOTALL)

    assert len(pictures) == 5
    assert all('role="img" aria-label=' in one and "style=" not in one for one in pictures)
    assert all('stroke-dasharray="5 3"' in one for one in pictures)
    assert "18 June 2020 to 4 October 2020 not known" in shown(page)


def test_less_is_told_to_who_knew_less(client: Client) -> None:
    """A day of knowledge and a trust count on the page as they do for the command."""
    wide = shown(sent(client, text=EXAMPLE, on="2019-05-12", do="show"))
    then = shown(sent(client, text=EXAMPLE, on="2019-05-12", known_at="2019-05-12", do="show"))
    trusted = shown(sent(client, text=EXAMPLE, on="2019-05-12", least_trust="2", do="show"))

    assert "A bar on the whole group stood" in wide
    assert "A bar on the whole group stood" not in then
    assert "A bar on the whole group stood" not in trusted


def test_an_uploaded_file_takes_the_place_of_the_text(client: Client) -> None:
    """What was uploaded is told, and stands in the text after it."""
    upload = SimpleUploadedFile("history.yaml", EXAMPLE.encode())
    page = sent(client, text="events: []", file=upload, do="show")

    assert "v21: statement" in shown(page)


def test_the_file_and_the_page_can_be_saved(client: Client) -> None:
    """The file comes back as it was sent; the page stands alone, with a policy that lets nothing in."""
    saved = client.post("/en/history", {"text": EXAMPLE, "do": "save"})
    page = client.post("/es/history", {"text": EXAMPLE, "on": ON, "do": "page"})
    text = page.content.decode()

    assert saved.content.decode() == EXAMPLE
    assert 'filename="history.html"' in page.headers["Content-Disposition"]
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="', text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_of_the_page_can_be_told(client: Client, lang: str) -> None:
    """The file to begin with is read, in both languages."""
    page = sent(client, lang, do="template")
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, flags=re.DOTALL)

    assert found is not None
    sent(client, lang, text=found[1], on="2025-10-01", do="show")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "", "do": "show"}, "file_problem_empty"),
        ({"text": EXAMPLE, "on": "soon", "do": "show"}, "file_problem_day"),
        ({"text": EXAMPLE, "known_at": "2020-13-01", "do": "show"}, "file_problem_day"),
        ({"text": "a" * 100_001, "do": "show"}, "file_problem_large"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(
    client: Client, fields: dict[str, str], sentence: str
) -> None:
    """A problem stands at the field and at the top."""
    page = unescape(client.post("/en/history", fields).content.decode())

    assert page.count(words("en")[sentence]) == 2


def test_a_fault_of_the_file_is_told_with_its_place(client: Client) -> None:
    """A file that cannot be used is a page that says what is wrong, and keeps the text."""
    page = sent(client, status=400, text=EXAMPLE.replace("trust: 4", "trust: 9"), do="show")

    assert "Trust is 9" in page
    assert "trust: 9" in page


def test_markup_of_a_file_is_text_on_the_page_and_in_the_picture(client: Client) -> None:
    """What is written in a file runs nowhere."""
    hostile = EXAMPLE.replace("H: husband", "H: husband <script>alert(1)</script> \"'>")
    response = client.post("/en/history", {"text": hostile, "on": ON, "do": "show"})
    page = client.post("/en/history", {"text": hostile, "on": ON, "do": "page"})

    for one in (response, page):
        assert "<script>alert" not in one.content.decode()
        assert "&lt;script&gt;alert" in one.content.decode()
