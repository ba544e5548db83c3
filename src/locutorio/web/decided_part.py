"""A decision as pages of an establishment show it: about whom, when, and the whole letter."""

from __future__ import annotations

from dataclasses import dataclass

from locutorio.notices.letter import Letter
from locutorio.web.open.letters import DrawnSection


@dataclass(frozen=True, slots=True)
class DecidedPart:
    """One decision: about whom, when and after what, and the whole letter."""

    name: str
    when: str
    outcome: str
    outcome_says: str
    letter: Letter
    sections: tuple[DrawnSection, ...]
