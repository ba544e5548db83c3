"""The page of what was promised and what happened: it reads a file, adds to it, gives it back."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from locutorio.actions import owed
from locutorio.notices.owed import compose
from locutorio.web.words import words

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "owed" / "two-calls-a-month.yaml").read_text("utf-8")
ON = "2026-06-10"
LANGUAGES = ("en", "es")


def sent(client: Client, lang: str = "en", *, status: int = 200, **fields: object) -> str:
    """Send the form; give the page as text."""
    response = client.post(f"/{lang}/owed", {"on": ON, **fields})
    page = response.content.decode()
    assert response.status_code == status, page
    assert "Traceback" not in page
    return unescape(page)


def shown(page: str) -> str:
    """Give the text of a page without its markup, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def file_of(page: str) -> str:
    """Give the file as it stands in the page."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, flags=re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_account_of_the_command_stands_on_the_page(client: Client, lang: str) -> None:
    """Everything that the letter says of the example stands on the page, and the tables hold its numbers."""
    page = sent(client, lang, text=EXAMPLE, do="show")
    text = shown(page)
    record = owed.read(EXAMPLE.encode(), "owed.yaml")
    letter = compose(owed.owed(record, date.fromisoformat(ON)), lang)

    assert letter.headline in text
    for section in letter.sections:
        assert section.heading in text
        if not section.name.startswith("promise-"):
            for block in section.blocks:
                for told in (getattr(block, "text", ""), *getattr(block, "items", ())):
                    assert " ".join(told.split()) in text
    assert page.count("<table") == 4
    assert "<svg" in page
    assert ' style="' not in page


def test_an_uploaded_file_takes_the_place_of_the_text(client: Client) -> None:
    """The file chosen is the one that is counted, and it stands in the page afterwards."""
    page = sent(client, text="law: nowhere", file=SimpleUploadedFile("x.yaml", EXAMPLE.encode()), do="show")

    assert file_of(page) == EXAMPLE
    assert "between 4 and 5" in shown(page)


def test_the_file_is_given_back_as_it_was(client: Client) -> None:
    """Saving gives exactly the text of the page, as a file."""
    response = client.post("/en/owed", {"text": EXAMPLE.replace("\n", "\r\n"), "on": ON, "do": "save"})

    assert response.content.decode() == EXAMPLE
    assert response.headers["Content-Disposition"] == 'attachment; filename="owed.yaml"'
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_can_be_counted(client: Client, lang: str) -> None:
    """The example to start with stands in the page and is counted as it is."""
    text = file_of(sent(client, lang, do="template"))

    assert "promises:" in text
    assert words(lang)["owed_chart"] in sent(client, lang, text=text, on="2100-01-01", do="show")


def test_a_file_is_made_in_the_page_alone(client: Client) -> None:
    """From nothing, a promise and two events are added, and the account counts them."""
    text = file_of(
        sent(
            client,
            do="promise",
            complete="yes",
            p_what="call",
            p_paper='the order: "two" calls # of 3 May',
            p_count="2",
            p_each="month",
            p_minutes="15",
            p_from="2026-04-01",
        )
    )
    text = file_of(
        sent(client, text=text, do="event", e_on="2026-04-05", e_what="call", e_happened="yes", e_minutes="9")
    )
    page = sent(
        client, text=text, do="event", e_on="2026-05-05", e_what="call", e_happened="no", e_reason="- {a: b}"
    )
    record = owed.read(file_of(page).encode(), "owed.yaml")

    assert record.promises[0].paper == 'the order: "two" calls # of 3 May'
    assert [event.minutes for event in record.events] == [9, None]
    assert record.events[1].reason == "- {a: b}"
    assert "owed 6; took place 1; missing 3; still to come 2" in shown(page)
    assert words("en")["owed_added_event"] in page


def test_what_is_added_leaves_the_rest_of_the_file_alone(client: Client) -> None:
    """Comments and lines of the file stay as they were; the new line stands at the end of its block."""
    page = sent(client, text=EXAMPLE, do="event", e_on="2026-06-02", e_what="visit", e_happened="yes")
    added = file_of(page)

    assert added.startswith(EXAMPLE.rstrip("\n"))
    assert added.count("\n") == EXAMPLE.count("\n") + 1
    page = sent(client, text=added, do="promise", p_what="video", p_paper="x", p_on="2026-06-05")
    assert set(EXAMPLE.splitlines()) < set(file_of(page).splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"do": "show"}, ["file"]),
        ({"do": "show", "on": "10 June", "text": EXAMPLE}, ["on"]),
        ({"do": "promise"}, ["p_what", "p_paper", "p_count"]),
        (
            {"do": "promise", "p_what": "call", "p_paper": "x", "p_count": "2", "p_on": "2026-01-01"},
            ["p_count"],
        ),
        ({"do": "promise", "p_what": "call", "p_paper": "x", "p_count": "many"}, ["p_count", "p_from"]),
        (
            {"do": "promise", "p_what": "call", "p_paper": "x", "p_count": "1", "p_from": ON, "p_until": ON},
            ["p_until"],
        ),
        ({"do": "promise", "p_what": "call", "p_paper": "x" * 700, "p_on": ON}, ["p_paper"]),
        ({"do": "event"}, ["e_on", "e_what", "e_happened"]),
        ({"do": "event", "e_on": "2026-02-30", "e_what": "call", "e_happened": "yes"}, ["e_on"]),
        ({"do": "event", "e_on": ON, "e_what": "call", "e_happened": "returned"}, ["e_happened"]),
        (
            {"do": "event", "e_on": ON, "e_what": "letter_to", "e_happened": "yes", "e_minutes": "4"},
            ["e_minutes"],
        ),
    ],
)
def test_what_is_wrong_in_a_field_is_said_at_the_field(
    client: Client, lang: str, fields: dict[str, str], wrong: list[str]
) -> None:
    """Each field that cannot be used is named in the page's language, and what was typed is kept."""
    page = sent(client, lang, status=400, **fields)

    assert re.findall(r'id="(\w+)-problem"', page) == sorted(wrong, key=page.index)
    for name in wrong:
        assert f'href="#{name}"' in page
    for name, value in fields.items():
        assert name == "do" or value[:10] in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_cannot_be_read_is_kept_and_its_line_is_named(client: Client, lang: str) -> None:
    """The text stays in the page; the line and what to do stand above it."""
    text = EXAMPLE.replace("happened: attempted", "happened: perhaps")
    page = sent(client, lang, status=400, text=text, do="show")

    assert file_of(page) == text
    assert words(lang)["owed_faults"] in page
    assert words(lang)["fault_at"].split("{")[0].strip() in page
    assert str(1 + text[: text.index("perhaps")].count("\n")) in shown(
        page[: page.index('<form class="talk')]
    )


