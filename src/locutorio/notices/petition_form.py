"""Writes a petition as a form to print, sign and hand in, with a part for the office that receives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from locutorio.notices import contest, papers, petition, petition_ways
from locutorio.notices.findings import Teller
from locutorio.notices.handout import Blank, Handout, Part
from locutorio.notices.letter import Items
from locutorio.notices.petition import Petitioned
from locutorio.notices.slip import told_briefly
from locutorio.notices.words import Words, clean, closed, quoted

SIGNED = ("signature", "day")
OFFICE = ("received", "received_by", "logged", "sent_on", "returned")


def form(one: Petitioned, lang: str) -> Handout:
    """Write the form of a petition.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    say = words.say
    parts = (
        Part(say("form_petition.from"), (_from(words, one),)),
        Part(say("form_petition.to"), tuple(_to(words, one))),
        Part(say("form_petition.asks"), items=tuple(petition.asks(words, one))),
        Part(say("form_petition.happened"), tuple(_happened(words, one)), tuple(petition.blanks(words, one))),
        Part(say("form_petition.time"), items=tuple(_in_time(words, one))),
        Part(say("form_petition.law"), items=_law(one, lang)),
        Part(say("form_petition.signed"), blanks=tuple(_blanks(words, SIGNED))),
        Part(say("form_petition.office_part"), blanks=tuple(_blanks(words, OFFICE))),
    )
    return Handout(
        lang=lang,
        title=petition.title(words, one),
        lead=(say("form_petition.lead", office=petition.office(words, one)),),
        parts=tuple(part for part in parts if part.paragraphs or part.items or part.blanks),
        foot=(say("form_petition.foot"),),
    )


def _from(words: Words, one: Petitioned) -> str:
    return words.say(
        "petition.of",
        person=clean(one.person),
        number=clean(one.number),
        establishment=quoted(one.establishment),
    )


def _to(words: Words, one: Petitioned) -> Iterator[str]:
    yield closed(petition.office(words, one))
    reach = words.reach(one.seen.petition.office)
    if reach is not None:
        yield words.say("needed.reach", reach=reach)
    if one.before:
        yield words.say("petition.answers", office=words.office(one.before))


def _happened(words: Words, one: Petitioned) -> Iterator[str]:
    arose = one.seen.petition.arose_on
    if arose is not None:
        yield words.say("petition.arose", day=words.day(arose))
    if one.says.strip():
        yield clean(one.says)
    if one.seen.petition.emergency:
        yield words.say("petition.emergency")
    found = petition.between(one)
    if found is not None:
        yield petition.interval(words, found)
        yield words.say("petition.nothing_concluded")
    name = f"petition.language.{one.language}"
    if one.language != words.lang:
        language = words.say(name) if words.has(name) else clean(one.language)
        yield words.say("form_petition.in_language", language=language)


def _in_time(words: Words, one: Petitioned) -> Iterator[str]:
    for block in petition_ways.due(words, one.due, one.seen):
        if isinstance(block, Items):
            yield from block.items
    for told in petition.counted_days(words, one):
        yield told.head


def _law(one: Petitioned, lang: str) -> tuple[str, ...]:
    """Say briefly what the law finds beside the deadline, what is contested there, and who must be told."""
    told: list[str] = []
    for decision in one.decisions:
        teller = Teller(decision, lang)
        told += told_briefly(teller, [*papers.beside(teller), *contest.told(teller)])
    return tuple(dict.fromkeys(told))


def _blanks(words: Words, names: Iterable[str]) -> Iterator[Blank]:
    for name in names:
        yield Blank(words.say(f"form_petition.blank.{name}"))
