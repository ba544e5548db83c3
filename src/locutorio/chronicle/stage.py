"""What is known on a day by a reader: which events, where the person was, before or after a conviction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from locutorio.chronicle.events import is_conviction
from locutorio.chronicle.values import WORST, Chronicle, Event, Sign, Signal
from locutorio.decisions.decision import Truth

CUSTODY, TRANSFER = "custody_begins", "transfer"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a reader knows: what was known by a day (None: everything), and what is trusted at least so."""

    known_at: date | None = None
    least_trust: int = WORST


def known_events(chronicle: Chronicle, knowledge: Knowledge) -> tuple[Event, ...]:
    """Give the events that a reader surely knows and trusts enough."""
    return tuple(
        event
        for event in chronicle.events
        if event.trust <= knowledge.least_trust
        and (knowledge.known_at is None or event.known.begun(knowledge.known_at) is Truth.YES)
    )


def perhaps_known(chronicle: Chronicle, knowledge: Knowledge) -> tuple[Event, ...]:
    """Give the events that a reader may know by then, and may not: they are counted nowhere."""
    if knowledge.known_at is None:
        return ()
    return tuple(
        event
        for event in chronicle.events
        if event.trust <= knowledge.least_trust and event.known.begun(knowledge.known_at) is Truth.UNKNOWN
    )


class Regime(StrEnum):
    """Under what a person is held."""

    NONE = "before custody"
    PRE_TRIAL = "pre-trial"
    POST_CONVICTION = "post-conviction"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the person was. ``places`` has one name where it is known, more where a move may have been."""

    regime: Regime
    places: tuple[str, ...]
    convicted: Truth
    moved: Truth
    changed: Truth
    because: tuple[str, ...]
    changed_by: tuple[str, ...] = ()


def happened(
    events: Iterable[Event], on: date, which: Callable[[Event], bool]
) -> tuple[Truth, tuple[str, ...]]:
    """Say whether an event of some sort had been by a day, with the names of those that may have been."""
    found = [(event.days.begun(on), event.name) for event in events if which(event)]
    names = tuple(name for truth, name in found if truth is not Truth.NO)
    if any(truth is Truth.YES for truth, _ in found):
        return Truth.YES, tuple(name for truth, name in found if truth is Truth.YES)
    return (Truth.UNKNOWN, names) if names else (Truth.NO, ())


def stage_of(events: tuple[Event, ...], on: date) -> Stage:
    """Say where the person was on a day, and under what."""
    custody, begun = happened(events, on, lambda event: event.what == CUSTODY)
    convicted, by = happened(events, on, is_conviction)
    moved, moves = happened(events, on, lambda event: event.what == TRANSFER)
    changed, changes = happened(events, on, lambda event: has(event, Sign.REGIME_CHANGES))
    match custody, convicted:
        case Truth.NO, Truth.NO:
            regime = Regime.NONE
        case _, Truth.YES:
            regime = Regime.POST_CONVICTION
        case Truth.YES, Truth.NO:
            regime = Regime.PRE_TRIAL
        case _:
            regime = Regime.UNKNOWN
    return Stage(regime, _places(events, on), convicted, moved, changed, (*begun, *by, *moves), changes)


def _places(events: tuple[Event, ...], on: date) -> tuple[str, ...]:
    """Give where the person can have been held: after the last sure move, or one that may have been."""
    moves = [event for event in events if event.place and event.what in {CUSTODY, TRANSFER}]
    sure = [event for event in moves if event.days.begun(on) is Truth.YES]
    maybe = [event for event in moves if event.days.begun(on) is Truth.UNKNOWN]
    last = [max(sure, key=lambda event: event.days)] if sure else []
    return tuple(dict.fromkeys(event.place for event in (*last, *maybe) if event.place))


def has(event: Event, sign: Sign) -> bool:
    """Whether a text of an event holds a sign."""
    return any(one.sign is sign for one in event.signals)


def signs(events: Iterable[Event], on: date, *wanted: Sign) -> tuple[Signal, ...]:
    """Give the signals that surely stand on a day."""
    return tuple(
        signal
        for event in events
        if event.days.begun(on) is Truth.YES
        for signal in event.signals
        if signal.sign in wanted
    )
