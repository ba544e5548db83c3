"""The plainest change there can be: a count goes up, and a fact is added that holds the count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from locutorio.store.models import Entry, Establishment, Fact, Person
from locutorio.store.transaction import Command, Sent, Transaction
from tests.beside import beside
from tests.entries import entries as told

AT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
PLACE, PERSON = UUID(int=1), UUID(int=2)
Answer = Mapping[str, Any]
Work = Callable[[Transaction], Answer]


def founded() -> None:
    """Make an establishment with one person."""
    oak = Establishment.objects.create(
        id=PLACE, code="oak", name="Oak", zone="UTC", law="arcadia", schedule=""
    )
    Person.objects.create(id=PERSON, establishment=oak, number="1", surname="Ash", forenames="Rowan")


def identifier(name: str) -> UUID:
    """Give the identifier of a command: the same name is the same command."""
    return uuid5(PLACE, name)


def change(name: str, value: str = "1") -> tuple[Command, Work]:
    """Give a command and its work: two rows are changed or made, and the answer names both."""
    arguments = {"value": value}
    return Sent(identifier(name), PLACE, AT).command("count_up", arguments, person=PERSON), counted_up


def counted_up(tx: Transaction) -> Answer:
    """Count up, and keep the count in a fact whose source is the command."""
    with beside().cursor() as cursor:
        key = PERSON.hex if connection.vendor == "sqlite" else PERSON
        cursor.execute("UPDATE store_person SET version = version + 1 WHERE id = %s RETURNING version", [key])
        (count,) = cursor.fetchone()
    Fact.objects.create(
        id=tx.new_id(),
        establishment_id=PLACE,
        person_id=PERSON,
        path="count",
        value=str(count),
        known_at=tx.at,
        source=str(tx.command.id),
    )
    tx.noted["count"] = count
    return {"count": count}


def count() -> int:
    """Give how often it was counted up."""
    return Person.objects.get(id=PERSON).version


def held() -> dict[str, int]:
    """Give the count of each command that was carried out, and see that none is half there.

    Every entry has its one fact, every fact its entry, and the counts are 1, 2, 3 and so on without a gap.
    """
    entries = {str(one.command): int(one.answer["count"]) for one in told()}
    facts = {one.source: int(one.value) for one in Fact.objects.all()}
    assert Fact.objects.count() == len(facts) == Entry.objects.count() == len(entries), "one is there twice"
    assert facts == entries, "a change is there in part"
    assert sorted(entries.values()) == list(range(1, count() + 1)), "a change is there in part"
    return entries
