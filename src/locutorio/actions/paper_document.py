"""Compares what is entered of a paper with the text that was read of the file it came as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from locutorio.actions.files.quoting import pages_with
from locutorio.actions.new_paper import NewPaper
from locutorio.actions.paper_checks import NotEntered
from locutorio.actions.two_people import Line
from locutorio.store import changes, documents

COMPARED = ("number", "office", "quote")
FOUND, ELSEWHERE, MISSING, UNREAD = "found", "elsewhere", "missing", "unread"
_DIGEST_SHOWN = 16


def compared(what: NewPaper, at: UUID) -> Mapping[str, str]:
    """Tell of number, office and words whether they stand in the file: found, elsewhere, missing or unread.

    ``elsewhere`` are words that stand on another page than the one that is named. Nothing without a file.
    """
    if what.document is None:
        return {}
    text = [page.casefold() for page in documents.text_of(at, what.document)]
    said = {name: str(getattr(what, name)).casefold() for name in COMPARED}
    return {name: _became(text, one, name, what.quote_page) for name, one in said.items() if one}


def refuse_unconfirmed(what: NewPaper, at: UUID) -> None:
    """Refuse a paper that nothing shows to be what is entered: no file that says so, and nobody who asked.

    Raises:
        NotEntered: it came as no file, or not all of it stands there, and it is not said who confirmed it;
            or the file is of somebody else, or was entered as another paper.
    """
    if what.document is not None:
        _refuse_another(what, at, what.document)
    found = compared(what, at)
    if what.confirmed or (found and set(found.values()) == {FOUND}):
        return
    raise NotEntered(
        "unconfirmed" if what.document is None else "not_as_the_file",
        "nothing shows yet that this paper is what was entered",
        why="a paper can be forged, and what binds others is not entered on a copy alone",
        remedy="ask the court or office at a number that you know, and write down who confirmed it",
    )


def lines_of_file(what: NewPaper, at: UUID) -> Iterator[Line]:
    """Say which file it is, by its digest, and what of the paper stands in it."""
    if what.document is None:
        return
    row = documents.document(at, what.document)
    yield Line("paper_file", f"{row.name} (SHA-256 {row.sha256[:_DIGEST_SHOWN]}…)")
    for name, became in compared(what, at).items():
        yield Line(f"paper_{name}_compared", f"paper_{became}", "word")


def _refuse_another(what: NewPaper, at: UUID, document: UUID) -> None:
    row = documents.document(at, document)
    if row.person != what.person or row.paper is not None:
        raise NotEntered(
            "file_of_another",
            "this file is about somebody else, or belongs to another paper",
            remedy="choose a file of this person, or keep it once more",
        )
    same = documents.same_bytes(at, what.person, row.sha256)
    papers = [changes.paper(at, one.paper) for one in same if one.paper not in {None, what.earlier}]
    if any((one.form, one.contact) == (what.form, what.contact) and one.ended_on is None for one in papers):
        raise NotEntered(
            "same_file",
            "this file was entered as a paper of this kind before, and that one holds",
            remedy="nothing is left to do, unless it is about somebody else",
        )


def _became(text: Iterable[str], said: str, name: str, page: int | None) -> str:
    pages = [*text]
    if not any(one.strip() for one in pages):
        return UNREAD
    found = pages_with(pages, said)
    if not found:
        return MISSING
    return ELSEWHERE if name == "quote" and page is not None and page not in found else FOUND
