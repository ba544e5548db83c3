"""The fields by which a form of staff sends a document: ``staff/file_fields.html`` has them."""

from __future__ import annotations

import re
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from locutorio.actions.documents import NewFile
from locutorio.actions.files.reading import BYTES_MAX
from locutorio.kernel.faults import Fault

FILE = "file"
_BETWEEN = re.compile(r"[\s,;]+")


def file_of(request: HttpRequest) -> NewFile:
    """Give the document that a form sends; one without a byte where it sends none.

    Raises:
        Fault: what it is said to translate is nothing.
    """
    upload = request.FILES.get(FILE)
    said = request.POST
    languages = tuple(one for one in _BETWEEN.split(said.get("languages", "").strip().casefold()) if one)
    return NewFile(
        (upload.name or "") if isinstance(upload, UploadedFile) else "",
        upload.read(BYTES_MAX + 1) if isinstance(upload, UploadedFile) else b"",
        languages,
        said.get("made_by", ""),
        _document(said.get("translation_of", "")),
    )


def _document(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise Fault("there is no such document here", remedy="choose one of the list") from error
