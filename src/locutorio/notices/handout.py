"""The shape of a paper to print, complete by hand and hand over: plain values in one language."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from locutorio.notices import catalogue
from locutorio.notices.pdf import printed


@dataclass(frozen=True, slots=True)
class Blank:
    """A space to fill by hand, so many lines high. What is written there is never seen by the program."""

    label: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what is told under it, in this order: paragraphs, a list, spaces to fill."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class Handout:
    """One paper. ``foot`` says how far it can be relied on."""

    lang: str
    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...]


def handouts_pdf(title: str, handouts: tuple[Handout, ...], lang: str, made_on: date) -> bytes:
    """Print papers, each on a page of its own.

    Args:
        title: the title of the whole file.
        handouts: at least one.
        lang: the language of all of them.
        made_on: the day to write into the file.
    """
    told = {
        "title": title,
        "handouts": [asdict(handout) for handout in handouts],
        "footer": catalogue.say(lang, "foot.advice"),
    }
    return printed("handout", told, lang, made_on)
