"""Every page, in both languages, as a program sees it."""

import json
import random
import re
from contextlib import closing
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from locutorio.actions import answer, shelf
from locutorio.facts.vocabulary import vocabulary
from locutorio.notices.compose import compose
from locutorio.web import words as page_words
from locutorio.web.headers import HEADERS
from locutorio.web.open.entries import entries
from tests.web.pages import KINDS, LANGUAGES, address_of

SHORTEST_TELLING = 12
SAMPLE_SEED, SAMPLE_SIZE = 2, 40
LONG_LISTS = ("cases", "cases-narrowed", "law")


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def sample() -> list[tuple[str, str]]:
    """Give the addresses of some cases, the same every time."""
    return random.Random(SAMPLE_SEED).sample(sorted(entries()), SAMPLE_SIZE)


def shown(page: str) -> str:
    """Give the text of a page without its markup, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.usefixtures("remembering")
def test_every_case_has_a_page_that_tells_its_answer(client: Client) -> None:
    """Each case of each pack, and each example, shows its title and its answer, in each language."""
    for (pack, name), entry in entries().items():
        for lang in LANGUAGES:
            page = body(client, f"/{lang}/case/{pack}/{name}")
            letter = compose(entry.decide(), lang)
            text = shown(page)

            assert not entry.title or entry.title[lang] in page
            assert letter.headline in page
            for told in (*letter.lead, *letter.foot, *(section.heading for section in letter.sections)):
                assert " ".join(told.split()) in text, (name, told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_provision_has_a_page(client: Client, lang: str) -> None:
    """Each provision of each pack shows its citation, its paraphrase and the day its text was read."""
    for pack in shelf.packs():
        for name, provision in shelf.pack(pack).provisions.items():
            page = body(client, f"/{lang}/law/{pack}/{name}")

            assert provision.citation in page
            assert provision.says[lang] in page
            assert str(provision.read_on.year) in page
            text = shown(page)
            assert [path for path in vocabulary().facts if f" {path}" in text] == [], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lists_name_every_case_and_every_provision(client: Client, lang: str) -> None:
    """Nothing that has a page is missing from its list."""
    cases, law = body(client, f"/{lang}/cases"), body(client, f"/{lang}/law")

    for pack, name in entries():
        assert f'href="/{lang}/case/{pack}/{name}"' in cases
    for pack in shelf.packs():
        for name in shelf.pack(pack).provisions:
            assert f'href="/{lang}/law/{pack}/{name}"' in law


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_leads_somewhere(client: Client, lang: str) -> None:
    """No page holds a link or a file of this site that does not answer. (Long lists have their own tests.)"""
    addresses: set[str] = set()
    for address in (address_of(kind) for kind in KINDS if kind not in LONG_LISTS):
        page = client.get(f"/{lang}/{address}").content.decode()
        addresses.update(unescape(found) for found in re.findall(r'(?:href|action|src)="(/[^"#]*)', page))

    assert len(addresses) > len(LANGUAGES)
    for address in addresses:
        with closing(client.get(address)) as response:
            assert response.status_code == 200, address


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_switch_leads_to_the_same_page_in_the_other_language(client: Client, lang: str) -> None:
    """A reader who changes the language stays on the page, with what was searched for."""
    other = next(name for name in LANGUAGES if name != lang)
    for kind in KINDS:
        address = address_of(kind)
        page = unescape(client.get(f"/{lang}/{address}").content.decode())
        expected = f"/{other}/" if kind == "not-found" else f"/{other}/{address}"

        assert f'href="{expected}" lang="{other}" hreflang="{other}"' in page, kind
        assert f'<html lang="{lang}">' in page


def test_no_english_sentence_stands_on_a_spanish_page(client: Client) -> None:
    """What the pages say in English is not on the Spanish ones, except where both languages say the same."""
    english, spanish = page_words.words("en"), page_words.words("es")
    telling = {
        text
        for name, text in english.items()
        if text != spanish[name] and len(text) >= SHORTEST_TELLING and "{" not in text
    }
    titles = {
        one.title["en"] for one in entries().values() if one.title and one.title["en"] != one.title["es"]
    }
    for address in map(address_of, KINDS):
        page = unescape(client.get(f"/es/{address}").content.decode())
        left = [text for text in telling | titles if text in page]

        assert left == [], address


def test_every_sentence_of_the_pages_is_used() -> None:
    """No sentence is left over from before; each is named in the code or in a template."""
    folder = page_words.FOLDER.parent
    code = "\n".join(
        path.read_text(encoding="utf-8") for kind in ("*.py", "*.html") for path in folder.rglob(kind)
    )
    quoted = r"""["']([a-z_0-9]+)["']"""  # within an f-string in single quotes
    named = set(re.findall(r"\bw\.([a-z_0-9]+)", code)) | set(re.findall(quoted, code))
    built = (*re.findall(r'f"([a-z_]+_)\{', code), "cases_count_", "law_count_", "said_count_")
    unused = [name for name in page_words.words("en") if name not in named and not name.startswith(built)]

    assert unused == []


def test_both_languages_fill_the_same_slots() -> None:
    """A number or a name that an English sentence gives, its Spanish one gives too."""
    english, spanish = page_words.words("en"), page_words.words("es")
    for name, text in english.items():
        assert sorted(re.findall(r"\{(\w+)\}", text)) == sorted(re.findall(r"\{(\w+)\}", spanish[name])), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_can_be_narrowed_by_outcome_and_word(client: Client, lang: str) -> None:
    """The form gives only cases with that outcome and word, without regard to case and accents."""
    refused = body(client, f"/{lang}/cases?outcome=refuse")
    assert "outcome--refuse" in refused
    assert "outcome--permit" not in refused

    mothers = {"en": "MOTHER", "es": "MADRE"}[lang]
    assert "/case/arcadia/arcadia-mother" in body(client, f"/{lang}/cases?word={mothers}&outcome=permit")
    assert page_words.words(lang)["cases_count_none"] in body(client, f"/{lang}/cases?word=zzzzzz")
    assert page_words.words(lang)["law_count_none"] in body(client, f"/{lang}/law?word=zzzzzz")
    assert "/case/arcadia/arcadia-mother" in body(client, f"/{lang}/cases?outcome=nonsense")


def test_accents_do_not_hide_a_rule(client: Client) -> None:
    """A reader who leaves an accent out finds what is written with it."""
    listed = re.compile(r'href="/es/law/([^"]+)"')
    with_accent = listed.findall(body(client, "/es/law?word=dirección"))
    without = listed.findall(body(client, "/es/law?word=direccion"))

    assert with_accent
    assert with_accent == without


@pytest.mark.usefixtures("remembering")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_for_programs_is_the_same_answer(client: Client, lang: str) -> None:
    """The JSON of a case holds the outcome and the letter that its page shows."""
    for pack, name in sample():
        entry = entries()[pack, name]
        response = client.get(f"/{lang}/case/{pack}/{name}.json")
        answered = json.loads(response.content)

        assert response.headers["Content-Type"].startswith("application/json")
        assert answered["lang"] == lang
        assert answered["decision"]["outcome"] == entry.decide().outcome.value


@pytest.mark.usefixtures("remembering")
def test_the_saved_file_asks_the_same_question(client: Client) -> None:
    """The file of a case, read back and decided, gives the answer that its page shows."""
    for pack, name in sample():
        entry = entries()[pack, name]
        response = client.get(f"/en/case/{pack}/{name}.yaml")
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}.yaml"'

        again = answer.answer(answer.read(response.content, f"{name}.yaml"))
        first = entry.decide()
        assert (again.outcome, again.reasons, again.conditions) == (
            first.outcome,
            first.reasons,
            first.conditions,
        )


