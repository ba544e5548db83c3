"""What the law and the schedules are asked for a chronicle, as questions that somebody above answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from locutorio.chronicle.values import Amount
from locutorio.decisions.decision import Outcome
from locutorio.facts.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Answered:
    """What a law says: by which provision, in our words, by the law of ``on``.

    ``on`` is the day asked about, or the first day of the law that the program holds, where that is later.
    """

    outcome: Outcome
    citation: str
    provision: str
    says: Text
    on: date


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions: a child of some age who comes without an adult on a day (None: the law is silent), and
    an amount as a line of a schedule.
    """

    child_alone: Callable[[int, date], Answered | None]
    expressed: Callable[[Amount], str]


@dataclass(frozen=True, slots=True)
class Laws:
    """What a law says beside one day: of an order made before a conviction, of the first step of a remedy, of
    the extension of a measure. None where it says nothing, or nothing is asked.
    """

    old_order: Answered | None = None
    remedy: Answered | None = None
    extension: Answered | None = None
