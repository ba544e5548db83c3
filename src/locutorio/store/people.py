"""Who is held and who is outside: their rows, who is on whose list, who answers for a child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet

from locutorio.kernel.faults import Fault
from locutorio.store.context import listing, within
from locutorio.store.models import ApprovedNumber, Contact, Establishment, Guardianship, Listed, Person
from locutorio.store.transaction import Transaction

FOUND_MAX = 100
ASKED, APPROVED, DENIED, REMOVED = "asked", "approved", "denied", "removed"
BLOCKED, ENDED = "blocked", "ended"
NUMBERS = (ASKED, APPROVED, DENIED, BLOCKED, ENDED)
LISTINGS = (ASKED, APPROVED, DENIED, REMOVED)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class EstablishmentRow:
    """A place of custody: its time zone, the pack of law it goes by, its schedule as text."""

    id: UUID
    code: str
    name: str
    zone: str
    law: str
    schedule: str
    version: int
    telephony: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Someone held; empty text and None are "not known"."""

    id: UUID
    number: str
    surname: str
    forenames: str
    born_on: date | None
    sex: str
    unit: str
    custody_level: str
    incentive: str
    legal_status: str
    statuses: list[str]
    language: str
    nationality: str
    held_since: datetime | None
    release_on: date | None
    left_on: date | None
    version: int

    @property
    def name(self) -> str:
        """The name as it is read."""
        return f"{self.forenames} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Someone outside."""

    id: UUID
    number: str
    surname: str
    forenames: str
    born_on: date | None
    language: str
    phone: str
    email: str
    version: int

    @property
    def name(self) -> str:
        """The name as it is read."""
        return f"{self.forenames} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A contact on a person's list: status is asked, approved, denied or removed."""

    id: UUID
    person: UUID
    contact: UUID
    role: str
    relation: str
    status: str
    since: date | None
    until: date | None
    ground: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A telephone number of a person's list, or of everybody where there is no person.

    ``status`` is asked, approved, denied, blocked or ended.
    """

    id: UUID
    person: UUID | None
    contact: UUID | None
    number: str
    kind: str
    record: str
    owner: str
    relation: str
    status: str
    since: date | None
    until: date | None


def rows(shape: type[Row], found: QuerySet[Any]) -> list[Row]:
    """Give what was found as values of a shape, whose fields are named as the columns are."""
    names = [field.name for field in fields(shape)]  # type: ignore[arg-type]
    return [shape(**values) for values in found.values(*names)]


@within
def establishment(id_: UUID) -> EstablishmentRow:
    """Give an establishment.

    Raises:
        Fault: there is none.
    """
    return _one(EstablishmentRow, Establishment.objects.filter(id=id_), f"establishment {id_}")


def establishments() -> list[UUID]:
    """Give every establishment."""
    with listing():
        return [*Establishment.objects.order_by("id").values_list("id", flat=True)]


def establishment_of(code: str) -> EstablishmentRow | None:
    """Give the establishment of a code, if there is one."""
    with listing():
        found = rows(EstablishmentRow, Establishment.objects.filter(code=code))
    return found[0] if found else None


@within
def person(at: UUID, id_: UUID) -> PersonRow:
    """Give a person of an establishment.

    Raises:
        Fault: there is none.
    """
    return _one(PersonRow, Person.objects.filter(establishment=at, id=id_), f"person {id_} here")


@within
def person_of(at: UUID, number: str) -> PersonRow | None:
    """Give the person of a register number, if there is one."""
    found = rows(PersonRow, Person.objects.filter(establishment=at, number=number))
    return found[0] if found else None


@within
def persons(at: UUID, ids: Iterable[UUID]) -> dict[UUID, PersonRow]:
    """Give people by their identifiers; those that are not here are left out."""
    return {row.id: row for row in rows(PersonRow, Person.objects.filter(establishment=at, id__in=[*ids]))}


@within
def persons_left(at: UUID, most: int) -> list[PersonRow]:
    """Give the people who are noted to leave, whoever left first before the others; so many at most."""
    found = Person.objects.filter(establishment=at, left_on__isnull=False).order_by("left_on", "id")
    return rows(PersonRow, found[:most])


@within
def contact(at: UUID, id_: UUID) -> ContactRow:
    """Give a contact of an establishment.

    Raises:
        Fault: there is none.
    """
    return _one(ContactRow, Contact.objects.filter(establishment=at, id=id_), f"contact {id_} here")


@within
def contact_of(at: UUID, number: str) -> ContactRow | None:
    """Give the contact of a number, if there is one."""
    found = rows(ContactRow, Contact.objects.filter(establishment=at, number=number))
    return found[0] if found else None


@within
def contacts(at: UUID, ids: Iterable[UUID]) -> dict[UUID, ContactRow]:
    """Give contacts by their identifiers; those that are not here are left out."""
    return {row.id: row for row in rows(ContactRow, Contact.objects.filter(establishment=at, id__in=[*ids]))}


@within
def persons_found(at: UUID, text: str) -> list[PersonRow]:
    """Give the people whose number or name begins with a text, by surname; at most FOUND_MAX."""
    return rows(PersonRow, _found(Person.objects.filter(establishment=at), text))


@within
def contacts_found(at: UUID, text: str) -> list[ContactRow]:
    """Give the contacts whose number or name begins with a text, by surname; at most FOUND_MAX."""
    return rows(ContactRow, _found(Contact.objects.filter(establishment=at), text))


@within
def listed_of(at: UUID, person: UUID) -> list[ListedRow]:
    """Give the list of a person, in the order in which it was made."""
    return rows(ListedRow, Listed.objects.filter(establishment=at, person=person).order_by("id"))


@within
def lists_with(at: UUID, contact: UUID) -> list[ListedRow]:
    """Give the places that a contact has on lists."""
    return rows(ListedRow, Listed.objects.filter(establishment=at, contact=contact).order_by("id"))


@within
def guardians_of(at: UUID, child: UUID) -> list[UUID]:
    """Give the adults who answer for a child."""
    found = Guardianship.objects.filter(establishment=at, child=child).order_by("id")
    return [*found.values_list("adult", flat=True)]


@within
def children_of(at: UUID, adult: UUID) -> list[UUID]:
    """Give the children for whom an adult answers."""
    found = Guardianship.objects.filter(establishment=at, adult=adult).order_by("id")
    return [*found.values_list("child", flat=True)]


@within
def numbers_of(at: UUID, person: UUID) -> list[NumberRow]:
    """Give the telephone numbers of a person, and those that are said of everybody."""
    mine = Q(person=person) | Q(person=None)
    return rows(NumberRow, ApprovedNumber.objects.filter(mine, establishment=at).order_by("id"))


def open_establishment(tx: Transaction, columns: Mapping[str, Any]) -> None:
    """Add an establishment under the identifier of the command."""
    Establishment.objects.create(id=tx.establishment, **columns)


def change_establishment(tx: Transaction, columns: Mapping[str, Any]) -> None:
    """Change what an establishment goes by. Its version is held by the caller."""
    Establishment.objects.filter(id=tx.establishment).update(**columns)


def keep_person(tx: Transaction, id_: UUID, columns: Mapping[str, Any]) -> bool:
    """Add a person, or correct one; tell whether anything is other than before."""
    return _keep(tx, Person, {"id": id_}, columns)


def keep_contact(tx: Transaction, id_: UUID, columns: Mapping[str, Any]) -> bool:
    """Add a contact, or correct one; tell whether anything is other than before.

    A correction reaches every person who lists the contact: the caller holds them.
    """
    changed = _keep(tx, Contact, {"id": id_}, columns)
    if changed:
        Contact.objects.filter(id=id_).update(version=F("version") + 1)
    return changed


def keep_listed(tx: Transaction, person: UUID, contact: UUID, columns: Mapping[str, Any]) -> bool:
    """Put a contact on a person's list, or change the place; tell whether anything is other than before."""
    return _keep(tx, Listed, {"person_id": person, "contact_id": contact}, columns)


