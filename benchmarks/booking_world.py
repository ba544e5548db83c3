"""What the benchmark of bookings runs on: many people with a contact and a permitted request each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import psycopg

from locutorio.store.identifiers import new_id
from tests.databases import Server

PEOPLE, ROOMS, HOURS, PLACES = 12_000, 20, 24, 25
FIRST_DAY = date(2026, 11, 18)  # a Wednesday: no clock changes on one
AT = datetime.fromisoformat("2026-11-02T14:00:00+00:00")
_SESSION = (
    "  - {{id: r{0}, room: r{0}, days: [every_day], hours: 00:00-24:00,"
    " visit_minutes: 60, every_minutes: 60}}"
)
_ROOM = "  r{0}: {{name: Room {0}, places: {{open: {1}}}}}"


@dataclass(frozen=True)
class World:
    """The database, as the program and as one whom no policy binds, and its one establishment."""

    where: str
    unbound: str
    establishment: UUID
    places: int = PLACES

    def slot(self, day: str, number: int) -> str:
        """Give the key of one of a day's slots by any number."""
        room, hour = number % ROOMS, number // ROOMS % HOURS
        return f"r{room}@{day}T{hour:02}:00"

    def rows(self, session: psycopg.Connection[Any], day: str) -> dict[str, UUID]:
        """Give the rows of a day's slots by key."""
        found = session.execute('SELECT key, id FROM store_slot WHERE "on" = %s', (day,))
        return dict(found.fetchall())

    def sold_too_many(self, day: str) -> int:
        """Give how many places of a day's slots were taken beyond those that there are."""
        with psycopg.connect(self.unbound) as session:
            found = session.execute(
                "SELECT coalesce(sum(taken - %s), 0) FROM (SELECT count(*) AS taken FROM store_place p"
                ' JOIN store_slot s ON s.id = p.slot_id WHERE s."on" = %s GROUP BY s.id) t WHERE taken > %s',
                (self.places, day, self.places),
            ).fetchone()
        assert found is not None
        return int(found[0])


def _weeks() -> Iterator[str]:
    for week in count():
        yield (FIRST_DAY + timedelta(weeks=week)).isoformat()


days = _weeks()


def open_world(server: Server) -> World:
    """Make the tables and the people; and the bare table of the insert limit, in a database of its own."""
    from locutorio.store.start import migrate, start

    store = server.make("world")
    server.say("CREATE DATABASE plain")
    with psycopg.connect(server.address("plain")) as session:
        session.execute(
            "CREATE TABLE plain"
            " (establishment uuid, slot uuid, kind varchar(60), number integer, booking uuid,"
            " PRIMARY KEY (establishment, slot, kind, number))"
        )
    start(store.where)
    store.use()
    migrate()
    return World(store.where, store.unbound, _people())


def _people() -> UUID:
    from locutorio.store.models import Contact, Establishment, Listed, Person

    rooms = "\n".join(_ROOM.format(room, PLACES) for room in range(ROOMS))
    sessions = "\n".join(_SESSION.format(room) for room in range(ROOMS))
    schedule = (
        f"schedule: oak\nname: Oak County Jail\nzone: America/New_York\ntick_minutes: 15\nrooms:\n{rooms}\n"
        f"sessions:\n{sessions}\nquotas:\n  - {{id: visits_a_week, unit: visits, limit: 3, per: week}}\n"
    )
    oak = Establishment.objects.create(
        id=new_id(AT), code="oak", name="Oak", zone="America/New_York", law="arcadia", schedule=schedule
    )
    people = [
        Person(id=new_id(AT), establishment=oak, number=str(one), surname="Ash", forenames=str(one))
        for one in range(PEOPLE)
    ]
    contacts = [
        Contact(id=new_id(AT), establishment=oak, surname="Elm", forenames=str(one), born_on=date(1980, 1, 1))
        for one in range(PEOPLE)
    ]
    Person.objects.bulk_create(people, 2_000)
    Contact.objects.bulk_create(contacts, 2_000)
    Listed.objects.bulk_create(
        (
            Listed(
                id=new_id(AT),
                establishment=oak,
                person=person,
                contact=contact,
                relation="friend",
                status="approved",
            )
            for person, contact in zip(people, contacts, strict=True)
        ),
        2_000,
    )
    return oak.id


def requests_for(world: World, day: str) -> list[UUID]:
    """Make a permitted request for a day of every person with their contact, and the day's slots."""
    from locutorio.store.context import inside
    from locutorio.store.slots import house_of, slot_row
    from locutorio.store.transaction import Command, Transaction

    on = date.fromisoformat(day)
    tx = Transaction(Command(new_id(AT), "", world.establishment, AT, {}))
    with inside(world.establishment):
        for slot in house_of(world.establishment).slots(on, on):
            slot_row(tx, slot)
    with psycopg.connect(world.unbound, autocommit=True) as session:
        made = session.execute(
            'INSERT INTO store_request (id, establishment_id, person_id, about, way, asked_at, "on", outcome,'
            " person_version, establishment_version, note, conditions)"
            " SELECT gen_random_uuid(), p.establishment_id, p.id, 'visit', 'page', %s, %s, 'permit',"
            " p.version, e.version, '', '' FROM store_person p"
            " JOIN store_establishment e ON e.id = p.establishment_id"
            " RETURNING id",
            (AT, on),
        ).fetchall()
        session.execute(
            "INSERT INTO store_member (id, establishment_id, request_id, contact_id, lap)"
            " SELECT gen_random_uuid(), r.establishment_id, r.id, l.contact_id, false FROM store_request r"
            ' JOIN store_listed l ON l.person_id = r.person_id WHERE r."on" = %s',
            (on,),
        )
        session.execute("VACUUM ANALYZE")
        session.execute("CHECKPOINT")
    return [row[0] for row in made]