def test_what_cannot_be_added_leaves_the_file_alone(client: Client) -> None:
    """An event for a promise that is not there is not added, and the fields keep what was typed."""
    page = sent(
        client,
        status=400,
        text=EXAMPLE,
        do="event",
        e_on="2026-06-02",
        e_what="call",
        e_happened="yes",
        e_for="nothing",
    )

    assert file_of(page) == EXAMPLE
    assert 'value="nothing"' in page
    assert '<details class="adding" open>' in page


def test_a_file_that_is_no_text_is_refused(client: Client) -> None:
    """An upload that is no UTF-8, or too large, is refused at its field."""
    for raw in (b"\xff\xfe\x00", b"# " + b"x" * 200_000):
        page = sent(client, status=400, file=SimpleUploadedFile("x.yaml", raw), do="show")
        assert 'id="file-problem"' in page


def test_the_other_language_shows_the_same_account(client: Client) -> None:
    """The switch sends the file along: nothing has to be entered again."""
    page = client.post("/en/owed", {"on": ON, "text": EXAMPLE, "do": "show"}).content.decode()
    form = page[page.index('<form class="site-language"') : page.index("</form>")]

    assert 'action="/es/owed"' in form
    written = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    fields = {name: unescape(value) for name, value in written}
    assert fields["text"] == EXAMPLE
    assert words("es")["owed_account"] in sent(client, "es", text=fields["text"], do=fields["do"])
