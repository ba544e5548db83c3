"""Tells that an officer allowed or stopped a contact in an emergency, until when, and who looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from locutorio.notices.audience import Reader
from locutorio.notices.letter import Letter, Paragraph, Section
from locutorio.notices.words import Words, clean

KIND = "emergency"
_TONES = {"allow": "permit", "stop": "refer"}


@dataclass(frozen=True, slots=True)
class Measure:
    """An emergency measure as its notices name it: ``kind`` is allow or stop."""

    establishment: str
    person: str
    contact: str
    kind: str
    zone: str
    ends_at: datetime


def measure(told: Measure, reader: Reader, lang: str) -> Letter:
    """Tell it; what the danger was is told to nobody."""
    words = Words(lang)
    ends = told.ends_at.astimezone(ZoneInfo(told.zone))
    names = {"person": clean(told.person), "contact": clean(told.contact)}
    lead = words.say(
        f"emergency.{told.kind}.{reader.value}",
        establishment=clean(told.establishment),
        day=words.day(ends.date()),
        time=f"{ends:%H:%M}",
        **names,
    )
    contest = Section(
        "contest",
        words.say("change.heading.contest"),
        (Paragraph(words.say("emergency.review")), Paragraph(words.say("change.ask_here"))),
    )
    return Letter(
        lang,
        _TONES[told.kind],
        words.say(f"emergency.title.{told.kind}"),
        words.say(f"emergency.headline.{told.kind}"),
        (lead,),
        (contest,),
        (),
    )