def test_writing_a_read_file_changes_nothing() -> None:
    """A case file that is read and written again is the same text."""
    for entry in entries().values():
        if not entry.usual:
            text = entry.text()
            assert replace(entry, case=answer.read(text.encode(), "again")).text() == text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_of_the_server_carries_the_headers(client: Client, lang: str) -> None:
    """Pages, errors, answers for programs, redirects and files all carry the policy; none sets a cookie."""
    addresses = [f"/{lang}/{address_of(kind)}" for kind in KINDS]
    files = ["/static/locutorio.css", "/static/vendor/uswds/uswds.css"]
    more = [
        "/",
        f"/{lang}/case/us-federal/A06.json",
        f"/{lang}/case/us-federal/A06.yaml",
        *files,
        "/static/none.css",
    ]
    for address in [*addresses, *more]:
        with closing(client.get(address)) as response:
            assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
            for name, value in HEADERS.items():
                assert response.headers[name] == value, address
            assert not response.cookies
            if address not in files:
                assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_holds_a_script_a_style_or_a_file_from_elsewhere(client: Client, lang: str) -> None:
    """A page runs nothing, styles nothing in place, and loads every file from this server."""
    for address in map(address_of, KINDS):
        page = client.get(f"/{lang}/{address}").content.decode()

        assert not re.search(r"<script|<style|<iframe|<object|\sstyle=|\son[a-z]+=|javascript:", page)
        assert not re.search(r'<(?:link|img|source)[^>]+(?:href|src)="(?!/)', page)
