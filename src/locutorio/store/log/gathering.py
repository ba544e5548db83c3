"""Sorts what waits for a log into transactions, and each transaction's changes by whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from locutorio.store.context import within
from locutorio.store.log.tables import ACCOUNT, plain_row, recorded, subject_of, through
from locutorio.store.models import Booking, Pending, Request, Role
from locutorio.store.statements import database_kind

BEGIN, CHANGE, ENTRY = "begin", "change", "entry"
_PERSONS: dict[str, type[Request | Booking]] = {"store_request": Request, "store_booking": Booking}

Change = dict[str, Any]
"""``table``, ``op`` (insert, update, delete), ``row`` (for a delete, the columns that name it) and ``n``, its
place among the changes of its transaction."""


class Whose(NamedTuple):
    """Whose a part is: a person's or a contact's, None for the establishment's own.

    A ``notice`` that was made is a part of its own, so that whoever may read it can be given it alone.
    """

    subject: UUID | None = None
    notice: UUID | None = None


@dataclass(slots=True)
class Gathered:
    """One transaction that was kept: its entry, or none where something was changed without one.

    ``rows`` are the numbers of all that it wrote here; ``parts`` its changes by whose rows they are.
    """

    transaction: str
    rows: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    establishment: UUID | None = None
    entry: UUID | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    parts: dict[Whose, list[Change]] = field(default_factory=dict)


@within
def gathered(establishment: UUID, most: int | None = None) -> list[Gathered]:
    """Give the transactions of an establishment that wait, oldest first, each whole: all, or the next few.

    What was changed without an entry is among them; of no establishment, it is everybody's.
    """
    entries = Pending.objects.filter(establishment=establishment, kind=ENTRY).order_by("id")
    last = entries.values_list("id", flat=True)[most - 1 : most].first() if most else None
    waiting = Pending.objects.order_by("id")
    if database_kind() == "postgresql":
        waiting = waiting.filter(Q(establishment=establishment) | Q(establishment=None))
    if last is not None:
        waiting = waiting.filter(id__lte=last)
    found = _by_transaction(
        waiting.values_list("id", "kind", "transaction", "entry", "establishment", "body")
    )
    found = [one for one in _without_later(found) if one.establishment in {establishment, None}]
    _sort_by_subject(establishment, found)
    return found


def _by_transaction(rows: Iterable[tuple[Any, ...]]) -> list[Gathered]:
    """Give transactions in the order of their last rows."""
    open_: dict[str, Gathered] = {}
    found = []
    for id_, kind, transaction, entry, establishment, body in rows:
        if kind == BEGIN and transaction in open_:
            found.append(open_.pop(transaction))
        one = open_.setdefault(transaction, Gathered(transaction))
        one.rows.append(id_)
        one.establishment = establishment or one.establishment
        if kind == CHANGE:
            one.changes.append({**body, "n": len(one.changes)})
        elif kind == ENTRY:
            one.entry, one.body = entry, body
            found.append(open_.pop(transaction))
    return sorted([*found, *open_.values()], key=lambda one: one.rows[-1])


def _without_later(found: list[Gathered]) -> list[Gathered]:
    """Leave out changes whose entry stands further on, or is of another establishment."""
    loose = {one.transaction for one in found if one.entry is None and one.transaction}
    if not loose:
        return found
    claimed = {
        *Pending.objects.filter(kind=ENTRY, transaction__in=loose).values_list("transaction", flat=True)
    }
    return [one for one in found if one.entry is not None or one.transaction not in claimed]


def _sort_by_subject(establishment: UUID, found: list[Gathered]) -> None:
    tables = recorded()
    as_text = database_kind() == "sqlite"
    for one in found:
        for change in one.changes:
            if change["table"] in tables:
                change["row"] = plain_row(tables[change["table"]], change["row"], json_as_text=as_text)
    beyond = {
        named for one in found for change in one.changes if (named := through(change["table"], change["row"]))
    }
    persons = {(ACCOUNT, id_): whom for id_, whom in _holders(establishment, beyond)}
    for table, model in _PERSONS.items():
        ids = [id_ for name, id_ in beyond if name == table]
        for id_, person in model.objects.filter(id__in=ids).values_list("id", "person"):
            persons[table, id_] = person
    for one in found:
        for change in one.changes:
            subject = subject_of(change["table"], change["row"], persons)
            made = (change["table"], change["op"]) == ("store_notice", "insert")
            whose = Whose(subject, UUID(change["row"]["id"]) if made else None)
            one.parts.setdefault(whose, []).append(change)


def _holders(establishment: UUID, named: Iterable[tuple[str, UUID]]) -> Iterator[tuple[UUID, UUID]]:
    """Give the accounts that are a person's or a contact's, and whose; an account of staff is nobody's."""
    ids = [id_ for table, id_ in named if table == ACCOUNT]
    roles = Role.objects.filter(establishment=establishment, account__in=ids).order_by("-id")
    theirs = roles.exclude(person=None, contact=None).annotate(whom=Coalesce("person", "contact"))
    yield from theirs.values_list("account", "whom")
