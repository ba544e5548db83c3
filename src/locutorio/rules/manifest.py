"""Reads the parts of a pack that are no provisions: kinds of paper, sources, contested questions, safety properties."""

from __future__ import annotations

import re

from locutorio.facts.vocabulary import Vocabulary, bilingual
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

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,80}")


def name(node: Node) -> str:
    """Read a name: small letters, digits, dot, hyphen and underscore."""
    word = node.text()
    if not _NAME.fullmatch(word):
        node.fail(
            f'"{word}" is not a name', why="names are small letters, digits, dot, hyphen and underscore"
        )
    return word


def names(node: Node | None) -> tuple[str, ...]:
    """Read a list of words; nothing is an empty list."""
    return tuple(item.text() for item in node.items()) if node else ()


def kind(node: Node, words: Vocabulary) -> Kind:
    """Read one kind of paper."""
    block = node.entries(required=["label", "reaches", "ask"], optional=["may_permit", "not_roles", "when"])
    known = list(words.facts["request.about"].values)
    return Kind(
        bilingual(block["label"]),
        tuple(item.choice(known) for item in block["reaches"].items()),
        "may_permit" in block and block["may_permit"].yes(),
        names(block.get("not_roles")),
        block["ask"].choice(list(words.offices)),
        parse_conditions(block["when"], Scope(words, {})) if "when" in block else None,
    )


def safety(node: Node, words: Vocabulary) -> SafetyProperty:
    """Read one safety property."""
    block = node.entries(
        required=["id", "says", "about", "when"],
        optional=["never_outcomes", "never_conditions", "unless_papers"],
    )
    known = list(words.facts["request.about"].values)
    never = (
        [item.choice(CONTACT_OUTCOMES) for item in block["never_outcomes"].items()]
        if "never_outcomes" in block
        else []
    )
    tokens = block["never_conditions"].items() if "never_conditions" in block else []
    if not never and not tokens:
        node.fail("this safety property forbids nothing", remedy="add never_outcomes or never_conditions")
    return SafetyProperty(
        name=block["id"].text(),
        says=bilingual(block["says"]),
        about=tuple(item.choice(known) for item in block["about"].items()),
        when=parse_conditions(block["when"], Scope(words, {})),
        never_outcomes=tuple(never),
        never_conditions=tuple(item.choice(list(words.conditions)) for item in tokens),
        unless_papers=names(block.get("unless_papers")),
    )


def contested(node: Node, words: Vocabulary) -> ContestedQuestion:
    """Read one contested question."""
    entries = node.entries(
        required=["id", "question", "sides", "interim", "office"], optional=["when", "papers"]
    )
    sides = []
    for side in entries["sides"].items():
        block = side.entries(required=["id", "says", "authorities"])
        sides.append(ContestedSide(block["id"].text(), bilingual(block["says"]), names(block["authorities"])))
    return ContestedQuestion(
        name=name(entries["id"]),
        question=bilingual(entries["question"]),
        sides=tuple(sides),
        interim=bilingual(entries["interim"]),
        office=entries["office"].choice(list(words.offices)),
        when=parse_conditions(entries["when"], Scope(words, {})) if "when" in entries else None,
        papers=names(entries.get("papers")),
        place=node.place,
    )


def source(node: Node) -> Source:
    """Read where a text was read."""
    block = node.entries(required=["title"], optional=["url"])
    url = block["url"].value if "url" in block else ""
    return Source(bilingual(block["title"]), str(url))
