"""What a petition is made of: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from locutorio.kernel.faults import Fault


class Kind(StrEnum):
    """What can happen to a petition. The order is that of events of one day."""

    WRITTEN = "written"
    SENT = "sent"
    DELIVERED = "delivered"
    RETURNED = "returned"
    ACKNOWLEDGED = "acknowledged"
    DENIED = "denied"
    FILED = "filed"
    ENTERED = "entered"
    EXTENDED = "extended"
    OPPOSED = "opposed"
    OFFERED = "offered"
    ANSWERED = "answered"
    REPLIED = "replied"
    ENDED = "ended"
    RULED = "ruled"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"


ORDER = {kind: at for at, kind in enumerate(Kind)}
TRAVELS = (Kind.SENT, Kind.DELIVERED, Kind.RETURNED, Kind.ACKNOWLEDGED, Kind.DENIED)
"""What happens to a paper on its way. `denied`: whoever should have it says that it did not come."""


class Carried(StrEnum):
    """The paper that is on its way."""

    PETITION = "petition"
    RULING = "ruling"


class Outcome(StrEnum):
    """What an office ruled. `rejected` is for its form alone: what was asked is not answered."""

    GRANTED = "granted"
    PART = "part"
    DENIED = "denied"
    WITHOUT_PREJUDICE = "without_prejudice"
    REJECTED = "rejected"


GRANTING = frozenset({Outcome.GRANTED, Outcome.PART})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to a petition.

    ``on`` is the day, None where nobody knows it; ``proof`` what shows it, empty where it is only said.
    ``carried`` says of what is on its way which paper it is. ``says`` holds the ground, the offer, or the
    reasons. ``until`` is the day by which a rejected form may be put right. ``ends_with`` names the event
    that an opposing ground ends with. ``of`` is the event that this one answers, ends or takes back.
    ``granted`` are the places, from 0, of what was granted in part. ``closes``: the office says that it has
    no power, or is the wrong one; ``next`` is the office that it named instead.
    """

    id: str
    kind: Kind
    known_at: datetime
    on: date | None = None
    proof: str = ""
    by: str = ""
    carried: Carried = Carried.PETITION
    says: str = ""
    until: date | None = None
    ends_with: str = ""
    of: str | None = None
    outcome: Outcome | None = None
    granted: frozenset[int] = frozenset()
    closes: bool = False
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """What was asked of which office. ``asks`` is what is asked, one by one.

    ``clock`` names the deadline of the law by which it is filed, empty where no law here sets one.
    ``arose_on`` is the day of what it is about. ``follows`` is the petition whose answer it contests.
    """

    id: str
    office: str
    asks: tuple[str, ...]
    clock: str = ""
    arose_on: date | None = None
    emergency: bool = False
    follows: str | None = None


_ANSWERING = {Kind.ENDED: Kind.OPPOSED, Kind.ANSWERED: Kind.OFFERED}
_NAMING = {*_ANSWERING, Kind.TAKEN_BACK}


def refuse_unsound(petition: Petition, event: Event, before: tuple[Event, ...]) -> None:
    """Refuse an event that cannot have happened to a petition as it is known.

    Args:
        petition: which.
        event: what is to be noted.
        before: all that was noted of it, but what was taken back.

    Raises:
        Fault: it says too little, names an event that is not there, or its day cannot be.
    """
    named = next((one for one in before if one.id == event.of), None)
    wanted = _ANSWERING.get(event.kind)
    if event.kind in _NAMING:
        if named is None or (wanted and named.kind is not wanted):
            raise Fault(
                f'"{event.kind.value}" is of nothing that was noted of this petition',
                remedy="choose it from the list of what was noted",
            )
        if event.kind is Kind.ANSWERED:
            _refuse_before(event, named)
    if event.kind is Kind.RULED:
        _refuse_unruled(petition, event)
    _refuse_early(event, before)


def _refuse_unruled(petition: Petition, event: Event) -> None:
    if event.outcome is None:
        raise Fault("a ruling without an outcome says nothing", remedy="say what was ruled")
    beyond = [one for one in event.granted if not 0 <= one < len(petition.asks)]
    in_part = event.outcome is Outcome.PART
    in_some = 0 < len(event.granted) < len(petition.asks)
    if beyond or in_part != in_some or (event.granted and event.outcome not in GRANTING):
        raise Fault(
            "what was granted does not go with the outcome",
            why="granted in part means some of what was asked, and not all of it",
            remedy="mark what was granted, or choose another outcome",
        )
    if event.until and event.outcome is not Outcome.REJECTED:
        raise Fault(
            "only a form that was rejected is put right by a day", remedy="leave the day out, or reject it"
        )


def _refuse_early(event: Event, before: tuple[Event, ...]) -> None:
    """Refuse a step whose day is before the step that it needs."""
    if event.carried is Carried.RULING and event.kind in TRAVELS:
        ruled = [one for one in before if one.kind is Kind.RULED]
        if not ruled:
            raise Fault("there is no ruling that could be on its way", remedy="note first what was ruled")
        _refuse_before(event, min(ruled, key=lambda one: one.on or date.min))
    elif event.kind is not Kind.WRITTEN:
        for one in before:
            if one.kind is Kind.WRITTEN:
                _refuse_before(event, one)


def _refuse_before(later: Event, earlier: Event) -> None:
    if later.on and earlier.on and later.on < earlier.on:
        raise Fault(
            f"{later.kind.value} on {later.on.isoformat()} is before {earlier.kind.value},"
            f" {earlier.on.isoformat()}",
            why="the later step cannot come first",
            remedy="check the two days; what was noted wrongly can be taken back",
        )
