"""Files that nobody trusts: each gets a clear answer, within limits, whatever it is made of."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import pytest

import locutorio
from locutorio.actions.files import pdf_child, reading
from locutorio.actions.files.quoting import pages_with
from locutorio.actions.files.reading import FileRead, kind_of, read_file
from locutorio.kernel.faults import Fault
from locutorio.web.documents_said import reading_said
from tests.documents import made
from tests.documents.campaign import CAMPAIGN


def said(found: FileRead, lang: str = "en") -> str:
    """Give what a page says of a file."""
    return " ".join(reading_said(found.plain, lang))


def test_a_letter_of_three_hundred_pages_is_read_whole() -> None:
    """Every page, in its order."""
    found = read_file(made.letter(300))
    assert (found.became, found.pages, found.unread) == ("read", 300, {})
    assert [number for number, page in enumerate(found.text, 1) if f"This is page {number}." in page] == [
        *range(1, 301)
    ]
    assert "(pages: 300)" in said(found)


def test_what_is_locked_is_not_read() -> None:
    """A password that is needed to read ends it; one that only forbids to change does not."""
    one = made.printed(made.ENGLISH)
    assert read_file(made.locked(one, "three lanterns")).became == "locked"
    assert read_file(made.locked(one, "")).became == "read"
    assert "contraseña" in said(read_file(made.locked(one, "three lanterns")), "es")


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_what_unfolds_into_too_much_is_given_up(layers: int) -> None:
    """A page of some thousand bytes that would fill the machine takes none of it down, and is named."""
    data = made.unfolding(b"\0" * 300_000_000, layers)
    assert len(data) < 400_000
    found = read_file(data)
    assert (found.became, found.text) == ("heavy", ("",))
    assert "do not open it" in said(found)


def test_what_never_ends_is_ended() -> None:
    """A reader that is still at work when its time is over is ended, and what it said before is of use."""
    slow = made.unfolding(b"BT /F 12 Tf " + b"1 0 0 1 72 700 Tm (a) Tj " * 2_500_000 + b"ET")
    with patch.object(reading, "SECONDS_MAX", 1):
        found = read_file(slow)
    assert (found.became, found.pages, found.text) == ("heavy", 1, ())


def test_a_reader_that_is_killed_is_no_error() -> None:
    """Whatever ends the process that reads, the file gets an answer."""
    with patch.object(reading, "_CHILD", ["/bin/sh", "-c", "kill -9 $$"]):
        assert read_file(made.pdf([made.worded("A page")])).became == "heavy"


def test_more_pages_than_are_looked_at_are_said() -> None:
    """A file of two thousand pages is read up to the thousandth, and the rest is named."""
    found = read_file(made.pdf([made.worded("A page")] * 1_200))
    assert (found.became, found.pages, len(found.text)) == ("partly", 1_200, pdf_child.PAGES_MAX)
    assert "from 1001 to 1200" in said(found)


def test_a_scan_is_a_picture() -> None:
    """Pages without a letter on them are pictures that somebody must read."""
    found = read_file(made.scanned(2))
    assert (found.became, found.unread) == ("picture", {1: "picture", 2: "picture"})
    assert "reads no pictures" in said(found)


def test_each_page_is_told_apart() -> None:
    """What can be read is read, though other pages are pictures or broken."""
    found = read_file(made.mixed())
    assert (found.became, found.pages) == ("partly", 3)
    assert "Dear Sir" in found.text[0]
    assert found.unread == {2: "picture", 3: "broken"}
    assert "these pages are pictures, which this program does not read: 2." in said(found).casefold()


def test_what_is_cut_off_says_so() -> None:
    """Half a file is broken or lacks its end; either way its sender is asked again."""
    whole = made.printed(made.ENGLISH)
    for found in (read_file(whole[: len(whole) // 2]), read_file(made.PNG[:-8]), read_file(made.JPEG[:-2])):
        assert found.cut_short
        assert "ask for it again" in said(found).casefold()


def test_two_languages_in_one_are_both_named() -> None:
    """By pages, so that each part can be translated; on one page too."""
    found = read_file(made.printed(f"{made.ENGLISH} {made.ENGLISH} #pagebreak() {made.SPANISH}"))
    assert found.tongues == {"en": (1,), "es": (2,)}
    assert "more than one language: English (1), Spanish (2)" in said(found)
    assert read_file(f"{made.ENGLISH}\n{made.SPANISH}".encode()).tongues == {"en": (1,), "es": (1,)}


@pytest.mark.parametrize(("text", "tongue"), [(made.ARABIC, "arabic"), (made.HEBREW, "hebrew")])
def test_what_is_written_from_right_to_left_is_kept_letter_by_letter(text: str, tongue: str) -> None:
    """Of a text every letter in its order; the reader is told to go by the file."""
    found = read_file(text.encode())
    assert (found.became, found.text) == ("read", (text,))
    assert found.tongues == {tongue: (1,)}
    assert "right to left" in said(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_letters_it_says(encoding: str) -> None:
    """A text that says in which letters it is written is read so."""
    assert read_file(made.SPANISH.encode(encoding)).text == (made.SPANISH,)


def test_letters_that_cannot_be_told_are_not_guessed() -> None:
    """A text in an old code page could be many: it is kept, and nothing of it is made up."""
    found = read_file("El señor Núñez vendrá mañana".encode("latin-1"))
    assert (found.became, found.text) == ("letters", ())


@pytest.mark.parametrize(("data", "what"), [(b"", "empty"), (made.ZIPPED, "no PDF"), (b"MZ\x90\0", "no PDF")])
def test_what_cannot_be_kept_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    """A file that can run programs, whatever it is called, and one without a byte."""
    with pytest.raises(Fault, match=what) as refused:
        kind_of(data)
    assert refused.value.remedy


def test_too_large_a_file_is_refused() -> None:
    """By its size alone."""
    with patch.object(reading, "BYTES_MAX", 1_000_000), pytest.raises(Fault, match="larger than 1 million"):
        kind_of(b"%PDF-1.7" + b" " * 1_000_000)


def test_no_bent_byte_leaves_a_file_without_an_answer() -> None:
    """Files with bytes changed, taken out and put in: each is read, in part, or said not to be."""
    assert CAMPAIGN.batch(0).count > 10


def test_the_reader_knows_no_secret_and_writes_no_file(tmp_path: Path) -> None:
    """What reads a file has none of the program's settings, and may not write."""
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import json, os, sys\n"
        f"sys.path.insert(0, {str(Path(pdf_child.__file__).parent)!r})\n"
        "import pdf_child\n"
        "pdf_child.limited()\n"
        "try:\n"
        f"    with open({str(tmp_path / 'written')!r}, 'w') as file:\n"
        "        file.write('x' * 100)\n"
        "except OSError:\n"
        "    wrote = False\n"
        "else:\n"
        "    wrote = True\n"
        "print(json.dumps({'failed': f'{wrote} {sorted(os.environ)}'}))\n"
    )
    with patch.object(reading, "_CHILD", [sys.executable, "-I", str(spy)]):
        (found,) = reading._said(b"%PDF-")
    known, _, names = str(found["failed"]).partition(" ")
    assert known == "False"
    assert "LOCUTORIO" not in names
    assert "PYTHON" not in names


def test_nothing_but_the_child_unfolds_a_file() -> None:
    """The library that reads PDFs is imported by that program alone, and only once its limits are set."""
    source = Path(locutorio.__file__).parent
    found = [path.name for path in source.rglob("*.py") if "from pypdf" in path.read_text("utf-8")]
    assert found == ["pdf_child.py"]


@pytest.mark.parametrize(
    ("passage", "pages"),
    [
        ("You shall not visit the person", (1,)),
        ("shall  not\nvisit", (1,)),
        ('the "person"', ()),
        ("person on Sunday", (1,)),
        ("“on Sunday”", (2,)),
        ("you shall not", ()),
        ("  ", ()),
    ],
)
def test_a_passage_stands_on_a_page_word_for_word(passage: str, pages: tuple[int, ...]) -> None:
    """Whatever the breaks of lines and the shape of quotation marks; across two pages it is of the first."""
    text = ("You shall not vis-\nit the person", 'on Sun\u00adday, "on Sunday" or ever')
    assert pages_with(text, passage) == pages
