"""The slots of a schedule: every session on every day on which it takes place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from locutorio.arrangements.schedule.calendars import includes
from locutorio.arrangements.schedule.limits import Entry
from locutorio.arrangements.schedule.patterns import MIDNIGHT, Hours, TimeMark
from locutorio.arrangements.schedule.scopes import holds_for_session
from locutorio.arrangements.schedule.values import Closure, Pause, Schedule, Session, Slot

ONE_DAY = timedelta(days=1)
MOMENTS_KEPT = 50_000
ONE_MINUTE = timedelta(minutes=1)
_HOUR = 60


def slots_of(schedule: Schedule, first: date, last: date) -> tuple[Slot, ...]:
    """Give the slots from one day to another, both included, ordered by start and key."""
    found: list[Slot] = []
    day = first
    while day <= last:
        for session in sessions_on(schedule, day):
            found.extend(_slots(schedule, session, day))
        day += ONE_DAY
    return tuple(sorted(found, key=lambda slot: (slot.starts.timestamp(), slot.key)))


def slot_of(schedule: Schedule, key: str) -> Slot | None:
    """Give the slot with a key, or None where the schedule has none (any more)."""
    _, _, at = key.rpartition("@")
    try:
        day = datetime.fromisoformat(at).date()
    except ValueError:
        return None
    return next((slot for slot in slots_of(schedule, day, day) if slot.key == key), None)


def sessions_on(schedule: Schedule, day: date) -> list[Session]:
    """Give the sessions of a day, without those that another replaces; closures are not counted here."""
    found = [one for one in schedule.sessions if _takes_place(schedule, one, day)]
    replaced = {code for one in found for code in one.replaces}
    if any(one.replaces_all for one in found):
        found = [one for one in found if one.replaces_all]
    return [one for one in found if one.code not in replaced]


def _takes_place(schedule: Schedule, session: Session, day: date) -> bool:
    if session.since is not None and day < session.since:
        return False
    if session.until is not None and day >= session.until:
        return False
    return includes(session.days, day, schedule.calendars)


def oversold(schedule: Schedule, slots: Sequence[Slot]) -> tuple[tuple[Slot, Slot], ...]:
    """Give pairs of slots in one room at one time that have more places of a kind together than the room.

    Args:
        schedule: the schedule of the slots.
        slots: some of its slots, in order.
    """
    found = []
    for index, one in enumerate(slots):
        most = schedule.rooms[one.room].places
        for other in slots[index + 1 :]:
            if other.starts.timestamp() >= one.ends.timestamp():
                break
            if other.room == one.room and any(
                one.places.get(kind, 0) + other.places.get(kind, 0) > count
                for kind, count in most.items()
                if kind in one.places and kind in other.places
            ):
                found.append((one, other))
    return tuple(found)


def ticks(slot: Slot, minutes: int) -> range:
    """Give the ticks of so many minutes, counted from 1970 in UTC, that a slot touches."""
    first = int(slot.starts.timestamp()) // (minutes * 60)
    return range(first, -(-int(slot.ends.timestamp()) // (minutes * 60)))


def _slots(schedule: Schedule, session: Session, day: date) -> Iterator[Slot]:
    closures = [
        one
        for one in schedule.closures
        if (not one.sessions or session.code in one.sessions)
        and (not one.rooms or session.room in one.rooms)
        and _closed_on(schedule, one, day)
    ]
    for begins, ends in _pieces(session):
        if any(_shuts(one, begins, ends) for one in closures):
            continue
        starts_at = moment_of(schedule.zone, day, begins)
        ends_at = moment_of(schedule.zone, day, ends)
        if starts_at is None or ends_at is None or starts_at.timestamp() >= ends_at.timestamp():
            continue
        yield _slot(schedule, session, day, begins, starts_at, ends_at)


def _closed_on(schedule: Schedule, closure: Closure, day: date) -> bool:
    return (
        (closure.since is None or day >= closure.since)
        and (closure.until is None or day < closure.until)
        and (closure.days is None or includes(closure.days, day, schedule.calendars))
    )


def _shuts(closure: Closure, begins: int, ends: int) -> bool:
    return not closure.hours or any(one.starts < ends and begins < one.ends for one in closure.hours)


def _pieces(session: Session) -> Iterator[tuple[int, int]]:
    for hours in session.hours:
        yield from _split(session, hours)


def _split(session: Session, hours: Hours) -> Iterator[tuple[int, int]]:
    if session.every_minutes is None:
        yield hours.starts, hours.ends
        return
    length = session.visit_minutes or session.every_minutes
    begins = hours.starts
    while begins + length <= hours.ends:
        yield begins, begins + length
        begins += session.every_minutes


def moment_of(zone: str, day: date, minutes: int) -> datetime | None:
    """Give the first moment of a day at which its clock shows a time or a later one.

    A time that a clock change leaves out becomes the end of the gap; one that it repeats is taken the first
    time. Minute 1440 is the first moment of the next day.

    Returns:
        The moment, or None where no such moment exists: a zone may leave out a whole day.
    """
    return _moment(zone, day, minutes)


def day_begins(zone: str, day: date) -> datetime:
    """Give the first moment of a day, or of the next one where a zone leaves the day out."""
    begins = moment_of(zone, day, 0) or moment_of(zone, day + ONE_DAY, 0)
    assert begins is not None, "no zone leaves out two days together"
    return begins


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=MOMENTS_KEPT)
def _moment(zone: str, day: date, minutes: int) -> datetime | None:
    if minutes == MIDNIGHT:
        return day_begins(zone, day + ONE_DAY)
    place = _zone(zone)
    for minute in range(minutes, MIDNIGHT):
        local = datetime(day.year, day.month, day.day, *divmod(minute, _HOUR), tzinfo=place)
        if local.astimezone(UTC).astimezone(place).replace(tzinfo=None) == local.replace(tzinfo=None):
            return local
    return None


def _slot(
    schedule: Schedule, session: Session, day: date, begins: int, starts: datetime, ends: datetime
) -> Slot:
    at = time(*divmod(begins, _HOUR))
    room = schedule.rooms[session.room]
    lasts = round((ends.timestamp() - starts.timestamp()) / 60)
    entry = next(
        (one for one in schedule.entries if holds_for_session(schedule, one.scope, session, day)), None
    )
    return Slot(
        key=f"{session.code}@{day.isoformat()}T{at:%H:%M}",
        session=session.code,
        room=session.room,
        on=day,
        at=at,
        starts=starts,
        ends=ends,
        places=session.places or room.places,
        medium=session.medium,
        contact=session.contact,
        visit_minutes=min(lasts, session.visit_minutes or lasts),
        joined_max=session.joined_max,
        entry_from=_mark(schedule, entry and entry.opens, day, starts, ends),
        entry_last=_mark(schedule, entry and entry.last, day, starts, ends),
        clear_by=_mark(schedule, entry and entry.clear, day, starts, ends),
        pauses=_pauses(schedule, session, day, starts, ends),
    )


def _mark(
    schedule: Schedule, mark: Entry | TimeMark | None, day: date, starts: datetime, ends: datetime
) -> datetime | None:
    if not isinstance(mark, TimeMark):
        return None
    if mark.at is not None:
        return moment_of(schedule.zone, day, mark.at)
    if mark.before_start is not None:
        return earlier(starts, mark.before_start)
    assert mark.before_end is not None, "a mark of time is one of three"
    return earlier(ends, mark.before_end)


def earlier(moment: datetime, minutes: int) -> datetime:
    """Give the moment so many real minutes before another, in its zone."""
    return (moment.astimezone(UTC) - minutes * ONE_MINUTE).astimezone(moment.tzinfo)


def _pauses(
    schedule: Schedule, session: Session, day: date, starts: datetime, ends: datetime
) -> tuple[Pause, ...]:
    found = []
    for one in schedule.pauses:
        if not holds_for_session(schedule, one.scope, session, day):
            continue
        begins = moment_of(schedule.zone, day, one.starts)
        ended = moment_of(schedule.zone, day, one.ends) if one.ends is not None else None
        if begins is None or begins.timestamp() >= ends.timestamp():
            continue
        if ended is not None and ended.timestamp() <= starts.timestamp():
            continue
        found.append(Pause(begins, ended, one.event))
    return tuple(found)
