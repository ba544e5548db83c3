"""Documents in the record: kept as sent, given back as sent, once; guarded, proved and erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from locutorio.actions.documents import NewFile, keep_taken, take_file
from locutorio.actions.keep_document import document_given, document_shown, keep_document
from locutorio.actions.verify_log import verify_log
from locutorio.kernel.faults import Fault
from locutorio.store import documents, fences
from locutorio.store.actor import PROGRAM
from locutorio.store.documents import DocumentRow
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Document, DocumentContent, Leaf, Paper
from locutorio.store.models.documents import ATTACHED_TO
from locutorio.store.transaction import Transaction, perform
from locutorio.web.words import words
from tests import establishment
from tests.beside import beside
from tests.databases import Store
from tests.documents import made
from tests.establishment import FOUNDED, Oak

LETTER = NewFile("letter.txt", made.SPANISH.encode(), ("es",), "Alder Ash")
MARK = b"Quetzalcoatlus"


@pytest.fixture
def oak(store: Store) -> Oak:
    return establishment.founded()


def paper_of(oak: Oak, person: str) -> UUID:
    """Enter a bare paper."""

    def work(tx: Transaction) -> dict[str, str]:
        made = Paper.objects.create(
            id=tx.new_id(),
            establishment_id=oak.id,
            person_id=oak.people[person],
            form="order",
            known_at=tx.at,
        )
        return {"paper": str(made.id)}

    return UUID(perform(oak.sent(f"paper {person}").command("paper", {}), work)["paper"])


def test_a_file_comes_back_byte_by_byte(oak: Oak) -> None:
    """Whatever it was: also one of which nothing could be read."""
    for number, data in enumerate((LETTER.data, made.PNG, made.printed(made.ENGLISH)[:3_000], b"%PDF-")):
        kept = keep_document(oak.people["rowan"], NewFile("../../x.exe", data), oak.sent(f"keep {number}"))
        row, found = document_given(PROGRAM, oak.id, kept)
        assert (found, row.size) == (data, len(data))
        assert row.name in {"x.exe.txt", "x.exe.png", "x.exe.pdf"}
        shown = document_shown(PROGRAM, oak.id, kept)
        assert (shown.row, shown.row.reading["pages"] >= len(shown.text)) == (row, True)


def test_the_same_file_is_kept_once(oak: Oak) -> None:
    """About one person, said to be the same; of another person, or by another maker, it is another."""
    rowan, linden = oak.people["rowan"], oak.people["linden"]
    first = keep_document(rowan, LETTER, oak.sent("first"))
    assert keep_document(rowan, LETTER, oak.sent("again")) == first
    assert keep_document(linden, LETTER, oak.sent("other")) != first
    assert keep_document(rowan, NewFile("letter.txt", LETTER.data), oak.sent("unsaid")) != first
    assert Document.objects.count() == DocumentContent.objects.count() == 3


def test_a_document_belongs_to_one_thing(oak: Oak) -> None:
    """It is attached once; the same file for a second paper is a document of its own."""
    rowan, taken = oak.people["rowan"], take_file(LETTER)
    papers = [paper_of(oak, "rowan"), paper_of(oak, "linden")]

    def kept(name: str, **to: UUID) -> UUID:
        command = oak.sent(name).command(
            "keep", {**taken.asked, "to": [*map(str, to.values())]}, person=rowan
        )
        done = perform(command, lambda tx: {"document": str(keep_taken(tx, taken, rowan, **to))})
        return UUID(done["document"])

    def steal(tx: Transaction) -> dict[str, str]:
        documents.attach(tx, first, paper=papers[1])
        return {}

    first = kept("alone")
    assert kept("to a paper", paper=papers[0]) == first == kept("once more", paper=papers[0])
    assert kept("to another", paper=papers[1]) != first
    assert [one.id for one in documents.attached(oak.id, paper=papers[0])] == [first]
    with pytest.raises(Fault, match="belongs to something else"):
        perform(oak.sent("steal").command("steal", {}), steal)


def test_no_entry_holds_the_bytes_and_every_one_is_proved(oak: Oak) -> None:
    """The log has the digest. Bytes or text that are exchanged, and rows that are gone, are found."""
    data = MARK + b" is written here"
    kept = keep_document(oak.people["rowan"], NewFile("mark.txt", data), oak.sent("keep"))
    sequence(oak.id)
    row = documents.document(oak.id, kept)
    assert documents.data_of(oak.id, kept) == data
    assert MARK not in b"".join(bytes(one.body) for one in Leaf.objects.all())
    assert told_of(oak, row.id) == []
    for change in ("UPDATE {} SET data = {}", "UPDATE {} SET text = '[]'", "DELETE FROM {}"):
        empty = "'\\x00'::bytea" if connection.vendor == "postgresql" else "x'00'"
        with past_the_fences(change.format("store_documentcontent", empty)):
            assert len(told_of(oak, row.id)) == 1, change


def told_of(oak: Oak, document: UUID) -> list[str]:
    """Give what `verify` says is wrong with a document."""
    found = verify_log(PROGRAM, oak.id, FOUNDED + timedelta(seconds=1))
    return [fault for fault in found.faults if str(document) in fault]


@contextmanager
def past_the_fences(statement: str) -> Iterator[None]:
    """Do something that the database refuses, and undo it."""
    (before,) = DocumentContent.objects.values()
    with beside().cursor() as cursor:
        fences.take_away(cursor.db)
        cursor.execute(statement)
    yield
    with beside().cursor() as cursor:
        cursor.execute("DELETE FROM store_documentcontent")
    DocumentContent.objects.create(**before)
    fences.put(beside())


def test_every_way_to_attach_may_be_written() -> None:
    """What a document belongs to is all of its row that may change."""
    assert fences.APPENDED["store_document"] == tuple(f"{name}_id" for name in ATTACHED_TO)
    assert {*ATTACHED_TO} <= {*DocumentRow.__dataclass_fields__}
    assert {f"documents_to_{name}" for name in ATTACHED_TO} <= words("en").keys()


def test_a_translation_is_of_a_document_of_the_same_person(oak: Oak) -> None:
    """It stands beside what it translates, with who made it; never beside somebody else's."""
    first = keep_document(oak.people["rowan"], LETTER, oak.sent("first"))
    translated = NewFile("letter-en.txt", made.ENGLISH.encode(), ("en",), "A sworn translator", first)
    second = keep_document(oak.people["rowan"], translated, oak.sent("second"))
    assert documents.document(oak.id, second).translation_of == first
    with pytest.raises(Fault, match="somebody else"):
        keep_document(oak.people["linden"], translated, oak.sent("third"))
