"""Tells a petition from its events, as of a day and of what was known: the same whatever came in first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from locutorio.remedies.values import (
    GRANTING,
    ORDER,
    TRAVELS,
    Carried,
    Event,
    Kind,
    Outcome,
    Petition,
)


class Stage(StrEnum):
    """How far a petition has come."""

    UNWRITTEN = "unwritten"
    WRITTEN = "written"
    SENT = "sent"
    PENDING = "pending"
    RULED = "ruled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Service:
    """How one paper reached whom it is for: each a fact of its own, with its own proof."""

    sent: tuple[Event, ...] = ()
    delivered: tuple[Event, ...] = ()
    returned: tuple[Event, ...] = ()
    acknowledged: tuple[Event, ...] = ()
    denied: tuple[Event, ...] = ()

    @property
    def disputed(self) -> bool:
        """Tell whether some say that it came, and some that it did not."""
        came, not_come = self.delivered + self.acknowledged, self.returned + self.denied
        return bool(came and not_come)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why somebody opposes it. ``spent_by``: the event that it ended with has taken place."""

    event: Event
    spent_by: Event | None


@dataclass(frozen=True, slots=True)
class Offer:
    """Something less strict that was offered instead; ``answered_by`` is where somebody answered it."""

    event: Event
    answered_by: Event | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A petition as of a day and a state of knowledge.

    ``events`` are all that count, in their order; ``taken_back`` what was noted wrongly. ``filed`` is the
    filing that counts: after a rejected form, the one that put it right. ``ruling`` is the last one.
    """

    petition: Petition
    stage: Stage
    events: tuple[Event, ...]
    taken_back: tuple[Event, ...]
    written: Event | None
    filed: Event | None
    entered: Event | None
    service: Service
    ruling: Event | None
    ruling_service: Service
    extended: Event | None
    grounds: tuple[Ground, ...]
    offers: tuple[Offer, ...]

    @property
    def outcome(self) -> Outcome | None:
        """Give what was ruled last."""
        return self.ruling.outcome if self.ruling else None

    @property
    def granted(self) -> frozenset[int]:
        """Give the places of what was granted."""
        if self.ruling is None or self.ruling.outcome not in GRANTING:
            return frozenset()
        return self.ruling.granted or frozenset(range(len(self.petition.asks)))


def sound(events: Iterable[Event], on: date, known_at: datetime) -> tuple[list[Event], list[Event]]:
    """Give the events that count on a day by what was known, in their order, and those taken back.

    What happened on a day that nobody knows counts from when it was known. Taking back counts at once: what
    was noted wrongly never was. A taking back that was itself taken back takes nothing back.
    """
    known = [one for one in events if one.known_at <= known_at]
    taking = [one for one in known if one.kind is Kind.TAKEN_BACK]
    restored = {one.of for one in taking}
    back = {one.of for one in taking if one.id not in restored}
    counted = [
        one
        for one in known
        if one.kind is not Kind.TAKEN_BACK and one.id not in back and (one.on is None or one.on <= on)
    ]
    gone = [one for one in known if one.kind is not Kind.TAKEN_BACK and one.id in back]
    return sorted(counted, key=_place), sorted(gone, key=_place)


def _place(event: Event) -> tuple[date, int, datetime, str]:
    return (event.on or event.known_at.date(), ORDER[event.kind], event.known_at, event.id)


def seen(petition: Petition, events: Iterable[Event], on: date, known_at: datetime) -> Seen:
    """Tell a petition as of a day and of a moment of knowledge."""
    counted, gone = sound(events, on, known_at)
    ruling = _last(counted, Kind.RULED)
    filed = _last(counted, Kind.FILED)
    put_right = _put_right(counted, ruling)
    return Seen(
        petition,
        _stage(counted, None if put_right else ruling, filed),
        tuple(counted),
        tuple(gone),
        _first(counted, Kind.WRITTEN),
        filed,
        _last(counted, Kind.ENTERED),
        _service(counted, Carried.PETITION),
        None if put_right else ruling,
        _service(counted, Carried.RULING),
        _last(counted, Kind.EXTENDED),
        tuple(Ground(one, _answering(one, counted, Kind.ENDED)) for one in _of(counted, Kind.OPPOSED)),
        tuple(Offer(one, _answering(one, counted, Kind.ANSWERED)) for one in _of(counted, Kind.OFFERED)),
    )


def _put_right(events: Collection[Event], ruling: Event | None) -> bool:
    """Tell whether a form that was rejected was filed again: of one day, what was noted later came later."""
    if ruling is None or ruling.outcome is not Outcome.REJECTED:
        return False
    for one in _of(events, Kind.FILED):
        same_day = one.on is not None and one.on == ruling.on
        if one.known_at > ruling.known_at if same_day else _place(one) > _place(ruling):
            return True
    return False


def _stage(events: Collection[Event], ruling: Event | None, filed: Event | None) -> Stage:
    kinds = {one.kind for one in events if one.carried is Carried.PETITION}
    if Kind.WITHDRAWN in kinds and ruling is None:
        return Stage.WITHDRAWN
    if ruling is not None:
        return Stage.REJECTED if ruling.outcome is Outcome.REJECTED else Stage.RULED
    if filed is not None or Kind.ENTERED in kinds:
        return Stage.PENDING
    if kinds & {*TRAVELS}:
        return Stage.SENT
    return Stage.WRITTEN if Kind.WRITTEN in kinds else Stage.UNWRITTEN


def _of(events: Iterable[Event], kind: Kind) -> list[Event]:
    return [one for one in events if one.kind is kind]


def _first(events: Iterable[Event], kind: Kind) -> Event | None:
    return next(iter(_of(events, kind)), None)


def _last(events: Iterable[Event], kind: Kind) -> Event | None:
    return next(reversed(_of(events, kind)), None)


def _answering(event: Event, events: Iterable[Event], kind: Kind) -> Event | None:
    return next((one for one in events if one.kind is kind and one.of == event.id), None)


def _service(events: Iterable[Event], carried: Carried) -> Service:
    found = [one for one in events if one.carried is carried]
    return Service(*(tuple(_of(found, kind)) for kind in TRAVELS))
