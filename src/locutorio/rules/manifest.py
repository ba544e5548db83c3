"""Reads the parts of a pack that are no provisions: kinds of paper, sources, contested questions, safety
properties.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from locutorio.facts.vocabulary import Text, Vocabulary, bilingual
from locutorio.kernel.texts import Node
from locutorio.rules.language import Scope, parse_conditions
from locutorio.rules.provision import (
    CONTACT_OUTCOMES,
    ContestedQuestion,
    ContestedSide,
    Kind,
    SafetyProperty,
    Source,
)

SIDES_MIN = 2
_NEVER_TOKENS = ("never_conditions", "never_imposed")
_COUNTRY = re.compile(r"[A-Z]{2}")
_RANK = re.compile(r"[1-9][0-9]?")
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,80}")


def name(node: Node) -> str:
    """Read a name: small letters, digits, dot, hyphen and underscore."""
    word = node.text()
    if not _NAME.fullmatch(word):
        node.fail(
            f'"{word}" is not a name',
            why="a name is at most 80 small letters, digits, dots, hyphens and underscores",
            remedy="write it like 540.44.child_alone",
        )
    return word


def zone(node: Node) -> str:
    """Read the name of a time zone."""
    word = node.text()
    try:
        ZoneInfo(word)
    except (ValueError, OSError, LookupError):
        node.fail(f'"{word}" is not a time zone', remedy="write a name such as America/New_York or Etc/UTC")
    return word


def country(node: Node) -> str:
    """Read the two letters of a country, whose public holidays are no work days."""
    word = node.text()
    if not _COUNTRY.fullmatch(word):
        node.fail(f'"{word}" is not a country', remedy="write its two capital letters, such as US")
    return word


def ladder(node: Node) -> Mapping[int, Text]:
    """Read the ranks of a pack: 1 is the highest."""
    found: dict[int, Text] = {}
    for rank, label in node.entries().items():
        if not _RANK.fullmatch(rank):
            label.name.fail(
                f'"{rank}" is not a rank', remedy="number the ranks 1, 2, 3, from the highest down"
            )
        found[int(rank)] = bilingual(label)
    return found


def amount(node: Node) -> int:
    """Read the value of a number: a whole number that is not negative."""
    number = node.whole()
    if number < 0:
        node.fail("a number of the law is never less than 0", remedy="write it without the sign")
    return number


def names(node: Node | None) -> tuple[str, ...]:
    """Read a list of words; nothing is an empty list."""
    return tuple(item.text() for item in node.items()) if node else ()


def kind(node: Node, words: Vocabulary) -> Kind:
    """Read one kind of paper."""
    block = node.entries(
        required=["label", "reaches", "ask"], optional=["may_permit", "not_roles", "by_two", "when"]
    )
    known = list(words.facts["request.about"].values)
    roles = block["not_roles"].items() if "not_roles" in block else ()
    return Kind(
        bilingual(block["label"]),
        tuple(item.choice(known) for item in block["reaches"].items()),
        "may_permit" in block and block["may_permit"].yes(),
        tuple(item.choice(list(words.facts["contact.role"].values)) for item in roles),
        block["ask"].choice(list(words.offices)),
        parse_conditions(block["when"], Scope(words, {})) if "when" in block else None,
        "by_two" in block and block["by_two"].yes(),
    )


def safety(node: Node, words: Vocabulary) -> SafetyProperty:
    """Read one safety property."""
    block = node.entries(
        required=["id", "says", "about", "when"],
        optional=["never_outcomes", *_NEVER_TOKENS, "unless_papers"],
    )
    known = list(words.facts["request.about"].values)
    never = (
        [item.choice(CONTACT_OUTCOMES) for item in block["never_outcomes"].items()]
        if "never_outcomes" in block
        else []
    )
    conditions, imposed = (
        tuple(item.choice(list(words.conditions)) for item in block[key].items()) if key in block else ()
        for key in _NEVER_TOKENS
    )
    if not (never or conditions or imposed):
        node.fail(
            "this safety property forbids nothing",
            remedy="add never_outcomes, never_conditions or never_imposed",
        )
    return SafetyProperty(
        name=block["id"].text(),
        says=bilingual(block["says"]),
        about=tuple(item.choice(known) for item in block["about"].items()),
        when=parse_conditions(block["when"], Scope(words, {})),
        never_outcomes=tuple(never),
        never_conditions=conditions,
        never_imposed=imposed,
        unless_papers=names(block.get("unless_papers")),
    )


def contested(node: Node, words: Vocabulary) -> ContestedQuestion:
    """Read one contested question."""
    entries = node.entries(
        required=["id", "question", "sides", "interim", "office"], optional=["when", "papers"]
    )
    sides: dict[str, ContestedSide] = {}
    for side in entries["sides"].items():
        block = side.entries(required=["id", "says", "authorities"])
        called = name(block["id"])
        if called in sides:
            block["id"].fail(f'two sides are called "{called}"', remedy="give each its own id")
        sides[called] = ContestedSide(called, bilingual(block["says"]), names(block["authorities"]))
    if len(sides) < SIDES_MIN:
        entries["sides"].fail("a contested question has two sides or more", remedy="write the other side")
    return ContestedQuestion(
        name=name(entries["id"]),
        question=bilingual(entries["question"]),
        sides=tuple(sides.values()),
        interim=bilingual(entries["interim"]),
        office=entries["office"].choice(list(words.offices)),
        when=parse_conditions(entries["when"], Scope(words, {})) if "when" in entries else None,
        papers=names(entries.get("papers")),
        place=node.place,
    )


def source(node: Node) -> Source:
    """Read where a text was read."""
    block = node.entries(required=["title"], optional=["url"])
    url = block.get("url")
    return Source(bilingual(block["title"]), url.text() if url and url.value else "")
