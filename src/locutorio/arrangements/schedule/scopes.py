"""Where a rule holds: of which sessions, days, people and askers."""

from __future__ import annotations

from datetime import date

from locutorio.arrangements.schedule.calendars import includes
from locutorio.arrangements.schedule.fitting import NO, YES, Fit, all_of, fits, opposite
from locutorio.arrangements.schedule.patterns import Asker, Scope
from locutorio.arrangements.schedule.values import Schedule, Session, Who


def holds_for_session(schedule: Schedule, scope: Scope, session: Session, day: date) -> bool:
    """Say whether a scope takes in a session on a day, whoever the person is."""
    return (
        (not scope.sessions or session.code in scope.sessions)
        and (not scope.media or session.medium in scope.media)
        and (scope.contact is None or session.contact is scope.contact)
        and holds_on(schedule, scope, day)
    )


def holds_on(schedule: Schedule, scope: Scope, day: date) -> bool:
    """Say whether a scope takes in a day."""
    return (
        (scope.since is None or day >= scope.since)
        and (scope.until is None or day < scope.until)
        and (scope.days is None or includes(scope.days, day, schedule.calendars))
    )


def holds_for(
    schedule: Schedule, scope: Scope, session: Session, day: date, who: Who, by: Asker | None = None
) -> Fit:
    """Say whether a scope takes in a session on a day for a person; ``by`` None leaves the asker out."""
    if not holds_for_session(schedule, scope, session, day):
        return NO
    if by is not None and scope.by and by not in scope.by:
        return NO
    return people_fit(schedule, scope, who)


def people_fit(schedule: Schedule, scope: Scope | Session, who: Who) -> Fit:
    """Say whether a person is among those a scope or a session is for."""
    return all_of(
        [
            YES if scope.people is None else fits(scope.people, who, schedule.groups),
            YES if scope.but is None else opposite(fits(scope.but, who, schedule.groups)),
        ]
    )
