"""Promises about a letter on paper."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from locutorio.decisions.decision import Outcome
from locutorio.notices import catalogue
from locutorio.notices.compose import compose
from locutorio.notices.letter import FindingBlock, Items, Letter, Paragraph, Section
from locutorio.notices.pdf import pdf
from tests.notices.examples import FORM, PAPER, WINDOW, decision

MADE_ON = date(2026, 12, 5)
HOSTILE = {
    "markup": '#panic("x") $a_1$ *b* _c_ @d `e` // f \\ <g> = h #import "paper.typ": data #read("pdf.py")',
    "another direction": "\u202eedisni\u202c \u2066and\u2069 on",
    "other scripts": "\u0627\u0644\u0632\u064a\u0627\u0631\u0629 and \u0434\u043e\u043c and \u03b1\u03b2",
    "no such letter": "\U0001f600 \u65e5\u672c\u8a9e niño \ue123 \u2028",
    "controls": "a\x00b\x1b[31mc\td\x7f",
    "half a letter": "a \ud800 b",
    "quotation marks": "\"x\" 'y' \\n \\u{1F600} {page}",
    "marks on letters": "q\u0483\u20dd\u0651" * 20,
}
ALL_LANGUAGES = pytest.mark.parametrize("lang", catalogue.LANGUAGES)


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


def letter_of(text: str, lang: str = "en") -> Letter:
    """Give a letter in which one text stands everywhere that a text can stand."""
    finding = FindingBlock(text, text, text, text, (text, text), (text,))
    blocks = (Paragraph(text), Items((text, text), text), finding)
    return Letter(lang, "permit", "A visit", text, (text,), (Section("why", "Why", blocks),), (text,))


def kinds(node: pikepdf.Object) -> Iterator[str]:
    """Give the kind of every element of the structure of a document, in reading order."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from kinds(node.K)
    elif isinstance(node, pikepdf.Array):
        for child in node:
            yield from kinds(child)


def written(made: bytes) -> str:
    """Give the text of every page in the order of its strokes, through the fonts' own maps to Unicode."""
    with opened(made) as document:
        return "".join(text for page in document.pages for text in _texts(page))


def _texts(page: pikepdf.Page) -> Iterator[str]:
    maps = {name: _unicode(font) for name, font in page.resources.Font.items()}
    font = ""
    for one in pikepdf.parse_content_stream(page):
        operands = one.operands
        match str(one.operator):
            case "Tf":
                font = str(operands[0])
            case "TJ":
                shown = [part for part in operands[0] if isinstance(part, pikepdf.String)]
                yield "".join(_decoded(bytes(part), maps[font]) for part in shown)
            case "Tj":
                yield _decoded(bytes(operands[0]), maps[font])


def _decoded(raw: bytes, to_unicode: dict[int, str]) -> str:
    codes = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
    return "".join(to_unicode.get(code, "") for code in codes)


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    text = font.ToUnicode.read_bytes().decode("ascii")
    found = {}
    for code, value in re.findall(r"<([0-9A-Fa-f]{4})> <((?:[0-9A-Fa-f]{4})+)>", text):
        found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    return found


def bare(text: str) -> str:
    """Give text without what line breaks and ligatures change."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u200b", "").split())


def told(letter: Letter) -> Iterator[str]:
    """Give every text of a letter."""
    yield from (letter.title, letter.headline, *letter.lead, *letter.foot)
    for section in letter.sections:
        yield section.heading
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    yield text
                case Items(items, intro):
                    yield from (intro, *items)
                case FindingBlock():
                    yield from (block.head, block.citation, block.lead, block.says, *block.seen, *block.marks)


@ALL_LANGUAGES
@pytest.mark.parametrize("outcome", Outcome)
def test_every_answer_prints_whole(outcome: Outcome, lang: str) -> None:
    """Whatever the answer, in either language, every sentence of the letter stands on the paper."""
    letter = compose(decision(outcome, supporting=(FORM,), clocks=(WINDOW,), instruments=(PAPER,)), lang)

    text = bare(written(pdf(letter, lang, MADE_ON)))

    assert [part for part in told(letter) if bare(part) not in text] == []


@ALL_LANGUAGES
def test_a_screen_reader_gets_what_the_eye_gets(lang: str) -> None:
    """The file is PDF/UA: tagged, titled, in its language, with a title, headings, paragraphs and lists."""
    letter = compose(decision(), lang)

    with opened(pdf(letter, lang, MADE_ON)) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == lang
        assert root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == letter.title
        found = list(kinds(root.StructTreeRoot))
    assert found.count("/Title") <= 1
    assert found.count("/H1") == 1
    assert found.count("/H2") == len(letter.sections)
    assert {"/P", "/L", "/LI", "/LBody"} <= set(found)


def test_all_fonts_are_inside() -> None:
    """The paper looks the same where none of its fonts is installed."""
    with opened(pdf(compose(decision(), "es"), "es", MADE_ON)) as document:
        fonts = [font for page in document.pages for _, font in page.resources.Font.items()]
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert descriptors
        assert all("/FontFile3" in one or "/FontFile2" in one for one in descriptors)


def test_the_same_letter_is_the_same_file() -> None:
    """Two people who print one answer hold the same bytes; the day in the file is that of the question."""
    letter = compose(decision(), "en")
    first = pdf(letter, "en", MADE_ON)

    assert first == pdf(letter, "en", MADE_ON)
    assert first != pdf(replace(letter, headline="Another answer."), "en", MADE_ON)
    with opened(first) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261205")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_a_person_wrote_stays_text(text: str) -> None:
    """Markup is printed and never obeyed; nothing turns the direction; what no font has is named."""
    made = pdf(letter_of(text), "en", MADE_ON)

    shown = written(made)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067") & set(shown)
    for part in re.findall(r"[\x21-\x7e]{2,}", text):
        assert bare(part) in bare(shown)


def test_a_letter_that_no_font_has_is_named() -> None:
    """A picture sign is not left out without a word: its number stands in its place."""
    assert "<U+1F600>niño" in bare(written(pdf(letter_of("\U0001f600 niño"), "en", MADE_ON)))


@pytest.mark.parametrize("long", ["x" * 10_000, "word " * 2_000, "ñ" * 10_000], ids=["x", "words", "ñ"])
def test_a_long_text_is_not_cut(long: str) -> None:
    """Ten thousand characters run on over lines and pages, whether they hold spaces or not."""
    made = pdf(replace(letter_of("x"), lead=(long,)), "en", MADE_ON)

    on_every_page = re.compile(r"Avisit\.Thisisnotlegaladvice\.Page\d+of\d+")
    assert bare(long) in on_every_page.sub("", bare(written(made)))
    with opened(made) as document:
        assert len(document.pages) > 1


def test_nothing_is_fetched_or_run() -> None:
    """The file holds no link, no script, no file and no form."""
    with opened(pdf(letter_of(HOSTILE["markup"]), "en", MADE_ON)) as document:
        for absent in ("/AA", "/OpenAction", "/AcroForm", "/JavaScript", "/EmbeddedFiles"):
            assert absent not in document.Root
        assert all("/Annots" not in page for page in document.pages)
