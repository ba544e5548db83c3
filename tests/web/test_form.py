"""Promises about the one-page form and the files and papers made of it."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from locutorio.actions import answer, shelf
from locutorio.actions.form import filled_of
from locutorio.notices.compose import compose
from locutorio.web import words as page_words
from locutorio.web.open.form_fields import fields, read
from tests.notices.test_letters import ENGLISH_ONLY
from tests.web.filling import fields_of, opened
from tests.web.pages import LANGUAGES

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
DEEP = 1_000_000
SHORTEST_TELLING = 20
ALL_LANGUAGES = pytest.mark.parametrize("lang", LANGUAGES)
CASE = b"law: us-federal\nquestion: {about: visit, on: 2026-12-05}\n"
HOSTILE = {
    "empty": (b"", "empty"),
    "binary": (bytes(range(256)), "encoding"),
    "zip": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "hidden"),
    "utf-16": ("law: us-federal".encode("utf-16"), "encoding"),
    "latin-1": ("# niño\nlaw: us-federal".encode("latin-1"), "encoding"),
    "too large": (CASE + b"# " + b"x" * 500_000, "large"),
    "deep": (b"[" * 400_000, "deep"),
    "deep blocks": (b"".join(b" " * at + b"a:\n" for at in range(800)), "deep"),
    "bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "sign"),
    "alias": (CASE + b"facts: &x {contact.age: 3}\n", "sign"),
    "tag": (b"law: !!python/object/apply:os.system [ls]\n", "sign"),
    "merge": (CASE + b"facts: {<<: x}\n", "merge"),
    "twice": (CASE + b"law: arcadia\n", "twice"),
    "two documents": (CASE + b"---\n" + CASE, "documents"),
    "right to left": (CASE + "# \u202e x\n".encode(), "hidden"),
    "no case": (b"[project]\nname = 'x'\n", "other"),
    "another file": (b"name: x\nversion: 1\n", "name"),
    "no question": (b"law: us-federal\n", "missing"),
    "no such law": (b"law: moon\nquestion: {about: visit, on: 2026-12-05}\n", "law_word"),
    "no such fact": (CASE + b"facts: {contact.agee: 3}\n", "name"),
    "no such form": (CASE + b"instruments: [{id: a, form: b}]\n", "law_word"),
    "huge number": (CASE + b"facts: {contact.age: " + b"9" * 4_000 + b"}\n", "value"),
    "no number": (CASE + b"facts: {contact.age: .inf}\n", "value"),
    "no day": (b"law: us-federal\nquestion: {about: visit, on: 2026-02-30}\n", "day"),
    "too early": (b"law: us-federal\nquestion: {about: visit, on: 1950-01-01}\n", "too_early"),
    "contradiction": (CASE + b"facts: {contact.age: 3, contact.born_on: 1980-01-01}\n", "contradiction"),
    "not stated": (
        CASE + b"instruments: [{id: a, form: release_condition, facts: {danger: persons}}]\n",
        "stated",
    ),
    "order": (
        CASE + b"facts: {contact.relation: [{value: spouse, from: 2026-02-01, until: 2026-01-01}]}\n",
        "order",
    ),
    "two values": (CASE + b"facts: {contact.relation: [{value: spouse}, {value: mother}]}\n", "two_values"),
    "no paper asked about": (
        b"law: us-federal\nquestion: {kind: instrument, instrument: x, on: 2026-12-05}\n",
        "subject",
    ),
    "many papers": (CASE + b"instruments: [" + b"{id: a, form: b}," * 21 + b"]\n", "many"),
    "list": (CASE + b"facts: [1, 2]\n", "shape"),
    "markup": (b"law: '<script>alert(1)</script>'\nquestion: {about: visit, on: 2026-12-05}\n", "law_word"),
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_opened_in_the_form_is_answered_as_by_the_command(client: Client, path: Path) -> None:
    """The form shows the answer that `locutorio decide` gives, and saves a file that it answers the same."""
    expected = answer.answer(answer.read_file(path))
    page = opened(client, path.read_bytes())
    letter = compose(expected, "en")
    saved = client.post("/en/form/case-file", fields_of(page))

    assert saved["Content-Type"].startswith("application/yaml")
    assert answer.answer(answer.read(saved.content, "CASE.yaml")) == expected
    shown = unescape(page.decode())
    assert f'<p class="headline">{letter.headline}</p>' in shown
    assert all(
        block.citation in shown
        for one in letter.sections
        for block in one.blocks
        if hasattr(block, "citation")
    )


def test_a_worked_case_goes_through_the_fields_of_the_page() -> None:
    """Carried as hidden fields and read again, the form of a worked case is the same form."""
    for pack in shelf.laws():
        for one in shelf.cases(pack).worked[::5]:
            filled = filled_of(one.case)
            again = read({field.name: field.value for field in fields(filled)})

            assert (again.said, again.kept) == (filled.said, filled.kept), one.name
            assert (again.complete, again.adopt, again.about) == (filled.complete, filled.adopt, filled.about)
            assert [paper.name for paper in again.papers] == [paper.name for paper in filled.papers]
            assert [dict(paper.said) for paper in again.papers] == [
                dict(paper.said) for paper in filled.papers
            ]
            assert [dict(paper.kept) for paper in again.papers] == [
                dict(paper.kept) for paper in filled.papers
            ]


@ALL_LANGUAGES
@pytest.mark.parametrize(("raw", "fault"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_cannot_be_opened_is_refused_in_plain_words(
    client: Client, lang: str, raw: bytes, fault: str
) -> None:
    """Whatever is uploaded, the page says what is wrong in its language, and the form stays as it was."""
    sent = fields_of(client.get(f"/{lang}/form").content) | {"f.request.party_size": "3"}
    response = client.post(f"/{lang}/form", {**sent, "do": "open", "file": SimpleUploadedFile("x.yaml", raw)})

    page = unescape(response.content.decode())
    assert response.status_code == 200
    assert page_words.words(lang)[f"fault_{fault}"] in page
    assert fields_of(response.content)["f.request.party_size"] == "3"
    assert "<script" not in response.content.decode()
    assert "Traceback" not in page


def test_a_file_a_million_deep_is_refused(client: Client) -> None:
    """A file larger than any case is not read, and that is said."""
    sent = fields_of(client.get("/en/form").content)
    raw = SimpleUploadedFile("x.yaml", b"[" * DEEP)

    assert client.post("/en/form", {**sent, "do": "open", "file": raw}).status_code == 413


@ALL_LANGUAGES
def test_everything_wrong_is_named_and_everything_typed_is_kept(client: Client, lang: str) -> None:
    """Three wrong fields: each is named over the form with a link to it, and holds what was typed."""
    sent = fields_of(client.get(f"/{lang}/form").content)
    wrong = {"f.request.party_size": "a <b>", "f.contact.age": "1e3", "asked_on": "2999-01-01"}
    response = client.post(f"/{lang}/form", {**sent, **wrong})

    page = response.content.decode()
    told = page_words.words(lang)
    again = fields_of(response.content)
    assert 'href="#f.request.party_size"' in page
    assert 'href="#f.contact.age"' in page
    assert told["form_wrong_whole"] in unescape(page)
    assert told["form_wrong_day"] in unescape(page)
    assert {name: again[name] for name in wrong} == wrong
    assert 'class="letter' not in page
    assert page.count('aria-invalid="true"') == len(wrong)


def test_papers_are_added_filled_and_taken_out(client: Client) -> None:
    """Choosing a form of paper adds its fields; they count in the answer; the button takes them out again."""
    sent = fields_of(client.get("/en/form").content)
    added = fields_of(client.post("/en/form", {**sent, "k.special_measure": "special_measure"}).content)
    assert (added["p0.name"], added["p0.form"]) == ("special_measure-1", "special_measure")
    assert added["k.special_measure"] == ""

    more = {**added, "k.special_measure": "special_measure", "p0.f.instrument.decider": "warden"}
    two = fields_of(client.post("/en/form", more).content)
    assert (two["p1.name"], two["p0.f.instrument.decider"]) == ("special_measure-2", "warden")

    left = fields_of(client.post("/en/form", {**two, "do": "remove:0"}).content)
    assert left["p0.name"] == "special_measure-2"
    assert "p1.name" not in left


def test_a_day_that_has_not_come_and_one_that_is_not_known_are_said(client: Client) -> None:
    """The boxes beside the days write `none` and `unknown` into the case, as a case file has them."""
    raw = CASE + (
        b"instruments: [{id: a, form: special_measure, until: unknown, facts: {signed_on: none}}]\n"
        b"facts: {person.convicted_on: none}\n"
    )
    page = opened(client, raw)
    saved = client.post("/en/form/case-file", fields_of(page)).content.decode()

    assert "until: unknown" in saved
    assert "signed_on: none" in saved
    assert "person.convicted_on: none" in saved


def test_a_new_value_takes_the_place_of_what_the_file_said(client: Client) -> None:
    """What a file said in periods stays until the box is emptied or another value is chosen."""
    raw = (
        CASE
        + b"facts:\n  contact.supervision:\n    - {value: halfway_house, from: 2026-01-01, source: seen}\n"
    )
    page = opened(client, raw)
    sent = fields_of(page)
    kept = client.post("/en/form/case-file", sent).content.decode()
    chosen = client.post("/en/form/case-file", {**sent, "f.contact.supervision": "none"}).content.decode()
    emptied = {name: value for name, value in sent.items() if name != "keep.contact.supervision"}

    assert "according to: seen" in unescape(page.decode())
    assert "{value: halfway_house, from: 2026-01-01, source: seen}" in kept
    assert "contact.supervision: none" in chosen
    assert "supervision" not in client.post("/en/form/case-file", emptied).content.decode()


@ALL_LANGUAGES
def test_papers_come_as_tagged_pdf_in_the_language_of_the_page(client: Client, lang: str) -> None:
    """The answer, the slip and the request are files that open, named, and not kept by the browser."""
    raw = next(path for path in EXAMPLES if path.stem == "spouse-half-way-house-before-release").read_bytes()
    sent = fields_of(opened(client, raw, lang))
    for name in ("answer", "slip", "remedy"):
        response = client.post(f"/{lang}/form/{name}.pdf", sent)

        assert response["Content-Type"] == "application/pdf"
        assert re.fullmatch(r'attachment; filename="[a-z]+\.pdf"', response["Content-Disposition"])
        assert response["Cache-Control"] == "no-store"
        with pikepdf.open(io.BytesIO(response.content)) as document:
            assert document.Root.Lang == lang


@ALL_LANGUAGES
def test_what_cannot_be_made_is_said_over_the_form(client: Client, lang: str) -> None:
    """A slip of a permitted visit, or a file of a wrong field: the form says what is in the way."""
    told = page_words.words(lang)
    permitted = next(path for path in EXAMPLES if path.stem == "spouse-supervised-release-approved")
    sent = fields_of(opened(client, permitted.read_bytes(), lang))
    assert told["form_wrong_slip"] in unescape(client.post(f"/{lang}/form/slip", sent).content.decode())

    wrong = {**sent, "f.request.party_size": "x"}
    for name in ("case-file", "answer.pdf", "slip", "slip.pdf", "remedy", "remedy.pdf"):
        page = unescape(client.post(f"/{lang}/form/{name}", wrong).content.decode())
        assert told["form_wrong_whole"] in page


@pytest.mark.parametrize("name", ["case-file", "answer.pdf", "slip", "slip.pdf", "remedy", "remedy.pdf"])
def test_an_address_without_a_form_keeps_nothing(client: Client, name: str) -> None:
    """Whoever comes to an address by itself learns that nothing is kept there."""
    response = client.get(f"/en/form/{name}")

    assert page_words.words("en")["left_title"] in unescape(response.content.decode())
    assert not response.cookies


def test_the_answers_of_an_interview_are_taken_over(client: Client) -> None:
    """What was said in the interview comes to the form, the file and the papers whole."""
    said = {
        "law": "us-federal",
        "about": "visit",
        "on": "2026-12-05",
        "asked_on": "2026-11-21",
        "said": ["contact.relation=spouse", "request.party_size=2", "visit.by_video=no"],
    }
    page = fields_of(client.post("/en/form", said).content)
    case = answer.read(client.post("/en/form/case-file", said).content, "CASE.yaml")

    assert page["f.contact.relation"] == "spouse"
    assert page["f.request.party_size"] == "2"
    assert case.facts["contact.relation"][0].value == "spouse"
    assert case.facts["visit.by_video"][0].value is False
    assert client.post("/en/form/answer.pdf", said).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"law": "us-federal"},
        {"law": "x", "about": "visit", "on": "2026-12-05", "asked_on": "", "said": "a=b"},
        {"form": "1"},
        {"form": "1", "law": "x", "about": "x", "on": "x", "do": "remove:9999999999999999999"},
        {"form": "1", "about": "clock:nonsense", "on": "2026-12-05"},
        {"form": "1", "about": "paper:", "on": "2026-12-05"},
        {"form": "1", "on": "2026-12-05", "adopt": "a b ; ' -- <x>"},
        {"form": "1", "on": "2026-12-05", "p0.name": "a:b", "p0.form": "special_measure"},
        {"form": "1", "on": "2026-12-05", "p0.name": "", "p0.form": "special_measure"},
        {"form": "1", "on": "2026-12-05", "keep.contact.age": "1", "kept.contact.age": "&a [*a]"},
        {
            "form": "1",
            "on": "2026-12-05",
            "keep.contact.age": "1",
            "kept.contact.age": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        },
        {"form": "1", "on": "1900-01-01"},
        {"form": "1", "on": "2200-12-31", "f.contact.born_on": "2200-12-31"},
    ],
)
@pytest.mark.parametrize("to", ["form", "form/case-file", "form/answer.pdf", "form/slip", "form/remedy.pdf"])
def test_a_form_that_no_browser_sent_is_answered_calmly(
    client: Client, sent: dict[str, str], to: str
) -> None:
    """Missing, wrong or forged fields lead to the form with what is wrong, or to a plain refusal."""
    response = client.post(f"/es/{to}", sent)

    assert response.status_code in (200, 400)
    assert b"Traceback" not in response.content


@ALL_LANGUAGES
def test_the_switch_of_language_carries_the_form(client: Client, lang: str) -> None:
    """In the other language the form holds what was filled in, and nothing of it stands in an address."""
    raw = next(path for path in EXAMPLES if path.stem == "lawyer-call-under-measure").read_bytes()
    page = opened(client, raw, lang)
    switch = fields_of(page, "k.court_order" if b'name="k.court_order" value="none"' in page else "form")
    other = next(name for name in LANGUAGES if name != lang)
    there = client.post(f"/{other}/form", switch)

    assert f'<html lang="{other}">' in there.content.decode()
    assert fields_of(there.content) | {"law": ""} == fields_of(page) | {"law": ""}
    assert "?" not in "".join(re.findall(rb'(?:href|action)="([^"]*)"', page + there.content)[0].decode())


def test_no_english_stands_on_a_spanish_form(client: Client) -> None:
    """The form, its errors and its papers are in Spanish; an exact message in English is marked so."""
    english, spanish = page_words.words("en"), page_words.words("es")
    telling = {
        text
        for name, text in english.items()
        if text != spanish[name] and len(text) >= SHORTEST_TELLING and "{" not in text
    }
    raw = next(path for path in EXAMPLES if path.stem == "spouse-half-way-house-before-release").read_bytes()
    shown = opened(client, raw, "es")
    sent = fields_of(shown)
    pages = [
        shown,
        opened(client, b"[", "es"),
        client.post("/es/form", {**sent, "on": "x", "f.request.party_size": "x"}).content,
        client.post("/es/form/slip", sent).content,
        client.post("/es/form/remedy", sent).content,
    ]
    for page in pages:
        text = " ".join(unescape(re.sub(r'<p lang="en">.*?</p>', "", page.decode(), flags=re.DOTALL)).split())

        assert [
            phrase for phrase in (*telling, *ENGLISH_ONLY) if phrase in text and phrase not in raw.decode()
        ] == []


@pytest.mark.parametrize("address", ["us-federal/A06", "arcadia/arcadia-mother", "examples/consul-visit"])
def test_a_case_of_the_list_can_be_changed_in_the_form(client: Client, address: str) -> None:
    """From the page of a case one button leads to the form with all that the case says, answered the same."""
    shown = client.get(f"/en/case/{address}").content
    page = client.post("/en/form", fields_of(shown, "form")).content

    headline = re.compile(r'<p class="headline">(.+?)</p>')
    assert headline.findall(page.decode()) == headline.findall(shown.decode())
