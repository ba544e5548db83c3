"""The notices people were sent: each a letter, kept as it was written, with when it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from locutorio.kernel.faults import Fault
from locutorio.notices.kept import as_kept, as_letter
from locutorio.notices.letter import Letter
from locutorio.store.context import within
from locutorio.store.models import Notice
from locutorio.store.transaction import Transaction

KINDS = (
    *("refused", "withdrawn", "cancelled", "at_risk", "stands_again", "conditions", "offered"),
    "refused_at_gate",
    "emergency",
    *("mail_stopped", "mail_rejected", "mail_appeal"),
    "paper",
    *("petition_ruled", "petition_extended"),
    "recording_sealed",
    *("call_unplaced", "call_escalated", "call_unrecorded"),
)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice to a person or to a contact, about a request, an item of mail or a call, or about none."""

    id: UUID
    person: UUID | None
    contact: UUID | None
    request: UUID | None
    mail: UUID | None
    call: UUID | None
    unplaced: UUID | None
    kind: str
    language: str
    letter: Letter
    at: datetime
    read_at: datetime | None


def keep(  # noqa: PLR0913 - a notice is about one of several things
    tx: Transaction,
    *,
    kind: str,
    letter: Letter,
    person: UUID | None = None,
    contact: UUID | None = None,
    request: UUID | None = None,
    mail: UUID | None = None,
    call: UUID | None = None,
    unplaced: UUID | None = None,
) -> UUID:
    """Keep a notice to a person or to a contact."""
    assert (person is None) != (contact is None), "a notice is to one reader"
    id_ = tx.new_id()
    Notice.objects.create(
        id=id_,
        establishment_id=tx.establishment,
        person_id=person,
        contact_id=contact,
        request=request,
        mail_id=mail,
        call_id=call,
        unplaced_id=unplaced,
        kind=kind,
        language=letter.lang,
        letter=as_kept(letter),
        at=tx.at,
    )
    return id_


@within
def notice(at: UUID, id_: UUID) -> NoticeRow:
    """Give a notice.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = read_notices(Notice.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault("there is no such notice here", remedy="look at the list of notices")
    return found[0]


@within
def notices_of(at: UUID, *, person: UUID | None = None, contacts: Iterable[UUID] = ()) -> list[NoticeRow]:
    """Give the notices to a person, or to any of some contacts, the latest first."""
    mine = Q(person=person) if person is not None else Q(contact__in=[*contacts])
    return read_notices(Notice.objects.filter(mine, establishment=at).order_by("-at", "-id"))


@within
def notices_about(at: UUID, request: UUID) -> list[NoticeRow]:
    """Give every notice about one request, in the order in which they were written."""
    return read_notices(Notice.objects.filter(establishment=at, request=request).order_by("at", "id"))


@within
def notices_about_mail(at: UUID, mail: UUID) -> list[NoticeRow]:
    """Give every notice about one item of mail, in the order in which they were written."""
    return read_notices(Notice.objects.filter(establishment=at, mail=mail).order_by("at", "id"))


@within
def notices_about_call(at: UUID, call: UUID) -> list[NoticeRow]:
    """Give every notice about one call, in the order in which they were written."""
    return read_notices(Notice.objects.filter(establishment=at, call=call).order_by("at", "id"))


def read_notices(found: QuerySet[Notice]) -> list[NoticeRow]:
    """Give the notices that are found."""
    names = [field.name for field in fields(NoticeRow)]
    return [NoticeRow(**{**row, "letter": as_letter(row["letter"])}) for row in found.values(*names)]


def mark_read(tx: Transaction, id_: UUID) -> bool:
    """Say that a notice was read; tell whether it was read for the first time."""
    notice(tx.establishment, id_)
    unread = Notice.objects.filter(establishment=tx.establishment, id=id_, read_at=None)
    return bool(unread.update(read_at=tx.at))
