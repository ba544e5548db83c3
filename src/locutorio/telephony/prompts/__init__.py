"""What a telephone says: for each reason and occasion a sentence and its sound, in English and Spanish.

`sentences.yaml` holds the sentences, `files.tsv` the sounds that were made of them (`python -m
tests.telephony.speaking`), `ORIGIN.md` where they come from. Only `files.tsv` is read here: those who play a
sound need no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
GENERAL = "refused"  # said where a reason has no sentence of its own
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Prompt:
    """One sound: 8,000 samples a second, mu-law, one channel. `seconds` is its length.

    `name` is that of its file under FOLDER, and under the copy that a plane has where its relays can read.
    """

    slug: str
    language: str
    name: str
    seconds: float
    says: str


def prompt(slug: str, language: str) -> Prompt:
    """Give what is said of a reason or occasion, in a language.

    A slug without a sentence gives the general sentence of a refusal, another language English: a caller is
    never left without a word.
    """
    lang = language if language in LANGUAGES else LANGUAGES[0]
    return _prompts().get((slug, lang)) or _prompts()[GENERAL, lang]


def slugs() -> frozenset[str]:
    """Give every reason and occasion that has a sentence of its own."""
    return frozenset(slug for slug, _ in _prompts())


@cache
def _prompts() -> Mapping[tuple[str, str], Prompt]:
    found = {}
    for line in (FOLDER / "files.tsv").read_text("utf-8").splitlines()[1:]:
        name, seconds, _, says = line.split("\t")
        language, slug = name.removesuffix(".wav").split("/")
        found[slug, language] = Prompt(slug, language, name, float(seconds), says)
    return found
