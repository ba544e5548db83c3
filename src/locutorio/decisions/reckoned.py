"""What comes of reckoning a deadline and those that follow it: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from locutorio.decisions.clock_kinds import ClockKind
from locutorio.decisions.decision import ClockSeen, Decision
from locutorio.facts.vocabulary import Value


@dataclass(frozen=True, slots=True)
class Told:
    """One clock on one course. ``assumed`` holds what nobody said and its last day rests on."""

    kind: ClockKind
    decision: Decision
    seen: ClockSeen
    last_day: date
    assumed: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One clock of a chain: on the usual course and, where an office may take more time, on the longest."""

    usual: Told
    longest: Told | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The asked clock and those that follow. ``given`` holds what was said."""

    law: str
    on: date
    given: Mapping[str, Value]
    steps: tuple[Step, ...]

    @property
    def first(self) -> Told:
        """Give the asked clock."""
        return self.steps[0].usual
