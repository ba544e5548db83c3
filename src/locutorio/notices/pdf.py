"""Prints a letter: a tagged PDF that opens anywhere, reads aloud in order, the same bytes every time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from locutorio.notices import catalogue
from locutorio.notices.letter import FindingBlock, Items, Letter, Paragraph
from locutorio.notices.words import clean

if TYPE_CHECKING:
    from typst import Fonts

FOLDER = Path(__file__).parent / "printed"
_BLOCKS: Mapping[type, str] = {Paragraph: "paragraph", Items: "items", FindingBlock: "finding"}
_PERHAPS_NOT_DRAWN = re.compile(
    "[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201d\u2022\u2026\u20ac]"
)

Printed = None | bool | int | str | list["Printed"] | dict[str, "Printed"]


def pdf(letter: Letter, lang: str, made_on: date | None = None) -> bytes:
    """Give a letter as PDF/UA-1: tagged, with its language and title, its fonts inside.

    Every string of the letter is data and never markup. A character that no font here can draw is named
    (<U+1F600>). The same letter gives the same bytes.

    Args:
        letter: what is told.
        lang: its language ("en", "es").
        made_on: the day to write into the file as the day it was made, the day of the question.

    Raises:
        Fault: the catalogue does not have this language.
    """
    sections = [
        {
            "heading": section.heading,
            "blocks": [{"block": _BLOCKS[type(one)], **asdict(one)} for one in section.blocks],
        }
        for section in letter.sections
    ]
    told = {
        **asdict(letter),
        "sections": sections,
        "footer": f"{letter.title}. {catalogue.say(lang, 'foot.advice')}",
    }
    return printed("letter", told, lang, made_on)


def printed(template: str, told: Mapping[str, object], lang: str, made_on: date | None) -> bytes:
    """Print what is told through a template of ours.

    Args:
        template: the name of a template of the folder ``printed``.
        told: its values: texts, lists, blocks. It holds a ``title``, and a ``footer`` for every page.
        lang: the language of all of them.
        made_on: the day to write into the file.
    """
    from typst import TypstError

    day = made_on and {"year": made_on.year, "month": made_on.month, "day": made_on.day}
    page_of = catalogue.sentences(lang)["printed.page_of"]
    whole = {**told, "lang": lang, "made_on": day, "page_of": page_of}
    try:
        return _compiled(template, _cleaned(whole, clean))
    except TypstError:
        return _compiled(template, _cleaned(whole, _named))


def _compiled(template: str, told: Printed) -> bytes:
    from typst import Compiler

    compiler = Compiler(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        font_paths=_fonts(),
        package_path=FOLDER,
        package_cache_path=FOLDER,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> Fonts:
    """Give the fonts that Typst brings, and none of the machine's."""
    from typst import Fonts

    return Fonts(include_system_fonts=False)


def _cleaned(value: object, of_text: Callable[[str], str]) -> Printed:
    """Give a value with every text in it cleaned."""
    match value:
        case str():
            return of_text(value)
        case Mapping():
            return {str(name): _cleaned(item, of_text) for name, item in value.items()}
        case list() | tuple():
            return [_cleaned(item, of_text) for item in value]
        case None | bool() | int():
            return value
    raise AssertionError(f"{type(value).__name__} cannot be printed")


def _named(text: str) -> str:
    """Give text in which each character that may not be in our fonts stands by its number."""
    return _PERHAPS_NOT_DRAWN.sub(lambda found: f"<U+{ord(found.group()):04X}>", clean(text))
