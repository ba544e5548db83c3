"""Items of mail as they were logged, decided and dealt with, and what of them counts as used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import Contact, Mail, Person
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

INCOMING, OUTGOING = "incoming", "outgoing"
WAITING, IN_REVIEW, STOPPED, REJECTED = "waiting", "in_review", "stopped", "rejected"
HANDED_OVER, SENT_OUT, SENT_ON, GIVEN_BACK = "handed_over", "sent_out", "sent_on", "given_back"
OPEN = (WAITING, IN_REVIEW)
LET_THROUGH = (HANDED_OVER, SENT_OUT)
SHOWN_MAX = 500
_COUNTED = (*OPEN, *LET_THROUGH)


@dataclass(frozen=True, slots=True)
class MailRow:
    """One item of mail, as its table has it; see `Mail` for what each column says."""

    id: UUID
    person: UUID
    contact: UUID
    direction: str
    on: date
    logged_at: datetime
    facts: Mapping[str, str]
    decided_at: datetime
    standing: str = WAITING
    outcome: str = ""
    special: bool = False
    law: str = ""
    law_hash: str = ""
    case: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)
    reviewed_by: str = ""
    review_since: date | None = None
    review_until: date | None = None
    opened: str = ""
    ended_at: datetime | None = None
    ended_by: UUID | None = None
    ground: str = ""
    why: str = ""
    rejected_by: UUID | None = None
    appeal: str = ""
    appeal_why: str = ""
    appeal_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class MailUsed:
    """What of a week counts before an item: general letters each way, messages the same way, who else."""

    letters_out: int
    letters_in: int
    messages: int
    others: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class MailNamed:
    """One item, with the names of the two whom it is between."""

    row: MailRow
    person: str
    number: str
    contact: str


@within
def mail(at: UUID, id_: UUID) -> MailRow:
    """Give an item of mail of an establishment.

    Raises:
        Fault: there is none.
    """
    found = rows(MailRow, Mail.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault(f"there is no item of mail {id_} here", remedy="look it up again")
    return found[0]


@within
def mail_of(at: UUID, person: UUID) -> list[MailRow]:
    """Give the latest items of mail of a person, the latest first."""
    found = Mail.objects.filter(establishment=at, person=person)
    return rows(MailRow, found.order_by("-on", "-logged_at", "-id")[:SHOWN_MAX])


@within
def open_mail(at: UUID) -> list[MailRow]:
    """Give the items that wait for something, those that have waited longest first."""
    found = Mail.objects.filter(establishment=at, standing__in=OPEN)
    return rows(MailRow, found.order_by("on", "logged_at", "id")[:SHOWN_MAX])


@within
def named(at: UUID, found: Iterable[MailRow]) -> list[MailNamed]:
    """Give items with the names of the two whom each is between."""
    items = [*found]
    persons = _names(Person.objects.filter(establishment=at, id__in={one.person for one in items}))
    contacts = _names(Contact.objects.filter(establishment=at, id__in={one.contact for one in items}))
    return [MailNamed(one, *persons[one.person], contacts[one.contact][0]) for one in items]


@within
def used_before(at: UUID, one: MailRow, week: tuple[date, date]) -> MailUsed:
    """Give what counts before an item in the week of its day, from its first day to, not including, the next.

    Special mail does not count; nor does what was stopped, rejected or given back.
    """
    first, after = week
    others = Mail.objects.filter(
        establishment=at,
        person=one.person,
        on__gte=first,
        on__lt=after,
        special=False,
        standing__in=_COUNTED,
    ).exclude(id=one.id)
    letters_out = letters_in = messages = 0
    between = set()
    for contact, direction, facts, on, logged_at in others.values_list(
        "contact", "direction", "facts", "on", "logged_at"
    ):
        if (on, logged_at) > (one.on, one.logged_at):
            continue
        between.add(contact)
        if facts.get("letter.electronic") == "yes":
            messages += direction == one.direction
        elif direction == OUTGOING:
            letters_out += 1
        else:
            letters_in += 1
    return MailUsed(letters_out, letters_in, messages, frozenset(between - {one.contact}))


def keep(tx: Transaction, one: MailRow) -> None:
    """Keep a new item."""
    Mail.objects.create(
        establishment_id=tx.establishment, person_id=one.person, contact_id=one.contact, **_columns(one)
    )


def change(tx: Transaction, one: MailRow) -> None:
    """Keep what became of an item. Its person is held by the caller."""
    columns = _columns(one)
    Mail.objects.filter(establishment=tx.establishment, id=columns.pop("id")).update(**columns)


def _columns(one: MailRow) -> dict[str, Any]:
    names = MailRow.__dataclass_fields__
    plain = {name: getattr(one, name) for name in names if name not in ("person", "contact")}
    return plain | {"facts": dict(one.facts), "document": dict(one.document)}


def _names(found: Any) -> dict[UUID, tuple[str, str]]:
    return {
        id_: (f"{forenames} {surname}".strip(), number)
        for id_, forenames, surname, number in found.values_list("id", "forenames", "surname", "number")
    }
