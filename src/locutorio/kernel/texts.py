"""YAML read as plain text: no implicit types, anchors, aliases, tags or duplicate keys, and every node knows its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import yaml

from locutorio.kernel.faults import Fault, Place, suggestion

BYTES_MAX = 2_000_000
DEPTH_MAX = 40
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\u0000-\u0008\u000e-\u001f]")


class Node:
    """A scalar (str), a list of nodes or a mapping of nodes, with its place."""

    __slots__ = ("column", "file", "line", "value")

    def __init__(self, value: str | list[Node] | dict[str, Node], file: str, line: int, column: int) -> None:
        self.value = value
        self.file = file
        self.line = line
        self.column = column

    @property
    def place(self) -> Place:
        return Place(self.file, self.line, self.column)

    def fail(self, what: str, *, why: str = "", remedy: str = "") -> NoReturn:
        """Raise a Fault at this node."""
        raise Fault(what, where=self.place, why=why, remedy=remedy)

    def text(self) -> str:
        """Give the scalar, stripped; an empty one is refused."""
        if not isinstance(self.value, str):
            self.fail("a word or a sentence is expected here, not a list or a block")
        stripped = self.value.strip()
        if not stripped:
            self.fail("this is empty", remedy="write a value, or leave the line out")
        return stripped

    def items(self) -> Sequence[Node]:
        """Give the list; a single scalar is not taken for a list of one."""
        if not isinstance(self.value, list):
            self.fail("a list is expected here", remedy="write [a, b] or one line for each, with a dash")
        return self.value

    def entries(self, *, required: Sequence[str] = (), optional: Sequence[str] = ()) -> Mapping[str, Node]:
        """Give the mapping, with only known keys; with neither argument any key is taken."""
        if not isinstance(self.value, dict):
            self.fail("a block of `name: value` lines is expected here")
        if required or optional:
            known = [*required, *optional]
            for key, node in self.value.items():
                if key not in known:
                    node.fail(f'"{key}" is not known here', remedy=suggestion(key, known))
            for key in required:
                if key not in self.value:
                    self.fail(f'"{key}" is missing', remedy=f"add a line `{key}: ...`")
        return self.value

    def choice(self, known: Sequence[str]) -> str:
        """Give the scalar, which must be one of the known words."""
        word = self.text()
        if word not in known:
            self.fail(f'"{word}" is not one of the words known here', remedy=suggestion(word, known))
        return word

    def yes(self) -> bool:
        """Give yes or no (true and false are the same)."""
        return self.choice(["yes", "no", "true", "false"]) in {"yes", "true"}

    def whole(self) -> int:
        """Give a whole number of at most nine digits."""
        word = self.text()
        if not re.fullmatch(r"-?[0-9]{1,9}", word):
            self.fail(f'"{word}" is not a whole number', why="numbers here have at most nine digits")
        return int(word)


def read_bytes(path: Path) -> bytes:
    """Read a file of at most BYTES_MAX bytes.

    Raises:
        Fault: there is no such file, it cannot be read, or it is too large.
    """
    try:
        size = path.stat().st_size
        if size > BYTES_MAX:
            raise Fault(
                f"{path.name} has {size} bytes",
                why=f"files of more than {BYTES_MAX} bytes are refused before they are read",
                remedy="check that this is the right file, or split it",
            )
        return path.read_bytes()
    except OSError as error:
        raise Fault(
            f"{path} cannot be read ({error.strerror or error})",
            remedy="check the name and that you may read it",
        ) from error


def read_documents(raw: bytes, file: str, *, most: int = 1) -> list[Node]:
    """Read up to ``most`` YAML documents from UTF-8 bytes; a later document is left unread.

    Raises:
        Fault: the bytes are not UTF-8, hold hidden control characters, are not YAML, or use what is refused here.
    """
    if len(raw) > BYTES_MAX:
        raise Fault(f"{file} has {len(raw)} bytes", why=f"at most {BYTES_MAX} are read", remedy="split it")
    text = _decode(raw, file)
    documents: list[Node] = []
    try:
        for document in _Builder(file).documents(text):
            documents.append(document)
            if len(documents) == most:
                break
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise Fault(
            f"this is not well-formed YAML: {problem}",
            where=where,
            remedy="check quotes, colons and indentation",
        ) from error
    return documents


def _decode(raw: bytes, file: str) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        place = Place(file, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        raise Fault(
            "this is not UTF-8 text",
            where=place,
            why=f"byte {raw[error.start]:#04x}",
            remedy="save the file as UTF-8",
        ) from error
    text = text.removeprefix("\ufeff")
    hidden = _HIDDEN.search(text)
    if hidden:
        before_text = text[: hidden.start()]
        place = Place(file, before_text.count("\n") + 1, hidden.start() - (before_text.rfind("\n") + 1) + 1)
        raise Fault(
            f"a hidden control character stands here (U+{ord(hidden.group()):04X})",
            where=place,
            why="it would show readers another text than the program reads",
            remedy="delete it",
        )
    return text


class _Builder:
    """Builds nodes from parser events with a stack of its own, so that depth is bounded."""

    def __init__(self, file: str) -> None:
        self.file = file

    def documents(self, text: str) -> Iterator[Node]:
        stack: list[tuple[Node, str | None]] = []
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            kind = type(event).__name__
            if kind in {"StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"}:
                continue
            mark = event.start_mark
            assert mark is not None, "the parser marks every event"
            place = Place(self.file, mark.line + 1, mark.column + 1)
            self._refuse(event, kind, place)
            if kind in {"SequenceEndEvent", "MappingEndEvent"}:
                done, _ = stack.pop()
                if not stack:
                    yield done
                continue
            node = self._node(event, place)
            if stack:
                stack[-1] = (stack[-1][0], self._attach(*stack[-1], node))
            if kind == "ScalarEvent":
                if not stack:
                    yield node
                continue
            if len(stack) >= DEPTH_MAX:
                raise Fault(
                    f"this is nested more than {DEPTH_MAX} deep",
                    where=place,
                    remedy="flatten the lists and blocks",
                )
            stack.append((node, None))

    def _node(self, event: yaml.Event, place: Place) -> Node:
        value: str | list[Node] | dict[str, Node]
        if isinstance(event, yaml.ScalarEvent):
            value = event.value
        else:
            value = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        return Node(value, self.file, place.line, place.column)

    def _attach(self, parent: Node, key: str | None, node: Node) -> str | None:
        """Put a node into its parent; give the key that now waits for its value, if any."""
        if isinstance(parent.value, list):
            parent.value.append(node)
            return None
        assert isinstance(parent.value, dict)
        if key is not None:
            parent.value[key] = node
            return None
        if not isinstance(node.value, str):
            node.fail("a list or block stands where a name is expected")
        name = node.value.strip()
        if name in parent.value:
            node.fail(f'"{name}" stands twice in this block', remedy="keep one of them")
        return name

    def _refuse(self, event: yaml.Event, kind: str, place: Place) -> None:
        if kind == "AliasEvent":
            raise Fault("aliases (*name) are refused", where=place, remedy="write the value out")
        if getattr(event, "anchor", None):
            raise Fault("anchors (&name) are refused", where=place, remedy="write the value out")
        if getattr(event, "tag", None):
            raise Fault(
                "tags (!name) are refused",
                where=place,
                remedy="write plain text: values are never typed by tag",
            )
