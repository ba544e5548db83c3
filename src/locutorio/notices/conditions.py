"""Tells that a booked visit stands on other conditions, or that its place went with them; and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from locutorio.decisions.decision import Decision
from locutorio.notices import withdrawn
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.booked import Booked, Time, headed, other_times, was_booked
from locutorio.notices.letter import Letter
from locutorio.notices.withdrawn import with_a_route
from locutorio.notices.words import Words

KIND = "conditions"


def stands(
    booked: Booked,
    reader: Reader,
    decision: Decision,
    naming: Collection[str],
    lang: str,
    *,
    moved: bool,
) -> Letter:
    """Tell on what conditions it stands, each with its reason, as far as the reader may know.

    Args:
        booked: the visit, at the same time as before.
        reader: who is told.
        decision: what was decided of one of the party.
        naming: the names of the papers that name the reader.
        lang: "en" or "es".
        moved: it has a place without physical contact now.
    """
    words = Words(lang, decision.about)
    now = "change.conditions" if decision.conditions else "change.no_conditions"
    lead = [was_booked(words, booked, reader), words.say(now)]
    if moved:
        lead.append(words.say("change.moved_closed"))
    told = headed(told_to(decision, reader, naming, lang), words, KIND, booked, lead)
    return with_a_route(told, words, decision, reader)


def withdrawn_for_want(
    booked: Booked,
    reader: Reader,
    decision: Decision,
    naming: Collection[str],
    lang: str,
    *,
    times: Sequence[Time],
) -> Letter:
    """Tell that no place without physical contact is left at that time, and when there was one instead."""
    words = Words(lang, decision.about)
    lead = (
        was_booked(words, booked, reader),
        words.say("change.no_closed_place"),
        words.say("change.still_permitted"),
    )
    told = headed(told_to(decision, reader, naming, lang), words, withdrawn.KIND, booked, lead)
    told = with_a_route(told, words, decision, reader)
    return replace(told, sections=(*told.sections, other_times(words, times)))
