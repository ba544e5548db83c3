"""Tells that a place was freed, and that it is kept for those who waited for one."""

from __future__ import annotations

from datetime import date

from locutorio.notices.audience import Reader
from locutorio.notices.booked import Booked, bare, headed, was_booked
from locutorio.notices.letter import Letter
from locutorio.notices.words import Words

KIND = "offered"


def offered(booked: Booked, reader: Reader, until_on: date, until: str, lang: str) -> Letter:
    """Tell of the place, and until when it is kept.

    Args:
        booked: the visit that could be.
        reader: who is told.
        until_on: the day until which the place is kept.
        until: the time of that day, HH:MM.
        lang: "en" or "es".
    """
    words = Words(lang)
    kept = words.say("change.kept_until", day=words.day(until_on), until=until)
    lead = (words.say("change.freed"), was_booked(words, booked, reader), kept)
    return headed(bare(words, "permit"), words, KIND, booked, lead)
