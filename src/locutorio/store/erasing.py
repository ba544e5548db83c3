"""Takes away all rows about somebody, and then the bytes that a database leaves behind of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import F, Q, QuerySet

from locutorio.kernel.faults import Fault
from locutorio.store import keys
from locutorio.store.context import at_door, of_account, within
from locutorio.store.log.tables import recorded
from locutorio.store.models import (
    Account,
    Booking,
    Contact,
    Erasure,
    Fact,
    Guardianship,
    Hold,
    Mail,
    Notice,
    Person,
    Request,
    Role,
    Service,
)
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

PERSON, CONTACT = "person", "contact"
_OWN = (Fact, Guardianship, Hold, Notice, Role, Service)
"""What a contact has of their own: it keeps nobody's file open."""


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """That all about somebody is to be erased, or was."""

    id: UUID
    whom: UUID
    kind: str
    rule: str
    ordered_at: datetime
    erased_at: datetime | None
    finished_at: datetime | None


@within
def erasures(at: UUID) -> list[ErasureRow]:
    """Give what was ordered or done, in the order in which it was ordered."""
    return rows(ErasureRow, Erasure.objects.filter(establishment=at).order_by("ordered_at", "id"))


@within
def leaving(at: UUID, days: int, now: datetime) -> list[UUID]:
    """Give the people who left so many days ago or more, and whose erasure is not ordered."""
    gone = Person.objects.filter(establishment=at, left_on__lte=(now - timedelta(days=days)).date())
    ordered = Erasure.objects.filter(establishment=at).values("whom")
    return [*gone.exclude(id__in=ordered).order_by("left_on", "id").values_list("id", flat=True)]


def order(tx: Transaction, whom: UUID, kind: str, rule: str) -> UUID:
    """Order that all about somebody is erased.

    Raises:
        Fault: it was ordered already.
    """
    found = Erasure.objects.filter(establishment=tx.establishment, whom=whom)
    if found.exists():
        raise Fault("this is to be erased already, or was", remedy="look at the list of what is erased")
    made = Erasure.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        whom=whom,
        kind=kind,
        rule=rule,
        ordered_at=tx.at,
    )
    return made.id


@within
def is_held(at: UUID, whom: UUID) -> bool:
    """Tell whether a legal hold forbids that anything about somebody is erased."""
    named = Q(person=whom) | Q(contact=whom)
    return Hold.objects.filter(named, establishment=at, ended_at=None).exists()


def erase_person(tx: Transaction, person: UUID) -> tuple[UUID, ...]:
    """Take away every row about a person; give the contacts who then stand in nobody's file."""
    known = {one for model in tables_about() for one in _contacts_beside(model, tx.establishment, person)}
    _erase(tx, {model: of_person(model, person) for model in tables_about()})
    return tuple(sorted(one for one in known if not files_with(tx.establishment, one)))


def erase_contact(tx: Transaction, contact: UUID) -> None:
    """Take away every row about a contact.

    Raises:
        Fault: they stand in the file of a person, which is kept.
    """
    if files_with(tx.establishment, contact):
        raise Fault(
            "this contact stands in the file of a person in custody, which is kept",
            why="what is known of a contact there is part of that file",
            remedy="it is erased with the last such file",
        )
    _erase(tx, {model: _of_contact(model, contact) for model in tables_about()})


def done(tx: Transaction, whom: UUID) -> None:
    """Say that the rows about somebody are gone."""
    Erasure.objects.filter(establishment=tx.establishment, whom=whom).update(erased_at=tx.at)


def finished(tx: Transaction, whom: UUID) -> None:
    """Say that nothing about somebody is left to be destroyed."""
    Erasure.objects.filter(establishment=tx.establishment, whom=whom).update(finished_at=tx.at)


def files_with(at: UUID, contact: UUID) -> bool:
    """Tell whether a contact stands in the file of anybody in custody."""
    for model in tables_about():
        among = _of_contact(model, contact)
        if among is None or model is Contact:
            continue
        if model in _OWN:
            named = [one.name for one in _to(model, Person)]
            among &= ~Q(**dict.fromkeys(named)) if named else Q(pk__in=[])
        if kept_here(model, at).filter(among).exists():
            return True
    return False


