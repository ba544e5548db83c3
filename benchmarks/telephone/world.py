"""An invented jail whose people call: many people, each with one approved number, and telephones."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

PEOPLE, TELEPHONES = 400, 50
PIN, CODE, REALM = "4071866203", "oak", "locutorio"
AT = datetime(2026, 11, 2, tzinfo=UTC)


def dialled(number: int) -> str:
    """Give what one person dials: their number, their PIN, and whom they call."""
    return f"{10_000 + number}*{PIN}*{_called(number)}"


def _called(number: int) -> str:
    return f"+1202555{number:04d}"


def open_world(database: Path) -> None:
    """Make the jail in a file: tables, keys, people. All PINs are kept alike, as if shown before."""
    from locutorio.store.start import migrate, start

    start(str(database))
    migrate()
    _fill(_house())


def _house() -> UUID:
    from locutorio.store.identifiers import new_id
    from locutorio.store.models import Establishment, Fact

    house = Establishment.objects.create(
        id=new_id(AT),
        code=CODE,
        name="Oak",
        zone="America/New_York",
        law="arcadia",
        schedule="",
        factor_needed=False,
    )
    facts = {
        "arcadia.closed_house": "no",
        "arcadia.worked_here": "no",
        "arcadia.telephone_works": "yes",
        "arcadia.recording_told": "no",
    }
    for path, value in facts.items():
        Fact.objects.create(id=new_id(AT), establishment=house, path=path, value=value, known_at=AT)
    return house.id


def _fill(house: UUID) -> None:
    from locutorio.store import accounts
    from locutorio.store.identifiers import new_id
    from locutorio.store.models import Account, ApprovedNumber, Contact, Listed, Person, Role, Telephone

    kept = accounts.hashed(PIN)
    for number in range(PEOPLE):
        person = Person.objects.create(
            id=new_id(AT), establishment_id=house, number=str(10_000 + number), surname="A", forenames="B"
        )
        contact = Contact.objects.create(id=new_id(AT), establishment_id=house, surname="C", forenames="D")
        Listed.objects.create(
            id=new_id(AT),
            establishment_id=house,
            person=person,
            contact=contact,
            relation="friend",
            status="approved",
        )
        ApprovedNumber.objects.create(
            id=new_id(AT),
            establishment_id=house,
            person=person,
            contact=contact,
            number=_called(number),
            kind="mobile",
            status="approved",
        )
        account = Account.objects.create(id=new_id(AT), name=f"p{number}", pin=kept)
        Role.objects.create(
            id=new_id(AT), establishment_id=house, account=account, role="person", person=person
        )
    for number in range(TELEPHONES):
        Telephone.objects.create(id=new_id(AT), establishment_id=house, name=f"t{number}", ha1="0" * 32)


if __name__ == "__main__":
    open_world(Path(sys.argv[1]))
