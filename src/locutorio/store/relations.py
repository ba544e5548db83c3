"""Whom something is about: the person and the contacts of a request, a booking, a notice, a paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from locutorio.store.context import within
from locutorio.store.models import (
    Booking,
    Call,
    Contact,
    Docketed,
    Document,
    Guardianship,
    Mail,
    Notice,
    Paper,
    Person,
    Petition,
    Recording,
    Request,
    Unplaced,
)
from locutorio.store.people import REMOVED

_ROWS = {
    "person": (Person, "id", "listed__contact", "listed__status"),
    "contact": (Contact, "listed__person", "id", "listed__status"),
    "request": (Request, "person", "members__contact", "outcome"),
    "booking": (Booking, "person", "request__members__contact", "standing"),
    "notice": (Notice, "person", "contact", "kind"),
    "mail": (Mail, "person", "contact", "standing"),
    "call": (Call, "person", "contact", "disposition"),
    "unplaced": (Unplaced, "person", "contact", "why"),
    "paper": (Paper, "person", "contact", "form"),
    "lead": (Docketed, "person", "paper__contact", "standing"),
    "document": (Document, "person", "paper__contact", "media_type"),
    "recording": (Recording, "person", "contact", "sealed_why"),
    "petition": (Petition, "person", "contact", "about"),
}


@dataclass(frozen=True, slots=True)
class Related:
    """Whom something is about; ``here`` is false where there is no such thing in the establishment."""

    here: bool
    person: UUID | None = None
    contacts: frozenset[UUID] = frozenset()


def related(at: UUID, kind: str, id_: UUID) -> Related:
    """Give whom a thing is about, by one query, whether or not there is such a thing.

    Of a ``person`` the contacts are those on their list; of a ``contact`` the person is not said.
    """
    model, person, contact, word = _ROWS[kind]
    found = [*model._default_manager.filter(establishment=at, id=id_).values_list(person, contact, word)]  # noqa: SLF001 - the manager's public name in Django
    contacts = frozenset(one for _, one, said in found if one and said != REMOVED)
    return Related(bool(found), found[0][0] if found and kind != "contact" else None, contacts)


@within
def person_told_of(at: UUID, notice: UUID) -> UUID | None:
    """Give the person in custody whom a notice is about, to whomever it was sent."""
    told = Notice.objects.filter(establishment=at, id=notice)
    for of in ("mail", "call", "unplaced"):
        found = told.filter(**{f"{of}__isnull": False}).values_list(f"{of}__person", flat=True)
        about: UUID | None = found.first()
        if about is not None:
            return about
    asked = Request.objects.filter(establishment=at, id__in=told.values("request"))
    return asked.values_list("person", flat=True).first()


@within
def family(at: UUID, contacts: Iterable[UUID]) -> frozenset[UUID]:
    """Give some contacts and the children for whom they answer."""
    mine = frozenset(contacts)
    children = Guardianship.objects.filter(establishment=at, adult__in=mine).values_list("child", flat=True)
    return mine | {*children}
