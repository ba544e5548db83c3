"""A small invented establishment: Oak County Jail, three people held, those who visit them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.identifiers import new_id
from locutorio.store.models import Contact, Establishment, Fact, Guardianship, Listed, Person
from locutorio.store.transaction import Sent

FOUNDED = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
ZONE, LAW = "America/New_York", "arcadia"
ARCADIAN = {"arcadia.closed_house": "no", "arcadia.worked_here": "no"}  # what the law of Arcadia also asks


@dataclass(frozen=True)
class Oak:
    """Identifiers by name. ``people`` and ``contacts`` are keyed by forename, in lower case."""

    id: UUID
    people: dict[str, UUID]
    contacts: dict[str, UUID]

    def sent(self, name: str, at: datetime = FOUNDED, by: Actor = PROGRAM) -> Sent:
        """Give what a door says of a change: the same name is the same change."""
        return Sent(uuid5(self.id, name), self.id, at, by)


def founded(schedule: str = "", *, law: str = LAW, at: datetime = FOUNDED) -> Oak:
    """Make the establishment in the database that is used now: two adults on each list, and a child."""
    oak = Establishment.objects.create(
        id=new_id(at),
        code="oak",
        name="Oak County Jail",
        zone=ZONE,
        law=law,
        schedule=schedule,
        factor_needed=False,
    )
    people = {
        "rowan": _person(oak, at, "1001", "Ash", "Rowan", unit="A-1-001"),
        "linden": _person(oak, at, "1002", "Birch", "Linden", unit="A-1-002", language="es"),
        "hazel": _person(oak, at, "1003", "Cedar", "Hazel", unit="B-2-001", sex="female"),
    }
    contacts = {
        "alder": _contact(oak, at, "Ash", "Alder", date(1980, 3, 9)),
        "willow": _contact(oak, at, "Ash", "Willow", date(2016, 5, 21)),
        "laurel": _contact(oak, at, "Birch", "Laurel", date(1991, 1, 30), language="es"),
        "myrtle": _contact(oak, at, "Birch", "Myrtle", date(1962, 8, 2)),
        "holly": _contact(oak, at, "Cedar", "Holly", date(1985, 12, 24)),
    }
    for person, contact, relation in (
        ("rowan", "alder", "sibling"),
        ("rowan", "willow", "child"),
        ("rowan", "holly", "friend"),
        ("linden", "laurel", "spouse"),
        ("linden", "myrtle", "parent"),
        ("hazel", "holly", "sibling"),
        ("hazel", "alder", "friend"),
    ):
        Listed.objects.create(
            id=new_id(at),
            establishment=oak,
            person_id=people[person],
            contact_id=contacts[contact],
            relation=relation,
            status="approved",
            since=date(2026, 10, 1),
        )
    Guardianship.objects.create(
        id=new_id(at), establishment=oak, adult_id=contacts["alder"], child_id=contacts["willow"]
    )
    for path, value in ARCADIAN.items():
        Fact.objects.create(id=new_id(at), establishment=oak, path=path, value=value, known_at=at)
    return Oak(oak.id, people, contacts)


def _person(oak: Establishment, at: datetime, number: str, surname: str, forenames: str, **more: Any) -> UUID:
    return Person.objects.create(
        id=new_id(at),
        establishment=oak,
        number=number,
        surname=surname,
        forenames=forenames,
        born_on=date(1990, 1, 1),
        held_since=at,
        **more,
    ).id


def _contact(
    oak: Establishment, at: datetime, surname: str, forenames: str, born_on: date, language: str = "en"
) -> UUID:
    return Contact.objects.create(
        id=new_id(at),
        establishment=oak,
        surname=surname,
        forenames=forenames,
        born_on=born_on,
        language=language,
    ).id
