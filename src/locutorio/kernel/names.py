"""Names as people read them: no sign that nobody can see, no letters of two alphabets in one word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from locutorio.kernel.faults import Fault

# Alphabets with letters that look alike. Others have joiners that belong to their spelling.
_ALIKE = ("LATIN", "GREEK", "CYRILLIC")
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def refuse_unclear(name: str, what: str) -> None:
    """Refuse a name that looks like another one, or is shown otherwise than it is written.

    Args:
        name: as it was typed.
        what: whose, for the fault.

    Raises:
        Fault: it holds a sign that nobody can see, such as one that turns the direction of writing, or
            letters of two alphabets in one word.
    """
    for sign in _unseen(name):
        raise Fault(
            f"{what} holds a sign that nobody can see (U+{ord(sign):04X})",
            why="it would look like another name, or be shown in another order",
            remedy="type it again; do not paste it",
        )
    for word in name.split():
        mixed = {alphabet for sign in word for alphabet in _ALIKE if alphabet in unicodedata.name(sign, "")}
        if len(mixed) > 1:
            raise Fault(
                f"{what} has letters of two alphabets in one word ({' and '.join(sorted(mixed)).title()})",
                why="letters of two alphabets look alike, and it could be taken for another name",
                remedy="type it again in one alphabet",
            )


def _unseen(name: str) -> Iterator[str]:
    for at, sign in enumerate(name):
        if unicodedata.category(sign) in _UNSEEN and not (sign in _JOINERS and _joins(name, at)):
            yield sign


def _joins(name: str, at: int) -> bool:
    """Tell whether a joiner stands between letters of an alphabet that spells with it."""
    around = name[max(at - 1, 0) : at] + name[at + 1 : at + 2]
    known = [unicodedata.name(sign, "") for sign in around if sign.isalpha() or unicodedata.combining(sign)]
    return len(known) == 2 and not any(alphabet in one for one in known for alphabet in _ALIKE)
