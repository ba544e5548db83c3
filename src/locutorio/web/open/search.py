"""Search and choice on a page that has only a plain form."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from locutorio.web.words import say

WORD_LENGTH_MAX = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    says: str
    chosen: bool


def asked(query: Mapping[str, str], name: str) -> str:
    """Give what the reader typed or chose, or nothing."""
    return query.get(name, "").strip()[:WORD_LENGTH_MAX]


def choices(any_of_them: str, values: Iterable[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    """Give the lines of a list, the first of which chooses nothing."""
    return (
        Choice("", any_of_them, chosen == ""),
        *(Choice(value, says, value == chosen) for value, says in values),
    )


def fold(text: str) -> str:
    """Give text without case and accents, so that "extension" finds "Extensión"."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def found(word: str, texts: Iterable[str]) -> bool:
    """Say whether each word that the reader typed stands somewhere in the texts."""
    whole = fold(" ".join(texts))
    return all(part in whole for part in fold(word).split())


def counted(lang: str, name: str, number: int) -> str:
    """Give the sentence that counts what was found."""
    return say(lang, f"{name}_{'none' if number == 0 else 'one' if number == 1 else 'many'}", n=number)
