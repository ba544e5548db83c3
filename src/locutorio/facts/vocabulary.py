"""The closed vocabulary: every fact a provision may read, with its type, unit, words and who can observe
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.texts import Node, read_bytes, read_documents

Text = Mapping[str, str]
Value = bool | int | str | date

LANGUAGES = ("en", "es")
FACT_TYPES = ("yes_no", "choice", "quantity", "day", "office")
FOLDER = Path(__file__).parent / "vocabulary"
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
_OBSERVERS = ("family", "staff", "monitor")


@dataclass(frozen=True, slots=True)
class FactKind:
    """One fact of the vocabulary: an observation someone can make.

    ``unit`` is set for quantities only; ``values`` maps each value of a choice to its words; ``known_by``
    names
    offices; ``changes`` is true if somebody's act can change it. A derived fact counts whole years from
    ``years_from``
    to ``years_to``. ``plain`` is what a worked case of a pack starts from when it says nothing of the fact.
    No answer shows a ``veiled`` fact that it used, nor that it used one.
    """

    path: str
    type: str
    unit: str | None
    values: Mapping[str, Text]
    label: Text
    ask: Text
    known_by: tuple[str, ...]
    changes: bool
    years_from: str | None = None
    years_to: str | None = None
    paper: Text | None = None
    plain: str | None = None
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """Who may decide, supply a key, or be told. ``reach`` says how to reach them in general."""

    label: Text
    reach: Text | None


@dataclass(frozen=True, slots=True)
class ConditionKind:
    """A condition of a contact. ``excludes`` lists what it displaces; a protective one wins over what is
    stricter.
    """

    label: Text
    protective: bool
    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is counted. ``measures``: count (this contact is one), length (it also caps it), size (party or
    list).
    """

    unit: str
    measures: str
    label: Text


@dataclass(frozen=True, slots=True)
class Unit:
    """The words for one and for many."""

    one: Text
    many: Text


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words that packs and cases may use."""

    facts: Mapping[str, FactKind] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    conditions: Mapping[str, ConditionKind] = field(default_factory=dict)
    allowances: Mapping[str, Allowance] = field(default_factory=dict)
    flags: Mapping[str, Text] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)


def bilingual(node: Node) -> Text:
    """Read a text given in every language of the project.

    Raises:
        Fault: a language is missing, or another is given.
    """
    return {language: entry.text() for language, entry in node.entries(required=LANGUAGES).items()}


def _office(node: Node) -> Office:
    entries = node.entries(required=["label"], optional=["reach"])
    return Office(bilingual(entries["label"]), bilingual(entries["reach"]) if "reach" in entries else None)


def _condition(node: Node) -> ConditionKind:
    entries = node.entries(required=["label"], optional=["protective", "excludes"])
    excludes = tuple(item.text() for item in entries["excludes"].items()) if "excludes" in entries else ()
    return ConditionKind(
        bilingual(entries["label"]), "protective" in entries and entries["protective"].yes(), excludes
    )


def _allowance(node: Node) -> Allowance:
    entries = node.entries(required=["unit", "measures", "label"])
    measures = entries["measures"].choice(["count", "length", "size"])
    return Allowance(entries["unit"].text(), measures, bilingual(entries["label"]))


def _unit(node: Node) -> Unit:
    entries = node.entries(required=["one", "many"])
    return Unit(bilingual(entries["one"]), bilingual(entries["many"]))


def _fact(path: str, node: Node) -> FactKind:
    if not _NAME.fullmatch(path) or "." not in path:
        node.name.fail(
            f'"{path}" is not a name of a fact',
            why="a fact is named after whom it is about, in small letters: contact.age",
            remedy="write it like contact.age",
        )
    entries = node.entries(
        required=["type", "label", "ask", "known_by"],
        optional=["unit", "values", "changes", "derived", "paper", "plain", "veiled"],
    )
    kind = entries["type"].choice(FACT_TYPES)
    if (kind == "quantity") != ("unit" in entries) or (kind == "choice") != ("values" in entries):
        node.name.fail(
            f'"{path}" is of type {kind}: a quantity has a unit, a choice has values, and no other type has',
            remedy="add the unit or the values, take them out, or change the type",
        )
    derived = entries["derived"].entries(required=["years_from", "to"]) if "derived" in entries else {}
    return FactKind(
        path=path,
        type=kind,
        unit=entries["unit"].text() if "unit" in entries else None,
        values={name: bilingual(value) for name, value in entries["values"].entries().items()}
        if "values" in entries
        else {},
        label=bilingual(entries["label"]),
        ask=bilingual(entries["ask"]),
        known_by=tuple(item.text() for item in entries["known_by"].items()),
        changes="changes" in entries and entries["changes"].yes(),
        years_from=derived["years_from"].text() if derived else None,
        years_to=derived["to"].text() if derived else None,
        paper=bilingual(entries["paper"]) if "paper" in entries else None,
        plain=entries["plain"].text() if "plain" in entries else None,
        veiled="veiled" in entries and entries["veiled"].yes(),
    )


def _merge(into: dict[str, object], name: str, node: Node, value: object) -> None:
    if name in into:
        node.fail(f'"{name}" is already in the vocabulary', remedy="use the word that is there")
    into[name] = value


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read every file of a vocabulary folder into one vocabulary.

    Raises:
        Fault: a name stands twice, a reference leads nowhere, or a text lacks a language.
    """
    words = Vocabulary({}, {}, {}, {}, {}, {})
    sections: Mapping[str, tuple[dict[str, object], Callable[[str, Node], object]]] = {
        "facts": (words.facts, _fact),  # type: ignore[dict-item]
        "offices": (words.offices, lambda _, node: _office(node)),  # type: ignore[dict-item]
        "conditions": (words.conditions, lambda _, node: _condition(node)),  # type: ignore[dict-item]
        "allowances": (words.allowances, lambda _, node: _allowance(node)),  # type: ignore[dict-item]
        "flags": (words.flags, lambda _, node: bilingual(node.entries(required=["label"])["label"])),  # type: ignore[dict-item]
        "units": (words.units, lambda _, node: _unit(node)),  # type: ignore[dict-item]
    }
    places = {}
    for path in sorted(folder.glob("*.yaml")):
        for document in read_documents(read_bytes(path), path.name):
            for section, block in document.entries(optional=list(sections)).items():
                into, read = sections[section]
                for name, node in block.entries().items():
                    _merge(into, name, node, read(name, node))
                    places[section, name] = node.name.place
    for section, name, word, known in _references(words):
        if word not in known:
            raise Fault(
                f'{name} names "{word}", which is not in the vocabulary',
                where=places[section, name],
                remedy=suggestion(word, known),
            )
    return words


def _references(words: Vocabulary) -> Iterator[tuple[str, str, str, Collection[str]]]:
    """Give (section, name, word it uses, words it may use)."""
    observers = {*words.offices, *_OBSERVERS}
    for path, kind in words.facts.items():
        yield from (("facts", path, office, observers) for office in kind.known_by)
        if kind.unit is not None:
            yield "facts", path, kind.unit, words.units
        yield from (("facts", path, day, words.facts) for day in (kind.years_from, kind.years_to) if day)
    for name, allowance in words.allowances.items():
        yield "allowances", name, allowance.unit, words.units
    for name, condition in words.conditions.items():
        yield from (("conditions", name, other, words.conditions) for other in condition.excludes)


@cache
def vocabulary() -> Vocabulary:
    """Give the vocabulary shipped with the program; read once."""
    return read_vocabulary(FOLDER)
