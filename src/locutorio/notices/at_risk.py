"""Tells that a booked visit is at risk, why, and by when it will be settled; or that it stands again."""

from __future__ import annotations

from collections.abc import Collection

from locutorio.decisions.decision import Decision
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.booked import Booked, bare, headed, was_booked
from locutorio.notices.letter import Letter
from locutorio.notices.withdrawn import with_a_route
from locutorio.notices.words import Words

KIND, AGAIN = "at_risk", "stands_again"


def by_law(booked: Booked, reader: Reader, decision: Decision, naming: Collection[str], lang: str) -> Letter:
    """Tell what is missing or what a person must decide, as far as the reader may know."""
    words = Words(lang, decision.about)
    lead = (was_booked(words, booked, reader), words.say("change.at_risk"), _by_when(words, booked))
    told = headed(told_to(decision, reader, naming, lang), words, KIND, booked, lead)
    return with_a_route(told, words, decision, reader)


def with_others(booked: Booked, lang: str) -> Letter:
    """Tell a contact, who may come, that something is missing for somebody else of the party."""
    words = Words(lang)
    lead = (
        was_booked(words, booked, Reader.CONTACT),
        words.say("change.at_risk_others"),
        _by_when(words, booked),
    )
    return headed(bare(words, "pending"), words, KIND, booked, lead)


def under_way(booked: Booked, reader: Reader, lang: str) -> Letter:
    """Tell that something changed while the visit is taking place: staff decide how it goes on."""
    words = Words(lang)
    lead = (was_booked(words, booked, reader), words.say("change.under_way"))
    return headed(bare(words, "refer"), words, KIND, booked, lead)


def stands_again(booked: Booked, reader: Reader, lang: str) -> Letter:
    """Tell that what put it at risk is settled."""
    words = Words(lang)
    lead = (was_booked(words, booked, reader), words.say("change.settled"))
    return headed(bare(words, "permit"), words, AGAIN, booked, lead)


def _by_when(words: Words, booked: Booked) -> str:
    return words.say("change.by_when", day=words.day(booked.on), starts=booked.starts)
