"""Rows that actions wait at, always in one order: establishment, people, contacts, each sorted.

A booking holds no row while it looks: it writes only if nobody held its person since (`store/at_once.py`), or
holds the person first. So whatever changes what may be booked for a person holds that person, and whatever
changes it for everybody holds everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from locutorio.kernel.faults import Fault
from locutorio.store.models import Contact, Establishment, Person
from locutorio.store.transaction import Transaction


def hold_establishment(tx: Transaction) -> int:
    """Hold the establishment and everybody in it, as of what it goes by changed; give its version.

    Bookings under way are waited for and can then be seen; those that come wait, and look again.
    """
    held = Establishment.objects.filter(id=tx.establishment)
    if not held.update(version=F("version") + 1):
        raise Fault(f"there is no establishment {tx.establishment}", remedy="open it first")
    people = Person.objects.filter(establishment=tx.establishment)
    _in_order(people)
    people.update(version=F("version") + 1)
    return held.values_list("version", flat=True).get()


def share_establishment(tx: Transaction) -> None:
    """Wait until nobody holds the establishment, and let nobody until the end: for somebody new in it."""
    _in_order(Establishment.objects.filter(id=tx.establishment))


def hold_person(tx: Transaction, *ids: UUID) -> dict[UUID, int]:
    """Hold people, as of whom something changes that decisions rest on; give their versions.

    Raises:
        Fault: one of them is not of this establishment.
    """
    versions = {}
    for id_ in sorted(set(ids)):
        held = Person.objects.filter(establishment=tx.establishment, id=id_)
        if not held.update(version=F("version") + 1):
            raise Fault(f"there is no person {id_} here", remedy="look the person up again")
        versions[id_] = held.values_list("version", flat=True).get()
    return versions


def hold_contacts(tx: Transaction, ids: Iterable[UUID]) -> None:
    """Hold contacts, of whom something is counted; people are held before."""
    for id_ in sorted(set(ids)):
        Contact.objects.filter(establishment=tx.establishment, id=id_).update(version=F("version") + 1)


def share_contacts(tx: Transaction, ids: Iterable[UUID]) -> None:
    """Wait until nobody changes what is known of some contacts, and let nobody until the end.

    For who comes to be with somebody they were not with before: a change about a contact looks for everybody
    they are with, and then finds them.
    """
    _in_order(Contact.objects.filter(establishment=tx.establishment, id__in=[*ids]))


def _in_order(rows: QuerySet[Any]) -> None:
    """Wait at rows in the order of their identifiers."""
    for _ in rows.order_by("id").select_for_update().values_list("id"):
        pass
