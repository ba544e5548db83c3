"""Calls: from which telephone, by whom, to whom, on which plane, and what of them counts as used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.db.models import F, Q

from locutorio.arrangements.call_course import ANSWERED, LOST, UNDER_WAY
from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import Call, CallDecision, Recording, Telephone
from locutorio.store.people import EstablishmentRow, rows
from locutorio.store.statements import (
    Statement,
    as_value,
    id_in,
    inserted,
    map_in,
    moment_in,
    one_row,
    placed,
)
from locutorio.store.transaction import Transaction

PRIVATE, MONITORED = "private", "monitored"
POINT, STANDBY, ENGINE = "point", "standby", "engine"
NOBODY_LISTENS, STAFF_LISTEN, STAFF_RECORD = "none", "listen", "record"
SHOWN_MAX = 500
_KEYS = ("person", "contact", "telephone", "call")


@dataclass(frozen=True, slots=True)
class Settings:
    """How an establishment keeps its telephones.

    ``monitors`` is none, listen or record: what its staff do where the law lets them. ``minutes`` is the
    longest call it allows, 0 if it sets none. ``wait_minutes`` pass between two calls. ``recordings_days`` is
    how long a recording is kept; None: it sets no end, and nothing is recorded. ``region`` is the country
    from which numbers are dialled, by ISO 3166. ``make_up_days`` are those in which a call that was allowed
    and not made is made up; None: the governor says when.
    """

    monitors: str = NOBODY_LISTENS
    minutes: int = 0
    wait_minutes: int = 0
    recordings_days: int | None = None
    region: str = "US"
    make_up_days: int | None = None


@dataclass(frozen=True, slots=True)
class TelephoneRow:
    """A telephone of an establishment; see `Telephone`."""

    id: UUID
    establishment: UUID
    name: str
    wing: str
    ha1: str
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call, as its table has it; see `Call` for what each column says."""

    id: UUID
    started_at: datetime
    called: str
    disposition: str
    person: UUID | None = None
    contact: UUID | None = None
    telephone: UUID | None = None
    answered_at: datetime | None = None
    talk_from: datetime | None = None
    ended_at: datetime | None = None
    line: str = ""
    talk_seconds: int = 0
    returned_seconds: int = 0
    cause: str = ""
    plane: str = ""
    limit_seconds: int | None = None
    outcome: str = ""
    ending: str = ""
    ending_why: str = ""
    engine: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class CallDecisionRow:
    """What was decided of a call; see `CallDecision`."""

    id: UUID
    call: UUID
    person: UUID
    contact: UUID | None
    cause: str
    outcome: str
    on: date
    decided_at: datetime
    law: str
    law_hash: str
    case: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CallUsed:
    """What a call counts for: ``seconds`` talked, and whether it is a call of its week and month."""

    id: UUID
    on: date
    ended_at: datetime | None
    contact: UUID | None
    called: str
    seconds: int
    counts: bool


_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("id", "person", "contact", "telephone"), id_in),
    **dict.fromkeys(("started_at", "answered_at", "talk_from", "ended_at"), moment_in),
    "engine": map_in,
}
_COLUMNS_OF_CALL = [one.name for one in fields(CallRow)]
_NAMED = ", ".join(f'"{name}_id"' if name in _KEYS else f'"{name}"' for name in _COLUMNS_OF_CALL)
_CALL = f"SELECT {_NAMED} FROM store_call WHERE establishment_id = %s AND id = %s"  # noqa: S608 - names


def settings(house: EstablishmentRow) -> Settings:
    """Give how an establishment keeps its telephones; what it does not say is as in `Settings`."""
    known = {one.name for one in fields(Settings)}
    return Settings(**{name: value for name, value in house.telephony.items() if name in known})


@within
def telephone_of(at: UUID, name: str) -> TelephoneRow | None:
    """Give the telephone of a name that is in use."""
    found = rows(TelephoneRow, Telephone.objects.filter(establishment=at, name=name, stopped_at=None))
    return found[0] if found else None


@within
def telephones(at: UUID) -> list[TelephoneRow]:
    """Give the telephones in use, by name."""
    return rows(TelephoneRow, Telephone.objects.filter(establishment=at, stopped_at=None).order_by("name"))


def keep_telephone(tx: Transaction, name: str, wing: str, ha1: str) -> UUID:
    """Keep a new telephone.

    Raises:
        Fault: one of that name is in use.
    """
    try:
        made = Telephone.objects.create(
            id=tx.new_id(), establishment_id=tx.establishment, name=name, wing=wing, ha1=ha1
        )
    except IntegrityError as error:
        raise Fault(f'a telephone "{name}" is in use', remedy="give it another name") from error
    return made.id


def stop_telephone(tx: Transaction, name: str) -> bool:
    """End a telephone; tell whether there was one of the name."""
    mine = Telephone.objects.filter(establishment=tx.establishment, name=name, stopped_at=None)
    return mine.update(stopped_at=tx.at) > 0


def call(at: UUID, id_: UUID) -> CallRow | None:
    """Give a call, if there is one."""
    row = one_row(_CALL, [at, id_], of=at)
    if row is None:
        return None
    values = zip(_COLUMNS_OF_CALL, row, strict=True)
    return CallRow(**{name: _READ[name](value) if name in _READ else value for name, value in values})


