"""Tells that a visit that was asked for is refused, and who can contest it, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from locutorio.decisions.decision import Decision
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.letter import Letter
from locutorio.notices.withdrawn import with_a_route
from locutorio.notices.words import Words, clean

KIND = "refused"


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A request as its notice names it."""

    establishment: str
    person: str
    party: tuple[str, ...]
    reference: str


def refused(
    asked: AskedFor, reader: Reader, decision: Decision, naming: Collection[str], lang: str
) -> Letter:
    """Tell one reader of a refusal.

    Args:
        asked: the request.
        reader: who is told.
        decision: the answer, whole.
        naming: the names of the papers that name the reader.
        lang: "en" or "es".
    """
    words = Words(lang, decision.about)
    told = told_to(decision, reader, naming, lang)
    lead = words.say(
        f"change.asked.{reader.value}",
        person=clean(asked.person),
        names=words.all_of(clean(name) for name in asked.party),
        establishment=clean(asked.establishment),
        day=words.day(decision.on),
    )
    reference = words.say("change.request_reference", reference=clean(asked.reference))
    letter = replace(
        told,
        title=words.say("change.title.refused", day=words.day(decision.on)),
        lead=(lead, *told.lead),
        foot=(reference, *told.foot),
    )
    return with_a_route(letter, words, decision, reader)
