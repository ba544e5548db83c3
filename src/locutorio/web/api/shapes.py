"""What goes in and out, as the OpenAPI document has it. A body with a field that is not here is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Query, Schema
from pydantic import ConfigDict, StringConstraints

PARTY_MAX, TEXT_LENGTH_MAX = 50, 200

Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    Field(json_schema_extra={"format": "date"}),
]
Key = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LENGTH_MAX)]
Text = Annotated[str, StringConstraints(max_length=TEXT_LENGTH_MAX)]
Word = Annotated[str, Query(max_length=TEXT_LENGTH_MAX)]
Can = Literal["book", "confirm", "change", "cancel"]


class Body(Schema):
    """What a program sends."""

    model_config = ConfigDict(extra="forbid")


class Sending(Body):
    """A change. Sent again with the same ``command``, it is carried out once and answered alike."""

    command: UUID = Field(description="An identifier of the sender's own, another for each change.")


class Member(Body):
    """Somebody who would come; a child may sit on an adult's lap."""

    contact: UUID
    lap: bool = Field(default=False, strict=True)


class Asking(Sending):
    """A request for a visit."""

    person: UUID
    party: list[Member] = Field(min_length=1, max_length=PARTY_MAX)
    on: Day
    way: Text | None = Field(default=None, description="For staff: how it was asked.")
    note: Text = ""


class Booking(Sending):
    """A place for a request: held until it is confirmed, or booked at once."""

    slot: Key
    hold: bool = Field(default=True, strict=True)


class Changing(Sending):
    """Another time for a booking."""

    slot: Key


class Cancelling(Sending):
    """An end to a booking. The establishment must say why; who else may be named is by the account."""

    by: Literal["contact", "person", "establishment"] | None = None
    why: Text = ""


class Establishment(Schema):
    """A place of custody."""

    code: str
    name: str
    zone: str


class Me(Schema):
    """Whose token this is. ``factor`` is always token: it never steps up, and never approves."""

    name: str
    language: str
    roles: list[str]
    factor: str
    establishment: Establishment


class Companion(Schema):
    """Somebody who may come along; ``listed`` is their place on the person's list."""

    contact: UUID
    name: str
    listed: str


class Person(Schema):
    """Somebody in custody. ``here`` is false once they have left."""

    id: UUID
    name: str
    number: str
    here: bool
    companions: list[Companion]


class Time(Schema):
    """A time. ``free`` is whether it can be booked now; ``hindrances`` say why not, and are no refusal."""

    slot: str
    starts: datetime
    ends: datetime
    room: str
    left: int | None
    free: bool
    hindrances: list[str]


class MemberDecided(Schema):
    """What was decided of one of a party. ``letter`` holds the reasons with their citations, where it is
    the reader's to know: an object as in docs/reference/decision.schema.json.
    """

    contact: UUID
    name: str
    lap: bool
    outcome: str | None
    letter: dict[str, Any] | None


class BookingSeen(Schema):
    """A booking; ``hold_until`` is when a held place is given to others."""

    id: UUID
    standing: str
    starts: datetime
    ends: datetime
    room: str
    hold_until: datetime | None
    at_risk: bool


class Request(Schema):
    """A request, its decisions and its booking; ``can`` lists what can be done now."""

    id: UUID
    person: UUID
    person_name: str
    on: date
    asked_at: datetime
    outcome: str
    outcome_says: str
    party: list[MemberDecided]
    booking: BookingSeen | None
    waiting: str
    can: list[Can]


class Booked(Schema):
    """What became of asking for places. Not ``had``: it is lawful, and ``hindrances`` say why not now."""

    had: bool
    outcome: str
    hindrances: list[str]
    next_slot: str | None
    request: Request


class Notice(Schema):
    """A notice in a list."""

    id: UUID
    title: str
    headline: str
    outcome: str
    language: str
    at: datetime
    read_at: datetime | None
    request: UUID | None


class NoticeWhole(Notice):
    """A notice with its letter, an object as in docs/reference/decision.schema.json."""

    letter: dict[str, Any]


class Law(Schema):
    """A law that is here; ``hash`` changes with its text."""

    name: str
    title: str
    reviewed_by: str
    hash: str


class Provision(Schema):
    """One provision in a list."""

    name: str
    citation: str
    section: str
    status: str
    read_on: date
    says: str


class ProvisionWhole(Provision):
    """A provision with its conditions, effects, numbers and cases as text, and where its text was read."""

    text: str
    source: str
    source_address: str


class Decision(Schema):
    """A decision and its letter, as docs/reference/decision.schema.json says."""

    format: str
    lang: str
    decision: dict[str, Any]
    letter: dict[str, Any]


class Fault(Schema):
    """What is wrong with something that was sent, and the program's own words for it."""

    says: str
    what: str | None = None
    why: str | None = None
    remedy: str | None = None
    line: int | None = None
    column: int | None = None


class Problem(Schema):
    """What was not done, by RFC 9457; ``remedy`` is what to do next."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    faults: list[Fault] | None = None
