"""Tells that a booked visit was cancelled: by whom, and the establishment's reason where it was that."""

from __future__ import annotations

from locutorio.notices.audience import Reader
from locutorio.notices.booked import Booked, bare, headed, paragraphs, was_booked
from locutorio.notices.letter import Letter
from locutorio.notices.words import Words, closed

KIND = "cancelled"


def cancelled(booked: Booked, reader: Reader, by: str, lang: str, *, ground: str = "") -> Letter:
    """Tell it; this is no refusal, and says so.

    Args:
        booked: the visit.
        reader: who is told.
        by: contact, person or establishment.
        lang: "en" or "es".
        ground: the reason that the establishment gave.
    """
    words = Words(lang)
    lead = [was_booked(words, booked, reader), words.say(f"change.cancelled.{by}")]
    if ground:
        lead.append(words.say("change.ground", ground=closed(ground)))
    lead.append(words.say("change.still_permitted"))
    contest = paragraphs(words, "contest", words.say("change.ask_here"))
    return headed(bare(words, "permit", [contest]), words, KIND, booked, lead)
