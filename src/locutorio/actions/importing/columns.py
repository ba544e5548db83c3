"""The columns of the six files: the name each has, the names it also goes by, and whether it is needed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locutorio.kernel.texts import Node, read_bytes, read_documents

FILE = Path(__file__).with_name("columns.yaml")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one kind of file. ``needed`` are those without which it is not read."""

    file: str
    needed: tuple[str, ...]
    names: Mapping[str, str]

    def field(self, title: str) -> str:
        """Give the field that a column of this title holds; empty where the title is not known."""
        return self.names.get(plain(title), "")

    def also(self, titles: Mapping[str, Iterable[str]]) -> Columns:
        """Add the titles that an establishment uses, by field."""
        more = {plain(title): name for name, some in titles.items() for title in some}
        return Columns(self.file, self.needed, {**self.names, **more})

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.names.values()))


def plain(text: str) -> str:
    """Give a title or a code without case, accents, blanks and signs, so that spellings of one meet."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parted if char.isalnum())


@cache
def columns(kind: str) -> Columns:
    """Give the columns of one kind of file: people, contacts, numbers, restrictions, bookings or calls."""
    return _all()[kind]


def kinds() -> tuple[str, ...]:
    """Give the six kinds, in the order in which they are to be read."""
    return tuple(_all())


@cache
def _all() -> Mapping[str, Columns]:
    (document,) = read_documents(read_bytes(FILE), FILE.name)
    return {kind: _columns(node) for kind, node in document.entries().items()}


def _columns(node: Node) -> Columns:
    parts = node.entries(required=["file", "needed", "other"])
    names: dict[str, str] = {}
    for group in ("needed", "other"):
        for name, also in parts[group].entries().items():
            for title in (name, *(item.text() for item in also.items())):
                assert names.setdefault(plain(title), name) == name, title
    return Columns(parts["file"].text(), tuple(parts["needed"].entries()), names)
