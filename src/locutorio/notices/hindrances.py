"""Why a schedule does not offer a slot, in words: never as a refusal, with who may allow more."""

from __future__ import annotations

from locutorio.arrangements.schedule.patterns import Authority
from locutorio.arrangements.schedule.values import Hindrance
from locutorio.notices.catalogue import say


def hindrance_told(lang: str, hindrance: Hindrance) -> str:
    """Tell a hindrance in one or a few sentences."""
    told = say(lang, f"schedule.hindrance.{hindrance.rule}", **hindrance.words)
    return told if hindrance.needs is None else f"{told} {authority_told(lang, hindrance.needs)}"


def authority_told(lang: str, authority: Authority) -> str:
    """Tell who may go beyond a limit, and on what ground."""
    several = "together" if authority.together else "any"
    key = several if len(authority.offices) > 1 else "one"
    told = say(lang, f"schedule.beyond.{key}", offices=", ".join(authority.offices))
    if authority.ground is None:
        return told
    return f"{told} {say(lang, 'schedule.beyond.ground', ground=authority.ground)}"
