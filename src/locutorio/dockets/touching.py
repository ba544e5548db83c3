"""Which words of an entry may touch contact, and how. Whoever is told of it reads the paper and decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

OPENED = "order_not_shown"
RELEASE, VISIT = "release_condition", "visit"
UNDOES = frozenset({"vacated", "entry_error"})
HANDLED = UNDOES | {"rejected_for_form", "returned_mail"}
_NUMBER = re.compile(r"\((\d{1,3})\)")
_SENTENCE = re.compile(r"(?<=[a-z0-9)]{2})[.;]\s+(?=[A-Z(*])")


class _Patterns:
    """The words of ``words.yaml``, compiled."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self.handled = {kind: _one_of(lines) for kind, lines in tree["handled"].items()}
        self.subjects = {kind: _one_of(lines) for kind, lines in tree["subjects"].items()}
        self.order, self.housekeeping, self.sealed, self.depends, self.defendants, self.mentions = (
            _one_of(tree[name])
            for name in ("order", "housekeeping", "sealed", "depends", "defendants", "mentions")
        )


def _one_of(lines: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(lines), re.IGNORECASE)


@cache
def _patterns() -> _Patterns:
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    return _Patterns(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - it makes nothing but text


@dataclass(frozen=True, slots=True)
class Touch:
    """One way in which an entry may touch contact.

    ``words``      the words that were found.
    ``sentence``   the sentence they stand in, word for word.
    ``depends_on`` the words that make it depend on an event, or empty.
    """

    kind: str
    words: str
    sentence: str
    depends_on: str = ""


def touches_of(text: str, kinds: tuple[str, ...]) -> tuple[Touch, ...]:
    """Give each way in which an entry may touch contact, in a fixed order; none for housekeeping.

    A word is not believed alone: a visit in a sentence about bail is a condition of release. An order that
    a feed names without its text may touch anything, and says so.
    """
    if not text:
        return tuple(dict.fromkeys(touch for kind in kinds for touch in _of_kind(kind)))
    found = [touch for sentence in _SENTENCE.split(text) for touch in _of_sentence(sentence.strip())]
    became = [one for one in found if one.kind in HANDLED]
    if _patterns().housekeeping.match(text.lstrip("* ")) and not became:
        return ()
    return tuple(dict.fromkeys((*became, *found)))


def is_housekeeping(text: str, kinds: tuple[str, ...]) -> bool:
    """Tell whether an entry is the clerk's housekeeping alone."""
    housekeeping = _patterns().housekeeping
    if text:
        return bool(housekeeping.match(text.lstrip("* "))) and not touches_of(text, kinds)
    return bool(kinds) and all(housekeeping.search(kind) for kind in kinds)


def is_sealed(text: str) -> bool:
    """Tell whether the entry says that something is sealed."""
    return bool(_patterns().sealed.search(text))


def defendants_named(text: str) -> tuple[str, ...]:
    """Give the numbers of the defendants an entry names: "as to A (1), B (2)". A count has no such number."""
    named = " ".join(_patterns().defendants.findall(text))
    return tuple(sorted(set(_NUMBER.findall(named)), key=int))


def mentions_of(text: str) -> tuple[str, ...]:
    """Give the docket numbers an entry refers to, in their order."""
    return tuple(dict.fromkeys(_patterns().mentions.findall(text)))


def _of_kind(kind: str) -> list[Touch]:
    if _patterns().housekeeping.search(kind):
        return []
    return _of_sentence(kind) or ([Touch(OPENED, kind, kind)] if _patterns().order.search(kind) else [])


def _of_sentence(sentence: str) -> list[Touch]:
    depends = _patterns().depends.search(sentence)
    on = depends.group(0) if depends else ""
    found = {
        kind: Touch(kind, match.group(0), sentence, on)
        for kind, pattern in (*_patterns().handled.items(), *_patterns().subjects.items())
        if (match := pattern.search(sentence))
    }
    if RELEASE in found and VISIT in found:
        words = f"{found[RELEASE].words} ... {found.pop(VISIT).words}"
        found[RELEASE] = Touch(RELEASE, words, sentence, on)
    return list(found.values())
