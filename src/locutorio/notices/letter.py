"""The shape of what people are told: plain values that any door may draw, all of it already in one language.

Nothing here carries markup. Every string is text to show as it is; a page escapes it, a terminal wraps it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list. ``intro``, when not empty, is a sentence that stands before it."""

    items: tuple[str, ...]
    intro: str = ""


@dataclass(frozen=True, slots=True)
class FindingBlock:
    """What one provision says of this question.

    ``head``      what this finding does here ("Staff watch the visit."), or empty.
    ``citation``  where the law says it ("28 CFR 540.44(e)").
    ``lead``      the words between citation and paraphrase ("in our words"), or empty when ``says`` is.
    ``says``      our paraphrase; empty where the same finding was already told in full in this letter.
    ``seen``      the facts and numbers it used, one sentence each.
    ``marks``     what a reader must know of it ("rests on adopted text ...", "reading 3"), one sentence each.
    ``provision`` the identifier of the provision, for links; it is not shown in the text.
    """

    citation: str
    says: str
    head: str = ""
    lead: str = ""
    seen: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    provision: str = ""


Block = Paragraph | Items | FindingBlock


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. ``name`` is the same in every language and fit for an anchor."""

    name: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole answer.

    ``lang``      language of every string ("en", "es").
    ``outcome``   the outcome's value ("permit", "refuse", ...), the same in every language, for a style.
    ``title``     what was asked ("A visit on 5 December 2026").
    ``headline``  the answer in words ("Permitted.").
    ``lead``      paragraphs that say the answer in a sentence or two.
    ``sections``  only those that have something to say, in reading order.
    ``foot``      paragraphs that every answer ends with.
    """

    lang: str
    outcome: str
    title: str
    headline: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
