"""Our own compiled speakers, asked as the others are: from facts to the names of what speaks."""

from __future__ import annotations

from benchmarks.engines.engine import titled
from benchmarks.law import Part
from locutorio.rules.rulebook import Rulebook


class Locutorio:
    """The generated Python."""

    title = titled("Locutorio", "locutorio")
    knows_unknown = True
    note = "generated Python, one function for each question, form and judge of papers"

    def __init__(self, book: Rulebook) -> None:
        self.book = book

    def speaks(self, part: Part) -> frozenset[str]:
        """Name the provisions that speak for certain."""
        book = self.book
        sure, _ = book.general(part.about).speak(part.known)
        if part.form:
            made, _ = book.form(part.form, part.about).speak(part.known)
            judged, _ = book.judges(part.form).speak(part.known)
            sure = [*sure, *made, *judged]
        return frozenset([book.provisions[i].name for i in sure])
