"""The words that are read in a chronicle, from phrases.yaml, and what a short text holds of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locutorio.kernel.texts import Node, read_bytes, read_documents

_FILE = Path(__file__).with_name("phrases.yaml")
_BRACKETS = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")


@dataclass(frozen=True, slots=True)
class Phrases:
    """All words, by what they mean."""

    channels: Mapping[str, str]
    classes: Mapping[str, str]
    roles: Mapping[str, str]
    numbers: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]


@cache
def phrases() -> Phrases:
    """Read the words once."""
    entries = read_documents(read_bytes(_FILE), _FILE.name)[0].entries()

    def turned(name: str) -> dict[str, str]:
        return {
            word.text(): meaning
            for meaning, words in entries[name].entries().items()
            for word in words.items()
        }

    lists = {name: _set(node) for name, node in entries.items() if isinstance(node.value, list)}
    numbers = {word: int(node.text()) for word, node in entries["numbers"].entries().items()}
    return Phrases(turned("channels"), turned("classes"), turned("roles"), numbers, lists)


def _set(node: Node) -> frozenset[str]:
    return frozenset(one.text() for one in node.items())


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of some words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def channel_pattern() -> str:
    """Give the pattern of one channel's word."""
    return rf"(?:{any_of(phrases().channels)})"


@cache
def channels_pattern() -> str:
    """Give the pattern of one or more channels: "calls, visits and letters"."""
    one = channel_pattern()
    return rf"{one}(?:(?:,| and| or|, and|, or) {one})*"


@cache
def number_pattern() -> str:
    """Give the pattern of a number in words or digits."""
    return rf"(?:[0-9]{{1,3}}|{any_of(phrases().numbers)})"


@cache
def measure_pattern() -> str:
    """Give the pattern of a measure's name."""
    return rf"(?:{any_of(phrases().lists['measures'])})"


def number(word: str) -> int:
    """Give a number written in words or digits."""
    return int(word) if word.isdigit() else phrases().numbers[word.lower()]


def channels_in(text: str) -> tuple[str, ...]:
    """Give the channels whose words a text holds, in order."""
    found = re.findall(rf"\b({any_of(phrases().channels)})\b", text, re.IGNORECASE)
    return tuple(dict.fromkeys(phrases().channels[word.lower()] for word in found))


def class_in(text: str) -> str | None:
    """Give the first class of contacts that a text names."""
    found = re.search(rf"\b({any_of(phrases().classes)})\b", text, re.IGNORECASE)
    return phrases().classes[found[1].lower()] if found else None


def role_in(text: str) -> str | None:
    """Give the role that a text names first, the longest word counting."""
    found = re.search(rf"\b({any_of(phrases().roles)})\b", text, re.IGNORECASE)
    return phrases().roles[found[1].lower()] if found else None


def terms_in(text: str) -> tuple[str, ...]:
    """Give the terms that a text lays down, in order."""
    found = re.findall(rf"\b({any_of(phrases().lists['terms'])})\b", text, re.IGNORECASE)
    return tuple(dict.fromkeys(word.lower() for word in found))


def holds_any(text: str, listed: str) -> bool:
    """Whether a text holds a word of a list."""
    return re.search(rf"\b({any_of(phrases().lists[listed])})\b", text, re.IGNORECASE) is not None


def without_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """Part a text from what stands in brackets in it."""
    return _BRACKETS.sub("", text).strip(), tuple(_BRACKETS.findall(text))
