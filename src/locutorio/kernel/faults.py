"""Errors a person can act on: what is wrong, where, why, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a text: lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}"


class Fault(Exception):
    """Something given to the program cannot be used. Nothing was changed by it.

    Args:
        what: what is wrong, one sentence without a full stop.
        where: the place in the text, or None when there is none (a missing file).
        why: the rule that it breaks.
        remedy: what to do next.
    """

    def __init__(self, what: str, *, where: Place | None = None, why: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}." if self.where else f"{self.what}."]
        if self.why:
            lines.append(f"  Why: {self.why}.")
        if self.remedy:
            lines.append(f"  What to do: {self.remedy}.")
        return "\n".join(lines)


class Faults(Exception):
    """Several faults found in one reading, in the order of their places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, or list a few."""
    choices = list(known)
    close = get_close_matches(word, choices, n=3, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(close) + "?"
    shown = ", ".join(sorted(choices)[:12])
    more = ", ..." if len(choices) > 12 else ""
    return f"known here: {shown}{more}"
