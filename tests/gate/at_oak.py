"""Booked visits at the small invented establishment, and an officer at its gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions.end_visit import Ended, Ending, end_visit
from locutorio.actions.mark_missed import Marked, Missing, mark_missed
from locutorio.actions.record_arrival import Answered, Arriving, record_arrival
from locutorio.actions.refuse_entry import Refusing, Turned, refuse_entry
from locutorio.actions.start_visit import Started, Starting, start_visit
from locutorio.store.gate import AtGate, at_gate
from locutorio.store.identifiers import new_id
from locutorio.store.models import Booking, Member, Place, Request, Slot
from locutorio.store.transaction import Sent
from tests.establishment import ZONE, Oak, founded

HERE = ZoneInfo(ZONE)
TEN = datetime(2026, 12, 5, 10, 0, tzinfo=HERE)
MINUTE = timedelta(minutes=1)
SCHEDULE = """\
schedule: oak
name: Oak County Jail
zone: America/New_York
rooms:
  hall: {name: Visiting hall, places: {open: 10}}
sessions:
  - {id: hall, room: hall, days: [every_day], hours: [10:00-11:00, 14:00-16:00]}
entry:
  - {opens: 30 minutes before start, last: 30 minutes before end}
no_shows: {count: 3, within: 60 days, closes: 30 days}
"""


@dataclass
class Gate:
    """One establishment, seen by the officer at its gate. Times of day are those of the wall."""

    oak: Oak
    turns: int = 0

    def sent(self, at: datetime) -> Sent:
        """Give what the officer's page says of a change: a new one each time."""
        self.turns += 1
        return self.oak.sent(f"gate {self.turns}", at.astimezone(UTC))

    def arrives(self, booking: UUID, name: str, now: datetime, **more: object) -> Answered:
        """Let somebody come, with a passport and agreeing to the search unless said otherwise."""
        said = {"identity": "passport", "facts": {"contact.search_accepted": "yes"}, **more}
        what = Arriving(booking, self.oak.contacts[name], **said)  # type: ignore[arg-type]
        return record_arrival(what, self.sent(now))

    def refuses(self, booking: UUID, name: str, now: datetime, **more: object) -> Turned:
        """Refuse somebody, with nothing noted but what is said."""
        return refuse_entry(Refusing(booking, self.oak.contacts[name], **more), self.sent(now))  # type: ignore[arg-type]

    def misses(self, booking: UUID, now: datetime, by: str = "family", note: str = "") -> Marked:
        """Mark a visit as one that did not take place."""
        return mark_missed(Missing(booking, by, note), self.sent(now))

    def starts(self, booking: UUID, at: datetime, late_by: str = "") -> Started:
        """Start the visit now."""
        return start_visit(Starting(booking, late_by=late_by), self.sent(at))

    def ends(self, booking: UUID, at: datetime, ended_by: str = "time", reason: str = "") -> Ended:
        """End the visit now."""
        return end_visit(Ending(booking, ended_by=ended_by, reason=reason), self.sent(at))

    def seen(self, booking: UUID) -> AtGate:
        """Give the booking as it is now."""
        return at_gate(self.oak.id, booking)


def at_the_gate() -> Gate:
    """Make the establishment in the database that is used now."""
    return Gate(founded())


def booked(
    gate: Gate,
    person: str = "rowan",
    party: Sequence[str] = ("alder",),
    starts: datetime = TEN,
    minutes: int = 60,
    standing: str = "booked",
) -> UUID:
    """Give a booking of a slot as the booking of a place leaves it."""
    oak, at = gate.oak, starts.astimezone(UTC) - timedelta(days=14)
    begins = starts.astimezone(UTC)
    ends = begins + timedelta(minutes=minutes)
    slot, _ = Slot.objects.get_or_create(
        establishment_id=oak.id,
        key=f"hall@{starts:%Y-%m-%dT%H:%M}",
        defaults={
            "id": new_id(at),
            "session": "hall",
            "room": "hall",
            "on": starts.date(),
            "starts": begins,
            "ends": ends,
            "places": {"open": 10},
        },
    )
    request = Request.objects.create(
        id=new_id(at),
        establishment_id=oak.id,
        person_id=oak.people[person],
        way="page",
        asked_at=at,
        on=slot.on,
        outcome="permit",
        person_version=0,
        establishment_version=0,
    )
    Member.objects.bulk_create(
        Member(id=new_id(at), establishment_id=oak.id, request=request, contact_id=oak.contacts[name])
        for name in party
    )
    booking = Booking.objects.create(
        id=new_id(at),
        establishment_id=oak.id,
        request=request,
        person_id=oak.people[person],
        slot=slot,
        kind="open",
        places=1,
        standing=standing,
        decided_at=at,
    )
    number = Place.objects.filter(establishment_id=oak.id, slot=slot).count() + 1
    Place.objects.create(establishment_id=oak.id, slot=slot, kind="open", number=number, booking=booking)
    return booking.id
