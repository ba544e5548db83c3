"""Who had no call this month though the law owes them one: seen without anybody noting it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions import deciding_calls
from locutorio.actions.authority import About, reading
from locutorio.actions.deciding import knowledge, local_day
from locutorio.arrangements.periods import month_of
from locutorio.decisions.decision import Limit, Truth
from locutorio.kernel.faults import Fault
from locutorio.store import calls_named, people
from locutorio.store.actor import Actor
from locutorio.store.people import PersonRow

LOOKED_AT_MAX = 40
FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class CallsDue:
    """Somebody, and what the law still owes them: ``left`` of ``limit`` calls, and where it says so."""

    person: PersonRow
    left: int
    limit: int
    citation: str


@dataclass(frozen=True, slots=True)
class DueHere:
    """Those who are owed something, of those who had no call this month; ``more`` were not asked about."""

    due: tuple[CallsDue, ...]
    more: int


def calls_due(by: Actor, at: UUID, now: datetime) -> DueHere:
    """Give who has had no call this month though there is a number to call, and is owed one by the law today.

    Whoever had none for longest comes first.
    """
    with reading(by, "read_owed_calls", About(at)):
        zone = ZoneInfo(people.establishment(at).zone)
        today = local_day(zone.key, now)
        since = datetime.combine(month_of(today)[0], time(), zone)
        silent = calls_named.silent_since(at, since, today, LOOKED_AT_MAX)
        found = tuple(one for person in silent.persons for one in _due(at, person, today, now))
        return DueHere(found, silent.more)


def _due(at: UUID, person: PersonRow, today: date, now: datetime) -> Iterator[CallsDue]:
    """Ask the law of a call to the first number on the list that it can be asked of."""
    theirs = people.numbers_of(at, person.id)
    numbers = [deciding_calls.number_of(theirs, row.number, "", today) for row in theirs if row.person]
    listed = [one for one in numbers if one.listed]
    known = knowledge(at, person.id, {one.contact for one in listed if one.contact}, known_at=now)
    for number in listed:
        try:
            limits = deciding_calls.decide(known, number, today).decision.limits
        except Fault:
            continue
        floors = [one for one in limits if _is_owed(one)]
        if floors:
            one = floors[0]
            assert one.limit is not None
            assert one.left is not None
            yield CallsDue(person, one.left, one.limit, one.finding.citation)
            return


def _is_owed(one: Limit) -> bool:
    counts = one.kind == FLOOR and one.unit == "calls" and one.finding.truth is Truth.YES
    return counts and one.limit is not None and one.left is not None and one.left > 0