def keep_guardian(tx: Transaction, adult: UUID, child: UUID, columns: Mapping[str, Any]) -> bool:
    """Say that an adult answers for a child; tell whether anything is other than before."""
    return _keep(tx, Guardianship, {"adult_id": adult, "child_id": child}, columns)


def keep_number(tx: Transaction, person: UUID | None, number: str, columns: Mapping[str, Any]) -> bool:
    """Put a telephone number on a person's list, or change it; tell whether anything is other than before.

    Without a person it is for everybody.
    """
    return _keep(tx, ApprovedNumber, {"person_id": person, "number": number}, columns)


def _keep(tx: Transaction, model: type[Model], key: Mapping[str, Any], columns: Mapping[str, Any]) -> bool:
    """Insert a row, or update what differs in the one that is there."""
    kept = model._default_manager  # noqa: SLF001 - the manager's public name in Django
    found = kept.filter(establishment=tx.establishment, **key)
    before = found.values(*columns).first()
    if before is None:
        kept.create(**{"id": tx.new_id(), **key}, establishment_id=tx.establishment, **columns)
        return True
    differing = {name: value for name, value in columns.items() if before[name] != value}
    if differing:
        found.update(**differing)
    return bool(differing)


def _one(shape: type[Row], found: QuerySet[Any], what: str) -> Row:
    one = rows(shape, found)
    if not one:
        raise Fault(f"there is no {what}", remedy="look it up again: it may be of another establishment")
    return one[0]


def _found(among: QuerySet[Any], text: str) -> QuerySet[Any]:
    words = text.split()
    for word in words:
        among = among.filter(
            Q(number__istartswith=word) | Q(surname__istartswith=word) | Q(forenames__istartswith=word)
        )
    return among.order_by("surname", "forenames", "id")[:FOUND_MAX]
