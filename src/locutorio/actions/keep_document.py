"""Keeps a file about a person as it was sent, with what could be read of it; and gives it back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, authorize, reading
from locutorio.actions.documents import NewFile, keep_taken, take_file
from locutorio.store import documents, people
from locutorio.store.actor import Actor
from locutorio.store.documents import DocumentRow
from locutorio.store.people import PersonRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document and the text that was read of it, by pages; ``others`` are those about the same person.

    ``belongs_to``: paper, mail, …; empty where that is not said yet.
    """

    row: DocumentRow
    text: tuple[str, ...]
    others: tuple[DocumentRow, ...]
    belongs_to: str


def keep_document(person: UUID, file: NewFile, sent: Sent) -> UUID:
    """Keep a file that belongs to nothing yet; give its document. The same one is kept once.

    Raises:
        Refused: they may not, or there is no such person here.
        Fault: it is none that can be kept, or what is said of it cannot be.
    """
    authorize(sent.by, "keep_document", About(sent.establishment, "person", person))
    taken = take_file(file)

    def work(tx: Transaction) -> Answer:
        people.person(tx.establishment, person)
        return {"document": str(keep_taken(tx, taken, person))}

    asked = {"person": str(person), "document": taken.asked}
    return UUID(perform(sent.command("keep_document", asked, person=person), work)["document"])


def documents_shown(by: Actor, at: UUID, person: UUID) -> tuple[PersonRow, list[DocumentRow]]:
    """Give a person and the documents about them, the latest first; nothing of what is in them.

    Raises:
        Refused: it is not theirs to see, or there is no such person here.
    """
    with reading(by, "read_documents", About(at, "person", person)):
        return people.person(at, person), documents.documents_of(at, person)[::-1]


def document_shown(by: Actor, at: UUID, document: UUID) -> DocumentShown:
    """Give a document with its text.

    Raises:
        Refused: it is not theirs to read, or there is none.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_document", About(at, "document", document)):
        row = documents.document(at, document)
        others = tuple(documents.documents_of(at, row.person))
        return DocumentShown(row, documents.text_of(at, document), others, "".join(documents.belongs_to(row)))


def document_given(by: Actor, at: UUID, document: UUID) -> tuple[DocumentRow, bytes]:
    """Give a document with its bytes, as they were sent.

    Raises:
        Refused: it is not theirs to read, or there is none.
        PurposeNeeded: it was not said why.
        Fault: the bytes are gone, or are not those that were sent.
    """
    with reading(by, "read_document", About(at, "document", document)):
        return documents.document(at, document), documents.data_of(at, document)
