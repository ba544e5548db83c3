"""Puts a kept file with a petition: the letter in its own language, or a translation with who made it."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.petitioning import visible
from locutorio.actions.plain import as_plain
from locutorio.kernel.faults import Fault
from locutorio.store import documents
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def attach_letter(petition: UUID, document: UUID, sent: Sent) -> None:
    """Put a file that is kept of the same person with a petition.

    Raises:
        Refused: they may not, or there is no such petition here.
        Fault: the file is of somebody else or belongs to something else, or the petition is sensitive.
    """
    authorize(sent.by, "attach_letter", About(sent.establishment, "petition", petition))
    row = visible(sent.establishment, petition, sent.by).row
    if row.sensitive:
        raise Fault(
            "no file is put with a sensitive petition",
            why="staff who must not know of it see the files of the person",
            remedy="leave the letter with the person",
        )

    def work(tx: Transaction) -> Answer:
        if documents.document(tx.establishment, document).person != row.person:
            raise Fault("this file is about somebody else", remedy="choose a file of this person")
        documents.attach(tx, document, petition=petition)
        return {}

    arguments = as_plain({"petition": petition, "document": document})
    perform(sent.command("attach_letter", arguments, person=row.person), work)
