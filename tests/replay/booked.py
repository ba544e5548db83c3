"""Visits that are booked, to be reached by a change; and what can be looked at afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.notices.text import letter_as_text
from locutorio.store import models, notices
from locutorio.store.knowledge import PartyMember
from tests import establishment
from tests.establishment import FOUNDED, Oak

DAY = date(2026, 11, 10)
SCHEDULE = """
schedule: oak
name: Oak County Jail
zone: America/New_York
tick_minutes: 15
rooms:
  hall: {name: Hall, places: {open: 12}}
  booths: {name: Booths, places: {open: 12}}
sessions:
  - {id: hall, room: hall, days: [every_day], hours: 08:00-20:00, every_minutes: 60, visit_minutes: 60}
  - {id: booths, room: booths, days: [every_day], hours: 08:00-20:00, every_minutes: 60, visit_minutes: 60}
"""
_number = count(1)


@dataclass(frozen=True)
class Visit:
    """A booked visit."""

    oak: Oak
    id: UUID
    request: UUID
    person: UUID
    contacts: tuple[UUID, ...]

    @property
    def row(self) -> models.Booking:
        return models.Booking.objects.get(id=self.id)

    @property
    def standing(self) -> str:
        return self.row.standing

    def told(self, name: str) -> str:
        """Give all that someone was told of it, as text, the latest first."""
        oak = self.oak
        if name in oak.people:
            found = notices.notices_of(oak.id, person=oak.people[name])
        else:
            found = notices.notices_of(oak.id, contacts=[oak.contacts[name]])
        mine = [one for one in found if one.request == self.request]
        return "\n".join(letter_as_text(one.letter, 10_000) for one in mine)

    def kinds(self, name: str) -> list[str]:
        """Give the kinds of notice that a contact was sent of it, in the order in which they were written."""
        found = notices.notices_of(self.oak.id, contacts=[self.oak.contacts[name]])
        return [one.kind for one in reversed(found) if one.request == self.request]


def founded(schedule: str = SCHEDULE, *, law: str = establishment.LAW) -> Oak:
    """Make the small establishment, with two rooms open all day."""
    return establishment.founded(schedule, law=law)


def booked(
    oak: Oak,
    person: str,
    *contacts: str,
    on: date = DAY,
    at: datetime | None = None,
    starts: int = 14,
    session: str = "hall",
) -> Visit:
    """Book a visit of an hour. Each one is booked a minute after the one before, unless a moment is given."""
    number = next(_number)
    at = at or FOUNDED + timedelta(minutes=number)
    party = tuple(PartyMember(oak.contacts[name]) for name in contacts)
    what = VisitRequest(oak.people[person], party, on)
    answer = request_visit(what, oak.sent(f"request {number}", at))
    assert answer.outcome == "permit"
    key = f"{session}@{on.isoformat()}T{starts:02}:00"
    had = book_visit(VisitBooking(answer.request, key, by="staff"), oak.sent(f"booking {number}", at))
    assert had.booking is not None, had
    return Visit(oak, had.booking, answer.request, oak.people[person], tuple(one.contact for one in party))


def everything(visit: Visit) -> list[dict[str, object]]:
    """Give every row that is about a visit, to see that none was written."""
    of_request = {"request": visit.request}
    found = (
        models.Booking.objects.filter(id=visit.id).values(),
        models.Request.objects.filter(id=visit.request).values(),
        models.Decided.objects.filter(**of_request).values(),
        models.Notice.objects.filter(**of_request).values(),
    )
    return [dict(row) for rows in found for row in rows]
