"""What a notice says of the visit that it is about, and the frame that such notices share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from locutorio.notices.audience import Reader
from locutorio.notices.letter import Items, Letter, Paragraph, Section
from locutorio.notices.words import Words, clean, sentence


@dataclass(frozen=True, slots=True)
class Booked:
    """A booked visit as its notices name it: times as HH:MM by the establishment's clock."""

    establishment: str
    person: str
    party: tuple[str, ...]
    on: date
    starts: str
    ends: str
    reference: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time that can be chosen instead."""

    on: date
    starts: str
    ends: str


def was_booked(words: Words, booked: Booked, reader: Reader) -> str:
    """Say which visit it is."""
    return words.say(
        f"change.visit.{reader.value}",
        person=clean(booked.person),
        names=words.all_of(clean(name) for name in booked.party),
        establishment=clean(booked.establishment),
        day=words.day(booked.on),
        starts=booked.starts,
        ends=booked.ends,
    )


def headed(letter: Letter, words: Words, kind: str, booked: Booked, lead: Sequence[str]) -> Letter:
    """Give a letter the title and the headline of a kind of notice, and its lead before its own."""
    return replace(
        letter,
        title=words.say(f"change.title.{kind}", day=words.day(booked.on)),
        headline=words.say(f"change.headline.{kind}"),
        lead=(*lead, *letter.lead),
        foot=(words.say("change.reference", reference=clean(booked.reference)), *letter.foot),
    )


def bare(words: Words, outcome: str, sections: Sequence[Section] = ()) -> Letter:
    """Give a letter that tells no decision."""
    return Letter(words.lang, outcome, "", "", (), tuple(sections), ())


def other_times(words: Words, times: Sequence[Time]) -> Section:
    """Say when there was a place instead."""
    items = tuple(
        sentence(words.say("change.time", day=words.day(time.on), starts=time.starts, ends=time.ends))
        for time in times
    )
    block = Items(items, words.say("change.times")) if items else Paragraph(words.say("change.no_times"))
    return Section("next", words.say("change.heading.next"), (block,))


def paragraphs(words: Words, name: str, *said: str) -> Section:
    """Give a section of plain paragraphs under a heading of these notices."""
    return Section(name, words.say(f"change.heading.{name}"), tuple(Paragraph(one) for one in said))
