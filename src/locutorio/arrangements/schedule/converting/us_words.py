"""The words of published schedules, and the block of our format that each becomes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from locutorio.arrangements.schedule.converting.trees import Tree, slug
from locutorio.kernel.faults import suggestion
from locutorio.kernel.texts import Node, read_documents

Entries: TypeAlias = Mapping[str, Node]
WORDS = Path(__file__).with_name("published.yaml")
LEGAL_STATUS = frozenset({"pretrial", "holdover", "detainee", "sentenced"})
EVERYBODY = frozenset({"all"})


@cache
def known() -> Entries:
    """Give the words, read once."""
    return read_documents(WORDS.read_bytes(), WORDS.name)[0].entries()


def words_of(kind: str) -> Entries:
    """Give the words of one kind with what they become."""
    return known()[kind].entries()


def meant(kind: str, node: Node) -> Node:
    """Give what a phrase becomes.

    Raises:
        Fault: the phrase is not among the words that are known.
    """
    phrases, text = words_of(kind), node.text()
    if text not in phrases:
        node.fail(
            f'"{text}" is said in words that cannot be laid out as data',
            remedy=suggestion(
                text, list(phrases), otherwise="write the schedule in the project's own format"
            ),
        )
    return phrases[text]


def several(node: Node) -> list[Node]:
    """Give the items of a list; one word stands for a list of one."""
    return list(node.items()) if isinstance(node.value, list) else [node]


def texts(node: Node) -> list[str]:
    """Give the words of a list or of one word."""
    return [one.text() for one in several(node)]


def people(entries: Entries) -> dict[str, Tree]:
    """Lay out who a session or a quota is for: part, pod, building, block, surname, status, custody."""
    found: dict[str, Tree] = {}
    for name in ("where", "units"):
        if name in entries:
            found["parts"] = [slug(one) for one in texts(entries[name])]
    for name in ("pod", "pods", "building", "block"):
        if name in entries:
            found["units"] = texts(entries[name])
    if "surname" in entries:
        found["surnames"] = texts(entries["surname"])
    if "custody" in entries:
        found["custody"] = [one.split(" (")[0] for one in texts(entries["custody"])]
    statuses = (
        [one for one in texts(entries["status"]) if one not in EVERYBODY] if "status" in entries else []
    )
    legal = [slug(one) for one in statuses if one in LEGAL_STATUS]
    other = [slug(one) for one in statuses if one not in LEGAL_STATUS]
    if "with" in entries:
        other.append(slug(entries["with"].text()))
    if legal:
        found["legal_status"] = legal
    if other:
        found["statuses"] = other
    return found


def parts_in(entries: Entries) -> list[str]:
    """Give the sub-establishments that a session or a quota names."""
    return [slug(one) for name in ("where", "units") if name in entries for one in texts(entries[name])]
