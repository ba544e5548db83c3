"""What is seen of calls: those under way and of the day, one with its decision, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions.authority import About, Refused, may, reading
from locutorio.actions.decided_shown import letter_of, letter_to
from locutorio.actions.deciding import local_day
from locutorio.actions.state_unrecorded import unrecorded
from locutorio.arrangements.call_course import BLOCKED, UNDER_WAY
from locutorio.notices.audience import Reader
from locutorio.notices.calls import UNRECORDED
from locutorio.notices.letter import Letter
from locutorio.store import calls, calls_named, notices, people, recordings, unplaced
from locutorio.store.actor import Actor
from locutorio.store.calls import CallDecisionRow, CallRow
from locutorio.store.calls_named import CallNamed
from locutorio.store.notices import NoticeRow

OF_PRIVATE = "read_calls_of"


@dataclass(frozen=True, slots=True)
class CallSeen:
    """A call with the names. ``left_seconds`` is what is left of one under way, None before talk begins.

    ``hidden``: it is private, and the reader is not told with whom it is.
    """

    named: CallNamed
    left_seconds: int | None
    hidden: bool
    recorded: bool

    @property
    def row(self) -> CallRow:
        """The call itself."""
        return self.named.row


@dataclass(frozen=True, slots=True)
class CallsOfDay:
    """The calls under way, the oldest first; those of the day that are over, and that were refused."""

    under_way: tuple[CallSeen, ...]
    over: tuple[CallSeen, ...]
    refused: tuple[CallSeen, ...]


@dataclass(frozen=True, slots=True)
class DecidedCall:
    """One decision on a call and its letter; ``letter`` is None where the reader may not be told."""

    row: CallDecisionRow
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class CallWhole:
    """One call, whole: what was decided of it, what anybody was told, whether it made one up."""

    seen: CallSeen
    decided: tuple[DecidedCall, ...]
    notices: tuple[NoticeRow, ...]
    made_up: bool
    recording: UUID | None = None


@dataclass(frozen=True, slots=True)
class CallWith:
    """A call with a contact; ``unrecorded``: the record says so, and ``statement`` is the notice of that."""

    seen: CallSeen
    unrecorded: bool
    statement: UUID | None


def calls_of_day(by: Actor, at: UUID, now: datetime) -> CallsOfDay:
    """Give the calls under way, and those of the establishment's day that are over.

    With whom private calls are is left out for those who do not see it.
    """
    with reading(by, "read_calls", About(at)):
        hide = not may(by, OF_PRIVATE)
        zone = ZoneInfo(people.establishment(at).zone)
        begins = datetime.combine(local_day(zone.key, now), time(), zone)
        over = _seen(at, calls_named.begun_between(at, begins, begins + timedelta(days=1)), now, hide=hide)
        return CallsOfDay(
            _seen(at, calls.under_way(at), now, hide=hide),
            tuple(one for one in over if one.row.disposition != BLOCKED),
            tuple(one for one in over if one.row.disposition == BLOCKED),
        )


def call_whole(by: Actor, at: UUID, id_: UUID, lang: str, now: datetime) -> CallWhole:
    """Give one call to staff.

    Raises:
        Refused: there is none here, or it is private and the reader does not see those.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_call", About(at, "call", id_)):
        seen = _one(at, id_, now, hide=not may(by, OF_PRIVATE))
        if seen.hidden:
            raise Refused
        recording = recordings.of_call(at, id_)
        return CallWhole(
            seen,
            tuple(DecidedCall(one, letter_of(one, lang)) for one in calls.decisions_of(at, id_)),
            tuple(notices.notices_about_call(at, id_)),
            bool(unplaced.made_up_by(at, [id_])),
            recording.id if recording else None,
        )


def calls_of_person(by: Actor, at: UUID, person: UUID, now: datetime) -> tuple[CallSeen, ...]:
    """Give the latest calls of one person to staff, the latest first.

    Raises:
        Refused: there is no such person here.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_calls_of", About(at, "person", person)):
        return _seen(at, calls.calls_of(at, person), now, hide=not may(by, OF_PRIVATE))


def own_calls(by: Actor, at: UUID, now: datetime) -> tuple[CallSeen, ...]:
    """Give a person their own calls, the latest first."""
    with reading(by, "read_own_calls", About(at)):
        return _seen(at, calls.calls_of(at, by.person), now) if by.person else ()


def own_call(by: Actor, at: UUID, id_: UUID, lang: str, now: datetime) -> CallWhole:
    """Give a person one of their calls: why it was permitted or refused, as far as they may know.

    Raises:
        Refused: there is none of theirs.
    """
    with reading(by, "read_own_call", About(at, "call", id_)):
        decided = tuple(
            DecidedCall(one, letter_to(one, Reader.PERSON, (), lang)) for one in calls.decisions_of(at, id_)
        )
        seen = _one(at, id_, now)
        return CallWhole(seen, decided, (), bool(unplaced.made_up_by(at, [id_])))


def calls_with_me(by: Actor, at: UUID, now: datetime) -> tuple[CallWith, ...]:
    """Give the calls with the contacts for whom somebody acts, the latest first."""
    with reading(by, "read_calls_with", About(at)):
        found = _seen(at, calls_named.calls_with_any(at, by.contacts), now)
        told = notices.notices_of(at, contacts=by.contacts)
        stated = {one.call: one.id for one in told if one.kind == UNRECORDED}
        return tuple(
            CallWith(one, unrecorded(at, one.row), stated.get(one.row.id))
            for one in found
            if one.row.disposition != BLOCKED
        )


def _one(at: UUID, id_: UUID, now: datetime, *, hide: bool = False) -> CallSeen:
    found = calls.call(at, id_)
    if found is None:
        raise Refused
    (seen,) = _seen(at, [found], now, hide=hide)
    return seen


def _seen(at: UUID, found: Iterable[CallRow], now: datetime, *, hide: bool = False) -> tuple[CallSeen, ...]:
    """Give calls as they are shown; of private ones, where that is to be hidden, not with whom they are."""
    items = calls_named.named(at, found)
    recorded = calls_named.recorded(at, [one.row.id for one in items])
    return tuple(
        CallSeen(
            _bare(one) if hide and one.row.plane == calls.PRIVATE else one,
            left_seconds(one.row, now),
            hide and one.row.plane == calls.PRIVATE,
            one.row.id in recorded,
        )
        for one in items
    )


def _bare(one: CallNamed) -> CallNamed:
    return replace(one, row=replace(one.row, called="", contact=None), contact="", citations=())


def left_seconds(one: CallRow, now: datetime) -> int | None:
    """Give the seconds left of a call under way; None where it has no limit or talk has not begun."""
    since = one.talk_from or one.answered_at
    if one.disposition != UNDER_WAY or one.limit_seconds is None or since is None:
        return None
    return max(0, one.limit_seconds - int((now - since).total_seconds()))
