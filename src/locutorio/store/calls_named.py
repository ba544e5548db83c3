"""Calls as people look at them: with the names of the two, and what was decided; of a day, of a contact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery

from locutorio.arrangements.call_course import ANSWERED, UNDER_WAY
from locutorio.store import people
from locutorio.store.calls import SHOWN_MAX, CallRow
from locutorio.store.context import within
from locutorio.store.models import (
    ApprovedNumber,
    Call,
    CallDecision,
    Listed,
    Person,
    PrivilegedNumber,
    Recording,
)
from locutorio.store.people import APPROVED, PersonRow, rows

SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class CallNamed:
    """A call with whom it is between: names and the person's register number, empty where not known.

    ``citations`` are where the law says why it was permitted or refused, as of its last decision.
    """

    row: CallRow
    person: str
    number: str
    contact: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """People who had no call for some time; ``more`` are left out."""

    persons: tuple[PersonRow, ...]
    more: int


@within
def begun_between(at: UUID, first: datetime, after: datetime) -> list[CallRow]:
    """Give the calls that began in a stretch of time and are not under way, the latest first."""
    found = Call.objects.filter(establishment=at, started_at__gte=first, started_at__lt=after)
    over = found.exclude(disposition=UNDER_WAY)
    return rows(CallRow, over.order_by("-started_at", "-id")[:SHOWN_MAX])


@within
def calls_with_any(at: UUID, contacts: Iterable[UUID]) -> list[CallRow]:
    """Give the latest calls to any of some contacts, the latest first."""
    found = Call.objects.filter(establishment=at, contact__in=[*contacts])
    return rows(CallRow, found.order_by("-started_at", "-id")[:SHOWN_MAX])


@within
def silent_since(at: UUID, since: datetime, today: date, most: int) -> Silent:
    """Give who has an approved number and had no call since a moment, who had none for longest first.

    Calls with those who are on the list as counsel or an office are none of these.
    """
    mine = ApprovedNumber.objects.filter(establishment=at, person=OuterRef("id"), status=APPROVED)
    of_list = Listed.objects.filter(establishment=at, person=OuterRef("person"), contact=OuterRef("contact"))
    had = Call.objects.filter(establishment=at, person=OuterRef("id"), disposition=ANSWERED).exclude(
        Exists(of_list.exclude(role=SOCIAL))
    )
    here = Person.objects.filter(Q(left_on=None) | Q(left_on__gt=today), establishment=at)
    found = here.filter(Exists(mine)).annotate(
        last=Subquery(had.order_by("-started_at").values("started_at")[:1])
    )
    silent = found.filter(Q(last=None) | Q(last__lt=since)).order_by(F("last").asc(nulls_first=True), "id")
    return Silent(tuple(rows(PersonRow, silent[:most])), max(0, silent.count() - most))


@within
def recorded(at: UUID, calls: Iterable[UUID]) -> frozenset[UUID]:
    """Give those of some calls of which there is, or was, a recording."""
    found = Recording.objects.filter(establishment=at, call__in=[*calls])
    return frozenset(found.values_list("call", flat=True))


@within
def named(at: UUID, found: Iterable[CallRow]) -> list[CallNamed]:
    """Give calls with the names of the two whom each is between, and what they rest on."""
    items = [*found]
    persons = people.persons(at, {one.person for one in items if one.person})
    contacts = people.contacts(at, {one.contact for one in items if one.contact})
    known = _known_numbers(at, {one.called for one in items})
    cited = _citations(at, [one.id for one in items])
    return [
        CallNamed(
            one,
            persons[one.person].name if one.person in persons else "",
            persons[one.person].number if one.person in persons else "",
            contacts[one.contact].name if one.contact in contacts else known.get(one.called, ""),
            cited.get(one.id, ()),
        )
        for one in items
    ]


def _known_numbers(at: UUID, numbers: Iterable[str]) -> dict[str, str]:
    """Give the names under which numbers stand that are nobody's on a list: a court, a free line."""
    wanted = [*numbers]
    everybodys = ApprovedNumber.objects.filter(establishment=at, person=None, number__in=wanted)
    registered = PrivilegedNumber.objects.filter(establishment=at, number__in=wanted, ended_at=None)
    return {
        **dict(everybodys.values_list("number", "owner")),
        **dict(registered.values_list("number", "name")),
    }


def _citations(at: UUID, calls: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    found = CallDecision.objects.filter(establishment=at, call__in=[*calls]).order_by("decided_at", "id")
    return {
        call: tuple(dict.fromkeys(reason["citation"] for reason in document["decision"]["reasons"]))
        for call, document in found.values_list("call", "document")
    }
