"""What happened to a notice on its way, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from locutorio.notices.serving import Served
from locutorio.web.saying import day_said
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class ServedPart:
    """One thing that happened: what, how and when; and what shows it."""

    says: str
    proof: str


def served_said(facts: Iterable[Served], lang: str) -> tuple[ServedPart, ...]:
    """Give what happened, in the order in which it became known."""
    return tuple(
        ServedPart(
            say(
                lang,
                "service_row",
                fact=words(lang)[f"service_fact_{one.fact}"],
                way=words(lang)[f"service_way_{one.way}"],
                day=day_said(lang, one.on),
            ),
            say(lang, "service_proved", proof=one.proof),
        )
        for one in facts
    )
