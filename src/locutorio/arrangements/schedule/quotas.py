"""What a visit or a call takes of a schedule's quotas, and in which periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from locutorio.arrangements.periods import month_of
from locutorio.arrangements.schedule.calendars import WEEK_DAYS, monday_of
from locutorio.arrangements.schedule.limits import NoShows, Per, Quota, Unit
from locutorio.arrangements.schedule.parties import places_needed
from locutorio.arrangements.schedule.scopes import holds_for, holds_for_session, holds_on, people_fit
from locutorio.arrangements.schedule.values import Charge, Party, Schedule, Slot, Who

VISIT, CALL = "visit", "call"
ONE_DAY = timedelta(days=1)
SATURDAY = 5


def charges(schedule: Schedule, slot: Slot, who: Who, party: Party, *, slots: int = 1) -> tuple[Charge, ...]:
    """Give what a visit takes of every quota that may apply: what is not known of the person spares none.

    A privileged visit takes nothing: how often counsel or a consul comes is for the law alone to limit.

    Args:
        schedule: the schedule of the slot.
        slot: the first slot of the visit.
        who: the person in custody.
        party: those who come.
        slots: how many slots in a row the visit takes.
    """
    if party.privileged:
        return ()
    session = schedule.session(slot.session)
    found: list[Charge] = []
    for quota in schedule.quotas:
        if VISIT not in quota.of or holds_for(schedule, quota.scope, session, slot.on, who).holds is False:
            continue
        match quota.unit:
            case Unit.VISITS:
                amount = 1
            case Unit.MINUTES:
                amount = slot.visit_minutes * slots
            case Unit.PLACES:
                amount = places_needed(schedule, slot, party)[1] * slots
            case Unit.POINTS:
                amount = next(
                    (
                        price.points
                        for price in quota.prices
                        if holds_for_session(schedule, price.scope, session, slot.on)
                        and people_fit(schedule, price.scope, who).holds is not False
                    ),
                    0,
                )
        found.extend(_charges(quota, slot.on, amount))
    return tuple(found)


def call_charges(schedule: Schedule, on: date, minutes: int, who: Who) -> tuple[Charge, ...]:
    """Give what a call on a day takes of the quotas that count calls: itself as one visit, or its minutes."""
    found: list[Charge] = []
    for quota in schedule.quotas:
        if CALL not in quota.of or not holds_on(schedule, quota.scope, on):
            continue
        if people_fit(schedule, quota.scope, who).holds is False:
            continue
        found.extend(_charges(quota, on, minutes if quota.unit is Unit.MINUTES else 1))
    return tuple(found)


def _charges(quota: Quota, on: date, amount: int) -> Iterator[Charge]:
    if not amount:
        return
    subject = "contact" if quota.contact else "person"
    for first, last in stretches(quota, on):
        yield Charge(quota.code, subject, quota.unit, amount, quota.limit, first, last, quota.more)


def stretches(quota: Quota, on: date) -> Iterator[tuple[date, date]]:
    """Give the stretches of days, first and last included, in which a quota's limit holds around a day."""
    match quota.per:
        case Per.DAY:
            yield on, on
        case Per.WEEKEND:
            if on.weekday() >= SATURDAY:
                saturday = monday_of(on) + timedelta(days=SATURDAY)
                yield saturday, saturday + ONE_DAY
        case Per.WEEK:
            first = on - timedelta(days=(on.weekday() - quota.week_begins) % WEEK_DAYS)
            yield first, first + timedelta(days=WEEK_DAYS - 1)
        case Per.WEEKS:
            assert quota.anchor is not None, "blocks of weeks have an anchor"
            length = quota.length * WEEK_DAYS
            first = on - timedelta(days=(on - quota.anchor).days % length)
            yield first, first + timedelta(days=length - 1)
        case Per.MONTH:
            first, after = month_of(on)
            yield first, after - ONE_DAY
        case Per.DAYS:
            for back in range(quota.length):
                first = on - timedelta(days=back)
                yield first, first + timedelta(days=quota.length - 1)


def free_from(rule: NoShows, missed: Sequence[date]) -> date | None:
    """Give the first day on which visits are open again after missed ones, or None where none were closed.

    The last of ``count`` missed visits within ``within_days`` days (both ends counted) closes the ``days``
    days after it. Where an office decides whether, nothing follows by itself.
    """
    if rule.days is None or rule.may is not None:
        return None
    days = sorted(missed)
    lasts = [
        last
        for first, last in zip(days, days[rule.count - 1 :], strict=False)
        if rule.within_days is None or (last - first).days < rule.within_days
    ]
    return lasts[-1] + timedelta(days=rule.days + 1) if lasts else None
