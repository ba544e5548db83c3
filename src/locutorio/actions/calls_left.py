"""What a person has left of calls today, and why: what the law says of each whom they may call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions import deciding_calls
from locutorio.actions.authority import About, reading
from locutorio.actions.deciding import knowledge, local_day
from locutorio.actions.deciding_calls import Number
from locutorio.arrangements.call_course import ANSWERED, LOST
from locutorio.arrangements.periods import month_of
from locutorio.decisions.decision import Decision, Outcome
from locutorio.kernel.faults import Fault
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.letter import Letter, Section
from locutorio.store import calls, people
from locutorio.store.actor import Actor
from locutorio.store.calls import CallRow
from locutorio.store.knowledge import Knowledge

LIMITS = "limits"
_WHEN_NOT = ("why", "needed", "unknown", "contested")
_HAD = (ANSWERED, LOST)


@dataclass(frozen=True, slots=True)
class LeftWith:
    """What the law says today of calls to some people, of whom it says the same.

    ``says`` is the answer in words, ``limits`` what is left with its arithmetic, ``why`` what stands in the
    way of a call that is not permitted.
    """

    names: tuple[str, ...]
    outcome: str
    says: str
    limits: tuple[Section, ...]
    why: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class CallsLeft:
    """What was used this month and what is left; ``returned_seconds`` were given back: a fault took them."""

    calls: int
    seconds: int
    returned_seconds: int
    left: tuple[LeftWith, ...]


def own_calls_left(by: Actor, at: UUID, lang: str, now: datetime) -> CallsLeft | None:
    """Give a person what is left of their calls; None for somebody who is not in custody here."""
    with reading(by, "read_own_calls", About(at)):
        return _left(at, by.person, lang, now) if by.person else None


def calls_left_of(by: Actor, at: UUID, person: UUID, lang: str, now: datetime) -> CallsLeft:
    """Give staff what is left of the calls of one person, as that person sees it.

    Raises:
        Refused: there is no such person here.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_calls_of", About(at, "person", person)):
        return _left(at, person, lang, now)


def _left(at: UUID, person: UUID, lang: str, now: datetime) -> CallsLeft:
    zone = ZoneInfo(people.establishment(at).zone)
    today = local_day(zone.key, now)
    month = [one for one in calls.calls_of(at, person) if _in_month(one, today, zone)]
    counted = [one for one in month if one.disposition in _HAD]
    return CallsLeft(
        sum(one.disposition == ANSWERED for one in counted),
        sum(one.talk_seconds for one in counted),
        sum(one.returned_seconds for one in counted),
        _grouped(_each(at, person, today, lang, now)),
    )


def _in_month(one: CallRow, today: date, zone: ZoneInfo) -> bool:
    first, after = month_of(today)
    return first <= one.started_at.astimezone(zone).date() < after


def _each(at: UUID, person: UUID, today: date, lang: str, now: datetime) -> Iterator[tuple[str, Letter]]:
    """Give whom the person may call by the list, by name, with what the law says of a call today."""
    theirs = people.numbers_of(at, person)
    numbers = [deciding_calls.number_of(theirs, row.number, "", today) for row in theirs if row.person]
    owners = {row.number: row.owner for row in theirs}
    known = knowledge(at, person, {one.contact for one in numbers if one.contact}, known_at=now)
    found: dict[str, Letter] = {}
    for number in numbers:
        if number.listed:
            name = owners[number.called] or number.called
            name = known.contacts[number.contact].name if number.contact else name
            decision = _decision(known, number, today)
            if decision is not None:
                found.setdefault(name, told_to(decision, Reader.PERSON, (), lang))
    yield from sorted(found.items())


def _decision(known: Knowledge, number: Number, today: date) -> Decision | None:
    """Ask of a call today; None where the law has no text of the day, or what is known contradicts itself."""
    try:
        return deciding_calls.decide(known, number, today).decision
    except Fault:
        return None


def _grouped(each: Iterable[tuple[str, Letter]]) -> tuple[LeftWith, ...]:
    """Put together those of whom the law says the same."""
    names: dict[tuple[str, str, tuple[Section, ...], tuple[Section, ...]], list[str]] = {}
    for name, letter in each:
        limits = tuple(one for one in letter.sections if one.name == LIMITS)
        permitted = letter.outcome == Outcome.PERMIT.value
        why = () if permitted else tuple(one for one in letter.sections if one.name in _WHEN_NOT)
        names.setdefault((letter.outcome, letter.headline, limits, why), []).append(name)
    return tuple(LeftWith(tuple(found), *said) for said, found in names.items())
