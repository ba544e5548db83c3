"""At which age somebody can read a text, by two formulas. `python -m tests.wording.reading_age` tells it.

English: the grade of Flesch and Kincaid (1975), 0.39 words a sentence + 11.8 syllables a word - 15.59; the
first grade begins at six. Spanish: the ease of Fernández Huerta (1959), 206.84 - 60 syllables a word - 1.02
words a sentence; its table calls 70 to 80 fairly easy (the sixth grade) and 60 to 70 ordinary (the seventh
and eighth), and between its steps the age is drawn as a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from locutorio.notices.catalogue import sentences
from locutorio.telephony.prompts import prompt, slugs
from locutorio.web.words import words

LANGUAGES = ("en", "es")
BEFORE_SCHOOL = 5  # in grade 0
_PLACE = re.compile(r"\{[^{}]*\}")
_ENDS = re.compile(r"(?<=[^\W\d])[.!?:;]+(?=\s|$)|(?<=[\d)\"»”])[.!?:;]+(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_ENGLISH = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeioutd])ed$|(?<=[^aeiousxz])es$(?<![cg]es)(?<!ches)(?<!shes)")
_SPANISH = re.compile(r"[iuüy]?[aeoáéó][iuüy]?|[íú]|[iuü][iuüy]?|y(?![aeiouáéíóú])")
_MUTE = re.compile(r"(?<=[qg])u(?=[eiéí])")
# The steps of Fernández Huerta's table, as ease and the age at which a school teaches it.
_AGES = ((100.0, 9.0), (90.0, 10.0), (80.0, 11.0), (70.0, 12.0), (60.0, 14.0), (50.0, 16.0), (30.0, 18.0))


@dataclass(frozen=True)
class Measured:
    """How many sentences, words and syllables a text has."""

    sentences: int
    words: int
    syllables: int
    lang: str

    @property
    def age(self) -> float:
        """Give the age at which somebody can read it."""
        if not self.words:
            return 0.0
        long, heavy = self.words / self.sentences, self.syllables / self.words
        if self.lang == "en":
            return 0.39 * long + 11.8 * heavy - 15.59 + BEFORE_SCHOOL
        return _age_of(206.84 - 60 * heavy - 1.02 * long)


def _age_of(ease: float) -> float:
    for (high, young), (low, old) in pairwise(_AGES):
        if ease >= low:
            return young + (old - young) * (high - min(ease, high)) / (high - low)
    return _AGES[-1][1] + (_AGES[-1][0] - ease) / 10


def measured(texts: Iterable[str], lang: str) -> Measured:
    """Measure texts as one: what is filled in is a short word, and a text without an end is a sentence."""
    told = [_PLACE.sub("x", text) for text in texts]
    parts = [part for text in told for part in _ENDS.split(text) if _WORD.search(part)]
    found = [word for part in parts for word in _WORD.findall(part)]
    return Measured(len(parts), len(found), sum(syllables(word, lang) for word in found), lang)


def syllables(word: str, lang: str) -> int:
    """Count the syllables of a word: groups of vowels, as each language joins and silences them."""
    lower = word.lower()
    if lang == "es":
        return max(1, len(_SPANISH.findall(_MUTE.sub("", lower))))
    return max(1, len(_ENGLISH.findall(_SILENT.sub("", lower))))


def texts(lang: str) -> Mapping[str, str]:
    """Give every sentence that the program says, by its name: of notices, of pages, and of the telephone."""
    said = {f"notices: {name}": text for name, text in sentences(lang).items()}
    said |= {f"pages: {name}": text for name, text in words(lang).items()}
    return said | {f"telephone: {slug}": prompt(slug, lang).says for slug in slugs()}


def worst(lang: str, most: int, words_min: int = 8) -> Iterator[tuple[float, str, str]]:
    """Give the sentences that ask the highest age, with their names, of those that have some words."""
    found = []
    for name, text in texts(lang).items():
        one = measured([text], lang)
        if one.words >= words_min:
            found.append((one.age, name, text))
    yield from sorted(found, reverse=True)[:most]


if __name__ == "__main__":
    for each in LANGUAGES:
        every = texts(each)
        whole = measured(every.values(), each)
        print(f"{each}: {len(every):,} texts, {whole.words:,} words: a reading age of {whole.age:.1f}")
        for age, name, text in worst(each, 40):
            print(f"  {age:4.1f} {name}: {text}")
