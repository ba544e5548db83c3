"""Fields that ask for facts of the vocabulary, in the reader's words, and numbers as somebody types them."""

from __future__ import annotations

from dataclasses import dataclass

from locutorio.facts.vocabulary import FactKind, vocabulary
from locutorio.notices.words import Words
from locutorio.web.words import words

DIGITS_MAX = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list."""

    value: str
    says: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A field for one fact: a list of ``choices``, or a box of ``type`` date or text."""

    name: str
    says: str
    choices: tuple[Choice, ...]
    type: str
    chosen: str


def asked(kind: FactKind, name: str, chosen: str, lang: str) -> Asked:
    """Give the field of a fact.

    Args:
        kind: the fact.
        name: of the field.
        chosen: what was said before.
        lang: of the words.
    """
    told = words(lang)
    found = {"yes": told["gate_yes"], "no": told["gate_no"]} if kind.type == "yes_no" else {}
    found |= {value: text[lang] for value, text in kind.values.items()}
    if kind.type == "office":
        found |= {office: one.label[lang] for office, one in vocabulary().offices.items()}
    choices = tuple(Choice(value, says) for value, says in found.items())
    return Asked(name, Words(lang).ask(kind.path), choices, "date" if kind.type == "day" else "text", chosen)


def whole(said: str) -> int | None:
    """Read a whole number: up to five digits from 0 to 9; None for anything else."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS_MAX else None
