"""Errors a person can act on: what is wrong, where, why, and what to do next."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

WHAT_LENGTH_MAX = 300
WORD_LENGTH_MAX = 60
FAULTS_MAX = 20
LISTED_MAX = 12
SHOWN_MAX = 5
_REMEDY = "change it and run the command again"


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a text: lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{shortened(self.file, WHAT_LENGTH_MAX)}, line {self.line}, column {self.column}"


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
        self.remedy = remedy or _REMEDY

    def __str__(self) -> str:
        what = shortened(self.what, WHAT_LENGTH_MAX)
        lines = [_sentence(f"{self.where}: {what}" if self.where else what)]
        if self.why:
            lines.append("  " + _sentence(f"Why: {shortened(self.why, WHAT_LENGTH_MAX)}"))
        lines.append("  " + _sentence(f"What to do: {shortened(self.remedy, WHAT_LENGTH_MAX)}"))
        return "\n".join(lines)


class Faults(Exception):
    """Several faults found in one reading, in the order of their places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")

    def __str__(self) -> str:
        shown = [str(fault) for fault in self.faults[:FAULTS_MAX]]
        if len(self.faults) >= FAULTS_MAX:
            shown.append(f"Only the first {FAULTS_MAX} are shown: mend these, then run the command again.")
        return "\n".join(shown)


def shortened(text: str, most: int) -> str:
    """Give a text as it can be shown on one line: the middle of a long one cut out, what is unseen named."""
    if len(text) > most:
        text = f"{text[: most // 2]} ... {text[-most // 3 :]}"
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)


def suggestion(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """Say which known word was probably meant, or list a few.

    Args:
        word: what was written.
        known: what could have been written.
        otherwise: what to do where nothing is alike and there is too much to list.
    """
    choices = list(known)
    close = get_close_matches(word, choices, n=3, cutoff=0.6) if len(word) <= WORD_LENGTH_MAX else []
    strange = next((char for char in word if not char.isascii()), None)
    if close and strange:
        name = unicodedata.name(strange, "a character without a name").lower()
        return f"did you mean {close[0]}? What was written holds {name} (U+{ord(strange):04X})"
    if close:
        return f"did you mean {' or '.join(close)}?"
    if not choices:
        return "there is none to choose from: leave it out"
    if otherwise and len(choices) > LISTED_MAX:
        return otherwise
    if len(choices) <= LISTED_MAX:
        return f"known here: {', '.join(sorted(choices))}"
    return f"known here: {', '.join(sorted(choices)[:SHOWN_MAX])} and {len(choices) - SHOWN_MAX} more"


def _sentence(text: str) -> str:
    return text if text.endswith(("?", ".", "!")) else f"{text}."
