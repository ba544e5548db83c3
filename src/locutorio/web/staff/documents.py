"""The documents about one person: files as they were sent, and what could be read of each."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions.authority import Refused, may
from locutorio.actions.keep_document import (
    document_given,
    document_shown,
    documents_shown,
    keep_document,
)
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.store.documents import DocumentRow
from locutorio.web.documents_said import file_fault_said, reading_said
from locutorio.web.drawing import drawn
from locutorio.web.file_fields import file_of
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.saving import to_save
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.fields import Choice
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One document: its name, what is said of it, and where it is opened."""

    name: str
    says: str
    address: str


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """The documents, the latest first; ``form`` for those who keep one, ``wrong`` why one was not kept."""

    documents: tuple[DocumentPart, ...]
    form: bool
    translatable: tuple[Choice, ...]
    said: dict[str, str]
    wrong: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """The text of one page."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document: what it is, what could be read of it, its text by pages, what goes with it."""

    facts: tuple[tuple[str, str], ...]
    read: tuple[str, ...]
    text: tuple[TextPage, ...]
    beside: tuple[DocumentPart, ...]
    save: str


@for_acts("read_documents", posts=True, files=True)
def documents(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show the documents about one person; take another."""
    wrong = ""
    if request.method == SENDING:
        try:
            file = file_of(request)
            kept = keep_document(person, file, sent(request, seat))
            return SeeOther(f"{reverse('staff-document', args=[lang, kept])}?did=kept")
        except Refused:
            raise
        except Fault as fault:
            wrong = file_fault_said(fault, lang)
    by = actor_of(seat)
    whom, rows = documents_shown(by, seat.establishment, person)
    page = DocumentsPage(
        tuple(_part(row, seat, lang) for row in rows),
        may(by, "keep_document"),
        tuple(Choice(str(row.id), row.name) for row in rows),
        {name: request.POST.get(name, "") for name in ("languages", "made_by", "translation_of")},
        wrong,
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/documents.html",
        page,
        title=words(lang)["documents_title"],
        part="staff-people",
        trail=_trail(lang, person, whom.name) if may(by, "read_person") else (),
        status=409 if wrong else 200,
    )


@for_acts("read_document")
def document(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show one document: what it is, what could be read of it and what not, and its text."""
    found = document_shown(actor_of(seat), seat.establishment, id_)
    row, told = found.row, words(lang)
    beside = [one for one in found.others if one.translation_of == row.id or one.id == row.translation_of]
    facts = (
        (told["documents_kept_at"], moment_said(lang, row.known_at, seat.zone)),
        (told["documents_kind"], say(lang, f"documents_kind_{row.media_type.partition('/')[2]}")),
        (told["documents_size"], say(lang, "documents_bytes", size=row.size)),
        (told["documents_digest"], row.sha256),
        (told["documents_languages"], ", ".join(row.languages) or told["documents_not_said"]),
        (told["documents_made_by"], row.made_by or told["documents_not_said"]),
        (told["documents_belongs"], told[f"documents_to_{found.belongs_to or 'nothing'}"]),
    )
    page = DocumentPage(
        facts,
        reading_said(row.reading, lang),
        tuple(TextPage(number, one) for number, one in enumerate(found.text, 1) if one.strip()),
        tuple(_part(one, seat, lang) for one in beside),
        reverse("staff-document-file", args=[lang, id_]),
    )
    person = reverse("staff-documents", args=[lang, row.person])
    return drawn(
        request,
        seat,
        lang,
        "staff/document.html",
        page,
        title=row.name,
        part="staff-people",
        trail=(Link(person, told["documents_title"]),),
    )


@for_acts("read_document")
def document_file(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give the file as it was sent, to be saved and never shown within a page of ours."""
    row, data = document_given(actor_of(seat), seat.establishment, id_)
    return to_save(data, "application/octet-stream", row.name)


def _part(row: DocumentRow, seat: Seat, lang: str) -> DocumentPart:
    said = [
        moment_said(lang, row.known_at, seat.zone),
        words(lang)[f"documents_short_{row.reading['became']}"],
    ]
    if row.made_by:
        said.append(row.made_by)
    return DocumentPart(row.name, ". ".join(said), reverse("staff-document", args=[lang, row.id]))


def _trail(lang: str, person: UUID, name: str) -> tuple[Link, ...]:
    return (Link(reverse("staff-person", args=[lang, person]), name),)