def destroy_keys(at: UUID, whom: UUID) -> int:
    """Destroy the keys to all that the log holds about somebody; give how many there were."""
    found = keys.known_pseudonyms(at, [whom])
    return sum(keys.destroy(at, subject) for subject in found.values())


def tables_about() -> Iterator[type[models.Model]]:
    """Give the tables in which somebody may stand."""
    for model in apps.get_app_config("store").get_models():
        if any(field.column == "establishment_id" for field in model._meta.concrete_fields):
            yield model


def kept_here(model: type[models.Model], at: UUID) -> QuerySet[Any]:
    """Give the rows of a table that are an establishment's."""
    return model._default_manager.filter(establishment=at)  # noqa: SLF001 - the manager's public name in Django


def _to(model: type[models.Model], other: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [one for one in model._meta.concrete_fields if one.related_model is other]


def _any(model: type[models.Model], to: dict[type[models.Model], Any]) -> Q | None:
    found = [Q(**{f"{one.name}__in": among}) for other, among in to.items() for one in _to(model, other)]
    if not found:
        return None
    said = found[0]
    for more in found[1:]:
        said |= more
    return said


def of_person(model: type[models.Model], person: UUID) -> Q | None:
    """Give which rows of a table are about a person; None for one in which nobody in custody can stand."""
    if model is Person:
        return Q(id=person)
    requests = Request.objects.filter(person=person).values("id")
    mails = Mail.objects.filter(person=person).values("id")
    told = Q(person=person) | Q(request__in=requests) | Q(mail__in=mails)
    said = _any(
        model,
        {
            Person: [person],
            Request: requests,
            Booking: Booking.objects.filter(person=person).values("id"),
            Mail: mails,
            Notice: Notice.objects.filter(told).values("id"),
        },
    )
    return told if model is Notice else said


def _of_contact(model: type[models.Model], contact: UUID) -> Q | None:
    return Q(id=contact) if model is Contact else _any(model, {Contact: [contact]})


def _contacts_beside(model: type[models.Model], at: UUID, person: UUID) -> set[UUID]:
    """Give the contacts who are named beside a person in a table."""
    among, named = of_person(model, person), _to(model, Contact)
    if among is None or not named:
        return set()
    found = kept_here(model, at).filter(among)
    return {one for column in named for one in found.values_list(column.attname, flat=True) if one}


def _erase(tx: Transaction, among: dict[type[models.Model], Q | None]) -> None:
    """Take away rows, those that name others before them; then accounts that are nobody's any more."""
    chosen = {model: said for model, said in among.items() if said is not None}
    roles = Role.objects.filter(chosen.get(Role, Q(pk__in=[])), establishment=tx.establishment)
    accounts = {*roles.values_list("account", flat=True)}
    after = {
        model: {other for other in chosen if other is not model and _to(other, model)} for model in chosen
    }
    if Request in after and Notice in chosen:
        after[Request].add(Notice)  # it names a request without a constraint
    for model in TopologicalSorter(after).static_order():
        kept_here(model, tx.establishment).filter(chosen[model]).delete()
    for account in sorted(accounts):
        with of_account(account), at_door():
            _begin_anew(account)
            _end_accounts(Account.objects.filter(id=account, roles=None))


def _begin_anew(account: UUID) -> None:
    """Let an account that is somebody else's too go on, without its sessions, tokens and what it was told.

    What the log knew of it goes with the key of who is erased: so it is told what there is now.
    """
    if not Account.objects.filter(id=account).exclude(roles=None).update(epoch=F("epoch") + 1):
        return
    for model in recorded().values():
        for column in _to(model, Account) if model is not Role else ():
            model._default_manager.filter(**{column.name: account}).delete()  # noqa: SLF001 - as above


def _end_accounts(left: QuerySet[Account]) -> None:
    """Take away accounts that are nobody's, and what showed who they were."""
    ids = [*left.values_list("id", flat=True)]
    there = {*connection.introspection.table_names()}
    for model in apps.get_models():
        for column in _to(model, Account) if model._meta.db_table in there else ():
            model._default_manager.filter(**{f"{column.name}__in": ids}).delete()  # noqa: SLF001 - as above
    Account.objects.filter(id__in=ids)._raw_delete(using=DEFAULT_DB_ALIAS)  # noqa: SLF001 - others are gone
