"""What a malformed input is, and how it is laid out for the command. A mark shows where the error points."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from locutorio.facts.vocabulary import FOLDER as VOCABULARY
from locutorio.rules.packs import folder_of

MARK = "▸"
ARCADIA = folder_of("arcadia")
GOOD = """\
law: arcadia
question: {kind: contact, about: visit, on: 2025-03-10, asked_on: 2025-03-01}
facts:
  contact.role: social
  contact.relation: mother
  contact.born_on: 1970-05-05
  arcadia.listed: yes
  arcadia.visits_this_month: 1
complete: all
"""


@dataclass(frozen=True, slots=True)
class Malformed:
    """One malformed input.

    ``file`` is the file it is written to, ``text`` all of it, ``says`` what the error must hold. A mark in
    the text is taken out before it is written: the error must name that place. ``code`` is the exit code.
    """

    name: str
    kind: str
    file: str
    text: str | bytes
    says: tuple[str, ...]
    code: int = 3

    @property
    def raw(self) -> bytes:
        """The bytes of the file, without the mark."""
        return self.text if isinstance(self.text, bytes) else self.text.replace(MARK, "").encode()

    @property
    def place(self) -> str | None:
        """The words of the marked place, or None where there is no mark."""
        if isinstance(self.text, bytes) or MARK not in self.text:
            return None
        before = self.text[: self.text.index(MARK)].split("\n")
        return f"{self.shown}, line {len(before)}, column {len(before[-1]) + 1}: "

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return f"law/{self.file}" if self.kind == "pack" else self.file

    def lay_out(self, folder: Path) -> list[str]:
        """Write the input below a folder; give the arguments of the command that reads it."""
        if self.kind == "case":
            (folder / self.file).write_bytes(self.raw)
            return ["decide", self.file]
        if self.kind == "owed":
            (folder / self.file).write_bytes(self.raw)
            return ["owed", self.file, "--on", "2026-06-01"]
        base = folder / ("law" if self.kind == "pack" else "vocabulary")
        shutil.copytree(ARCADIA if self.kind == "pack" else VOCABULARY, base)
        (base / self.file).write_bytes(self.raw)
        return ["check", "law", "--no-write"]


def case(name: str, text: str | bytes, *says: str) -> Malformed:
    """Give a malformed case file."""
    return Malformed(name, "case", "case.yaml", text, says)


def changed(text: str, old: str, new: str) -> str:
    """Give a text with one part, which stands in it once, changed."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def good(old: str, new: str) -> str:
    """Give the good case with one part changed."""
    return changed(GOOD, old, new)


def fact(lines: str) -> str:
    """Give the good case with more lines at the beginning of its facts."""
    return good("  contact.role: social\n", f"  contact.role: social\n{lines}\n")


def paper(line: str) -> str:
    """Give the good case with papers."""
    return f"{GOOD}instruments:\n{line}\n"


def pack(name: str, file: str, old: str, new: str, *says: str, code: int = 3) -> Malformed:
    """Give a pack that is Arcadia with one part of one file changed. The part is the first of its kind."""
    text = (ARCADIA / file).read_text("utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    return Malformed(name, "pack", file, text.replace(old, new, 1), says, code)


def pack_file(name: str, file: str, text: str | bytes, *says: str, code: int = 3) -> Malformed:
    """Give a pack that is Arcadia with one file written anew."""
    return Malformed(name, "pack", file, text, says, code)


def vocabulary(name: str, old: str, new: str, *says: str) -> Malformed:
    """Give a vocabulary with one part of its core changed."""
    text = (VOCABULARY / "core.yaml").read_text("utf-8")
    assert old in text, f"core.yaml does not hold {old!r}"
    return Malformed(name, "vocabulary", "core.yaml", text.replace(old, new, 1), says)
