"""What a court granted, and whether it still counts after a conviction and a transfer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from locutorio.chronicle.events import is_conviction
from locutorio.chronicle.people import COURT, People
from locutorio.chronicle.stage import Stage, has
from locutorio.chronicle.values import Event, Force, Sign, Statement
from locutorio.decisions.decision import Truth


class Carried(StrEnum):
    """Whether a grant still counts. NOT_SHOWN: it was made before, and nothing shows that it went on."""

    IN_FORCE = "in_force"
    NOT_SHOWN = "not_shown"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Grant:
    """Something a court granted, and what became of it by a day."""

    statement: Statement
    carried: Carried
    because: tuple[str, ...] = ()


def grants_on(events: tuple[Event, ...], people: People, stage: Stage, on: date) -> tuple[Grant, ...]:
    """Give what courts had granted by a day. What was granted before a conviction does not go on by itself.

    It ends with conviction and transfer where a ruling that is known says so; without one nobody can tell.
    """
    convictions = [event for event in events if is_conviction(event)]
    said = [event.name for event in events if has(event, Sign.SUPERSEDED)]
    found = []
    for event in events:
        if not any(people.role(token) == COURT for token in event.who):
            continue
        for one in event.statements:
            if one.force is Force.DECREED and one.yes and one.since.begun(on) is Truth.YES:
                before = any(one.since.before(other.days) is Truth.YES for other in convictions)
                found.append(_grant(one, stage, said, before=before))
    return tuple(found)


def _grant(one: Statement, stage: Stage, said: list[str], *, before: bool) -> Grant:
    if not before or stage.convicted is not Truth.YES:
        return Grant(one, Carried.IN_FORCE)
    because = tuple(dict.fromkeys((*said, *stage.because)))
    if stage.moved is Truth.NO:
        return Grant(one, Carried.IN_FORCE)
    if said and stage.moved is Truth.YES:
        return Grant(one, Carried.SUPERSEDED, because)
    return Grant(one, Carried.NOT_SHOWN, because)
