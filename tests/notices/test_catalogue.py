"""Promises about the one catalogue of sentences."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from locutorio.kernel.faults import Fault
from locutorio.notices import catalogue

MOST_PARTS = 4
PROGRAM = Path(catalogue.__file__).parents[1]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_sentence_stands_in_both_languages() -> None:
    """Whatever is said in English can be said in Spanish, and the other way round."""
    assert catalogue.sentences("en").keys() == catalogue.sentences("es").keys()


def test_both_languages_tell_the_same_values() -> None:
    """A day, an office or a number that an English sentence gives, its Spanish one gives too."""
    english, spanish = catalogue.sentences("en"), catalogue.sentences("es")
    differing = [key for key in english if placeholders(english[key]) != placeholders(spanish[key])]

    assert differing == []


def test_a_missing_sentence_is_refused() -> None:
    """A sentence that does not exist is an error that names it, never an empty line in an answer."""
    with pytest.raises(Fault, match=r"answer\.nowhere"):
        catalogue.say("en", "answer.nowhere")


def test_a_missing_value_is_refused() -> None:
    """A sentence is never told with a gap where a day should stand."""
    with pytest.raises(Fault, match="day"):
        catalogue.say("en", "foot.read")


def test_another_language_is_refused() -> None:
    """Asking for a language the program does not have says which ones it has."""
    with pytest.raises(Fault, match="fr") as refused:
        catalogue.say("fr", "foot.advice")

    assert "en, es" in refused.value.remedy


def _within(key: str, families: set[str]) -> set[str]:
    """Give what is left of a key inside the families that it is of, such as f"importing.{...}"."""
    inner = {key.removeprefix(family) for family in families if key.startswith(family)}
    return inner.union(*(_within(one, families) for one in inner))


def test_no_sentence_is_written_for_nobody() -> None:
    """Every sentence of the catalogue is used by the program; none is left over from before."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PROGRAM.rglob("*.py"))
    written = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)\.?"', code))
    parts = [re.split(r"\{[^}]*\}", name) for name in re.findall(r'\bf"([^"\n]*)"', code)]
    built = {
        re.compile("[a-z_0-9]+".join(map(re.escape, literal)))
        for literal in parts
        if len(literal) <= MOST_PARTS and re.fullmatch(r"[a-z_]+\.[a-z_.]*|\.[a-z_]+", "".join(literal))
    }
    families = {literal for literal, *rest in parts if rest == [""] and literal.endswith(".")}
    unused = [
        key
        for key in catalogue.sentences("en")
        if not {key, key.rpartition(".")[0], *_within(key, families)} & written
        and not any(name.fullmatch(key) for name in built)
    ]

    assert unused == []
