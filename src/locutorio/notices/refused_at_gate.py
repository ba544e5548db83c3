"""Writes what somebody refused at the gate is given, and what the person in custody is told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from locutorio.decisions.decision import Decision, Outcome
from locutorio.facts.vocabulary import Text
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.letter import Block, FindingBlock, Letter, Paragraph, Section
from locutorio.notices.withdrawn import with_a_route
from locutorio.notices.words import Words, clean, sentence

KIND = "refused_at_gate"
_OF_THE_LAW = ("why", "needed", "papers", "told", "contest", "clocks")
_OF_THE_OFFICER = ("told", "contest", "clocks")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What happened at the gate. Moments are local to the establishment.

    ``ground`` is the provision that the officer chose (citation and words) where the law, on what was noted,
    would have let the contact in; None where the law itself keeps them out. ``contact`` is a name.
    """

    establishment: str
    contact: str
    starts: datetime
    at: datetime
    note: str = ""
    ground: tuple[str, Text] | None = None
    may_return_until: datetime | None = None


def refused_at_gate(
    refused: Decision, what: Refusal, reader: Reader, naming: Collection[str], lang: str
) -> Letter:
    """Tell a refusal at the gate: for this visit only, on what ground, and how to contest it.

    Args:
        refused: the answer of the law as a refusal, with its notices and routes.
        what: what happened. What the officer wrote is told to the contact alone.
        reader: who reads it: each is told what they may know.
        naming: the names of the papers that name the contact.
        lang: "en" or "es".

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang, refused.about)
    letter = told_to(refused, reader, naming, lang)
    kept = _OF_THE_LAW if what.ground is None else _OF_THE_OFFICER
    sections = [section for section in letter.sections if section.name in kept]
    own = tuple(_own(words, what, reader))
    if own:
        first = next((section for section in sections if section.name == "why"), None)
        why = Section("why", words.say("heading.why"), (*(first.blocks if first else ()), *own))
        sections = [why, *(section for section in sections if section.name != "why")]
    told = replace(
        letter,
        outcome=Outcome.REFUSE.value,
        title=words.say("gate.title", day=words.day(refused.on)),
        headline=words.say(f"gate.headline.{reader.value}"),
        lead=tuple(_lead(words, what, reader)),
        sections=tuple(sections),
    )
    return with_a_route(told, words, refused, reader)


def _lead(words: Words, what: Refusal, reader: Reader) -> Iterator[str]:
    yield words.say(
        f"gate.lead.{reader.value}",
        establishment=clean(what.establishment),
        contact=clean(what.contact),
        starts=f"{what.starts:%H:%M}",
        at=f"{what.at:%H:%M}",
    )
    yield words.say("gate.this_occasion")
    if what.may_return_until is not None:
        yield words.say(f"gate.may_return.{reader.value}", until=f"{what.may_return_until:%H:%M}")


def _own(words: Words, what: Refusal, reader: Reader) -> Iterator[Block]:
    """Give the officer's ground, which is marked as theirs, and what they wrote."""
    if what.ground is not None:
        citation, says = what.ground
        yield Paragraph(words.say("gate.officers_ground"))
        yield FindingBlock(clean(citation), sentence(words.text(says)), lead=words.say("finding.lead"))
    if what.note and reader is Reader.CONTACT:
        yield Paragraph(words.say("gate.note", note=clean(what.note)))
