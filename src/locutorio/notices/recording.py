"""Tells that the recording of a call is sealed: it is of somebody whose calls nobody may hear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from locutorio.notices.audience import Reader
from locutorio.notices.letter import Letter, Paragraph, Section
from locutorio.notices.words import Words, clean

SEALED = "recording_sealed"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as its notices name it: ``other`` is whom the reader spoke with, ``why`` why it is sealed.

    ``why`` is claimed or registered.
    """

    establishment: str
    other: str
    on: date
    why: str


def sealed(told: Recorded, reader: Reader, lang: str) -> Letter:
    """Tell one of the two who spoke."""
    words = Words(lang)
    lead = words.say(
        f"recording.sealed.{reader.value}",
        establishment=clean(told.establishment),
        day=words.day(told.on),
        other=clean(told.other) or words.say("recording.somebody"),
    )
    ask = Paragraph(words.say("recording.ask"))
    contest = Section("contest", words.say("change.heading.contest"), (ask,))
    return Letter(
        lang,
        "refer",
        words.say("recording.title"),
        words.say("recording.headline"),
        (lead, words.say(f"recording.why.{told.why}"), words.say("recording.nobody")),
        (contest,),
        (),
    )
