"""Whether a schedule offers a slot to a person and a party: what hinders it, and who may go beyond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from locutorio.arrangements.schedule import parties
from locutorio.arrangements.schedule.calendars import includes
from locutorio.arrangements.schedule.fitting import Fit, fits
from locutorio.arrangements.schedule.limits import Waiting
from locutorio.arrangements.schedule.patterns import Asker, Booking
from locutorio.arrangements.schedule.scopes import holds_for, people_fit
from locutorio.arrangements.schedule.slots import ONE_DAY, day_begins
from locutorio.arrangements.schedule.values import Hindrance, Party, Schedule, Session, Slot, Who
from locutorio.arrangements.schedule.windows import outside


def offered(
    schedule: Schedule, slot: Slot, who: Who, party: Party, *, asked_at: datetime, by: str
) -> tuple[Hindrance, ...]:
    """Give everything for which the schedule does not offer a slot; nothing means that it does.

    Free places and quotas are not looked at: see ``places_needed`` and ``charges``.

    Args:
        schedule: the schedule of the slot.
        slot: one of its slots.
        who: the person in custody.
        party: those who would come.
        asked_at: the moment of asking.
        by: "public", "person" or "staff".
    """
    asker = Asker(by)
    session = schedule.session(slot.session)
    found = [
        *_way_of_booking(schedule, session, asker),
        *_of_session(people_fit(schedule, session, who), session),
        *_turns(schedule, slot, session, who),
        *_waits(schedule, slot, session, who),
        *_window(schedule, slot, session, who, asked_at, asker),
        *_party(schedule, slot, session, who, party),
        *_unknown_of_quotas(schedule, slot, session, who),
    ]
    if asked_at.timestamp() >= slot.starts.timestamp():
        found.append(Hindrance("begun"))
    return tuple({(one.rule, tuple(one.words.items())): one for one in found}.values())


def joined(slots: Sequence[Slot]) -> tuple[Hindrance, ...]:
    """Say what stands against one visit in several slots, which must follow each other in one session."""
    most = slots[0].joined_max
    if len(slots) > most:
        return (Hindrance("joined_max", {"most": str(most)}),)
    follow = all(
        one.session == two.session and one.ends.timestamp() == two.starts.timestamp()
        for one, two in pairwise(slots)
    )
    return () if follow else (Hindrance("joined_apart"),)


def _way_of_booking(schedule: Schedule, session: Session, asker: Asker) -> Iterator[Hindrance]:
    way = session.booking or schedule.booking
    if way is Booking.FIRST_COME:
        yield Hindrance("first_come")
    elif way is Booking.ASSIGNED and asker is not Asker.STAFF:
        yield Hindrance("assigned", {}, session.needs)
    elif asker not in schedule.askers:
        yield Hindrance(f"asker_{'person' if Asker.PERSON in schedule.askers else 'staff'}")


def _unknown(fit: Fit) -> Iterator[Hindrance]:
    if fit.holds is None:
        for name in sorted(fit.unknown):
            yield Hindrance(f"unknown_{name}")


def _of_session(fit: Fit, session: Session) -> Iterator[Hindrance]:
    if fit.holds is False:
        yield Hindrance("group", {}, session.needs)
    yield from _unknown(fit)


def _turns(schedule: Schedule, slot: Slot, session: Session, who: Who) -> Iterator[Hindrance]:
    for rotation in schedule.rotations:
        fit = holds_for(schedule, rotation.scope, session, slot.on, who)
        yield from _unknown(fit)
        if not fit.holds:
            continue
        turn = next((one for one in rotation.turns if includes(one.days, slot.on, schedule.calendars)), None)
        if turn is None:
            yield Hindrance("turn_not_set", {}, rotation.more)
        elif turn.people is not None:
            mine = fits(turn.people, who, schedule.groups)
            yield from _unknown(mine)
            if mine.holds is False:
                yield Hindrance("turn_of_others", {}, rotation.more)


def _waits(schedule: Schedule, slot: Slot, session: Session, who: Who) -> Iterator[Hindrance]:
    for waiting in schedule.waiting:
        fit = holds_for(schedule, waiting.scope, session, slot.on, who)
        yield from _unknown(fit)
        if not fit.holds:
            continue
        if who.held_since is None:
            yield Hindrance("unknown_held_since", {}, waiting.more)
            continue
        over = waits_until(schedule.zone, waiting, who.held_since)
        if slot.starts.timestamp() < over.timestamp():
            yield Hindrance("waiting", {"until": f"{over:%Y-%m-%d %H:%M}"}, waiting.more)


def waits_until(zone: str, waiting: Waiting, held_since: date) -> datetime:
    """Give the moment when a wait is over. Where only the day of reception is known, hours count from
    its end.

    Args:
        zone: the establishment's time zone.
        waiting: the rule.
        held_since: the day of reception, or the moment (aware) where it is known.
    """
    place = ZoneInfo(zone)
    if isinstance(held_since, datetime):
        received = held_since.astimezone(UTC)
        day = held_since.astimezone(place).date()
    else:
        received = day_begins(zone, held_since + ONE_DAY).astimezone(UTC)
        day = held_since
    by_days = day_begins(zone, day + waiting.days * ONE_DAY)
    by_hours = (received + timedelta(hours=waiting.hours)).astimezone(place)
    return max(by_days, by_hours, key=datetime.timestamp)


def _window(
    schedule: Schedule, slot: Slot, session: Session, who: Who, asked_at: datetime, asker: Asker
) -> Iterator[Hindrance]:
    for window in schedule.windows:
        fit = holds_for(schedule, window.scope, session, slot.on, who, asker)
        yield from _unknown(fit)
        if fit.holds:
            hindrance = outside(schedule, window, slot, asked_at)
            if hindrance:
                yield hindrance
            return


def _party(schedule: Schedule, slot: Slot, session: Session, who: Who, party: Party) -> Iterator[Hindrance]:
    for limit in schedule.parties:
        fit = holds_for(schedule, limit.scope, session, slot.on, who)
        yield from _unknown(fit)
        if fit.holds:
            yield from parties.hindrances(schedule, limit, party)


def _unknown_of_quotas(schedule: Schedule, slot: Slot, session: Session, who: Who) -> Iterator[Hindrance]:
    for quota in schedule.quotas:
        for scope in (quota.scope, *(price.scope for price in quota.prices)):
            yield from _unknown(holds_for(schedule, scope, session, slot.on, who))