def held(tx: Transaction, id_: UUID) -> CallRow | None:
    """Give a call, if there is one, and let nobody change it until the end."""
    mine = Call.objects.filter(establishment=tx.establishment, id=id_).select_for_update()
    found = rows(CallRow, mine)
    return found[0] if found else None


@within
def under_way(at: UUID) -> list[CallRow]:
    """Give the calls that are under way, the oldest first."""
    found = Call.objects.filter(establishment=at, disposition=UNDER_WAY)
    return rows(CallRow, found.order_by("started_at", "id"))


@within
def persons_in_calls(at: UUID) -> list[UUID]:
    """Give the people who have a call under way."""
    found = Call.objects.filter(establishment=at, disposition=UNDER_WAY, person__isnull=False)
    return [*found.order_by("person").values_list("person", flat=True)]


@within
def to_end(at: UUID) -> list[CallRow]:
    """Give the calls under way of which somebody asked something: that they end, or that nobody listens."""
    found = Call.objects.filter(establishment=at, disposition=UNDER_WAY).exclude(ending="")
    return rows(CallRow, found.order_by("started_at", "id"))


@within
def monitored_since(at: UUID, moment: datetime) -> list[CallRow]:
    """Give the calls of the monitored plane that ended since a moment and of which no recording is kept."""
    found = Call.objects.filter(establishment=at, plane=MONITORED, ended_at__gte=moment)
    recorded = Recording.objects.filter(establishment=at).values("call")
    return rows(CallRow, found.exclude(id__in=recorded).order_by("ended_at", "id"))


@within
def under_way_of(at: UUID, person: UUID) -> CallRow | None:
    """Give the call of a person that is under way, if there is one."""
    found = rows(CallRow, Call.objects.filter(establishment=at, person=person, disposition=UNDER_WAY))
    return found[0] if found else None


@within
def calls_of(at: UUID, person: UUID) -> list[CallRow]:
    """Give the latest calls of a person, the latest first."""
    found = Call.objects.filter(establishment=at, person=person)
    return rows(CallRow, found.order_by("-started_at", "-id")[:SHOWN_MAX])


@within
def decisions_of(at: UUID, id_: UUID) -> list[CallDecisionRow]:
    """Give what was decided of a call, in the order in which it was."""
    found = CallDecision.objects.filter(establishment=at, call=id_)
    return rows(CallDecisionRow, found.order_by("decided_at", "id"))


@within
def used_of(at: UUID, person: UUID, zone: str, moment: datetime) -> list[CallUsed]:
    """Give the calls of a person that somebody answered by a moment, and one under way, with what they count.

    A call that a fault ended counts for the seconds talked and is none of the calls of its month; what was
    given back does not count.
    """
    counted = Q(disposition__in=[ANSWERED, LOST, UNDER_WAY])
    found = Call.objects.filter(counted, establishment=at, person=person, started_at__lte=moment)
    local = ZoneInfo(zone)
    return [
        CallUsed(
            id_,
            started.astimezone(local).date(),
            ended,
            contact,
            called,
            seconds,
            disposition != LOST,
        )
        for id_, started, ended, contact, called, seconds, disposition in found.values_list(
            "id", "started_at", "ended_at", "contact", "called", "talk_seconds", "disposition"
        )
    ]


def keep(tx: Transaction, one: CallRow) -> None:
    """Keep a new call."""
    Call.objects.create(establishment_id=tx.establishment, **_columns(one))


def keep_decision(tx: Transaction, one: CallDecisionRow) -> None:
    """Keep a decision on a call."""
    CallDecision.objects.create(establishment_id=tx.establishment, **_columns(one))


def kept(tx: Transaction, one: CallRow, decision: CallDecisionRow | None) -> list[Statement]:
    """Give what keeps a new call, with its decision where there is one."""
    statements = [inserted(Call._meta.db_table, _columns(one), of=tx.establishment)]
    if decision is not None:
        table = CallDecision._meta.db_table
        statements.append(inserted(table, _columns(decision), of=tx.establishment))
    return statements


def change(tx: Transaction, id_: UUID, columns: Mapping[str, Any]) -> None:
    """Change what is known of a call."""
    Call.objects.filter(establishment=tx.establishment, id=id_).update(**columns, version=F("version") + 1)


def changed(at: UUID, one: CallRow, columns: Mapping[str, Any]) -> Statement:
    """Give what changes a call as it was read, and lets nothing be written where it was changed since."""
    named = ", ".join(f'"{name}" = {placed(value)}' for name, value in columns.items())
    text = (
        f"UPDATE store_call SET version = CASE WHEN version = %s THEN version + 1 END, {named}"  # noqa: S608
        " WHERE establishment_id = %s AND id = %s"
    )
    return text, [one.version, *map(as_value, columns.values()), at, one.id]


def _columns(one: CallRow | CallDecisionRow) -> dict[str, Any]:
    return {
        f"{each.name}_id" if each.name in _KEYS else each.name: getattr(one, each.name)
        for each in fields(one)
    }
