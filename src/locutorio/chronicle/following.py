"""What follows from events beside each other: what a bare ruling decides, what goes on again since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from locutorio.chronicle.days import Days
from locutorio.chronicle.values import Event, Force, Statement, Told

_WHOLE = {"denied": False, "granted": True}


def following(events: Iterable[Event]) -> tuple[Event, ...]:
    """Give events, in the order of their days, with what follows from the others."""
    ordered = tuple(events)
    return tuple(_since_again(_ruled(event, ordered), ordered) for event in ordered)


def _ruled(event: Event, events: tuple[Event, ...]) -> Event:
    """Let a ruling without lists decide all that was asked; one without prejudice decides nothing."""
    yes = _WHOLE.get(event.outcome or "")
    if yes is None or any(one.force is Force.DECREED for one in event.statements):
        return event
    asked = tuple(
        replace(one, event=event.name, path="outcome", force=Force.DECREED, yes=yes, since=event.days)
        for petition in events
        if petition.name in event.answers
        for one in petition.statements
        if one.force is Force.ASKED
    )
    return replace(event, told=(*event.told, Told("outcome", event.outcome or "", asked))) if asked else event


def _since_again(event: Event, events: tuple[Event, ...]) -> Event:
    """Say since when something goes on again: after the last day on which it was said not to."""
    if not any(one.resumed for one in event.statements):
        return event

    def mended(one: Statement) -> Statement:
        stopped = [
            other.days.first
            for other in events
            if other.days.last <= event.days.last
            for said in other.statements
            if said.force is Force.FACT and not said.yes and set(said.channels) & set(one.channels)
        ]
        if not one.resumed or not stopped:
            return one
        return replace(one, since=Days(max(stopped), event.days.last))

    told = tuple(replace(text, statements=tuple(map(mended, text.statements))) for text in event.told)
    return replace(event, told=told)
