"""Grows the blocks of a schedule's file out of another, so that every fault is told at its place there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from locutorio.kernel.texts import Node

Tree: TypeAlias = "str | Node | Sequence[Tree] | Mapping[str, Tree]"
_NOT_CODE = re.compile(r"[^a-z0-9]+")
CODE_LENGTH_MAX = 60


def grown(tree: Tree, near: Node) -> Node:
    """Make a node of words, lists and blocks: each stands where ``near`` does, and nodes keep their place."""
    if isinstance(tree, Node):
        return tree
    if isinstance(tree, str):
        return Node(tree, near.file, near.line, near.column)
    if isinstance(tree, Mapping):
        found: dict[str, Node] = {}
        for name, value in tree.items():
            node = grown(value, near)
            found[name] = Node(node.value, node.file, node.line, node.column, inset=node.inset)
            found[name].stands_under(Node(name, node.file, node.line, node.column))
        return Node(found, near.file, near.line, near.column)
    return Node([grown(one, near) for one in tree], near.file, near.line, near.column)


def slug(text: str) -> str:
    """Make a code of a name."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _NOT_CODE.sub("_", plain).strip("_")[:CODE_LENGTH_MAX] or "unnamed"
