"""Documents: files as they were sent, what could be read of them, and what they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import F

from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import Document, DocumentContent
from locutorio.store.models.documents import ATTACHED_TO
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

TEXT = "text_sha256"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document. ``paper``, ``mail`` or ``petition`` is what it belongs to, none where that is not said yet.

    ``reading`` is what `actions/reading_files.py` found, in plain values.
    """

    id: UUID
    person: UUID
    paper: UUID | None
    mail: UUID | None
    petition: UUID | None
    translation_of: UUID | None
    name: str
    media_type: str
    size: int
    sha256: str
    languages: list[str]
    made_by: str
    reading: Mapping[str, Any]
    known_at: datetime


def digest(data: bytes) -> str:
    """Give the digest by which the bytes of a document are known."""
    return sha256(data).hexdigest()


def text_digest(text: Sequence[str]) -> str:
    """Give the digest by which the text of a document is known."""
    return digest(json.dumps([*text]).encode())


def keep(tx: Transaction, person: UUID, columns: Mapping[str, Any], data: bytes, text: Sequence[str]) -> UUID:
    """Keep a document, known from now on.

    Args:
        tx: of which command.
        person: whom it is about.
        columns: of its row: name, media_type, languages, made_by, translation_of_id, reading.
        data: its bytes, as they were sent.
        text: what was read of it, by pages.
    """
    id_ = tx.new_id()
    shared = {"establishment_id": tx.establishment, "person_id": person}
    Document.objects.create(
        id=id_,
        **shared,
        **{**columns, "reading": {**columns["reading"], TEXT: text_digest(text)}},
        size=len(data),
        sha256=digest(data),
        known_at=tx.at,
    )
    DocumentContent.objects.create(id=tx.new_id(), document_id=id_, data=data, text=[*text], **shared)
    return id_


def attach(tx: Transaction, id_: UUID, **to: UUID) -> None:
    """Say what a document belongs to, by the name of its key: ``attach(tx, document, paper=paper)``.

    Raises:
        Fault: there is no such document here, or it belongs to something else.
    """
    ((name, target),) = to.items()
    assert name in ATTACHED_TO
    found = Document.objects.filter(establishment=tx.establishment, id=id_)
    if found.filter(**{name: target}).exists():
        return
    if not found.filter(**dict.fromkeys(ATTACHED_TO)).update(**{f"{name}_id": target}):
        document(tx.establishment, id_)
        raise Fault(
            "this file belongs to something else already",
            why="one file is the proof of one thing",
            remedy="send the file once more for this",
        )


def belongs_to(row: DocumentRow) -> dict[str, UUID]:
    """Give what a document belongs to, by the name of its key; nothing where that is not said yet."""
    return {name: target for name in ATTACHED_TO if (target := getattr(row, name)) is not None}


@within
def document(at: UUID, id_: UUID) -> DocumentRow:
    """Give a document.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = rows(DocumentRow, Document.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault("there is no such document here", remedy="look it up again")
    return found[0]


@within
def documents_of(at: UUID, person: UUID) -> list[DocumentRow]:
    """Give the documents about a person, in the order in which they were kept."""
    found = Document.objects.filter(establishment=at, person=person)
    return rows(DocumentRow, found.order_by("known_at", "id"))


@within
def attached(at: UUID, /, **to: UUID) -> list[DocumentRow]:
    """Give the documents that belong to something, by the name of its key: ``attached(at, paper=paper)``.

    In the order in which they were kept; of one moment, a document before its translations.
    """
    ((name, target),) = to.items()
    assert name in ATTACHED_TO
    found = Document.objects.filter(establishment=at, **{name: target})
    originals_first = F("translation_of").asc(nulls_first=True)
    return rows(DocumentRow, found.order_by("known_at", originals_first, "id"))


@within
def same_bytes(at: UUID, person: UUID, sha: str) -> list[DocumentRow]:
    """Give the documents about a person that are the same file, byte by byte."""
    found = Document.objects.filter(establishment=at, person=person, sha256=sha)
    return rows(DocumentRow, found.order_by("known_at", "id"))


@within
def data_of(at: UUID, id_: UUID) -> bytes:
    """Give the bytes of a document, as they were sent.

    Raises:
        Fault: they are not there, or not those that were sent.
    """
    row = document(at, id_)
    found = DocumentContent.objects.filter(establishment=at, document=id_).values_list("data", flat=True)
    data = bytes(found[0]) if found else b""
    if not found or digest(data) != row.sha256:
        raise Fault(
            "the file is not here as it was sent",
            why="its bytes are gone, or are not those that were kept",
            remedy="tell whoever runs this machine: `locutorio verify` says more",
        )
    return data


@within
def text_of(at: UUID, id_: UUID) -> tuple[str, ...]:
    """Give the text that was read of a document, by pages; nothing where none could be read."""
    found = DocumentContent.objects.filter(establishment=at, document=id_).values_list("text", flat=True)
    return tuple(found[0]) if found else ()


def differences(establishment: UUID) -> Iterator[str]:
    """Say which documents are not, byte by byte, what the record says that was sent and read."""
    known = {
        row.id: (row.sha256, row.size, row.reading.get(TEXT))
        for row in rows(DocumentRow, Document.objects.filter(establishment=establishment))
    }
    contents = DocumentContent.objects.filter(establishment=establishment).order_by("document")
    for id_, data, text in contents.values_list("document", "data", "text").iterator(chunk_size=1):
        told = known.pop(id_, None)
        if told != (digest(bytes(data)), len(data), text_digest(text)):
            yield f"the file of the document {id_} is not the one that was sent, or its text is another"
    yield from (f"the file of the document {id_} is gone" for id_ in known)
