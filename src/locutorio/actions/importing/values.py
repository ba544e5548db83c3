"""The rows that files hold, typed: one frozen dataclass for each kind. None is not known; moments are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from locutorio.actions.importing.telephones import Telephone


@dataclass(frozen=True, slots=True)
class Release:
    """When a person is expected to leave: ``kind`` is day, life or unknown."""

    kind: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class End:
    """When a restriction ends: ``kind`` is day (``on`` is its last day), open (``words`` say how the paper
    puts it) or unknown.
    """

    kind: str
    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in custody by one booking. ``current``: of the rows of this person, the one that counts now.

    ``statuses`` are all legal statuses that the file names, in its order.
    """

    number: str
    booking: str
    surname: str
    suffix: str
    first_names: str
    nickname: str
    born_on: date | None
    sex: str | None
    unit: str
    unit_since: datetime | None
    custody_level: str | None
    statuses: tuple[str, ...]
    booked_at: datetime
    release: Release
    language: str | None
    interpreter: bool | None
    nationality: str | None
    current: bool = True


@dataclass(frozen=True, slots=True)
class IdPaper:
    """What a contact shows to say who they are."""

    kind: str | None
    number: str | None
    country: str | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact on the list of one person. ``number`` is the establishment's own, if it keeps any.

    ``role`` is social or a role of the vocabulary; ``relation`` is of the vocabulary, None for other roles.
    """

    number: str | None
    surname: str
    suffix: str
    first_names: str
    nickname: str
    born_on: date | None
    paper: IdPaper
    role: str
    relation: str | None
    person_number: str
    status: str
    comment: str
    non_contact: bool | None
    approved_on: date | None
    expires_on: date | None
    denied_reason: str
    telephones: tuple[Telephone, ...]
    email: str
    language: str | None


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A telephone number on the list of one person; ``person_number`` None: blocked for everybody.

    ``role`` is privileged where the file says no more; ``record`` None: not said, which grants nothing.
    """

    person_number: str | None
    telephone: Telephone
    kind: str
    record: str | None
    owner_name: str
    role: str | None
    relation: str | None
    status: str | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class RestrictionRow:
    """What a paper restricts for one person; ``other`` is a name, or a number with ``other_is_number``.

    ``office`` is that of the vocabulary which ``authority`` names, None where it is not known which.
    """

    person_number: str
    other: str
    other_is_number: bool
    kind: str
    authority: str
    office: str | None
    paper_number: str
    issued_on: date
    since: date
    end: End


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A visit as the old system has it. ``party`` are numbers or names of contacts, as written."""

    starts: datetime
    ends: datetime
    person_number: str
    party: tuple[str, ...]
    room: str
    state: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as the exchange has it. ``telephone`` is None where only ``trunk`` is known.

    ``person_key`` is the person number inside the PIN, without signs; the rest of a PIN is not kept.
    """

    started: datetime
    answered: datetime | None
    ended: datetime
    line: str
    telephone: Telephone | None
    trunk: str
    talk_seconds: int
    person_key: str | None
    disposition: str
    cause: str


Row = PersonRow | ContactRow | NumberRow | RestrictionRow | BookingRow | CallRow
