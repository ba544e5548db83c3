"""What was asked, who would come, and every decision on it with the case it was made on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.knowledge import PartyMember
from locutorio.store.models import Decided, Member, Request
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

NON_CONTACT = "non_contact"
CAUSES = ("request", "booking", "change", "replay", "gate")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request with its party. The versions are those that its last decision was made at.

    ``conditions`` are those of the last that permitted it: sorted words, with a space between.
    """

    id: UUID
    person: UUID
    about: str
    way: str
    by: UUID | None
    asked_at: datetime
    on: date
    outcome: str
    person_version: int
    establishment_version: int
    note: str
    conditions: str = ""
    party: tuple[PartyMember, ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One decision: the case file it was made on, and the whole answer as a document."""

    id: UUID
    request: UUID
    contact: UUID
    cause: str
    outcome: str
    on: date
    decided_at: datetime
    law: str
    law_hash: str
    case: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Versions:
    """How often what a decision rests on was changed."""

    person: int
    establishment: int


_COLUMNS = ("id", "person", "about", "way", "by", "asked_at", "on", "outcome", "person_version")
_ALL = (*_COLUMNS, "establishment_version", "note", "conditions")


def no_contact(conditions: str) -> bool:
    """Tell whether a visit on some conditions needs a place without physical contact."""
    return NON_CONTACT in conditions.split()


@within
def request(at: UUID, id_: UUID) -> RequestRow:
    """Give a request of an establishment.

    Raises:
        Fault: there is none.
    """
    found = Request.objects.filter(establishment=at, id=id_).values(*_ALL).first()
    if found is None:
        raise Fault(f"there is no request {id_} here", remedy="look it up again")
    return RequestRow(**found, party=party_of(at, [id_]).get(id_, ()))


@within
def requests_of(at: UUID, person: UUID) -> list[RequestRow]:
    """Give the requests for one person, the latest first."""
    found = [
        *Request.objects.filter(establishment=at, person=person).order_by("-asked_at", "-id").values(*_ALL)
    ]
    parties = party_of(at, [values["id"] for values in found])
    return [RequestRow(**values, party=parties.get(values["id"], ())) for values in found]


@within
def requests_with(at: UUID, contacts: Iterable[UUID]) -> list[RequestRow]:
    """Give the requests in whose party one of these comes, the latest first."""
    mine = Member.objects.filter(establishment=at, contact__in=[*contacts]).values("request")
    found = [*Request.objects.filter(id__in=mine).order_by("-asked_at", "-id").values(*_ALL)]
    parties = party_of(at, [values["id"] for values in found])
    return [RequestRow(**values, party=parties.get(values["id"], ())) for values in found]


@within
def party_of(at: UUID, requests: Sequence[UUID]) -> dict[UUID, tuple[PartyMember, ...]]:
    """Give who comes, by request, always in the same order."""
    members = Member.objects.filter(establishment=at, request__in=requests).order_by("id")
    found: dict[UUID, tuple[PartyMember, ...]] = {}
    for request_, contact, lap in members.values_list("request", "contact", "lap"):
        found[request_] = (*found.get(request_, ()), PartyMember(contact, lap))
    return found


@within
def decided_of(at: UUID, request: UUID) -> list[DecidedRow]:
    """Give every decision on a request, in the order in which they were made."""
    found = Decided.objects.filter(establishment=at, request=request)
    return rows(DecidedRow, found.order_by("decided_at", "id"))


@within
def decided_about(
    at: UUID, person: UUID, contact: UUID | None, moment: datetime, *, since: bool, some: slice
) -> tuple[int, list[DecidedRow]]:
    """Count the decisions about a person made before a moment, and give some, in the order they were made.

    Args:
        at: the establishment.
        person: whom the requests were for.
        contact: only decisions about this one; None for everybody.
        moment: before it.
        since: those from that moment on instead.
        some: which of them are given.
    """
    found = Decided.objects.filter(establishment=at, request__person=person)
    found = found.filter(contact=contact) if contact is not None else found
    found = found.filter(decided_at__gte=moment) if since else found.filter(decided_at__lt=moment)
    return found.count(), rows(DecidedRow, found.order_by("decided_at", "id")[some])


def keep_request(tx: Transaction, kept: RequestRow) -> None:
    """Keep a new request and its party."""
    columns = {name: getattr(kept, name) for name in _ALL if name != "person"}
    Request.objects.create(establishment_id=tx.establishment, person_id=kept.person, **columns)
    keep_party(tx, kept.id, kept.party)


def keep_party(tx: Transaction, request: UUID, party: Sequence[PartyMember]) -> None:
    """Let these come, and nobody else."""
    Member.objects.filter(establishment=tx.establishment, request=request).delete()
    Member.objects.bulk_create(
        Member(
            id=tx.new_id(),
            establishment_id=tx.establishment,
            request_id=request,
            contact_id=member.contact,
            lap=member.lap,
        )
        for member in party
    )


def keep_outcome(
    tx: Transaction, request: UUID, outcome: str, on: date, versions: Versions, conditions: str | None
) -> None:
    """Say what the last decision on a request was, for which day, and what it rests on.

    ``conditions`` are those on which it permits it; None, where it does not, leaves the last ones.
    """
    permitted = {} if conditions is None else {"conditions": conditions}
    Request.objects.filter(establishment=tx.establishment, id=request).update(
        outcome=outcome,
        on=on,
        person_version=versions.person,
        establishment_version=versions.establishment,
        **permitted,
    )


def keep_decided(tx: Transaction, decided: Sequence[DecidedRow]) -> None:
    """Keep decisions."""
    Decided.objects.bulk_create(
        Decided(
            id=row.id,
            establishment_id=tx.establishment,
            request_id=row.request,
            contact_id=row.contact,
            cause=row.cause,
            outcome=row.outcome,
            on=row.on,
            decided_at=row.decided_at,
            law=row.law,
            law_hash=row.law_hash,
            case=row.case,
            document=dict(row.document),
        )
        for row in decided
    )
