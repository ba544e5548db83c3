"""What an establishment may lay down for itself: the fields of the form, as `fields.yaml` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locutorio.facts.vocabulary import Text, Vocabulary, bilingual, vocabulary
from locutorio.kernel.texts import Node, read_bytes, read_documents

FILE = Path(__file__).parent / "fields.yaml"
KINDS = ("number", "yes_no", "choice", "choices", "office")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a memo may lay down.

    ``unit``, ``least`` and ``most`` are set for a number; ``values`` gives each value of a choice or an
    office its words. ``always`` is a value that may not be left out; an ``optional`` field may be.
    """

    name: str
    group: str
    kind: str
    label: Text
    unit: str | None
    least: int
    most: int
    values: Mapping[str, Text]
    always: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """Every field by its name, the words of each group, and those for yes, no and none."""

    words: Mapping[str, Text]
    groups: Mapping[str, Text]
    by_name: Mapping[str, Field]


@cache
def fields() -> Fields:
    """Give the fields of the form, in the order in which they are asked; read once."""
    document = read_documents(read_bytes(FILE), FILE.name)[0].entries(required=["words", "groups", "fields"])
    groups = {name: bilingual(node) for name, node in document["groups"].entries().items()}
    known = vocabulary()
    found = {name: _field(name, node, groups, known) for name, node in document["fields"].entries().items()}
    return Fields(
        {name: bilingual(node) for name, node in document["words"].entries().items()}, groups, found
    )


def _field(name: str, node: Node, groups: Mapping[str, Text], words: Vocabulary) -> Field:
    entries = node.entries(
        required=["group", "kind", "label"],
        optional=["unit", "least", "most", "values", "of", "always", "optional"],
    )
    return Field(
        name=name,
        group=entries["group"].choice(list(groups)),
        kind=entries["kind"].choice(KINDS),
        label=bilingual(entries["label"]),
        unit=entries["unit"].choice(list(words.units)) if "unit" in entries else None,
        least=entries["least"].whole() if "least" in entries else 0,
        most=entries["most"].whole() if "most" in entries else 0,
        values=_values(entries, words),
        always=entries["always"].text() if "always" in entries else None,
        optional="optional" in entries and entries["optional"].yes(),
    )


def _values(entries: Mapping[str, Node], words: Vocabulary) -> Mapping[str, Text]:
    if "values" not in entries:
        return {}
    if isinstance(entries["values"].value, dict):
        return {name: bilingual(node) for name, node in entries["values"].entries().items()}
    labels = (
        words.facts[entries["of"].text()].values
        if "of" in entries
        else {name: office.label for name, office in words.offices.items()}
    )
    return {item.choice(list(labels)): labels[item.text()] for item in entries["values"].items()}
