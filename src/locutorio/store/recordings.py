"""Recordings of calls: what is kept of each, what opens it, and what is sealed or destroyed.

The key of a recording is a data key of the person's (see `keys`), in a class of its own: it goes with
whatever else is erased of them, and alone when the recording is kept no longer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from locutorio.kernel.faults import Fault
from locutorio.record.notes import Kind, Signer
from locutorio.record.voices import public_of
from locutorio.store import keys
from locutorio.store.context import within
from locutorio.store.keyring import folder, secret
from locutorio.store.models import Hold, PrivilegedNumber, Recording
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

CLAIMED, REGISTERED = "claimed", "registered"
"""Why a recording was sealed: a party said that the call is privileged, or its number was registered."""
PRIVILEGE = "privilege"


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """A recording; see `Recording` for what each column says."""

    id: UUID
    call: UUID
    person: UUID
    contact: UUID | None
    file: str
    size: int
    sha256: str
    grant: str
    began_at: datetime
    ended_at: datetime | None
    keep_until: date | None
    sealed_at: datetime | None = None
    sealed_why: str = ""
    destroyed_at: datetime | None = None


def public_key(at: UUID, person: UUID, call: UUID) -> bytes:
    """Give what a recording of a call is sealed to, 32 bytes; its key is drawn where there is none.

    Raises:
        Fault: the key was destroyed: nothing of this call is recorded any more.
    """
    subject = keys.pseudonyms(at, [person])[person]
    private = keys.data_key(at, subject, _class(call))
    if private is None:
        raise Fault("the key of this recording was destroyed", remedy="the call is not recorded")
    return public_of(private)


def private_key(at: UUID, person: UUID, call: UUID) -> bytes | None:
    """Give what opens the recording of a call, 32 bytes; None where it was destroyed, or never was."""
    kept = [(subject, _class(call)) for subject in keys.known_pseudonyms(at, [person]).values()]
    return next(iter(keys.kept_keys(at, kept).values()), None)


def destroy_key(at: UUID, person: UUID, call: UUID) -> None:
    """Destroy the key of a recording: it can be opened no more, wherever copies of it lie."""
    for subject in keys.known_pseudonyms(at, [person]).values():
        keys.destroy(at, subject, _class(call))


def grants_signer(code: str) -> Signer:
    """Give what signs the grants of an establishment; its seed stands in no database.

    Raises:
        Fault: the directory of the keys cannot be used.
    """
    seed = secret(folder() / f"telephone-grants-{code}", make=True)
    return Signer(f"locutorio/{code}/telephone-grants", Kind.ED25519, seed)


@within
def is_privileged(at: UUID, number: str) -> bool:
    """Tell whether a number stands among those that nobody listens to."""
    return PrivilegedNumber.objects.filter(establishment=at, number=number, ended_at=None).exists()


def keep(tx: Transaction, one: RecordingRow) -> None:
    """Keep what is known of a recording."""
    columns = {field.name: getattr(one, field.name) for field in fields(one)}
    named = {f"{name}_id": columns.pop(name) for name in ("call", "person", "contact")}
    Recording.objects.create(establishment_id=tx.establishment, **columns, **named)


@within
def recording(at: UUID, id_: UUID) -> RecordingRow:
    """Give a recording.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = rows(RecordingRow, Recording.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault("there is no such recording here", remedy="look at the list of recordings")
    return found[0]


@within
def of_call(at: UUID, call: UUID) -> RecordingRow | None:
    """Give the recording of a call, if there is one."""
    found = rows(RecordingRow, Recording.objects.filter(establishment=at, call=call))
    return found[0] if found else None


@within
def of_person(at: UUID, person: UUID) -> list[RecordingRow]:
    """Give the recordings of a person's calls, the latest first."""
    found = Recording.objects.filter(establishment=at, person=person)
    return rows(RecordingRow, found.order_by("-began_at", "-id"))


@within
def to_destroy(at: UUID, on: date) -> list[RecordingRow]:
    """Give the recordings whose time is over on a day and that no legal hold keeps."""
    held = Hold.objects.filter(
        Q(person=OuterRef("person")) | Q(contact=OuterRef("contact")), establishment=at, ended_at=None
    )
    over = Recording.objects.filter(establishment=at, destroyed_at=None, keep_until__lt=on)
    return rows(RecordingRow, over.exclude(Exists(held)).order_by("began_at", "id"))


@within
def to_seal(at: UUID) -> list[tuple[RecordingRow, str]]:
    """Give what a privileged number or a claim of privilege seals and is not sealed yet, and why."""
    open_ = Recording.objects.filter(establishment=at, sealed_at=None).order_by("began_at", "id")
    numbers = PrivilegedNumber.objects.filter(establishment=at, ended_at=None).values("number")
    claimed = rows(RecordingRow, open_.filter(call__ending=PRIVILEGE))
    registered = rows(RecordingRow, open_.filter(call__called__in=numbers).exclude(call__ending=PRIVILEGE))
    return [*((one, CLAIMED) for one in claimed), *((one, REGISTERED) for one in registered)]


def seal(tx: Transaction, id_: UUID, why: str) -> None:
    """Have a recording played to nobody from now on."""
    mine = Recording.objects.filter(establishment=tx.establishment, id=id_, sealed_at=None)
    mine.update(sealed_at=tx.at, sealed_why=why)


def destroyed(tx: Transaction, id_: UUID) -> None:
    """Say that a recording can be opened no more."""
    mine = Recording.objects.filter(establishment=tx.establishment, id=id_)
    mine.update(destroyed_at=tx.at, file="", size=0)


@within
def files(at: UUID) -> set[str]:
    """Give the names of the files that recordings lie in."""
    found = Recording.objects.filter(establishment=at, destroyed_at=None)
    return {*found.values_list("file", flat=True)}


def _class(call: UUID) -> str:
    return f"recording/{call}"
