"""Tells that a booked visit does not take place: by law, or because the establishment cannot hold it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from locutorio.decisions.decision import Decision
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.booked import Booked, Time, bare, headed, other_times, paragraphs, was_booked
from locutorio.notices.letter import Letter
from locutorio.notices.words import Words, closed, sentence

KIND = "withdrawn"
CLOSED, NO_SESSION, NO_PLACE, APART, MOVED, LEFT = (
    "closed",
    "no_session",
    "no_place",
    "apart",
    "moved",
    "left",
)
ELSEWHERE = (MOVED, LEFT)


def by_law(booked: Booked, reader: Reader, decision: Decision, naming: Collection[str], lang: str) -> Letter:
    """Tell that the law no longer allows it, as far as the reader may know, and how to contest that."""
    words = Words(lang, decision.about)
    told = told_to(decision, reader, naming, lang)
    lead = (was_booked(words, booked, reader), words.say("change.by_law"))
    return with_a_route(headed(told, words, KIND, booked, lead), words, decision, reader)


def with_others(booked: Booked, lang: str, outcome: str) -> Letter:
    """Tell a contact that somebody else of the party may not come: not they are why it is withdrawn.

    Args:
        booked: the visit.
        lang: "en" or "es".
        outcome: the contact's own.
    """
    words = Words(lang)
    lead = (was_booked(words, booked, Reader.CONTACT), words.say("change.with_others"))
    next_ = paragraphs(words, "contest", words.say("change.without_them"))
    return headed(bare(words, outcome, [next_]), words, KIND, booked, lead)


def by_the_house(
    booked: Booked, reader: Reader, why: str, lang: str, *, ground: str = "", times: Sequence[Time] = ()
) -> Letter:
    """Tell that the establishment cannot hold it; this is no refusal, and says so.

    Args:
        booked: the visit.
        reader: who is told.
        why: closed, no_session, no_place, apart, moved or left.
        lang: "en" or "es".
        ground: what staff wrote of it: the reason of a closure, or where to ask after a move.
        times: when there was a place instead.
    """
    words = Words(lang)
    lead = [was_booked(words, booked, reader), words.say(f"change.house.{why}.{reader.value}")]
    if ground and why not in ELSEWHERE:
        lead.append(words.say("change.ground", ground=closed(ground)))
    if why in ELSEWHERE:
        asks = words.say("change.ask_there", where=closed(ground)) if ground else words.say("change.ask_here")
        return headed(bare(words, KIND, [paragraphs(words, "contest", asks)]), words, KIND, booked, lead)
    lead.append(words.say("change.still_permitted"))
    contest = paragraphs(words, "contest", words.say("change.ask_here"))
    return headed(bare(words, "permit", [other_times(words, times), contest]), words, KIND, booked, lead)


def with_a_route(letter: Letter, words: Words, decision: Decision, reader: Reader) -> Letter:
    """Say who can contest it where the law gives the reader no way."""
    if any(section.name == "contest" for section in letter.sections):
        return letter
    others = dict.fromkeys(route.recipient for route in decision.routes if route.recipient != reader)
    named = words.any_of(words.office(other) for other in others)
    said = sentence(words.say("change.others_contest", who=named) if others else words.say("change.ask_here"))
    return replace(letter, sections=(*letter.sections, paragraphs(words, "contest", said)))
