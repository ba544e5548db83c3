"""A jail with as many people as a race needs: each with one contact, and requests that are permitted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from locutorio.store.context import inside
from locutorio.store.identifiers import new_id
from locutorio.store.models import (
    Booking,
    Contact,
    Entry,
    Establishment,
    Listed,
    Member,
    Person,
    Place,
    Request,
    Slot,
    Tick,
)
from locutorio.store.slots import house_of, slot_row
from locutorio.store.transaction import Command, Transaction
from tests.establishment import ARCADIAN, FOUNDED

AT = FOUNDED
FIRST_DAY = date(2026, 11, 14)
OTHER_TIMES = 48
SCHEDULE = """\
schedule: oak
name: Oak County Jail
zone: America/New_York
tick_minutes: 30
rooms:
  hall: {{name: Hall, places: {{open: {places}}}}}
sessions:
  - {{id: day, room: hall, days: [every_day], hours: [00:30-24:00], visit_minutes: 30, every_minutes: 30}}
{more}"""


@dataclass
class Crowd:
    """People and contacts by number; each round has a slot of its own, which nobody was in before."""

    id: UUID
    people: list[UUID]
    contacts: list[UUID]
    _slots: Iterator[str] = field(default_factory=lambda: _keys())  # noqa: PLW0108 - defined below

    def slot(self) -> str:
        """Give the key of a slot that no round had."""
        key = next(self._slots)
        tx = Transaction(Command(new_id(AT), "", self.id, AT, {}))
        with inside(self.id):
            slot_row(tx, house_of(self.id).known(key).slot)
        return key

    def requests(
        self, slot: str, people: Sequence[int], contacts: Sequence[Sequence[int]] | None = None
    ) -> list[UUID]:
        """Give permitted requests for the day of a slot: of these people, each with their own contact."""
        versions = dict(Person.objects.filter(establishment=self.id).values_list("id", "version"))
        house = Establishment.objects.get(id=self.id).version
        on = date.fromisoformat(slot[4:14])
        made = [
            Request(
                id=new_id(AT),
                establishment_id=self.id,
                person_id=self.people[one],
                way="page",
                asked_at=AT,
                on=on,
                outcome="permit",
                person_version=versions[self.people[one]],
                establishment_version=house,
            )
            for one in people
        ]
        Request.objects.bulk_create(made)
        parties = contacts or [[one] for one in people]
        Member.objects.bulk_create(
            Member(
                id=new_id(AT), establishment_id=self.id, request=request, contact_id=self.contacts[contact]
            )
            for request, party in zip(made, parties, strict=True)
            for contact in party
        )
        return [one.id for one in made]

    def given(self, request: UUID, slot: str, **more: Any) -> dict[str, Any]:
        """Give what an act of a client needs."""
        return {"establishment": self.id, "at": AT, "request": request, "slot": slot, **more}

    def whole(self) -> None:
        """See that what is written of bookings agrees: places, ticks, standing.

        Raises:
            AssertionError: a place or a tick without a booking that stands, or one that has not all of its.
        """
        standing = {"held", "booked", "happened"}
        rows = Booking.objects.filter(establishment=self.id)
        bookings = {one.id: one for one in rows.select_related("slot")}
        places: dict[UUID, int] = {}
        for booking in Place.objects.filter(establishment=self.id).values_list("booking", flat=True):
            places[booking] = places.get(booking, 0) + 1
        ticks: dict[UUID, int] = {}
        for booking in Tick.objects.filter(establishment=self.id).values_list("booking", flat=True):
            ticks[booking] = ticks.get(booking, 0) + 1
        parties: dict[UUID, int] = {}
        for request in Member.objects.filter(establishment=self.id).values_list("request", flat=True):
            parties[request] = parties.get(request, 0) + 1
        for id_, one in bookings.items():
            stands = one.standing in standing
            assert places.pop(id_, 0) == (one.places if stands else 0), one.standing
            assert ticks.pop(id_, 0) == (1 + parties[one.request_id] if stands else 0), one.standing
        assert not places
        assert not ticks

    def taken(self, slot: str) -> int:
        """Give how many places of a slot are taken."""
        return Place.objects.filter(establishment=self.id, slot__key=slot).count()

    def entries(self, action: str) -> int:
        """Give how many commands of a kind were carried out."""
        return Entry.objects.filter(establishment=self.id, action=action).count()

    def row(self, slot: str) -> Slot:
        """Give the row of a slot."""
        return Slot.objects.get(establishment=self.id, key=slot)


def crowd_of(people: int, places: int = 1, more: str = "", code: str = "oak") -> Crowd:
    """Make a jail in the database that is used now."""
    from locutorio.store.models import Fact

    schedule = SCHEDULE.format(places=places, more=more)
    oak = Establishment.objects.create(
        id=new_id(AT),
        code=code,
        name="Oak County Jail",
        zone="America/New_York",
        law="arcadia",
        schedule=schedule,
        factor_needed=False,
    )
    held = [
        Person(
            id=new_id(AT),
            establishment=oak,
            number=str(one),
            surname="Ash",
            forenames=str(one),
            held_since=AT,
        )
        for one in range(people)
    ]
    outside = [
        Contact(id=new_id(AT), establishment=oak, surname="Elm", forenames=str(one), born_on=date(1980, 1, 1))
        for one in range(people)
    ]
    Person.objects.bulk_create(held)
    Contact.objects.bulk_create(outside)
    Listed.objects.bulk_create(
        Listed(
            id=new_id(AT),
            establishment=oak,
            person=person,
            contact=contact,
            relation="friend",
            status="approved",
        )
        for person, contact in zip(held, outside, strict=True)
    )
    for path, value in ARCADIAN.items():
        Fact.objects.create(id=new_id(AT), establishment=oak, path=path, value=value, known_at=AT)
    return Crowd(oak.id, [one.id for one in held], [one.id for one in outside])


def _keys() -> Iterator[str]:
    for day in count():
        on = FIRST_DAY + timedelta(days=day)
        for half in range(1, OTHER_TIMES):
            yield f"day@{on.isoformat()}T{half // 2:02}:{30 * (half % 2):02}"


def moment(minutes: int) -> datetime:
    """Give a moment so many minutes after the founding."""
    return AT.astimezone(UTC) + timedelta(minutes=minutes)
