"""The classes of retention: how long something is kept, from when, by which text; what is gone by here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.texts import read_documents
from locutorio.store import keeping

PERSON_FILE = "person_file"
VERIFIED = "verified"
_NAMES = ("class", "keeps", "from", "days", "citation", "status", "read_on", "says")
_NONE = "null"
_DOCUMENT = Path(__file__).with_name("retention.yaml")


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """A class: what it keeps, from when it is counted, for how many days, and the text it rests on.

    ``status`` is verified, verified-2, recalled or none: only the first is gone by without a paper of the
    establishment's own.
    """

    name: str
    keeps: str
    counted_from: str
    days: int | None
    citation: str
    status: str
    read_on: str | None
    says: str


@dataclass(frozen=True, slots=True)
class GoneBy:
    """A class that is gone by in an establishment: for how many days, and on which text or paper."""

    days: int
    source: str


@cache
def classes() -> Mapping[str, RetentionClass]:
    """Give every class by its name."""
    (document,) = read_documents(_DOCUMENT.read_bytes(), _DOCUMENT.name)
    found = {}
    for item in document.items():
        said = item.entries(required=_NAMES)
        days, read_on = said["days"], said["read_on"].text()
        found[said["class"].text()] = RetentionClass(
            said["class"].text(),
            said["keeps"].text(),
            said["from"].text(),
            None if days.text() == _NONE else days.whole(),
            said["citation"].text(),
            said["status"].text(),
            None if read_on == _NONE else read_on,
            " ".join(said["says"].text().split()),
        )
    return found


def named(name: str) -> RetentionClass:
    """Give a class.

    Raises:
        Fault: there is none of that name.
    """
    if name not in classes():
        raise Fault(f'"{name}" is no class of retention', remedy=suggestion(name, classes()))
    return classes()[name]


def gone_by(establishment: UUID) -> dict[str, GoneBy]:
    """Give the classes that are gone by: those adopted here, and those whose text is verified."""
    found = {
        one.name: GoneBy(one.days, one.citation)
        for one in classes().values()
        if one.status == VERIFIED and one.days is not None
    }
    for name, row in keeping.adopted(establishment).items():
        found[name] = GoneBy(row.days, row.source)
    return found
