"""A file on its way into the record: read before a change begins, and kept within it by any action."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

from locutorio.actions.files.reading import PLAIN, FileRead, read_file
from locutorio.kernel.faults import Fault
from locutorio.store import documents
from locutorio.store.transaction import Transaction

NAME_LENGTH_MAX, MADE_BY_MAX, LANGUAGES_MAX = 120, 200, 5
ENDINGS = {"application/pdf": ".pdf", PLAIN: ".txt", "image/png": ".png", "image/jpeg": ".jpg"}
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as somebody sent it.

    Args:
        name: as it was called.
        data: its bytes.
        languages: codes of those that whoever keeps it says it is written in ("es"); empty: not said.
        made_by: who wrote or translated it, where that is said.
        translation_of: the document that it translates.
    """

    name: str
    data: bytes
    languages: tuple[str, ...] = ()
    made_by: str = ""
    translation_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class FileTaken:
    """A file that was read and can be kept."""

    file: NewFile
    read: FileRead

    @property
    def asked(self) -> dict[str, Any]:
        """Give what the arguments of a command say of it: its digest, and not its bytes."""
        return {
            "name": safe_name(self.file.name, self.read.media_type),
            "media_type": self.read.media_type,
            "size": len(self.file.data),
            "sha256": documents.digest(self.file.data),
            "languages": [*self.file.languages],
            "made_by": self.file.made_by.strip(),
            "translation_of": str(self.file.translation_of) if self.file.translation_of else None,
        }


def take_file(file: NewFile) -> FileTaken:
    """Look at a file before any change begins: what it is, what can be read of it. It can take 40 seconds.

    Raises:
        Fault: it is empty, too large, none that can be kept, or what is said of it is no code of a language.
    """
    for one in file.languages:
        if not _LANGUAGE.fullmatch(one):
            raise Fault(
                f'"{one[:20]}" is no code of a language', remedy="write two or three letters: es, en, ar"
            )
    if len(file.languages) > LANGUAGES_MAX or len(file.made_by) > MADE_BY_MAX:
        raise Fault(
            "more is said of this file than can be kept beside it",
            remedy=f"name up to {LANGUAGES_MAX} languages, and who made it in up to {MADE_BY_MAX} characters",
        )
    return FileTaken(file, read_file(file.data))


def keep_taken(tx: Transaction, taken: FileTaken, person: UUID, **to: UUID) -> UUID:
    """Keep a file within the change of an action, and say what it belongs to: ``paper=…``, or nothing yet.

    The same file about the same person, said to be the same, is kept once.

    Raises:
        Fault: what it is said to translate is not a document about that person.
    """
    asked = taken.asked
    if taken.file.translation_of is not None:
        first = documents.document(tx.establishment, taken.file.translation_of)
        if first.person != person:
            raise Fault(
                "what this translates is about somebody else", remedy="choose a document of this person"
            )
    kept = _before(tx, asked, person, to)
    if kept is None:
        columns = {name: asked[name] for name in ("name", "media_type", "languages", "made_by")}
        columns |= {"translation_of_id": taken.file.translation_of, "reading": taken.read.plain}
        kept = documents.keep(tx, person, columns, taken.file.data, taken.read.text)
    if to:
        documents.attach(tx, kept, **to)
    return kept


def _before(tx: Transaction, asked: Mapping[str, Any], person: UUID, to: Mapping[str, UUID]) -> UUID | None:
    """Give the document that is this file already, and belongs to nothing else."""
    for row in documents.same_bytes(tx.establishment, person, asked["sha256"]):
        same = (row.languages, row.made_by, row.translation_of and str(row.translation_of))
        said = (asked["languages"], asked["made_by"], asked["translation_of"])
        if same == said and documents.belongs_to(row) in ({}, to):
            return row.id
    return None


def safe_name(name: str, media_type: str) -> str:
    """Give a name under which a file can be saved anywhere, with the ending of what it is."""
    last = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    shown = "".join(one for one in last if one.isprintable() and one not in '<>:"/\\|?*%')
    ending = ENDINGS[media_type]
    stem = shown[: -len(ending)] if shown.casefold().endswith(ending) else shown
    return f"{stem.strip(' .')[: NAME_LENGTH_MAX - len(ending)] or 'file'}{ending}"
