"""In which languages and scripts a text is written, page by page: enough to see that there are two."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

RIGHT_TO_LEFT = frozenset({"arabic", "hebrew", "syriac", "thaana", "nko"})
_LETTERS_MIN = 6
_WORDS_MIN, _SHARE_MIN = 3, 0.12
_WORD = re.compile(r"[^\W\d_]+")
# Words that each language uses all the time and the other does not.
_COMMON = {
    "en": "the of and to is that for you with was this are be have my it at from not",
    "es": "el los las que y en un una por con para es se su del mi como lo le al",
}


def tongues_of(pages: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Give the languages that we tell apart, and the scripts besides Latin, each with its pages from 1."""
    found: Mapping[str, list[int]] = defaultdict(list)
    for number, page in enumerate(pages, 1):
        for tongue in (*_languages(page), *_scripts(page)):
            found[tongue].append(number)
    return {tongue: tuple(found[tongue]) for tongue in sorted(found)}


def _languages(page: str) -> list[str]:
    words = Counter(word.casefold() for word in _WORD.findall(page))
    counts = {lang: sum(words[word] for word in common.split()) for lang, common in _COMMON.items()}
    whole = sum(counts.values())
    return [lang for lang, count in counts.items() if count >= _WORDS_MIN and count >= _SHARE_MIN * whole]


def _scripts(page: str) -> list[str]:
    counts: Counter[str] = Counter()
    for one, count in Counter(page).items():
        if ord(one) > 0x24F and one.isalpha():
            counts[unicodedata.name(one, "?").split()[0].casefold()] += count
    return sorted(
        name for name, count in counts.items() if count >= _LETTERS_MIN and name not in {"latin", "?"}
    )
